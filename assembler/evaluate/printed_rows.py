"""Rows the guidance prints, with the answers they got."""

from __future__ import annotations

from collections.abc import Sequence

from assembler.base.problems import Place
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from assembler.model.specs import Item
from assembler.model.tables import PrintedRow
from assembler.model.values import typed_text


def is_given(item: Item, rows: Sequence[AnsweredRow]) -> bool:
    """Whether a table was answered; the rows the guidance prints may stand there blank, ready to be filled in."""
    return bool(rows) and (not item.rows or any(cell.value is not None for row in rows for cell in row.cells.values()))


def with_printed_rows(
    item: Item, answered: Sequence[AnsweredRow], form: AnsweredForm | None
) -> tuple[AnsweredRow, ...]:
    """The rows the guidance prints, each with its fixed cells and the answers it got."""
    given = {row.name: row for row in answered}
    home = form.place.within(item=item.name) if form else None
    return tuple(
        _printed(item, row, given.get(row.name), home.within(row=number) if home else row.place)
        for number, row in enumerate(item.rows, start=1)
    )


def _printed(item: Item, row: PrintedRow, given: AnsweredRow | None, home: Place) -> AnsweredRow:
    """A printed row with the answers it got, at ``home`` when it got none; fixed cells have their columns' types. A
    heading is a band.
    """
    if row.heading:
        return AnsweredRow({item.columns[0].name: Answer(row.heading, row.place)}, home, group=True, name=row.name)
    fixed = {
        name: Answer(typed_text(text, item.column(name)), row.place.within(column=name))
        for name, text in row.cells.items()
    }
    place = given.place if given else home
    return AnsweredRow({**fixed, **(given.cells if given else {})}, place, name=row.name)
