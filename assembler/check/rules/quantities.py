"""Kinds of rule that look at quantities and the time they take: the beat of dates, the room a period has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import jdatetime

from assembler.base.persian import ZWNJ, format_date
from assembler.base.problems import Problem
from assembler.check.rules.dates import official_holiday
from assembler.check.rules.subject import Subject
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

Span = Callable[[jdatetime.date], int]


def _every_months(months: int) -> Span:
    return lambda date: int(date.year * 12 + date.month - 1) // months


def _week(date: jdatetime.date) -> int:
    return int(date.toordinal() - date.weekday()) // 7


# What a period word says: the number of the period a day lies in, counted from any beginning.
_PERIODS: Mapping[str, Span] = {
    "روزانه": lambda date: int(date.toordinal()),
    "هفتگی": _week,
    "ماهانه": _every_months(1),
    "ماهیانه": _every_months(1),
    "فصلی": _every_months(3),
    "سالانه": _every_months(12),
    "سالیانه": _every_months(12),
}
_MONTHS = {"دو": 2, "سه": 3, "چهار": 4, "شش": 6, "۲": 2, "۳": 3, "۴": 4, "۶": 6}
_JOIN = f"[ {ZWNJ}]*"
_WORD = re.compile(
    rf"(?P<before>(?<!\w)(?:دوره|مدت|طی|ظرف|بازه|مهلت){_JOIN})?"  # «دوره سه‌ماهه» is how long, not how often
    rf"(?<![\w۰-۹])(?:(?P<months>{'|'.join(_MONTHS)}){_JOIN}(?:ماهه|ماهانه)|(?P<word>{'|'.join(_PERIODS)}))(?!\w)"
    rf"(?P<which>{_JOIN}(?:اول|نخست|دوم|سوم|چهارم|آخر|پایانی|گذشته|جاری)(?!\w))?"  # «سه‌ماهه دوم» is a quarter
)
# «گزارش ماهانه هر واحد»: as many again for each unit. «هر ماه» only says the period once more.
_EACH = re.compile(rf"(?<!\w)(?:هریک|هر{_JOIN}یک|هر{_JOIN}کدام|هر (?!ماه|هفته|روز|فصل|سال)|به تفکیک)")
# Quantities in these units are measured, not counted one a period.
_MEASURES = re.compile("درصد|[٪%]|نفر|ساعت|ریال|تومان|میلیون|میلیارد")


def period_of(text: str) -> tuple[str, Span] | None:
    """The shortest period a text says its things come in, and the word for it; None when it says none."""
    found = [_period(match) for match in _WORD.finditer(text) if not match["before"] and not match["which"]]
    year = (jdatetime.date(1399, 1, 1), jdatetime.date(1399, 12, 29))
    return None if _EACH.search(text) else max(found, key=lambda period: _room(period[1], *year), default=None)


def _period(match: re.Match[str]) -> tuple[str, Span]:
    word = match.group().strip(" " + ZWNJ)
    return word, _every_months(_MONTHS[match["months"]]) if match["months"] else _PERIODS[match["word"]]


def _room(period: Span, start: jdatetime.date, end: jdatetime.date) -> int:
    """How many periods lie between two days; one that has begun, or has not ended, counts whole."""
    return period(end) - period(start) + 1


def room(subject: Subject[Room]) -> Iterator[Problem]:
    """Quantities of periodic things that are more than the periods between their dates."""
    words = subject.words
    for row in subject.rows:
        quantity = subject.number(row, words.quantity)
        start, end = subject.date(row, words.start), subject.date(row, words.end)
        if quantity is None or start is None or end is None or start > end or _is_measured(subject, row):
            continue
        if period := period_of(_text(subject, row)):
            fits = _room(period[1], start, end)
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
    return isinstance(unit, str) and bool(_MEASURES.search(unit))
