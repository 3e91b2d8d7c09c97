"""What the names of an expression are: those of a form, of a row of its tables, of the rows a table prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from assembler.base.expressions import NO_CASE
from assembler.model.answers import AnsweredRow, Value
from assembler.model.specs import Column, Expression, FormSpec, Item
from assembler.model.tables import PrintedRow


class Values(Protocol):
    """The values of a case, each decided on demand."""

    @property
    def specs(self) -> Mapping[str, FormSpec]: ...

    @property
    def previous(self) -> Values | None: ...

    @property
    def of_year(self) -> Iterable[Values]: ...

    def item(self, form: str, name: str) -> object: ...

    def applies(self, form: str, item: Item) -> bool: ...

    def rows(self, form: str, item: Item) -> tuple[AnsweredRow, ...]: ...

    def positions(self, form: str, item: Item) -> tuple[int, ...]: ...

    def cell(self, scope: RowScope, column: Column) -> Value: ...


class Rows:
    """A table in an expression: its ordinary rows, no bands and none that are reckoned of others; none at all when the
    table does not apply.
    """

    def __init__(self, evaluation: Values, form: str, item: Item) -> None:
        self._evaluation = evaluation
        self._form = form
        self._item = item
        rows = evaluation.rows(form, item)
        applies = evaluation.applies(form, item)
        reckoned = {row.name for row in item.rows if row.reckoned}
        ordinary = (number for number, row in enumerate(rows) if not row.group and row.name not in reckoned)
        self._numbers = list(ordinary) if applies else []

    def __len__(self) -> int:
        return len(self._numbers)

    def column(self, name: str) -> Sequence[object]:
        column, evaluation = self._item.column(name), self._evaluation
        scopes = (RowScope(evaluation, self._form, self._item, number) for number in self._numbers)
        cells = (evaluation.cell(scope, column) for scope in scopes)
        return [None if cell in column.marks else cell for cell in cells]

    def cell(self, column: str, row: str) -> object:
        """A cell by its column and the name of its printed row; blank when the table does not apply."""
        if not self._evaluation.applies(self._form, self._item):
            return None
        return named_cell(self._evaluation, self._form, self._item, column, row)


class FormScope:
    """Names inside a form: its items, ``case``, other forms, those of the case of the period before."""

    def __init__(self, evaluation: Values, form: str) -> None:
        self.evaluation = evaluation
        self.own = form

    def name(self, name: str) -> object:
        if name == "case" and "case" not in self.evaluation.specs[self.own].by_name:
            return FormScope(self.evaluation, "case")
        value = self.evaluation.item(self.own, name)
        return None if value in self.evaluation.specs[self.own].by_name[name].marks else value

    def attribute(self, owner: object, name: str) -> object:
        if not isinstance(owner, FormScope):
            raise TypeError(f"{name}?")
        return owner.name(name)

    def form(self, form: str) -> object:
        return FormScope(self.evaluation, form)

    def previous(self, form: str) -> object:
        before = self.evaluation.previous
        return NO_CASE if before is None else FormScope(before, form)

    def earlier(self) -> Iterable[FormScope]:
        """The form in the cases of the periods of the year before."""
        return (FormScope(before, self.own) for before in self.evaluation.of_year)


class RowScope(FormScope):
    """Names inside a row: its columns first, ``position`` (from 1, band rows not counted), then the form's."""

    def __init__(self, evaluation: Values, form: str, item: Item, row: int) -> None:
        super().__init__(evaluation, form)
        self.item = item
        self.row = row
        self.answered = evaluation.rows(form, item)[row]

    def earlier(self) -> Iterable[FormScope]:
        """The printed row in the cases of the periods of the year before."""
        return (RowScope(before, self.own, self.item, self.row) for before in self.evaluation.of_year)

    def name(self, name: str) -> object:
        column = self.item.by_name.get(name)
        if column is not None:
            value = self.evaluation.cell(self, column)
            return None if value in column.marks else value
        if name == "position":
            return self.evaluation.positions(self.own, self.item)[self.row]
        return super().name(name)

    @property
    def _printed(self) -> PrintedRow | None:
        return self.item.printed_rows.get(self.answered.name)

    @property
    def is_reckoned(self) -> bool:
        return self._printed is not None and self._printed.reckoned

    def shuts(self, column: Column) -> bool:
        return self._printed is not None and self._printed.shuts(column.name)

    def is_closed(self, column: Column) -> bool:
        return self._printed is not None and column.name in self._printed.closed

    def calculation(self, column: Column) -> Expression | None:
        """What a column is reckoned by in this row."""
        return self.item.calculation_of(column, self.answered.name) if self.item.rows else column.calculation

    def reckoning(self, column: Column) -> RowScope:
        """The names a cell of this row is reckoned by: those of other rows too, where the row itself reckons it."""
        own = self._printed.calculations if self._printed else {}
        return BetweenRows(self.evaluation, self.own, self.item, self.row, column.name) if column.name in own else self


class BetweenRows(RowScope):
    """Names in what a printed row reckons: those of a row, then the other printed rows, each its cell of the column."""

    def __init__(self, evaluation: Values, form: str, item: Item, row: int, column: str) -> None:
        super().__init__(evaluation, form, item, row)
        self._column = column

    def earlier(self) -> Iterable[FormScope]:
        place = (self.own, self.item, self.row, self._column)
        return (BetweenRows(before, *place) for before in self.evaluation.of_year)

    def name(self, name: str) -> object:
        if name not in self.item.by_name and name in self.item.printed_rows:
            return named_cell(self.evaluation, self.own, self.item, self._column, name)
        return super().name(name)


def named_cell(evaluation: Values, form: str, item: Item, column: str, row: str) -> object:
    """A cell of a printed row, by its name; what stands in place of a value is blank."""
    number = next(at for at, printed in enumerate(item.rows) if printed.name == row)
    return RowScope(evaluation, form, item, number).name(column)
