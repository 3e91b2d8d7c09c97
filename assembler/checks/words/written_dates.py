"""Dates as texts write them: three numbers with slashes that can be read as a day in one way, and days of a month
called by its name: «۱۳ فروردین ۱۴۰۵», «5 May 2025».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import jdatetime

from assembler.base.lexicon import either
from assembler.base.messages import translate
from assembler.base.periods import MONTHS, from_gregorian
from assembler.base.persian import ZWNJ, latin_digits, parse_date
from assembler.checks.words.figure_words import ordinal, ordinals
from assembler.checks.words.number_words import names_no_date

_YEARS = range(1300, 1450)  # other numbers of four digits are no years of a report
_GREGORIAN_YEARS = range(1900, 2100)
MOST_DAYS = 31
_LIKE_DAYS = 40  # a slip of the pen makes 35 of 25
# Three numbers with slashes that no letter, digit or further slash touches: «۱۹۲۰۸۷/ت ۵۰۳۲۸» and «۱۲۳۴۵/۶/۷/۸» are not.
_THREE = re.compile(r"(?<![\w/.٫\-])(\d{1,4})/(\d{1,2})/(\d{1,4})(?![\w/٫]|[.\-]\d)")
_NEAR = 24  # characters before a number in which the word that names it stands


def dates_in(text: str) -> Iterator[tuple[str, jdatetime.date, int]]:
    """The sound dates of a text that can be read in one way, in digits or with the month's name: as they stand, and
    where they begin.
    """
    for match in in_threes(text) if "/" in text else ():
        way = way_of(*map(latin_digits, match.groups()))
        if way is not None and not way.gregorian:
            date = parse_date(match.group(), "yy/m/d" if way.year_first else "d/m/yy")
            if date is not None:
                yield match.group(), date, match.start()
    for found in spelled_in(text):
        if found.date is not None and not found.gregorian:
            yield found.text, found.date, found.start


def days_in(text: str) -> Iterator[tuple[str, jdatetime.date, int]]:
    """As ``dates_in``, with the days of the calendar abroad."""
    yield from dates_in(text)
    for match in in_threes(text) if "/" in text else ():
        parts = tuple(map(int, match.groups()))
        if parts[0] in _GREGORIAN_YEARS or parts[2] in _GREGORIAN_YEARS:
            year, month, day = parts if parts[0] in _GREGORIAN_YEARS else reversed(parts)
            date = from_gregorian(year, month, day)
            if date is not None:
                yield match.group(), date, match.start()
    for found in spelled_in(text):
        if found.date is not None and found.gregorian:
            yield found.text, found.date, found.start


def may_hold_a_day(text: str) -> bool:
    """Whether a text may hold a date: a quick look."""
    return "/" in text or bool(_WITH_YEAR.search(text) or _WITH_YEAR_ABROAD.search(text))


class Spelled(NamedTuple):
    """A day whose month is called by its name; ``date`` is None where there is no such day."""

    text: str
    date: jdatetime.date | None
    start: int
    gregorian: bool = False


_MONTHS_ABROAD = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TENS = {"بیست": 20, "سی": 30}
_NUMBER_OF = {name.replace("آ", "ا"): number for number, name in enumerate(MONTHS, 1)}
# What every date looked for ends in: a look at it is cheap, and tables have texts by the hundred thousand.
_WITH_YEAR = re.compile(r"[^\W\d_][،,\s]+(?:سال\s+)?[1۱١][34۳۴٣٤]\d\d(?!\d)")
_WITH_YEAR_ABROAD = re.compile(r"[a-z.\d][a-z]?,?\s+(?:19|20)\d\d(?!\d)", re.I)


@cache
def _spelled() -> re.Pattern[str]:
    join, ends = rf"[\s{ZWNJ}]*", rf"(?![\w{ZWNJ}])"
    months = "|".join(name.replace("آ", "[آا]") for name in MONTHS)
    # «۱۳ فروردین ماه سال ۱۴۰۵», «سیزدهم فروردین ۱۴۰۵», «بیست و سوم دی ۱۴۰۴»
    word = rf"(?:(?P<tens>{either(_TENS)}){join}و{join})?(?P<word>{ordinals().pattern})|(?P<thirty>سی{join}ام)"
    return re.compile(
        rf"(?<![\w/.\-])(?:(?P<day>\d{{1,2}})(?:{ZWNJ}?(?:ام|م))?|{word})\s+(?P<month>{months})(?:{join}ماه)?"
        rf"(?:{join}سال)?\s*[،,]?\s*(?P<year>\d{{4}}){ends}"
    )


@cache
def _spelled_abroad() -> re.Pattern[str]:
    names = rf"(?P<month{{0}}>{either(_MONTHS_ABROAD)}|{either(name[:3] for name in _MONTHS_ABROAD)})\.?"
    return re.compile(
        rf"(?<![\w/.\-])(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{names.format(1)},?\s+(?P<year1>\d{{4}})"
        rf"|{names.format(2)}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))(?![\w/])",
        re.I,
    )


def spelled_in(text: str) -> Iterator[Spelled]:
    """The days of a text whose month is called by its name, with their years."""
    if _WITH_YEAR.search(text):
        plain = latin_digits(text)
        for match in _spelled().finditer(plain):
            year, day = int(match["year"]), _day(match)
            month = _NUMBER_OF[match["month"].replace("آ", "ا")]
            if year in _YEARS and day:
                date = parse_date(f"{year}/{month}/{day}")
                yield Spelled(text[match.start() : match.end()], date, match.start())
    for match in _spelled_abroad().finditer(text) if _WITH_YEAR_ABROAD.search(text) else ():
        which = "1" if match["day1"] else "2"
        name = match[f"month{which}"].lower()[:3]
        month = next(at for at, each in enumerate(_MONTHS_ABROAD, 1) if each.startswith(name))
        year, day = int(match[f"year{which}"]), int(match[f"day{which}"])
        if year in _GREGORIAN_YEARS and 0 < day < _LIKE_DAYS:
            yield Spelled(match.group(), from_gregorian(year, month, day), match.start(), gregorian=True)


def _day(match: re.Match[str]) -> int:
    """The day of a month as it is written; 0 for a number that is no day's."""
    if match["thirty"]:
        return 30
    if match["word"]:
        found = ordinals().search(match["word"])
        return _TENS.get(match["tens"] or "", 0) + (ordinal(found) if found else 0)
    return int(match["day"]) if int(match["day"]) < _LIKE_DAYS else 0


