"""The persons a case writes to, and who holds which post: seen by who sees cases whole, changed by officers."""

from __future__ import annotations

from itertools import zip_longest

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assembler.actions.desk.desk import Desk
from assembler.actions.persons import Row, register, write_register
from assembler.base.problems import AssemblerError, Problem
from assembler.model.persons import Person
from assembler.web import events, history
from assembler.web.answers import for_roles, forbidden, page, told_in_words, where, who
from assembler.web.desks import case_of
from assembler.web.rates import measured

_BLANK = 3  # rows for persons not known yet
_MOST = 500  # letters a field keeps


@require_http_methods(["GET", "HEAD", "POST"])
@measured("acts")
@for_roles("officer", "secretary", "reviewer", "signer")
@told_in_words
def show(request: HttpRequest, case: str) -> HttpResponseBase:
    desk = case_of(who(request), case)
    if request.method != "POST":
        known = register(desk.folder)
        return _page(request, desk, case, list(enumerate(known.persons)), known.version, known.problems)
    if not who(request).has("officer"):
        return forbidden(request)
    rows, seen = _given(request), request.POST.get("version", "")
    try:
        before, after = write_register(desk.folder, [row for row in rows if row[1] != Person("")], seen)
    except AssemblerError as error:
        return _page(request, desk, case, rows, seen, error.problems, 422)
    if before or after:
        history.note("persons", who(request), where(request), case, before=before, after=after)
        events.tell(case)
    return HttpResponseRedirect(reverse("persons", args=[case]))


def _given(request: HttpRequest) -> list[Row]:
    """The rows of the page as they were sent; one whose name, title and post are cleared is to go."""
    columns = (request.POST.getlist(name) for name in ("entry", "title", "name", "post"))
    return [
        (
            int(entry) if entry.isdecimal() else None,
            Person(name.strip()[:_MOST], title.strip()[:_MOST], post.strip()[:_MOST]),
        )
        for entry, title, name, post in zip_longest(*columns, fillvalue="")
    ]


def _page(
    request: HttpRequest,
    desk: Desk,
    case: str,
    rows: list[Row],
    version: str,
    problems: tuple[Problem, ...],
    status: int = 200,
) -> HttpResponseBase:
    blank: list[Row] = [(None, Person(""))] * _BLANK
    return page(
        request, "persons.html", status, case=case, rows=[*rows, *(blank if status == 200 else [])], version=version,
        problems=problems, writes=who(request).has("officer"), direction=desk.tongue.direction,
    )  # fmt: skip
