"""The page of a case: its forms with how they stand, who is here, what is missing, and what can be made of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assembler.actions.desk.overview import overview
from assembler.base.messages import language
from assembler.web import events, history, jobs, reviews
from assembler.web.answers import for_roles, page, script, told_in_words, where, who
from assembler.web.comments import waiting
from assembler.web.desks import case_of, rights_at
from assembler.web.made import made
from assembler.web.models import Job
from assembler.web.pages.words import words
from assembler.web.presence import at_case
from assembler.web.rates import measured


@require_safe
@told_in_words
def show(request: HttpRequest, case: str) -> HttpResponseBase:
    user = who(request)
    desk = case_of(user, case)
    standing = overview(desk, user.person)
    job = Job.objects.filter(case=case).first() if user.has("officer", "secretary") else None
    told = {
        "case": case, "person": user.username, "csrf": get_token(request), "language": language(), "words": words(),
        "titles": {form.form: form.title for section in standing.sections for form in section.forms},
        "job": jobs.told(job) if job else None,
    }  # fmt: skip
    return page(
        request, "case.html", case=case, standing=standing, reviews=reviews.of_case(desk, case), told=script(told),
        here=at_case(user, case), comments=waiting(user, desk), made=made(desk.folder),
    )  # fmt: skip


@require_POST
@measured("acts")
@for_roles("reviewer")
@told_in_words
def review(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """A reviewer approves a form, returns it with a reason, or takes his decision back."""
    desk, does = case_of(who(request), case), request.POST.get("does", "")
    reason = request.POST.get("reason", "").strip()[:2000]
    rights_at(who(request), case, form)
    if does == "withdrawn":
        reviews.withdrawn(case, form)
    elif does == "approved" or (does == "returned" and reason):
        reviews.decide(desk, case, form, who(request), does, reason)
    else:
        raise Http404
    history.note(does, who(request), where(request), case, form, after=reason)
    events.tell(case)
    return HttpResponseRedirect(reverse("form", args=[case, form]))
