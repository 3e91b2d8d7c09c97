"""Rows of a table added, taken away and moved, each by its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen
from assembler.actions.desk.rights import Rights, refused
from assembler.model.acts import Contested, Outcome, Person, Target
from assembler.model.specs import Item

MOST_ROWS = 5_000  # of a table: far above any honest one

Rows = Callable[[Pen, Item], tuple[Contested, ...]]


def insert_rows(
    desk: Desk, person: Person, at: Target, count: int = 1, *, behind: str | None = "", band: bool = False
) -> Outcome:
    """Adds blank rows to the table at a target behind a row, «» at the beginning, None at the end. A ``band`` stands
    over a group of rows.
    """

    def insert(pen: Pen, item: Item) -> tuple[Contested, ...]:
        if band and not item.group_rows:
            raise refused("no-band-rows", label=item.shown)
        refuse_too_many(item, len(pen.lines(item)) + count)
        keys = [key for key, _ in pen.lines(item)]
        last = (keys[-1] if keys else "") if behind is None else behind
        for _ in range(count):
            key = new_key()
            pen.insert(item, key, last, band=band)
            last = key
        return ()

    return desk.act(person, at.form, _on_rows(at, person, insert))


def remove_rows(desk: Desk, person: Person, at: Target, stamps: Sequence[tuple[str, str]]) -> Outcome:
    """Takes rows away, each named by its key and the stamp it had when its remover saw it: one that says something else
    by now is in conflict, and none is taken away. Rows that are gone already are no fault.
    """

    def remove(pen: Pen, item: Item) -> tuple[Contested, ...]:
        lines = dict(pen.sheet.stamps(item))
        seen = {key: stamp for key, stamp in stamps if key in lines}
        changed = [key for key, stamp in seen.items() if lines[key] != stamp]
        if changed:
            return tuple(Contested(Target(at.form, at.item, key), pen.told(item, key), "", "") for key in changed)
        for key in seen:
            pen.remove(item, key)
        return ()

    return desk.act(person, at.form, _on_rows(at, person, remove))


def move_row(desk: Desk, person: Person, at: Target, behind: str) -> Outcome:
    """Puts the row at a target behind another, «» at the beginning."""

    def move(pen: Pen, item: Item) -> tuple[Contested, ...]:
        pen.move(item, at.row, behind)
        return ()

    return desk.act(person, at.form, _on_rows(at, person, move))


def refuse_too_many(item: Item, count: int) -> None:
    """Raises AssemblerError when a table would have more rows than anybody reads; how many it may have checks say."""
    if count > MOST_ROWS:
        raise refused("rows-too-many", label=item.shown, count=count, limit=MOST_ROWS)


def new_key() -> str:
    """A key for a row that is new."""
    return token_hex(8)


def _on_rows(at: Target, person: Person, change: Rows) -> Callable[[Sheet, Rights], Draft | tuple[Contested, ...]]:
    def step(sheet: Sheet, rights: Rights) -> Draft | tuple[Contested, ...]:
        item = rights.writable(at)
        if not item.is_table:
            raise refused("not-on-page")
        if item.rows:
            raise refused("rows-fixed", label=item.shown)
        pen = Pen(sheet, person, token_hex(8))
        return change(pen, item) or pen.draft()

    return step
