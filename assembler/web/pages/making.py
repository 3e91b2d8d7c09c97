"""Jobs of a case, and the files they made."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from assembler.web import history, jobs
from assembler.web import made as left
from assembler.web.answers import data, for_roles, given, told_in_words, where, who
from assembler.web.desks import folder_of
from assembler.web.files import sent
from assembler.web.models import Job
from assembler.web.rates import measured


@require_POST
@measured("jobs")
@for_roles("officer", "secretary")
@told_in_words
def begin(request: HttpRequest, case: str, kind: str) -> HttpResponseBase:
    """Asks for a check or a build."""
    if kind not in jobs.KINDS:
        raise Http404
    is_draft = given(request).get("draft") is True
    job = jobs.begin(case, folder_of(who(request), case), kind, who(request), where(request), draft=is_draft)
    return data({"kind": "job", "job": jobs.told(job)})


@require_safe
@for_roles("officer", "secretary", "reviewer", "signer")
@told_in_words
def told(request: HttpRequest, case: str, job: str) -> HttpResponseBase:
    """How far a job is."""
    folder_of(who(request), case)
    found = Job.objects.filter(case=case, id=job).first()
    if found is None:
        raise Http404
    return data({"kind": "job", "job": jobs.told(found)})


@require_safe
@for_roles("officer", "secretary", "reviewer", "signer")
def take(request: HttpRequest, case: str, which: str, name: str) -> HttpResponseBase:
    """A file that was made, to be saved."""
    folder = folder_of(who(request), case)
    found = left.files(folder, draft=which == "draft")
    path = found.get(name)
    if path is None or which not in ("draft", "final"):
        raise Http404
    history.note("taken", who(request), where(request), case, after=f"{which}: {name}")
    return sent(path, left.shown_names(folder, found, draft=which == "draft")[name])
