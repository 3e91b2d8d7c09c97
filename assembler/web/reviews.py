"""Returned and approved forms: an approval is of what a form then said, and falls when it says something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.actions.desk.desk import Desk
from assembler.model.acts import Person
from assembler.model.page import FormPage
from assembler.web.models import Review, User
from assembler.web.times import moment


@dataclass(frozen=True)
class Standing:
    """``state`` is «approved», «returned», «fallen» (approved, and changed since) or «»."""

    state: str = ""
    reason: str = ""
    shown: str = ""
    when: str = ""


def standing(desk: Desk, case: str, form: str) -> Standing:
    """How a form stands with the reviewers."""
    found = Review.objects.filter(case=case, form=form).select_related("who").first()
    return Standing() if found is None else _standing(found, said(desk, form))


def of_case(desk: Desk, case: str) -> dict[str, Standing]:
    """How all reviewed forms of a case stand."""
    found = Review.objects.filter(case=case).select_related("who")
    return {each.form: _standing(each, said(desk, each.form)) for each in found}


def _standing(review: Review, says: str) -> Standing:
    fallen = review.state == "approved" and review.says != says
    return Standing("fallen" if fallen else review.state, review.reason, review.who.shown, moment(review.at))


def decide(desk: Desk, case: str, form: str, user: User, state: str, reason: str) -> None:
    """Returns or approves a form as it stands."""
    values = {"state": state, "reason": reason, "who": user, "says": said(desk, form)}
    Review.objects.update_or_create(case=case, form=form, defaults=values)


def withdrawn(case: str, form: str) -> None:
    Review.objects.filter(case=case, form=form).delete()


_ALL_SEEING = Person("", "", frozenset({"officer"}))


def said(desk: Desk, form: str) -> str:
    """The digest of all answers of a form."""
    digest = hashlib.sha256()
    for text in _answers(desk.page(_ALL_SEEING, form)):
        digest.update(f"{len(text)}:{text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _answers(page: FormPage) -> Iterator[str]:
    for item in page.items:
        yield item.answer.typed
        for row in item.table.rows if item.table else ():
            yield from (cell.typed for cell in row.cells.values())
