"""The rows of a table as they are exported, and the keys by which they are known when they come back."""

from __future__ import annotations

from dataclasses import replace

from assembler.collect.workbook.cells import (
    key_of,
)
from assembler.collect.workbook.plans import BaseRow
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.specs import Column, Item


def band_field(column: Column, group: bool) -> Column:
    """A column as a row fills it: nothing is calculated in a band row."""
    return replace(column, type="text", calculation=None) if group and column.calculation else column


def rows_of(item: Item, answered: AnsweredForm, filled: FilledItem) -> tuple[AnsweredRow, ...]:
    """The rows of a table as they stand now: the printed ones with their answers, those others lend, or the added."""
    rows = answered.tables.get(item.name, ())
    if item.rows:
        by_name = {row.name: row for row in rows}
        return tuple(by_name.get(row.name, AnsweredRow({}, row.place, name=row.name)) for row in item.rows)
    return tuple(_lent(row) for row in filled.rows) if filled.prefilled else rows


def _lent(row: FilledRow) -> AnsweredRow:
    given = {name: Answer(cell.value) for name, cell in row.cells.items() if not cell.computed}
    return AnsweredRow(given, row.place, row.group)


def base_row(item: Item, row: AnsweredRow) -> BaseRow:
    """A row by the keys of its answers."""
    keys = {
        name: key_of(answer.value, band_field(item.column(name), row.group))
        for name, answer in row.cells.items()
        if answer.value is not None
    }
    return BaseRow(keys, row.name, row.group)
