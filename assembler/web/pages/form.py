"""The page of a form, and what scripts on it ask for: acts, what changed, the history of an answer, its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.views.decorators.http import require_POST, require_safe

from assembler.actions.desk.attach import attach
from assembler.actions.desk.data import delta_json, outcome_json, page_json, preview_json
from assembler.actions.desk.desk import Desk, keeping
from assembler.actions.desk.paste import paste
from assembler.actions.desk.settle import accept, confirm
from assembler.actions.desk.table import insert_rows, move_row, remove_rows
from assembler.actions.desk.undo import undo
from assembler.actions.desk.write import write
from assembler.base.messages import language
from assembler.base.problems import AssemblerError
from assembler.base.tongue import printed_in, tongue
from assembler.model.acts import Conflict, Outcome, Person, Preview, Target, Written
from assembler.model.page import FormPage
from assembler.web import events, history, reviews
from assembler.web.answers import data, given, page, refusal, script, text, told_in_words, where, who
from assembler.web.desks import case_of, rights_at
from assembler.web.files import sent
from assembler.web.models import Entry, User
from assembler.web.pages.words import words
from assembler.web.rates import measured
from assembler.web.reading import as_read
from assembler.web.times import moment

_View = Callable[..., HttpResponseBase]
_Act = Callable[[Desk, Person, str, Mapping[str, Any]], Outcome | Preview]


def _on_its_paper(view: _View) -> _View:
    """Shows and reads values as the report of the case is written: its digits, its calendar."""

    @wraps(view)
    def shown(request: HttpRequest, case: str, **rest: str) -> HttpResponseBase:
        with printed_in(case_of(who(request), case).tongue):
            return view(request, case, **rest)

    return shown


@require_safe
@told_in_words
@_on_its_paper
def show(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """The form, with all that its scripts need to draw it."""
    user = who(request)
    desk = case_of(user, case)
    shown = desk.page(user.person, form)
    told = {
        "case": case, "form": form, "page": as_read(page_json(shown)), "person": user.username,
        "csrf": get_token(request), "language": language(), "digits": tongue().digits,
        "words": words(), "last": events.newest(case),
        "may": _may(user, shown), "former": _former(case, shown),
    }  # fmt: skip
    return page(
        request, "form.html", case=case, form=form, title=shown.title, told=script(told), sheet=shown,
        review=reviews.standing(desk, case, form),
    )  # fmt: skip


def _former(case: str, shown: FormPage) -> dict[str, dict[str, str]]:
    """What he sees of it."""
    seen = {item.field.name for item in shown.items}
    return {name: told for name, told in history.former(case, shown.form).items() if name in seen}


def _may(user: User, shown: FormPage) -> dict[str, bool]:
    return {
        "write": user.has("officer", "department"),
        "accept": user.has("officer", "reviewer"),
        "review": user.has("reviewer"),
    }


@require_safe
@told_in_words
@_on_its_paper
def since(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """What changed on the page since the version a script has; the whole page when that was too long ago."""
    desk = case_of(who(request), case)
    found = desk.since(who(request).person, form, request.GET.get("version", ""))
    if isinstance(found, FormPage):
        return data({"kind": "page", "page": as_read(page_json(found))})
    return data({"kind": "delta", "delta": as_read(delta_json(found))})


@require_POST
@measured("acts")
@told_in_words
@_on_its_paper
def act(request: HttpRequest, case: str, form: str, name: str) -> HttpResponseBase:
    """Does one act; what it changed is kept before it is told."""
    user = who(request)
    if name not in _ACTS:
        raise Http404
    desk = case_of(user, case)
    try:
        with _kept(request, case):
            outcome = _ACTS[name](desk, user.person, form, given(request))
    except AssemblerError as error:
        return refusal(error.problems)
    return _told(outcome, case)


@require_POST
@measured("acts")
@told_in_words
@_on_its_paper
def take_back(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """Takes back what the person himself did last."""
    user = who(request)
    rights_at(user, case, form)
    desk = case_of(user, case)
    changes = history.to_undo(case, form, user)
    if not changes:
        return data({"kind": "nothing"})
    with _kept(request, case):
        outcome = undo(desk, user.person, changes)
    if isinstance(outcome, Written):
        history.taken_back(changes[0].act, outcome.changes[0].act if outcome.changes else changes[0].act)
    return _told(outcome, case)


@require_POST
@measured("files")
@told_in_words
@_on_its_paper
def take_file(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """Takes a file as an answer."""
    user = who(request)
    desk = case_of(user, case)
    file = request.FILES.get("file")
    if file is None or not file.name:
        raise BadRequest
    at = Target(form, *(request.POST.get(name, "") for name in ("item", "row", "column")))
    with _kept(request, case):
        outcome = attach(desk, user.person, at, file.name, file.read(), request.POST.get("base", ""))
    return _told(outcome, case)


def _kept(request: HttpRequest, case: str) -> AbstractContextManager[None]:
    """Acts within are kept in the history before anybody else acts on the case."""
    return keeping(lambda changes: history.keep(changes, who(request), where(request), case))


def _told(outcome: Outcome | Preview, case: str) -> HttpResponseBase:
    if isinstance(outcome, Preview):
        return data({"outcome": "preview", **as_read(preview_json(outcome))})
    told: Any = as_read(outcome_json(outcome))
    if isinstance(outcome, Conflict):
        writers = [_last_writer(case, each.at) for each in outcome.contested]
        contested = [{**each, **writer} for each, writer in zip(told["contested"], writers, strict=True)]
        return data({**told, "contested": contested}, 409)
    if isinstance(outcome, Written):
        events.tell(case)
    return data(told, 200 if isinstance(outcome, Written) else 422)


def _last_writer(case: str, at: Target) -> dict[str, str]:
    found = history.last_writer(case, at)
    return {"who": found.shown if found else "", "when": moment(found.at) if found else ""}


# ---------------------------------------------------------------- acts


def _at(form: str, told: Mapping[str, Any]) -> Target:
    return Target(form, text(told, "item"), text(told, "row", ""), text(told, "column", ""))


def _write(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    return write(desk, person, _at(form, told), text(told, "typed"), text(told, "base"))


def _paste(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome | Preview:
    base = text(told, "base") if "base" in told else None
    return paste(desk, person, _at(form, told), text(told, "text"), base)


def _insert(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    count, behind = told.get("count", 1), told.get("behind", "")
    if type(count) is not int or count < 1 or not isinstance(behind, str | None):
        raise BadRequest
    return insert_rows(desk, person, _at(form, told), count, behind=behind, band=told.get("band") is True)


def _remove(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    rows = told.get("rows")
    if not isinstance(rows, list) or not all(_is_pair(row) for row in rows):
        raise BadRequest
    return remove_rows(desk, person, _at(form, told), [(key, stamp) for key, stamp in rows])


def _is_pair(row: object) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) for part in row)


def _move(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    return move_row(desk, person, _at(form, told), text(told, "behind"))


def _confirm(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    return confirm(desk, person, form, text(told, "item", ""))


def _accept(desk: Desk, person: Person, form: str, told: Mapping[str, Any]) -> Outcome:
    place, code = text(told, "place"), text(told, "code")
    found = [each for each in desk.page(person, form).problems if (each.place, each.code) == (place, code)]
    if not found:
        raise Http404
    return accept(desk, person, form, found[0], text(told, "why"))


_ACTS: Mapping[str, _Act] = {
    "write": _write,
    "paste": _paste,
    "insert": _insert,
    "remove": _remove,
    "move": _move,
    "confirm": _confirm,
    "accept": _accept,
}


# ---------------------------------------------------------------- what was


@require_safe
@told_in_words
@_on_its_paper
def past(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """The history of an answer, for those who see it."""
    at = Target(form, *(request.GET.get(name, "") for name in ("item", "row", "column")))
    if not at.item or not rights_at(who(request), case, form).tells(form, at.item):
        raise Http404
    return data({"kind": "history", "entries": [_entry(each) for each in history.of_place(case, at)]})


def _entry(entry: Entry) -> dict[str, str]:
    return {"who": entry.shown, "when": moment(entry.at), "before": entry.before, "after": entry.after}


@require_safe
@told_in_words
def file(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """The file that is an answer, always to be saved: a browser opens nothing of it here."""
    at = Target(form, *(request.GET.get(name, "") for name in ("item", "row", "column")))
    return sent(case_of(who(request), case).attachment(who(request).person, at))
