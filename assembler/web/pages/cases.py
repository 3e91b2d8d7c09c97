"""The list of work: cases with how far they are and what is due, and the start of a new one."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assembler.actions.desk.card import mark_of
from assembler.actions.new import begin
from assembler.actions.reports import reports
from assembler.base.expressions import unfilled
from assembler.base.messages import translate
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError
from assembler.web import history
from assembler.web.answers import for_roles, page, told_in_words, where, who
from assembler.web.cards import Work, cards, read
from assembler.web.desks import folder_of, folders, folders_of
from assembler.web.models import User
from assembler.web.rates import measured
from assembler.web.site import this_site

_ON_PAGE = 60
_SECONDS = 1.5  # to read cases in, before the page is told; its script asks for the others
_FOLDER_NAME = re.compile(r"\w[\w.-]{0,79}")


@require_safe
@told_in_words
def show(request: HttpRequest) -> HttpResponseBase:
    """All cases somebody sees, those that are due first; found by a word of their names."""
    asked = request.GET.get("q", "").strip()[:100]
    seen = folders_of(who(request))
    work = list(cards(who(request), seen, _SECONDS))
    found = [each for each in work if _matches(each, asked)]
    found.sort(key=lambda each: (_days(each), -(each.standing.changed if each.standing else 0)))
    shown = Paginator(found, _ON_PAGE).get_page(request.GET.get("page"))
    return page(request, "cases.html", work=list(shown), count=len(work), asked=asked, shown=shown)


@require_safe
@told_in_words
def card(request: HttpRequest, case: str) -> HttpResponseBase:
    """One case of the list, for a page that was told before it could be read."""
    folder = folder_of(who(request), case)
    found = read(who(request), case, mark_of(folder, this_site().settings))
    if found is None or not _matches(found, request.GET.get("q", "").strip()[:100]):
        raise Http404
    return page(request, "card.html", each=found, asked="")


def _matches(work: Work, asked: str) -> bool:
    if not work.is_read:  # what it is called is not known yet
        return True
    text = fold(f"{work.name} {work.title} {work.standing.report if work.standing else ''}")
    return all(word in text for word in fold(asked).split())


def _days(work: Work) -> int:
    days = [each.days for each in work.standing.due if each.days is not None] if work.standing else []
    return min((day for day in days if day >= 0), default=10_000)


@require_http_methods(["GET", "HEAD", "POST"])
@measured("people")
@for_roles("officer")
@told_in_words
def new(request: HttpRequest) -> HttpResponseBase:
    """Starts a case of a report, with the answers of another one where that is wanted."""
    given = {name: request.POST.get(name, "").strip() for name in ("report", "name", "other")}
    known = [(each.id, unfilled(each.title)) for each in reports(this_site().settings)]
    told: dict[str, Any] = {"reports": known, "cases": list(folders_of(who(request))), "given": given}
    if request.method != "POST":
        return page(request, "new-case.html", problems=(), fault="", **told)
    name = given["name"].replace(" ", "-").replace("\u200c", "-")
    fault = _name_fault(name)
    if fault:
        return page(request, "new-case.html", 422, problems=(), fault=fault, **told)
    other = folder_of(who(request), given["other"]) if given["other"] else None
    try:
        started = begin(given["report"], this_site().cases / name, this_site().settings, (), other).start()
    except AssemblerError as error:
        return page(request, "new-case.html", 422, problems=error.problems, fault="", **told)
    _sees(who(request), name)
    history.note("case-added", who(request), where(request), name, after=given["report"])
    address = reverse("form", args=[name, "case"])
    if started.left_file:  # what found no place is seen once, before the new case is
        return page(request, "started.html", started=started, address=address)
    return HttpResponseRedirect(address)


def _sees(user: User, name: str) -> None:
    """Who sees some cases only sees the one he started too."""
    if user.cases:
        user.cases = [*user.cases, name]
        user.save(update_fields=["cases"])


def _name_fault(name: str) -> str:
    if not _FOLDER_NAME.fullmatch(name) or name.endswith("."):
        return translate("Name the case with letters, digits and hyphens, such as annual-1405.")
    if name in folders() or (this_site().cases / name).exists():
        return translate("There is a case of this name already.")
    return ""
