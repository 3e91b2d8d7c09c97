"""Changes a form, cell by cell and row by row, and keeps a record of each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.actions.desk.desk import Draft, Line, Sheet
from assembler.actions.desk.rights import refused
from assembler.answers.writer import plain_value
from assembler.base.problems import NOWHERE, Place, Problem
from assembler.collect.fill.typed import as_typed, read_typed
from assembler.collect.rows import with_rows
from assembler.model.acts import Change, ChangeKind, Person, Target
from assembler.model.answers import Answer, AnsweredRow, Value
from assembler.model.carried import confirmed, waiting
from assembler.model.specs import Column, Field, Item

_BLANK = Answer(None)


@dataclass(frozen=True)
class Spot:
    """An answer that can be written: the question it answers, and the number of its row, from 1."""

    at: Target
    item: Item
    field: Field
    number: int | None = None

    @property
    def place(self) -> Place:
        return Place(form=self.at.form, item=self.at.item, row=self.number, column=self.at.column or None)


class Pen:
    """Writes on a sheet for somebody, all of it one act."""

    def __init__(self, sheet: Sheet, person: Person, act: str) -> None:
        self.sheet, self._person, self._act = sheet, person, act
        self.changes: list[Change] = []
        self._values: dict[str, Value] = {}
        self._lines: dict[str, list[Line]] = {}
        self._touched: dict[str, Item] = {}

    # ------------------------------------------------------------ where

    def spot(self, at: Target) -> Spot:
        """The answer at a target, in a row that is there. Raises AssemblerError: it is gone, or nobody answers it."""
        item = self.sheet.spec.by_name.get(at.item)
        if item is None or item.is_table != bool(at.row and at.column):
            raise refused("not-on-page")
        if not item.is_table:
            return Spot(at, item, item)
        if at.column not in item.by_name:
            raise refused("not-on-page")
        if item.rows:
            return self._printed_spot(at, item)
        index = self.index(item, at.row)
        return Spot(at, item, _field(item, item.column(at.column), self.lines(item)[index][1]), index + 1)

    def _printed_spot(self, at: Target, item: Item) -> Spot:
        number, row = next(((n, row) for n, row in enumerate(item.rows, 1) if row.name == at.row), (0, None))
        if row is None:
            raise refused("row-gone", label=item.shown)
        if row.shuts(at.column):
            label = item.column(at.column).shown
            raise refused(row.refusal(at.column), column=label, label=label)
        return Spot(at, item, _field(item, item.column(at.column), AnsweredRow({}, NOWHERE)), number)

    def index(self, item: Item, key: str) -> int:
        """Where a row stands now. Raises AssemblerError when it is gone."""
        found = next((at for at, (each, _) in enumerate(self.lines(item)) if each == key), None)
        if found is None:
            raise refused("row-gone", label=item.shown)
        return found

    def lines(self, item: Item) -> list[Line]:
        """The rows of a table as they are by now, with their keys."""
        if item.name not in self._lines:
            self._lines[item.name] = list(self.sheet.lines(item))
        return self._lines[item.name]

    # ------------------------------------------------------------ answers

    def value(self, spot: Spot) -> Value:
        """What stands at a spot by now."""
        if not spot.item.is_table:
            given = self.sheet.answered.values.get(spot.item.name, _BLANK).value
            return self._values.get(spot.item.name, given)
        row = dict(self.lines(spot.item)).get(spot.at.row)
        return row.cells.get(spot.at.column, _BLANK).value if row else None

    def data(self, spot: Spot) -> object:
        """What stands at a spot by now, as a file holds it."""
        return _said(self.value(spot))

    def row(self, item: Item, key: str) -> AnsweredRow:
        """A row as it is by now. Raises AssemblerError when it is gone."""
        return self.lines(item)[self.index(item, key)][1]

    def shown(self, value: Value, spot: Spot) -> str:
        """A value as it would be typed at a spot."""
        return as_typed(value, spot.field)

    def text(self, spot: Spot) -> str:
        """What stands at a spot by now, as it would be typed."""
        return as_typed(self.value(spot), spot.field)

    def read(self, spot: Spot, typed: str) -> tuple[Value, tuple[Problem, ...]]:
        """The value of a typed text, None with a problem when it is none."""
        value, problems = read_typed(typed, spot.field, self.sheet.attachments, spot.place)
        return value, tuple(replace(each, place=spot.place) for each in problems)

    def put(self, spot: Spot, value: Value) -> None:
        """Writes a value; nothing is changed where it stands already."""
        was = self.value(spot)
        if _said(was) == _said(value):
            return
        if spot.item.is_table:
            self._put_cell(spot, value)
        else:
            self._values[spot.item.name] = value
        self._touched[spot.item.name] = spot.item
        before, after = as_typed(was, spot.field), as_typed(value, spot.field)
        who = self._person.name
        self.changes.append(Change(self._act, who, "answer", spot.at, before, after, _said(was), _said(value)))

    def _put_cell(self, spot: Spot, value: Value) -> None:
        item, lines = spot.item, self.lines(spot.item)
        order = {column.name: place for place, column in enumerate(item.columns)}
        found = next((at for at, (key, _) in enumerate(lines) if key == spot.at.row), None)
        row = AnsweredRow({}, NOWHERE, name=spot.at.row) if found is None else lines[found][1]
        cells = {name: each for name, each in row.cells.items() if name != spot.at.column}
        cells |= {} if value is None else {spot.at.column: Answer(value)}
        row = replace(row, cells=dict(sorted(cells.items(), key=lambda cell: order.get(cell[0], len(order)))))
        if found is not None:
            lines[found] = (spot.at.row, row)
            return
        numbers = {printed.name: number for number, printed in enumerate(item.rows)}
        lines.append((spot.at.row, row))
        lines.sort(key=lambda line: numbers.get(line[0], len(numbers)))

    def told(self, item: Item, key: str) -> str:
        """What a row says, for people."""
        row = self.row(item, key)
        said = ((column, row.cells.get(column.name, _BLANK).value) for column in item.columns)
        return "، ".join(as_typed(value, column) for column, value in said if value is not None)

    # ------------------------------------------------------------ rows

    def insert(self, item: Item, key: str, behind: str, *, band: bool = False) -> None:
        """Adds a blank row behind another, «» at the beginning."""
        lines = self.lines(item)
        lines.insert(self.index(item, behind) + 1 if behind else 0, (key, AnsweredRow({}, NOWHERE, group=band)))
        self._touched[item.name] = item
        self._record("inserted", Target(self.sheet.spec.id, item.name, key), "", behind, band=band)

    def remove(self, item: Item, key: str) -> None:
        """Takes a row away; what was answered in it is recorded first."""
        at = self.index(item, key)
        lines = self.lines(item)
        row, behind = lines[at][1], lines[at - 1][0] if at else ""
        for column in item.columns:
            target = Target(self.sheet.spec.id, item.name, key, column.name)
            if row.cells.get(column.name, _BLANK).value is not None:
                self.put(Spot(target, item, _field(item, column, row), at + 1), None)
        del lines[at]
        self._touched[item.name] = item
        self._record("removed", Target(self.sheet.spec.id, item.name, key), behind, "", band=row.group)

    def move(self, item: Item, key: str, behind: str) -> None:
        """Puts a row behind another, «» at the beginning."""
        lines = self.lines(item)
        at = self.index(item, key)
        was = lines[at - 1][0] if at else ""
        if behind in (key, was):
            return
        line = lines.pop(at)
        lines.insert(self.index(item, behind) + 1 if behind else 0, line)
        self._touched[item.name] = item
        self._record("moved", Target(self.sheet.spec.id, item.name, key), was, behind)

    # ------------------------------------------------------------ what comes of it

    def _record(self, kind: ChangeKind, at: Target, before: str, after: str, *, band: bool = False) -> None:
        """Keeps the change of a row."""
        self.changes.append(Change(self._act, self._person.name, kind, at, before, after, band=band))

    def draft(self, *, kept: Sequence[Change] = (), warnings: Sequence[Problem] = ()) -> Draft:
        """The form as it is now; what was changed in it is confirmed."""
        form = self.sheet.answered
        values: Mapping[str, Answer] = {name: Answer(value) for name, value in self._values.items()}
        form = replace(form, values={**form.values, **values})
        for item in self._touched.values():
            rows = [row for _, row in self.lines(item) if row.cells or not item.rows] if item.is_table else []
            form = confirmed(with_rows(form, item, rows) if item.is_table else form, (item.name,))
        lines = {name: tuple(self.lines(item)) for name, item in self._touched.items() if item.is_table}
        self.changes += self._confirmations()
        return Draft(form, tuple(self.changes), lines, tuple(kept), tuple(warnings))

    def _confirmations(self) -> list[Change]:
        """Whoever writes over an answer that was taken over has looked at it: what was there, and whence, is told."""
        carried = self.sheet.answered.carried
        names = [name for name in self._touched if carried and name in waiting(self.sheet.answered)]
        origin, form = carried.origin if carried else "", self.sheet.spec.id
        return [Change(self._act, self._person.name, "confirmed", Target(form, name), origin) for name in names]


def _field(item: Item, column: Column, row: AnsweredRow) -> Field:
    """The question a cell answers. Raises AssemblerError when nobody answers it."""
    if row.group:
        if item.group_rows is None or column.name not in item.group_rows.columns:
            raise refused("calculated-cell", label=column.shown)
        return replace(column, type="text" if column.calculation else column.type, calculation=None)
    if not column.is_asked:
        raise refused("calculated-cell", label=column.shown)
    return column


def _said(value: Value) -> object:
    """A value as a file holds it."""
    return None if value is None else plain_value(value)
