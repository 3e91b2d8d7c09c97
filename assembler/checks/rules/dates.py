"""Kinds of rule that look at dates: durations beside their dates, dates too early, days off and of the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import jdatetime

from assembler.base.messages import number, translate
from assembler.base.persian import format_date, parse_date, weekday
from assembler.base.problems import Place, Problem
from assembler.base.tongue import tongue
from assembler.checks.rules.subject import Subject
from assembler.checks.words.calendar_words import day_named, is_named, name_of
from assembler.checks.words.official_days import official_days
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import DateColumn, Durations, Holidays, NotBefore, NumberColumn, Weekdays
from assembler.model.specs import RuleWords

# In tables of this many rows a way of counting that explains a single row may be a slip that happens to fit.
_ENOUGH_ROWS = 4
_MOST_SINGLE = 3  # more days off in a column than these are told in one finding
_LAST_MONTH = 12
_MONTH_DAYS = 30
# Plans close the year on one of these days, and mean its end.
_YEAR_ENDS = (28, 29, 30)
_FRIDAY = 6


# ---------------------------------------------------------------- durations


@dataclass(frozen=True)
class Count:
    """What the ways of counting make of two dates: without the first day; with it each is one more.

    ``calendar`` counts days, ``months`` takes every month as 30 days, ``year_end`` moreover takes a last day of
    28, 29 or 30 Esfand for the end of such a month.
    """

    calendar: int
    months: int
    year_end: int

    @property
    def ways(self) -> dict[str, int]:
        """Days by way of counting, six in all."""
        bare = {"calendar": self.calendar, "months": self.months, "year_end": self.year_end}
        return bare | {f"{way}_inclusive": days + 1 for way, days in bare.items()}


def count_days(start: jdatetime.date, end: jdatetime.date) -> Count:
    """The days from start to end under each way of counting."""
    months = _in_months(end) - _in_months(start)
    return Count(end.toordinal() - start.toordinal(), months, months + _up_to_year_end(start, end))


def _in_months(date: jdatetime.date) -> int:
    return int((date.year * 12 + date.month) * _MONTH_DAYS + min(date.day, _MONTH_DAYS))


def _up_to_year_end(start: jdatetime.date, end: jdatetime.date) -> int:
    closing = end.month == _LAST_MONTH and end.day in _YEAR_ENDS
    begun_there = (start.year, start.month) == (end.year, end.month) and start.day in _YEAR_ENDS
    return _MONTH_DAYS - end.day if closing and not begun_there else 0


def durations(subject: Subject[Durations]) -> Iterator[Problem]:
    """Ends before starts, and durations that no way of counting of this table explains."""
    spans = [(row, *dates) for row in subject.rows if (dates := _span(subject, row))]
    yield from (_backwards(subject, *span) for span in spans if span[2] < span[1])
    if days := subject.words.days:
        counted = [(row, count_days(start, end), start, end) for row, start, end in spans if start <= end]
        yield from _unexplained(subject, days, [each for each in counted if _is_number(subject.cell(each[0], days))])


def _span(subject: Subject[Durations], row: FilledRow) -> tuple[jdatetime.date, jdatetime.date] | None:
    start, end = subject.date(row, subject.words.start), subject.date(row, subject.words.end)
    return (start, end) if start is not None and end is not None else None


def _is_number(value: Value) -> bool:
    return value is not None and not isinstance(value, str | tuple | bool | jdatetime.date)


def _backwards(subject: Subject[Durations], row: FilledRow, start: jdatetime.date, end: jdatetime.date) -> Problem:
    column = subject.column(subject.words.end)
    shown = {"start": _shown(subject, subject.words.start, start), "end": _shown(subject, subject.words.end, end)}
    return subject.find("end-before-start", subject.place(row, column.name), label=column.shown, **shown)


Counted = tuple[FilledRow, Count, jdatetime.date, jdatetime.date]


def _unexplained(subject: Subject[Durations], days: NumberColumn, rows: list[Counted]) -> Iterator[Problem]:
    accepted = accepted_ways([(count, subject.cell(row, days)) for row, count, _, _ in rows])
    column = subject.column(days)
    for row, count, start, end in rows:
        typed, ways = subject.cell(row, days), count.ways
        if typed not in {ways[way] for way in accepted}:
            yield subject.find(
                "duration",
                subject.place(row, column.name),
                label=column.shown,
                typed=typed,
                start=_shown(subject, subject.words.start, start),
                end=_shown(subject, subject.words.end, end),
                days=count.calendar,
                inclusive=count.calendar + 1,
                months=count.year_end,
                months_inclusive=count.year_end + 1,
            )
    used = ways_used([(count, subject.cell(row, days)) for row, count, _, _ in rows], accepted)
    if len(used) > 1:
        yield subject.find(
            "counting-mixed", subject.item.place.within(column=column.name), label=column.shown, ways=_Ways(used)
        )


@dataclass(frozen=True)
class _Ways:
    """Ways of counting with how many rows each explains, as the language of the message says them."""

    used: Mapping[str, int]

    def __str__(self) -> str:
        names = {
            "calendar": translate("days between"),
            "calendar_inclusive": translate("days, the first one counted"),
            "months": translate("months of 30 days"),
            "months_inclusive": translate("months of 30 days, the first day counted"),
            "year_end": translate("months of 30 days to the end of Esfand"),
            "year_end_inclusive": translate("months of 30 days to the end of Esfand, the first day counted"),
        }
        return f"{translate(';')} ".join(f"{names[way]} ({number(rows)})" for way, rows in self.used.items())


def ways_used(rows: Sequence[tuple[Count, Value]], accepted: Collection[str]) -> Mapping[str, int]:
    """The fewest of a table's ways of counting that explain its rows, with how many each does."""
    explained = ({way for way in accepted if count.ways[way] == typed} for count, typed in rows)
    left = [ways for ways in explained if ways]
    used: dict[str, int] = {}
    while left:
        way, count = Counter(way for ways in left for way in sorted(ways)).most_common(1)[0]
        used[way] = count
        left = [ways for ways in left if way not in ways]
    return used


