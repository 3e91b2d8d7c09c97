"""Tables that departments made in Word and Excel, taken in a browser: files come, it is said what their tables are, and
what they bring is written once it was seen.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assembler.actions import intake_held
from assembler.actions.desk.overview import overview
from assembler.actions.intake_held import Held, Look
from assembler.base.problems import AssemblerError
from assembler.base.tongue import printed_in
from assembler.model.acts import Target
from assembler.web import events, history
from assembler.web.answers import for_roles, page, told_in_words, where, who
from assembler.web.desks import case_of, folder_of
from assembler.web.rates import measured
from assembler.web.site import this_site

_TABLE = re.compile(r"(?P<file>[^:]{1,200}):(?P<table>\d{1,4})")
_COLUMN = re.compile(r"column-(\d{1,3})")
_LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@measured("files")
@for_roles("officer")
@told_in_words
def begin(request: HttpRequest, case: str) -> HttpResponseBase:
    """Where files are given; they are held for whoever gave them."""
    case_of(who(request), case)
    if request.method != "POST":
        return _blank(request, case)
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("files")]
    try:
        found = intake_held.hold(_home(case), who(request).username, files)
    except AssemblerError as error:
        return _blank(request, case, 422, problems=error.problems)
    return HttpResponseRedirect(reverse("intake-held", args=[case, found.key]))


@require_safe
@for_roles("officer")
@told_in_words
def show(request: HttpRequest, case: str, key: str) -> HttpResponseBase:
    """What held files bring as things are now."""
    return _seen(request, case, _held(request, case, key))


@require_POST
@measured("acts")
@for_roles("officer")
@told_in_words
def say(request: HttpRequest, case: str, key: str) -> HttpResponseBase:
    """What one table is and what its columns are, or whose side is taken at a place."""
    found = _held(request, case, key)
    if place := request.POST.get("place", ""):
        intake_held.settle(found, place[:_LONGEST], request.POST.get("side", "")[:_LONGEST])
        return HttpResponseRedirect(reverse("intake-held", args=[case, key]))
    table = request.POST.get("table", "")
    if not _TABLE.fullmatch(table):
        raise BadRequest
    target, was = request.POST.get("target", "")[:_LONGEST], request.POST.get("was", "")
    said = {table: target}
    if target == was:  # columns of a table that is another now are none of it
        for name, to in request.POST.items():
            if match := _COLUMN.fullmatch(name):
                said[f"{table}.{match[1]}"] = to[:_LONGEST]
    now = intake_held.said_of(found, table, said)
    try:
        with printed_in(case_of(who(request), case).tongue):
            intake_held.look(folder_of(who(request), case), now, this_site().settings)
    except AssemblerError:
        intake_held.said_of(found, table, {})
        raise
    return HttpResponseRedirect(reverse("intake-held", args=[case, key]))


@require_POST
@measured("acts")
@for_roles("officer")
@told_in_words
def write(request: HttpRequest, case: str, key: str) -> HttpResponseBase:
    """Writes what was seen. What somebody changed meanwhile is to be seen first."""
    user, found = who(request), _held(request, case, key)
    desk, folder = case_of(user, case), folder_of(user, case)
    with printed_in(desk.tongue):
        seen = intake_held.look(folder, found, this_site().settings)
        with desk.looking(user.person) as (_, rights):
            for form, item in seen.touched:
                rights.writable(Target(form, item))
        files = "، ".join(path.name for path in found.files)
        done = intake_held.take_held(folder, found, this_site().settings, request.POST.get("base", ""))
    if isinstance(done, Look):
        return _seen(request, case, found, done, moved=True)
    for form, count in done:
        history.note("taken-in", user, where(request), case, form, after=f"{count}: {files}")
    events.tell(case)
    titles = {form.form: form.title for section in overview(desk, user.person).sections for form in section.forms}
    forms = [(form, titles.get(form, form), count) for form, count in done]
    return _blank(request, case, done=forms)


def _home(case: str) -> Path:
    return this_site().home / "intake" / case


def _held(request: HttpRequest, case: str, key: str) -> Held:
    """What is held for somebody. Raises Http404 where nothing is."""
    case_of(who(request), case)
    found = intake_held.held(_home(case), who(request).username, key)
    if found is None:
        raise Http404
    return found


def _seen(
    request: HttpRequest, case: str, found: Held, seen: Look | None = None, *, moved: bool = False
) -> HttpResponseBase:
    desk = case_of(who(request), case)
    with printed_in(desk.tongue):
        seen = seen or intake_held.look(folder_of(who(request), case), found, this_site().settings)
    return page(
        request, "intake.html", 409 if moved else 200, case=case, held=found, look=seen, moved=moved, done=(),
        problems=seen.problems, signs=intake_held.SIGNS, fates=intake_held.fates(), states=intake_held.states(),
    )  # fmt: skip


def _blank(request: HttpRequest, case: str, status: int = 200, **told: object) -> HttpResponseBase:
    """Where files are given, behind what was done."""
    known: dict[str, object] = {"case": case, "held": None, "look": None, "moved": False, "done": (), "problems": ()}
    return page(request, "intake.html", status, **(known | told))
