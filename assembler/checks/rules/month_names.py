"""Months named in a text beside the dates of a table: «ملاقات‌های آذر و دی»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.lexicon import either
from assembler.base.periods import MONTHS
from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.model.answers import Value, texts_in
from assembler.model.rules import Months

_NAME = rf"(?:{either(MONTHS)})"
_MONTH = re.compile(rf"(?<!\w)(?P<month>{_NAME})(?:[\s\u200c]*ماه)?(?!\w)")
_RANGE = re.compile(
    rf"(?<!\w)(?P<first>{_NAME})(?:[\s\u200c]*ماه)?\s*(?:تا|الی|[-–])\s*(?P<last>{_NAME})(?:[\s\u200c]*ماه)?(?!\w)"
)


def months(subject: Subject[Months]) -> Iterator[Problem]:
    """Dates in months the text does not name, and months without a date; a text that names none says nothing."""
    words, item = subject.words, subject.form.items.get(subject.words.text)
    dates = [(row, date) for row in subject.rows if (date := subject.date(row, words.date)) is not None]
    label = subject.column(words.date).shown
    if item is None:  # each row names its own
        for row, date in dates:
            named = _months_of(row.cells[words.text].value)
            if named and date.month not in named:
                yield _differs(subject, row.cells[words.date].place.within(column=words.date), date.month, named)
        return
    named = _months_of(item.value)
    held = named & {date.month for _, date in dates}
    for row, date in dates if held else ():  # where none of the days fits, it is the text that is wrong
        if date.month not in named:
            yield _differs(subject, subject.place(row, words.date), date.month, named)
    if dates and (idle := named - held):
        yield subject.find("month-idle", item.place, named=_listed(idle), label=label)


def _differs(subject: Subject[Months], place: Place, month: int, named: frozenset[int]) -> Problem:
    words = {"month": MONTHS[month - 1], "named": _listed(named)}
    return subject.find("month-differs", place, **words)


def _months_of(value: Value) -> frozenset[int]:
    return frozenset(month for text in texts_in(value) for month in _named(text))


def _named(text: str) -> Iterator[int]:
    for match in _MONTH.finditer(text):
        yield MONTHS.index(match["month"]) + 1
    for match in _RANGE.finditer(text):
        first, last = (MONTHS.index(match[name]) for name in ("first", "last"))
        over = len(MONTHS) if last < first else 0
        yield from (month % len(MONTHS) + 1 for month in range(first, last + over + 1))


def _listed(numbers: frozenset[int]) -> str:
    return "، ".join(MONTHS[number - 1] for number in sorted(numbers))
