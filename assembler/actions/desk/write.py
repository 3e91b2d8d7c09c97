"""Writes one answer: it goes where it belongs only while there stands what its writer saw."""

from __future__ import annotations

from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen, Spot
from assembler.actions.desk.rights import Rights, refused
from assembler.base.problems import AssemblerError, ExitCode, has_errors
from assembler.model.acts import Contested, Outcome, Person, Target
from assembler.model.types import FILES


def write(desk: Desk, person: Person, at: Target, typed: str, base: str) -> Outcome:
    """Writes what is typed at an item or a cell over ``base``, the text that stood there when its writer saw it last.

    A blank text clears the answer. In a table whose rows are lent, all of them become its own.
    """

    def step(sheet: Sheet, rights: Rights) -> Draft | tuple[Contested, ...]:
        rights.writable(at)
        pen = Pen(sheet, person, token_hex(8))
        spot = pen.spot(at)
        _refuse_file_name(spot, typed)
        value, problems = pen.read(spot, typed)
        if has_errors(problems):
            raise AssemblerError(problems, ExitCode.USAGE)
        now = pen.value(spot)
        if now != value and pen.text(spot) != base and now != pen.read(spot, base)[0]:
            return (Contested(at, pen.text(spot), typed, base),)
        pen.put(spot, value)
        return pen.draft(warnings=problems)

    return desk.act(person, at.form, step)


def _refuse_file_name(spot: Spot, typed: str) -> None:
    """A name would give who knows it the file of somebody else."""
    if spot.field.type in FILES and typed.strip() and typed.strip() not in spot.field.marks:
        raise refused("file-not-chosen", label=spot.field.shown)
