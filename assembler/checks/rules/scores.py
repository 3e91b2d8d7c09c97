"""Scores against the most that can be given, and parts against their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.filled import FilledRow
from assembler.model.rules import Parts, Scores
from assembler.model.specs import Column

_HALF = Decimal("0.5")


@dataclass(frozen=True)
class _Span:
    """The rows one cap covers: one row, or several where the cells of the cap's column merge."""

    cap: Decimal | None
    rows: tuple[FilledRow, ...]
    values: tuple[Decimal, ...]  # blanks as 0

    @property
    def excess(self) -> Decimal:
        """How far the values pass the cap; 0 without a cap."""
        return Decimal(0) if self.cap is None else max(Decimal(0), sum(self.values, Decimal(0)) - self.cap)

    @property
    def passing(self) -> FilledRow:
        """The row whose value passes the cap."""
        total = Decimal(0)
        for row, value in zip(self.rows, self.values, strict=True):
            total += value
            if self.cap is not None and total > self.cap:
                return row
        return self.rows[-1]


def scores(subject: Subject[Scores]) -> Iterator[Problem]:
    """Values above their caps, a total above that of the caps, and a column without any value."""
    rows, column = subject.rows, subject.words.value
    if all(row.cells[column].value is None for row in rows):
        # Where the cells are required each of them is reported as empty already.
        if rows and not any(row.cells[column].required for row in rows):
            place = subject.item.place.within(column=column)
            yield subject.find("column-empty", place, label=subject.column(column).shown)
        return
    spans = tuple(_spans(subject))
    for span in spans:
        if span.excess:
            place = subject.place(span.passing, column)
            yield subject.find("above-cap", place, value=sum(span.values, Decimal(0)), cap=span.cap)
    yield from _total(subject, spans)


def _spans(subject: Subject[Scores]) -> Iterator[_Span]:
    merges = subject.column(subject.words.cap).merge
    cap: Decimal | None = None
    stretch: list[FilledRow] = []
    for row in subject.rows:
        own = subject.number(row, subject.words.cap)
        if stretch and (own is not None or not merges):
            yield _span(subject, cap, stretch)
            stretch = []
        cap = own if not stretch else cap
        stretch.append(row)
    yield _span(subject, cap, stretch)


def _span(subject: Subject[Scores], cap: Decimal | None, rows: Sequence[FilledRow]) -> _Span:
    values = (subject.number(row, subject.words.value) or Decimal(0) for row in rows)
    return _Span(cap, tuple(rows), tuple(values))


def _total(subject: Subject[Scores], spans: Sequence[_Span]) -> Iterator[Problem]:
    """The total, unless putting one value right settles it: then the finding at that value says it all."""
    caps = [span.cap for span in spans if span.cap is not None]
    total, most = sum((sum(span.values) for span in spans), Decimal(0)), sum(caps, Decimal(0))
    if caps and total - max(span.excess for span in spans) > most:
        column = subject.column(subject.words.value)
        place = subject.item.place.within(column=column.name)
        yield subject.find("total-above-cap", place, total=total, most=most, label=column.shown)


def parts(subject: Subject[Parts]) -> Iterator[Problem]:
    """Numbers of a column that do not add up to their whole; nothing while any of them is blank."""
    column, whole = subject.column(subject.words.column), number_in(subject.value(subject.words.whole))
    cells = [subject.number(row, subject.words.column) for row in subject.rows]
    numbers = [cell for cell in cells if cell is not None]
    if whole is None or not cells or len(numbers) < len(cells):
        return
    total = sum(numbers, Decimal(0))
    if abs(total - whole) > rounding(column, numbers):
        place = subject.item.place.within(column=column.name)
        yield subject.find("parts-sum", place, total=total, whole=whole, label=column.shown)


def rounding(column: Column, numbers: Sequence[Decimal]) -> Decimal:
    """What rounding can take from a sum of percentages: half a unit of the last printed place each."""
    if column.type != "percent":
        return Decimal(0)
    places = max(0, *(places_of(number) for number in numbers), 0)
    return len(numbers) * _HALF.scaleb(-places)


def places_of(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
