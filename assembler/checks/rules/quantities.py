"""Kinds of rule that look at quantities and the time they take: the beat of dates, the room a period has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import jdatetime

from assembler.base.persian import format_date
from assembler.base.problems import Problem
from assembler.checks.rules.dates import official_holiday
from assembler.checks.rules.subject import Subject
from assembler.checks.words.period_words import is_measure, period_of, room_of
from assembler.model.filled import FilledRow
from assembler.model.rules import Rhythm, Room

_MOST_NAMED = 4
# A gap of more beats than these is told by its length alone: one slip in a year makes hundreds.
_LONG_GAP = 60


# ---------------------------------------------------------------- rhythm


def rhythm(subject: Subject[Rhythm]) -> Iterator[Problem]:
    """Dates off the beat of the others, and beats without a date.

    A beat is ``every`` days; most dates say on which day it falls. A date off the beat stands for the beat next to
    it: a meeting that was moved is not missing. A beat on an official holiday may be left out.
    """
    every = subject.words.every
    dated = sorted(_dated(subject), key=lambda pair: pair[1].toordinal())
    if not dated:
        return
    phase = _phase([date.toordinal() % every for _, date in dated])
    for row, date in dated:
        if date.toordinal() % every != phase:
            yield _off(subject, row, date, _nearest(date, every, phase))
    yield from _gaps(subject, dated, every, phase)


def _dated(subject: Subject[Rhythm]) -> Iterator[tuple[FilledRow, jdatetime.date]]:
    for row in subject.rows:
        date = subject.date(row, subject.words.date)
        if date is not None:
            yield row, date


def _phase(phases: list[int]) -> int:
    """The most frequent phase, the earliest date's among equals."""
    return Counter(phases).most_common(1)[0][0]


def _nearest(date: jdatetime.date, every: int, phase: int) -> int:
    """The ordinal of the beat next to a date."""
    day = int(date.toordinal())
    late = (day - phase) % every
    return day - late + (every if late * 2 > every else 0)


def _off(subject: Subject[Rhythm], row: FilledRow, date: jdatetime.date, beat: int) -> Problem:
    place = subject.place(row, subject.words.date)
    expected = format_date(jdatetime.date.fromordinal(beat))
    return subject.find("rhythm-off", place, date=format_date(date), expected=expected, every=subject.words.every)


def _gaps(
    subject: Subject[Rhythm], dated: list[tuple[FilledRow, jdatetime.date]], every: int, phase: int
) -> Iterator[Problem]:
    for (_, before), (row, date) in pairwise(dated):
        beats = range(_nearest(before, every, phase) + every, _nearest(date, every, phase), every)
        slipped = any(day.toordinal() % every != phase for day in (before, date))
        if len(beats) > _LONG_GAP and slipped:
            continue  # a slip in the year, told as off the beat already
        if missing := _missing(beats):
            place = subject.place(row, subject.words.date)
            yield subject.find("rhythm-gap", place, dates=_named(missing), count=len(missing), every=every)


def _missing(beats: range) -> range | list[int]:
    if len(beats) > _LONG_GAP:
        return beats
    return [beat for beat in beats if not official_holiday(jdatetime.date.fromordinal(beat))]


def _named(beats: range | list[int]) -> str:
    named = [format_date(jdatetime.date.fromordinal(beat)) for beat in beats[:_MOST_NAMED]]
    return "، ".join([*named, *(["…"] if len(beats) > _MOST_NAMED else [])])


# ---------------------------------------------------------------- room


def room(subject: Subject[Room]) -> Iterator[Problem]:
    """Quantities of periodic things that are more than the periods between their dates."""
    words = subject.words
    for row in subject.rows:
        quantity = subject.number(row, words.quantity)
        start, end = subject.date(row, words.start), subject.date(row, words.end)
        if quantity is None or start is None or end is None or start > end or _is_measured(subject, row):
            continue
        if period := period_of(_text(subject, row)):
            fits = room_of(period[1], start, end)
            if quantity > fits:
                place = subject.place(row, words.quantity)
                dates = {"start": format_date(start), "end": format_date(end)}
                yield subject.find("no-room", place, quantity=quantity, word=period[0], room=fits, **dates)


def _text(subject: Subject[Room], row: FilledRow) -> str:
    """The text that says the period: a cell of the row, or an item of the form."""
    name = subject.words.text
    value = row.cells[name].value if name in row.cells else subject.form.items[name].value
    return value if isinstance(value, str) else ""


def _is_measured(subject: Subject[Room], row: FilledRow) -> bool:
    unit = subject.cell(row, subject.words.unit) if subject.words.unit else None
    return isinstance(unit, str) and is_measure(unit)
