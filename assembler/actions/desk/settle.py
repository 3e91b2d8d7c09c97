"""Settles what is open without another answer: carried answers are confirmed, problems stand for a reason."""

from __future__ import annotations

from secrets import token_hex

from assembler.actions.accept import accept as accept_problem
from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.rights import Rights, refused
from assembler.base.problems import AssemblerError
from assembler.model.acceptances import read_place
from assembler.model.acts import Change, Outcome, Person, Refused, Target
from assembler.model.carried import confirmed
from assembler.model.page import PageProblem


def confirm(desk: Desk, person: Person, form: str, item: str = "") -> Outcome:
    """Confirms a carried answer as it stands, or all of a form that somebody may write."""

    def step(sheet: Sheet, rights: Rights) -> Draft:
        if item:
            rights.writable(Target(form, item))
        listed = sheet.answered.carried
        names = tuple(listed.fingerprints) if listed else ()
        wanted = [name for name in names if (name == item if item else rights.writes(form, name))]
        act, origin = token_hex(8), listed.origin if listed else ""
        changes = (Change(act, person.name, "confirmed", Target(form, name), origin) for name in wanted)
        return Draft(confirmed(sheet.answered, wanted), tuple(changes))

    return desk.act(person, form, step)


def accept(desk: Desk, person: Person, form: str, found: PageProblem, why: str) -> Outcome:
    """Lets a problem of a page stand for a reason; officers and reviewers may."""
    place = read_place(found.place)
    if place is None or place.form != form:
        return Refused(refused("not-on-page").problems)

    def settle(rights: Rights) -> tuple[Change, ...]:
        if not rights.accepts:
            raise refused("not-yours", label=found.where or form)
        accept_problem(desk.folder, found.code, place, why, desk.settings, found.message)
        at = Target(form, found.item, found.row, found.column)
        return (Change(token_hex(8), person.name, "accepted", at, found.code, why),)

    try:
        return desk.beside(person, form, settle)
    except AssemblerError as error:
        return Refused(error.problems)