def accepted_ways(rows: list[tuple[Count, Value]]) -> set[str]:
    """The ways of counting a table uses, by how many of its rows they explain.

    A way is taken as the table's own when it explains a tenth of the rows, and two at least; in a table of fewer than
    four rows one will do. When none comes so far, those count that explain the most, be it a single row.
    """
    support = Counter(way for count, typed in rows for way, days in count.ways.items() if days == typed)
    share = max(2, -(-len(rows) // 10)) if len(rows) >= _ENOUGH_ROWS else 1
    needed = min(share, max(support.values(), default=0))
    return {way for way, explained in support.items() if explained >= needed}


# ---------------------------------------------------------------- not before


def not_before(subject: Subject[NotBefore]) -> Iterator[Problem]:
    """Dates before the day nothing may come before; silent while that day is blank."""
    since = subject.value(subject.words.since)
    since = parse_date(since) if isinstance(since, str) else since
    if not isinstance(since, jdatetime.date):
        return
    column = subject.column(subject.words.date)
    for row in subject.rows:
        date = subject.date(row, subject.words.date)
        if date is not None and date < since:
            yield subject.find(
                "too-early",
                subject.place(row, column.name),
                label=column.shown,
                date=_shown(subject, subject.words.date, date),
                since=format_date(since),
                message=subject.filled.message,
            )


# ---------------------------------------------------------------- days off


def official_holiday(date: jdatetime.date) -> str:
    """The name of the official holiday of Iran on a day; «» when it is none."""
    return official_days(date.year, tongue().language).get(date.toordinal(), "")


def day_off(date: jdatetime.date) -> str:
    """Why nobody works on a day: an official holiday or a Friday; «» for working days."""
    friday = weekday(date) if tongue().language == "fa" else "Friday"
    return official_holiday(date) or (friday if date.weekday() == _FRIDAY else "")


def holidays(subject: Subject[Holidays]) -> Iterator[Problem]:
    """Dates on Fridays and official holidays: one finding a date, or one a column when there are many."""
    for name in subject.words.columns:
        column = subject.column(name)
        dates = ((date, subject.place(row, name)) for row, date in _dates(subject, name))
        for place, told in days_off(dates, subject.item.place.within(column=name)):
            yield subject.find("holiday", place, label=column.shown, **told)


def _dates(subject: Subject[Holidays], name: DateColumn) -> Iterator[tuple[FilledRow, jdatetime.date]]:
    for row in subject.rows:
        date = subject.date(row, name)
        if date is not None:
            yield row, date


def days_off(
    dates: Iterable[tuple[jdatetime.date, Place]], whole: Place
) -> Iterator[tuple[Place, Mapping[str, object]]]:
    """Those of some dates on which nobody works: each at its place, or many together at that of their column."""
    off: dict[jdatetime.date, Place] = {}
    for date, place in dates:
        if date not in off and day_off(date):
            off[date] = place
    days = sorted(off)
    if len(days) > _MOST_SINGLE:
        yield whole, _told(days)
    else:
        yield from ((off[day], _told([day])) for day in days)


def _told(days: Sequence[jdatetime.date]) -> Mapping[str, object]:
    named = [f"{format_date(day)} ({day_off(day)})" for day in islice(days, _MOST_SINGLE)]
    told = "، ".join([*named, *(["…"] if len(days) > _MOST_SINGLE else [])])
    return {"count": len(days), "dates": told}


# ---------------------------------------------------------------- days of the week


def weekdays(subject: Subject[Weekdays]) -> Iterator[Problem]:
    """Days of the week that are not those of the dates beside them."""
    words = subject.words
    column = subject.column(words.column)
    for row in subject.rows:
        date, text = subject.date(row, words.date), subject.cell(row, words.column)
        said = day_named(text) if isinstance(text, str) else ""
        if date is not None and said and not is_named(said, date):
            evidence = {"said": text, "date": _shown(subject, words.date, date), "day": name_of(date, said)}
            yield subject.find("weekday-differs", subject.place(row, column.name), label=column.shown, **evidence)


# ---------------------------------------------------------------- shared


def _shown(subject: Subject[RuleWords], name: DateColumn, date: jdatetime.date) -> str:
    """A date as its column prints it, in full where the column's own form leaves the century out."""
    order = subject.column(name).format
    return format_date(date, order if "yyyy" in order else "yyyy/mm/dd")
