"""Takes an act back, change by change: what somebody else has changed since stays, and is told."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen
from assembler.actions.desk.rights import Rights, refused
from assembler.base.problems import AssemblerError
from assembler.collect.files.typed import plain_read
from assembler.model.acts import Change, Outcome, Person, Refused, Target

UNDONE = ("answer", "inserted", "removed", "moved")


def undo(desk: Desk, person: Person, changes: Sequence[Change]) -> Outcome:
    """Takes back an act of the same person, whose changes the caller kept, all of them and in their order.

    What comes of it is an act too, which may be undone.
    """
    forms = {change.at.form for change in changes}
    acts = {(change.act, change.who) for change in changes}
    if len(forms) != 1 or len(acts) != 1 or changes[0].who != person.name:
        return Refused(refused("undo-unknown").problems)

    def step(sheet: Sheet, rights: Rights) -> Draft:
        for change in changes:
            rights.writable(Target(change.at.form, change.at.item))
        back = _Back(desk, Pen(sheet, person, token_hex(8)))
        made = [change for change in changes if change.kind in UNDONE] or changes  # what was written confirmed it too
        kept = [change for change in reversed(made) if not back.takes(change)]
        return back.pen.draft(kept=kept[::-1])

    return desk.act(person, changes[0].at.form, step)


class _Back:
    """Takes changes back on a sheet; ``takes`` tells whether a change was, or need not be."""

    def __init__(self, desk: Desk, pen: Pen) -> None:
        self._desk, self.pen = desk, pen

    def takes(self, change: Change) -> bool:
        if change.kind not in UNDONE:
            return False
        try:
            return {"answer": self._answer, "inserted": self._inserted, "removed": self._removed, "moved": self._moved}[
                change.kind
            ](change)
        except AssemblerError:  # the row is gone, or the file the answer named
            return False

    def _answer(self, change: Change) -> bool:
        spot = self.pen.spot(change.at)
        if self.pen.data(spot) != change.now:
            return self.pen.data(spot) == change.was
        self.pen.put(spot, plain_read(change.was, spot.field, spot.place, self._desk.folder).value)
        return True

    def _inserted(self, change: Change) -> bool:
        item = self.pen.sheet.spec.item(change.at.item)
        if any(answer.value is not None for answer in self.pen.row(item, change.at.row).cells.values()):
            return False
        self.pen.remove(item, change.at.row)
        return True

    def _removed(self, change: Change) -> bool:
        item = self.pen.sheet.spec.item(change.at.item)
        keys = [key for key, _ in self.pen.lines(item)]
        if change.at.row in keys:
            return False
        behind = change.before if change.before in ("", *keys) else keys[-1] if keys else ""
        self.pen.insert(item, change.at.row, behind, band=change.band)
        return True

    def _moved(self, change: Change) -> bool:
        item = self.pen.sheet.spec.item(change.at.item)
        at = self.pen.index(item, change.at.row)
        stands = self.pen.lines(item)[at - 1][0] if at else ""
        if stands != change.after:
            return stands == change.before
        self.pen.move(item, change.at.row, change.before)
        return True
