"""Dates or numbers that come one after the other, and the ones that stand where they cannot."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import jdatetime

from assembler.base.persian import persian_digits
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import Rising
from assembler.model.specs import Column
from assembler.model.values import shown

_DAYS_EVERY_MONTH_HAS = 29


@dataclass(frozen=True)
class _Cell:
    """A filled cell of the column: its row, what stands there, and by what it is put in order."""

    row: FilledRow
    value: Value
    order: Decimal

    @property
    def year(self) -> int | None:
        return int(self.value.year) if isinstance(self.value, jdatetime.date) else None

    def in_year(self, year: int) -> Decimal | None:
        """The order of its day in another year."""
        day = self.value
        if not isinstance(day, jdatetime.date):
            return None
        return Decimal(jdatetime.date(year, day.month, min(day.day, _DAYS_EVERY_MONTH_HAS)).toordinal())


def rising(subject: Subject[Rising]) -> Iterator[Problem]:
    """The fewest cells without which all others rise; of a date of a year too early or late, the year that fits."""
    column = subject.column(subject.words.column)
    cells = tuple(_cells(subject))
    kept = _best(cells)
    for at, cell in enumerate(cells):
        if at in kept:
            continue
        before = next((cells[each] for each in reversed(range(at)) if each in kept), None)
        after = next((cells[each] for each in range(at + 1, len(cells)) if each in kept), None)
        told = {name: _told(each, column) for name, each in (("value", cell), ("before", before), ("after", after))}
        place, year = subject.place(cell.row, column.name), _fitting_year(cell, before, after)
        if year is not None:
            yield subject.find("year-slip", place, year=persian_digits(str(year)), label=column.shown, **told)
        else:
            yield subject.find("not-rising", place, label=column.shown, **told)


def _cells(subject: Subject[Rising]) -> Iterator[_Cell]:
    for row in subject.rows:
        value = subject.cell(row, subject.words.column)
        if isinstance(value, jdatetime.date):
            yield _Cell(row, value, Decimal(value.toordinal()))
        elif (number := number_in(value)) is not None:
            yield _Cell(row, value, number)


def _best(cells: Sequence[_Cell]) -> frozenset[int]:
    """The cells that are in order: of two longest runs the one whose years are those of most others, else the one
    that blames the later cell.
    """
    orders = [cell.order for cell in cells]
    last = len(orders) - 1
    runs = (frozenset(last - at for at in _kept([-order for order in reversed(orders)])), _kept(orders))
    years = Counter(cell.year for cell in cells)
    return max(runs, key=lambda run: sum(years[cells[at].year] for at in run))


def _kept(values: Sequence[Decimal]) -> frozenset[int]:
    """The places of a longest run of values that do not fall."""
    tails: list[Decimal] = []
    ends: list[int] = []
    links: list[int | None] = []
    for at, value in enumerate(values):
        place = bisect_right(tails, value)
        links.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [at]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = links[last]
    return frozenset(kept)


def _fitting_year(cell: _Cell, before: _Cell | None, after: _Cell | None) -> int | None:
    """The year of a neighbour, if the day lies between both in it."""
    for year in (each.year for each in (before, after) if each is not None and each.year != cell.year):
        moved = cell.in_year(year) if year is not None else None
        if (
            moved is None
            or (before is not None and moved < before.order)
            or (after is not None and moved > after.order)
        ):
            continue
        return year
    return None


def _told(cell: _Cell | None, column: Column) -> str:
    return shown(cell.value, column) if cell else "…"
