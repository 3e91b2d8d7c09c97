"""Dates inside running text: impossible, incomplete, ambiguous ones, and those written in another way than the rest.

Cells of type date are judged on reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.base.persian import latin_digits, parse_date
from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.texts import looked_at
from assembler.checks.words.written_dates import MOST_DAYS, Way, in_threes, is_year, may_hold_a_day, spelled_in, way_of
from assembler.model.answers import texts_in
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.specs import Field

_LIKE_A_DAY = 39  # a slip of the pen makes 35 of 25; greater numbers belong to the number of a letter
# What stands where a text announces a date: «مورخ ۱۳۹۹/۱۲», «مورخ ۱۳۹۹/../..», «تاریخ / /۹۹».
_ANNOUNCED = re.compile(r"(?<!\w)(?:مورخه?|به تاریخ|در تاریخ)(?: ?: ?| )(?P<date>[\d.…_ ]*/[\d./…_ ]*)")
_FULL_STOP = re.compile(r"(?<=\d)\.$")


def check_loose_dates(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Doubtful dates in the texts and narratives of the used forms."""
    for name in used:
        running: list[_Written] = []
        columns: dict[tuple[str | None, str | None], list[_Written]] = {}
        for item in forms[name].items.values():
            for text, field, place in _texts(item) if item.relevant else ():
                for code, found in doubtful_dates(text):
                    yield problem(code, place, text=found, label=field.shown)
                alike = columns.setdefault((place.item, place.column), []) if place.column else running
                alike.extend(_written(text, field, place))
        for dates in (running, *columns.values()):
            yield from _exceptions(dates)


def _texts(item: FilledItem) -> Iterator[tuple[str, Field, Place]]:
    """The texts of an item in which dates may stand: those with a slash, or with a month and its year."""
    if _may_hold_dates(item.spec):
        yield from ((text, item.spec, item.place) for text in texts_in(item.value) if may_hold_a_day(text))
    asked = (column for column in item.spec.columns if _may_hold_dates(column))
    columns = [(column, found) for column in asked if (found := looked_at(item, column.name, may_hold_a_day))]
    for row in item.rows if columns else ():
        for column, found in columns:
            cell = row.cells[column.name]
            if not cell.computed:
                for text in texts_in(cell.value):
                    if text in found:
                        yield text, column, cell.place.cell(column.name)


def _may_hold_dates(field: Field) -> bool:
    """Whether a field takes running text. One that asks for the number of a letter gets numbers such as ۱۲/۵/۹۹."""
    asks_number = "شماره" in field.label and "تاریخ" not in field.label
    return field.type in ("text", "narrative") and not asks_number


def doubtful_dates(text: str) -> Iterator[tuple[str, str]]:
    """The doubtful dates of a text: what is wrong, as the code of the finding, and the date as it stands there."""
    for match in in_threes(text):
        if code := _judge(*match.groups()):
            yield code, match.group()
    for spelled in spelled_in(text):
        if spelled.date is None:
            yield "loose-date", spelled.text
    for match in _ANNOUNCED.finditer(text):
        if _is_incomplete(found := _FULL_STOP.sub("", match["date"].strip())):
            yield "loose-date-incomplete", found


def _judge(first: str, middle: str, last: str) -> str:
    """The code of the finding, or «» for a sound date and for what is none."""
    lengths = {len(first), len(last)}
    if 3 in lengths or lengths == {4}:
        return ""
    order, year, day = ("yy/m/d", first, last) if is_year(first) else ("d/m/yy", last, first)
    if not is_year(year):
        return "loose-date-ambiguous" if max(lengths) < 4 and _two_readings(first, middle, last) else ""
    if int(day) > _LIKE_A_DAY or int(middle) > MOST_DAYS:
        return ""
    return "" if parse_date(f"{first}/{middle}/{last}", order) else "loose-date"


def _two_readings(first: str, middle: str, last: str) -> bool:
    """Whether it cannot be told at which end the year stands, be it of one digit: no day is 0, and ۵/۲/۵ is one day."""
    ends = ((first, last), (last, first)) if int(first) != int(last) else ()
    sound = any(parse_date(f"{year.zfill(2)}/{middle}/{day}", "yy/m/d") for year, day in ends)
    return sound and 0 not in (int(first), int(last))


def _is_incomplete(found: str) -> bool:
    """Whether an announced date lacks a part: two numbers only, or dots and blanks in place of one."""
    parts = [part.strip(" ._…") for part in found.split("/")]
    numbers = [part for part in parts if part]
    if not all(part.isdigit() and len(part) != 3 for part in numbers):
        return False  # a number of a letter, or a date with something after it
    years = [part for part in numbers if len(part) == 4]
    return len(parts) <= 3 and len(numbers) < 3 and len(years) < 2


# ---------------------------------------------------------------- dates written in another way than the rest

_ENOUGH = 3  # dates written alike before another way of writing is an exception among them
_CLEAR = 3  # times as many as of the others: then each of the others is told, else only the first
_MIXED = 2  # of each way, where none is the usual one
_ABROAD = re.compile(r"^\s*\(?(?:میلادی|م\b)")  # «۲۰۱۸/۰۵/۱۲ میلادی» is meant so


@dataclass(frozen=True)
class _Written:
    """A date as it stands in a text."""

    text: str
    way: Way
    field: Field
    place: Place


def _written(text: str, field: Field, place: Place) -> Iterator[_Written]:
    for match in in_threes(text):
        way = way_of(*map(latin_digits, match.groups()))
        if way is not None and not (way.gregorian and _ABROAD.search(text[match.end() :])):
            yield _Written(match.group(), way, field, place)


def _exceptions(dates: Sequence[_Written]) -> Iterator[Problem]:
    """The dates that are not written as most are: each of a few exceptions, else the first of every other way."""
    counts = Counter(one.way for one in dates)
    usual, most = counts.most_common(1)[0] if counts else (None, 0)
    others = [one for one in dates if one.way != usual]
    if not (most >= _ENOUGH and most >= _CLEAR * len(others)):
        firsts = {one.way: one for one in reversed(others) if counts[one.way] >= _MIXED}
        others = list(reversed(firsts.values()))
    for one in others:
        label = one.field.shown
        evidence = {"text": one.text, "way": one.way, "usual": usual, "count": most, "all": len(dates)}
        yield problem("loose-date-mixed", one.place, label=label, **evidence)
