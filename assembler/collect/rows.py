"""The rows of a table as whoever collects changes them: those of its file, or those other tables lend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assembler.base.problems import NOWHERE, Place
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from assembler.model.filled import FilledItem
from assembler.model.specs import Item


def standing_rows(answered: AnsweredForm | None, filled: FilledItem) -> tuple[AnsweredRow, ...]:
    """The rows that stand in a table: as long as nobody wrote any, those that are lent."""
    rows = answered.tables.get(filled.spec.name, ()) if answered else ()
    return rows or (lent_rows(filled) if filled.prefilled else ())


def lent_rows(filled: FilledItem) -> tuple[AnsweredRow, ...]:
    """The rows other tables lend, as rows of this one."""
    asked = {column.name for column in filled.spec.columns if column.is_asked}
    given = (
        {name: cell.value for name, cell in row.cells.items() if name in asked and cell.value is not None}
        for row in filled.rows
    )
    return tuple(AnsweredRow({name: Answer(value) for name, value in row.items()}, NOWHERE) for row in given)


def with_rows(answered: AnsweredForm, item: Item, rows: Sequence[AnsweredRow]) -> AnsweredForm:
    """The form with these rows in a table, each at its place."""
    tables = {name: given for name, given in answered.tables.items() if name != item.name}
    if rows:
        tables[item.name] = tuple(_placed(row, number, answered.form, item) for number, row in enumerate(rows, start=1))
    return replace(answered, tables=tables)


def _placed(row: AnsweredRow, number: int, form: str, item: Item) -> AnsweredRow:
    names = [printed.name for printed in item.rows]
    number = names.index(row.name) + 1 if row.name in names else number
    if row.place.row == number and all(answer.place.row == number for answer in row.cells.values()):
        return row
    place = Place(form=form, item=item.name, row=number)
    cells = {name: Answer(answer.value, place.cell(name)) for name, answer in row.cells.items()}
    return replace(row, cells=cells, place=place)
