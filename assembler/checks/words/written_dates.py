"""Dates as texts write them: three numbers with slashes that can be read as a day in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import jdatetime

from assembler.base.messages import translate
from assembler.base.periods import from_gregorian
from assembler.base.persian import latin_digits, parse_date
from assembler.checks.words.number_words import names_no_date

_YEARS = range(1300, 1450)  # other numbers of four digits are no years of a report
_GREGORIAN_YEARS = range(1900, 2100)
MOST_DAYS = 31
# Three numbers with slashes that no letter, digit or further slash touches: «۱۹۲۰۸۷/ت ۵۰۳۲۸» and «۱۲۳۴۵/۶/۷/۸» are not.
_THREE = re.compile(r"(?<![\w/.٫\-])(\d{1,4})/(\d{1,2})/(\d{1,4})(?![\w/٫]|[.\-]\d)")
_NEAR = 24  # characters before a number in which the word that names it stands


def dates_in(text: str) -> Iterator[tuple[str, jdatetime.date, int]]:
    """The sound dates of a text that can be read in one way: as they stand, and where they begin."""
    for match in in_threes(text) if "/" in text else ():
        way = way_of(*map(latin_digits, match.groups()))
        if way is not None and not way.gregorian:
            date = parse_date(match.group(), "yy/m/d" if way.year_first else "d/m/yy")
            if date is not None:
                yield match.group(), date, match.start()


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
