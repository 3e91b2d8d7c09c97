"""The rows of a table as a dialogue changes them: read from the case, put down there whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from assembler.answers.editing import alike_rows
from assembler.base.problems import Place, Problem
from assembler.collect.fill.asking import Asker
from assembler.collect.fill.open_case import FormView, OpenCase
from assembler.collect.fill.screens import Line, PutDown, Screen
from assembler.collect.rows import lent_rows, with_rows
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Value
from assembler.model.carried import confirmed, waiting
from assembler.model.filled import FilledItem
from assembler.model.specs import Column, Item


class Session(Protocol):
    """What a table needs of the session it stands in."""

    case: OpenCase
    asker: Asker

    def put(self, answered: AnsweredForm) -> Generator[Screen, str, PutDown]:
        """Puts a form down, and asks where somebody else changed the same meanwhile."""
        ...

    def tell(self, lines: list[Line]) -> None:
        """Lines to stand above the next question."""


class TableAnswers:
    """The answers of a table. Rows are numbered from 0 as they are shown: all printed ones, or those added."""

    def __init__(self, session: Session, form: str, item: Item) -> None:
        self.session, self.form, self.item = session, form, item
        self._order = {column.name: place for place, column in enumerate(item.columns)}

    @property
    def rows(self) -> tuple[AnsweredRow, ...]:
        """The rows in the file; of printed ones those that stand there."""
        return self.session.case.answered(self.form).tables.get(self.item.name, ())

    @property
    def filled(self) -> FilledItem:
        """The table with everything decided."""
        return self.session.case.view(self.form).filled().items[self.item.name]

    @property
    def carried(self) -> bool:
        """Whether the rows wait to be confirmed."""
        return self.item.name in waiting(self.session.case.answered(self.form))

    def name(self, at: int) -> str:
        """The name of a printed row; «» of an added one."""
        return self.item.rows[at].name if self.item.rows else ""

    def columns(self, at: int, *, band: bool) -> Iterator[Column]:
        """The columns somebody answers in a row."""
        if band:
            yield from self._band_columns()
            return
        name = self.name(at)
        yield from (column for column in self.item.columns if self.item.asks(column, name))

    def _band_columns(self) -> Iterator[Column]:
        """The columns of a band row, in which nothing is calculated."""
        assert self.item.group_rows is not None
        for name in self.item.group_rows.columns:
            column = self.item.column(name)
            kind = "text" if column.calculation else column.type
            needed = name in self.item.group_rows.required
            yield replace(column, type=kind, calculation=None, required=needed, relevant=None, default=None)

    def is_band(self, at: int) -> bool:
        """Whether a row is a band row."""
        return not self.item.rows and at < len(self.rows) and self.rows[at].group

    def exists(self, at: int) -> bool:
        """Whether a row stands in the table, if only printed."""
        return bool(self.item.rows) or at < len(self.rows)

    def value(self, at: int, column: str) -> Value:
        """A cell's answer."""
        row = next((row for number, row in self._numbered() if number == at), None)
        return row.cells[column].value if row is not None and column in row.cells else None

    def around(self, at: int, name: str) -> Value:
        """What another cell of a row says, or the form, where there is no such column."""
        if name in self.item.by_name:
            rows = self.filled.rows
            return rows[at].cells[name].value if at < len(rows) else None
        given = self.session.case.answered(self.form).values.get(name)
        return given.value if given else None

    def _numbered(self) -> Iterator[tuple[int, AnsweredRow]]:
        names = [printed.name for printed in self.item.rows]
        for place, row in enumerate(self.rows):
            yield (names.index(row.name) if names else place), row

    def view(self, at: int, *, band: bool) -> FormView:
        """The form as it is, or with the blank row that is about to be added."""
        if self.exists(at):
            return self.session.case.view(self.form)
        return self.session.case.tried(self.with_rows([*self.rows, AnsweredRow({}, Place(), group=band)]))

    def with_cell(self, at: int, column: str, value: Value, *, band: bool) -> tuple[AnsweredRow, ...]:
        """The rows with one cell set; a row that is not there yet is added, a blank cell left out."""
        rows = dict(self._numbered())
        row = rows.get(at, AnsweredRow({}, Place(), group=band, name=self.name(at)))
        cells = {name: answer for name, answer in row.cells.items() if name != column}
        if value is not None:
            cells[column] = Answer(value)
        rows[at] = replace(row, cells=self._ordered(cells))
        return tuple(rows[number] for number in sorted(rows))

    def _ordered(self, cells: Mapping[str, Answer]) -> dict[str, Answer]:
        return dict(sorted(cells.items(), key=lambda cell: self._order.get(cell[0], len(self._order))))

    def joined(self, added: Sequence[AnsweredRow]) -> tuple[AnsweredRow, ...]:
        """The rows with those that are added; answers for printed ones go into them."""
        if not self.item.rows:
            return (*self.rows, *added)
        given = {row.name: row for row in self.rows}
        for row in added:
            old = given.get(row.name, AnsweredRow({}, Place(), name=row.name))
            given[row.name] = replace(old, cells=self._ordered({**old.cells, **row.cells}))
        return tuple(given[printed.name] for printed in self.item.rows if printed.name in given)

    def lent(self) -> tuple[AnsweredRow, ...]:
        """The rows other tables lend, as rows of this one."""
        return lent_rows(self.filled)

    def put(self, rows: Sequence[AnsweredRow]) -> Generator[Screen, str, PutDown]:
        """Puts the rows down, confirmed."""
        return self.session.put(self.with_rows(rows))

    def standing(self, rows: Sequence[AnsweredRow], at: int) -> int | None:
        """Where one of the rows that were put down stands among those of somebody else; None when it is gone."""
        if self.item.rows:
            return at
        return next((now for now, was in enumerate(alike_rows(rows, self.rows)) if was == at), None)

    def with_rows(self, rows: Sequence[AnsweredRow]) -> AnsweredForm:
        """The form with these rows, each at its place, taken off the list of what waits to be confirmed."""
        answered = self.session.case.answered(self.form)
        return confirmed(with_rows(answered, self.item, rows), (self.item.name,))

    def problems(self, at: int | None = None) -> tuple[Problem, ...]:
        """What the checks say of the table, or of one row of it."""
        found = (each for each in self.session.case.view(self.form).problems() if each.place.item == self.item.name)
        return tuple(each for each in found if at is None or each.place.row == at + 1)