def in_threes(text: str) -> Iterator[re.Match[str]]:
    """Three numbers with slashes that nothing before them names as something else than a date."""
    for match in _THREE.finditer(text):
        if not names_no_date(text[max(0, match.start() - _NEAR) : match.start()]):
            yield match


@dataclass(frozen=True)
class Way:
    """How a date is written: with which end first, how many digits of the year, in which calendar."""

    year_first: bool
    digits: int
    gregorian: bool = False

    def __str__(self) -> str:
        if self.gregorian:
            return translate("Gregorian")
        if self.digits == 2:
            return translate("yy/m/d") if self.year_first else translate("d/m/yy")
        return translate("yyyy/m/d") if self.year_first else translate("d/m/yyyy")


def way_of(first: str, middle: str, last: str) -> Way | None:
    """How three numbers are written as a date; None when they are none, or can be read in two ways."""
    if 3 in (len(first), len(last)) or len(first) == len(last) == 4:
        return None
    year_first = _can_only_be_year(first)
    year, day = (first, last) if year_first else (last, first)
    if not _can_only_be_year(year):
        return None
    if len(year) == 4 and int(year) in _GREGORIAN_YEARS:
        return Way(year_first, 4, gregorian=True) if _is_gregorian(int(year), int(middle), int(day)) else None
    return Way(year_first, len(year)) if parse_date(f"{year}/{middle}/{day}", "yy/m/d") else None


def _can_only_be_year(digits: str) -> bool:
    return is_year(digits) or digits == "00" or (len(digits) == 4 and int(digits) in _GREGORIAN_YEARS)


def _is_gregorian(year: int, month: int, day: int) -> bool:
    return from_gregorian(year, month, day) is not None


def is_year(digits: str) -> bool:
    """Whether a number can only be a year: four digits of these centuries, or two that are no day."""
    return int(digits) in _YEARS if len(digits) == 4 else int(digits) > MOST_DAYS
