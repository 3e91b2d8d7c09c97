"""What people say of a form or of an answer: written, addressed, answered, settled, among who sees the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assembler.actions.desk.rights import Rights, rights_of
from assembler.base.persian import normalise
from assembler.web import events, history
from assembler.web.answers import data, given, text, told_in_words, where, who
from assembler.web.desks import case_of, rights_at
from assembler.web.models import Comment, User
from assembler.web.rates import measured
from assembler.web.times import moment

_LONGEST = 4000


@require_safe
@told_in_words
def show(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """The comments of a form somebody sees, and whom one may be addressed to."""
    rights = rights_at(who(request), case, form)
    found = Comment.objects.filter(case=case, form=form).select_related("who", "to", "settled_by")
    told = [_told(each) for each in found if rights.tells(form, each.item)]
    readers = [{"name": user.username, "shown": user.shown} for user in _readers(who(request), case, form, "")]
    return data({"kind": "comments", "comments": told, "people": readers})


def _readers(user: User, case: str, form: str, item: str) -> list[User]:
    """Who sees a place, and may so be asked about it."""
    with case_of(user, case).looking(user.person) as (opened, _):
        return [
            each
            for each in User.objects.filter(is_active=True).order_by("shown")
            if (not each.cases or case in each.cases) and rights_of(each.person, opened).tells(form, item)
        ]


@require_POST
@measured("acts")
@told_in_words
def add(request: HttpRequest, case: str, form: str) -> HttpResponseBase:
    """Says something of a form or of a place in it; an answer is of the place of what it answers."""
    rights, told = rights_at(who(request), case, form), given(request)
    said = normalise(text(told, "text")).strip()
    if not said or len(said) > _LONGEST:
        raise BadRequest
    before = _known(rights, case, form, told["answers"]) if told.get("answers") else None
    place = _place_of(before) if before else _place(rights, form, told)
    to = _addressed(who(request), case, form, place["item"], text(told, "to", ""))
    made = Comment.objects.create(case=case, form=form, text=said, who=who(request), to=to, answers=before, **place)
    history.note("comment", who(request), where(request), case, form, after=said, **place)
    events.tell(case)
    return data({"kind": "comment", "comment": _told(made)})


def _place(rights: Rights, form: str, told: Mapping[str, Any]) -> dict[str, str]:
    """A place on the form. Raises Http404 when he sees none such; a row may be gone by now."""
    place = {name: text(told, name, "") for name in ("item", "row", "column")}
    spec = rights.specs[form].by_name.get(place["item"])
    if place["item"] and (spec is None or not rights.sees(form, place["item"])):
        raise Http404
    columns = {column.name for column in spec.columns} if spec else set()
    if place["column"] not in {"", *columns} or (place["row"] and not columns) or len(place["row"]) > _LONGEST_KEY:
        raise Http404
    return place


_LONGEST_KEY = 100


def _place_of(comment: Comment) -> dict[str, str]:
    return {"item": comment.item, "row": comment.row, "column": comment.column}


def _addressed(user: User, case: str, form: str, item: str, name: str) -> User | None:
    """Whom a comment is for, None for all. Raises Http404 when he would not see it."""
    if not name:
        return None
    found = next((each for each in _readers(user, case, form, item) if each.username == name), None)
    if found is None:
        raise Http404
    return found


@require_POST
@measured("acts")
@told_in_words
def settle(request: HttpRequest, case: str, form: str, number: int) -> HttpResponseBase:
    """Settles a comment, or takes it up again."""
    found = _known(rights_at(who(request), case, form), case, form, number)
    is_settled = given(request).get("settled") is True
    found.settled_by, found.settled_at = (who(request), timezone.now()) if is_settled else (None, None)
    found.save(update_fields=["settled_by", "settled_at"])
    kind = "settled" if is_settled else "reopened"
    history.note(kind, who(request), where(request), case, form, after=found.text, **_place_of(found))
    events.tell(case)
    return data({"kind": "comment", "comment": _told(found)})


def _known(rights: Rights, case: str, form: str, number: object) -> Comment:
    """A comment of a form by its number. Raises Http404 where he sees none such."""
    found = Comment.objects.filter(case=case, form=form, pk=number).first() if isinstance(number, int) else None
    if found is None or not rights.tells(form, found.item):
        raise Http404
    return found


def _told(each: Comment) -> dict[str, object]:
    return {
        "number": each.pk, "item": each.item, "row": each.row, "column": each.column, "text": each.text,
        "who": each.who.shown, "to": each.to.shown if each.to else "", "toName": each.to.username if each.to else "",
        "when": moment(each.at), "answers": each.answers_id or 0,
        "settled": each.settled_by.shown if each.settled_by else "",
    }  # fmt: skip
