"""One answer of a case with what is known of it, as data and as a text for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assembler.answers.writer import block_text, plain_value
from assembler.collect.spots import Spot
from assembler.model.acceptances import place_text
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.specs import Field

Row: TypeAlias = Mapping[str, Value]
Answered: TypeAlias = Value | Row | list[Row]


@dataclass(frozen=True)
class AnswerView:
    """An answer, or what is calculated in its place; of a row a mapping of its cells, of a table its rows.

    Its dates are typed in a ``calendar``, «» for the Jalali one.
    """

    place: str
    label: str
    type: str
    value: Answered
    calculated: bool
    relevant: bool
    calendar: str = ""

    @property
    def data(self) -> object:
        """The value as a file holds it, in lists and mappings of texts and numbers."""
        return plain(self.value, self.calendar)

    @property
    def text(self) -> str:
        """For scripts: a text as it is, a list of texts line by line, all else as YAML."""
        data = self.data
        if data is None:
            return ""
        if isinstance(data, list) and all(isinstance(each, str) for each in data):
            return "\n".join(data)
        return block_text(data).removesuffix("\n") if isinstance(data, list | dict) else str(data)


def answer_view(spot: Spot, form: FilledForm) -> AnswerView:
    """What is known of the answer at a spot of an evaluated form."""
    item = form.items[spot.item.name]
    value, calculated = _value(spot, item)
    field = spot.field
    return AnswerView(place_text(spot.place), field.shown, field.type, value, calculated, item.relevant, field.calendar)


def plain(value: Answered, calendar: str = "") -> object:
    """An answer as texts, whole numbers, lists and mappings; dates in the ``calendar`` they are typed in."""
    if isinstance(value, list):
        return [plain(row, calendar) for row in value]
    if isinstance(value, Mapping):
        return {name: plain(cell, calendar) for name, cell in value.items()}
    return None if value is None else plain_value(value, calendar)


def _value(spot: Spot, item: FilledItem) -> tuple[Answered, bool]:
    """The value, and whether it is calculated."""
    if not spot.item.is_table:
        return item.value, _is_calculated(spot.item)
    if spot.row is None:
        return [_row(row) for row in item.rows] or None, item.prefilled
    row = _row_of(item, spot)
    if spot.column is None:
        return None if row is None else _row(row), item.prefilled
    cell = row.cells.get(spot.column.name) if row else None
    return (cell.value, cell.computed) if cell else (None, _is_calculated(spot.column))


def _row_of(item: FilledItem, spot: Spot) -> FilledRow | None:
    """The row of a place; of printed ones by its name, as blank ones stand in no file."""
    if spot.item.rows and spot.row:
        name = spot.item.rows[spot.row - 1].name
        return next((row for row in item.rows if row.name == name), None)
    return item.row_at(spot.row)


def _is_calculated(field: Field) -> bool:
    return field.type == "calculate" or field.calculation is not None


def _row(row: FilledRow) -> Row:
    return {name: cell.value for name, cell in row.cells.items() if cell.value is not None}
