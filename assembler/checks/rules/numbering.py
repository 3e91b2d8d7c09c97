"""Printed row numbers: those that repeat, lack or are out of order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.base.persian import latin_digits
from assembler.base.problems import Problem
from assembler.checks.rules.rows import groups
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import RowNumbers

# «۱۲», with the sign of a numbering after it or around it; «۱-۲» and «الف» are no row numbers.
_ROW_NUMBER = re.compile(r"\(?(\d{1,6})\s*[).\-–:]?")


@dataclass(frozen=True)
class _Numbered:
    """A row with its printed number; ``unnumbered`` is the first row without one right before it."""

    row: FilledRow
    number: int
    unnumbered: FilledRow | None = None


@dataclass(frozen=True)
class _Fault:
    code: str
    row: FilledRow
    evidence: Mapping[str, object]


@dataclass(frozen=True)
class _Reading:
    """How a stretch of rows can be read: its faults, the last number in order, and the rows by their numbers."""

    faults: tuple[_Fault, ...]
    last: int
    printed: dict[int, FilledRow]


def row_numbers(subject: Subject[RowNumbers]) -> Iterator[Problem]:
    """Printed numbers that repeat, are missing or out of order. Under a band they may begin anew or go on."""
    reading: _Reading | None = None
    for _, rows in groups(subject.item.rows):
        numbered = tuple(_numbered(subject, rows))
        if numbered:
            reading = _likelier(numbered, reading)
            for fault in reading.faults:
                place = subject.place(fault.row, subject.words.column)
                yield subject.find(fault.code, place, **fault.evidence)


def _numbered(subject: Subject[RowNumbers], rows: Sequence[FilledRow]) -> Iterator[_Numbered]:
    column = subject.words.column
    merges = subject.column(column).merge
    unnumbered: FilledRow | None = None
    for row in rows:
        value = subject.cell(row, column)
        number = _row_number(value)
        if number is not None:
            yield _Numbered(row, number, unnumbered)
            unnumbered = None
        elif value is None and not merges:
            unnumbered = unnumbered or row


def _row_number(value: Value) -> int | None:
    if isinstance(value, str):
        found = _ROW_NUMBER.fullmatch(latin_digits(value).strip())
        return int(found.group(1)) if found else None
    number = number_in(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _likelier(rows: Sequence[_Numbered], above: _Reading | None) -> _Reading:
    """A stretch read as beginning anew or as going on from the one above, whichever has fewer faults."""
    if above is None:
        # A table may continue the numbers of another; one that begins at 2 lost its first row.
        first = rows[0].number
        continues = first > 2 and first == min(row.number for row in rows)
        return _read(rows, first - 1 if continues else 0, {})
    anew, onward = _read(rows, 0, {}), _read(rows, above.last, above.printed)
    goes_on = (len(onward.faults), rows[0].number <= 2) < (len(anew.faults), True)
    if not goes_on:
        return anew
    above.printed.update(onward.printed)
    return replace(onward, printed=above.printed)


def _read(rows: Sequence[_Numbered], before: int, above: Mapping[int, FilledRow]) -> _Reading:
    """The faults of numbers that should run on from ``before``.

    The longest rising chain is what was meant; a row outside it repeats a number or is out of order, and stands for
    a number the chain skips, so that ۱۲، ۱۳، ۱۲، ۱۳، ۱۶ has two repeated numbers and nothing missing.
    """
    chain = _rising([row.number if row.number > before else None for row in rows])
    printed = {rows[index].number: rows[index].row for index in chain}
    numbers = sorted({row.number for row in rows})
    faults: list[_Fault] = []
    outside = 0
    for row in rows:
        if printed.get(row.number) is not row.row:
            outside += 1
            first = printed.get(row.number) or above.get(row.number)
            faults.append(_outside(row, first, before + outside))
            continue
        elsewhere = bisect_left(numbers, row.number) - bisect_right(numbers, before)
        missing = row.number - before - 1 - elsewhere
        if missing > outside:
            evidence = {"before": before, "number": row.number, "count": missing - outside}
            faults.append(_Fault("number-missing", row.unnumbered or row.row, evidence))
        before, outside = row.number, 0
    return _Reading(tuple(faults), before, printed)


def _outside(row: _Numbered, first: FilledRow | None, expected: int) -> _Fault:
    if first is not None:
        return _Fault("number-repeated", row.row, {"number": row.number, "row": first.place.row or 0})
    return _Fault("number-order", row.row, {"number": row.number, "expected": expected})


def _rising(numbers: Sequence[int | None]) -> list[int]:
    """The places of the longest strictly rising chain, in n log n steps; of equal numbers the earlier stays."""
    tails: list[int] = []  # the smallest number a chain of each length ends in
    ends: list[int] = []  # and its place
    previous: dict[int, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        length = bisect_left(tails, number)
        if length < len(tails) and tails[length] == number:
            continue
        previous[place] = ends[length - 1] if length else -1
        if length == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[length], ends[length] = number, place
    return _back(ends[-1] if ends else -1, previous)


def _back(place: int, previous: Mapping[int, int]) -> list[int]:
    chain = []
    while place >= 0:
        chain.append(place)
        place = previous[place]
    return chain[::-1]
