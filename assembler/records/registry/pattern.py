"""Patterns of letter numbers: data such as ``{year}/د/{serial:04}``, which gives «۱۴۰۵/د/۰۱۲۳»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Literal, get_args

import jdatetime

from assembler.base.messages import fill, translate
from assembler.base.persian import control_character, latin_digits, normalise, persian_digits
from assembler.base.problems import AssemblerError, ExitCode, problem

# Serials begin anew each Jalali year, or go on over the years.
Counting = Literal["year", "on"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
ONGOING = 0  # the scope of serials that go on over the years; any other scope is a year

EXAMPLE = "{year}/{unit}/{serial:04}"
_PLACES = ("year", "yy", "month", "unit", "serial")
_WIDTH = re.compile(r"0?[1-9]")
_LONGEST = 100


@dataclass(frozen=True)
class NumberPattern:
    """How numbers look and are counted.

    ``text`` has places in braces: ``year`` (1405), ``yy`` (05), ``month`` (03), ``unit`` (the letters of the unit) and
    ``serial``, which may say its width: ``{serial:04}``. ``start`` is the serial with which each count begins.
    """

    text: str
    unit: str = ""
    counting: Counting = "year"
    start: int = 1

    def number(self, day: jdatetime.date, serial: int) -> str:
        """The number of the letter with this serial, given on this day, in Persian digits."""
        shown = {"year": f"{day.year:04d}", "yy": f"{day.year % 100:02d}", "month": f"{day.month:02d}"}
        pieces = (
            f"{literal}{serial:0{latin_digits(width) or '1'}d}" if place == "serial" else literal + shown.get(place, "")
            for literal, place, width in _pieces(self.text, self.unit)
        )
        return persian_digits("".join(pieces))

    def scope(self, day: jdatetime.date) -> int:
        """What is counted together: the year of the day, or ``ONGOING``."""
        return day.year if self.counting == "year" else ONGOING

    def tidied(self) -> NumberPattern:
        """The pattern in one spelling. Raises AssemblerError when it would not give every letter its own number."""
        tidy = NumberPattern(latin_digits(normalise(self.text)), normalise(self.unit), self.counting, self.start)
        reason = _fault(tidy)
        if reason:
            fault = problem("registry-pattern", pattern=self.text, reason=reason, example=EXAMPLE)
            raise AssemblerError([fault], ExitCode.USAGE)
        return tidy


def _pieces(text: str, unit: str) -> Iterator[tuple[str, str, str]]:
    """Literal text, the place behind it and its width; the letters of the unit are put in as literal text."""
    carried = ""
    for literal, place, width, _ in Formatter().parse(text):
        carried += literal
        if place == "unit":
            carried += unit
        else:
            yield carried, place or "", width or ""
            carried = ""
    yield carried, "", ""


def _fault(pattern: NumberPattern) -> str:
    """Why a pattern cannot be used, in the reader's language; «» when it can."""
    text = pattern.text + pattern.unit
    if control_character(text) or "\n" in text or len(text) > _LONGEST:
        return fill("it must be one line of at most {limit} characters", limit=_LONGEST)
    try:
        places = [each for each in Formatter().parse(pattern.text) if each[1] is not None]
    except ValueError:
        return translate("its braces do not match")
    for _, place, width, conversion in places:
        if place not in _PLACES or conversion or (width and not (place == "serial" and _WIDTH.fullmatch(width))):
            return fill("it cannot have {place}", place="{" + f"{place}{':' * bool(width)}{width}" + "}")
    return _lack(pattern, [str(place) for _, place, _, _ in places])


def _lack(pattern: NumberPattern, places: list[str]) -> str:
    if places.count("serial") != 1:
        return fill("{place} must stand in it once", place="{serial}")
    if pattern.counting == "year" and not {"year", "yy"} & set(places):
        return fill("without {place} the numbers of each year would be those of the last", place="{year}")
    if bool(pattern.unit) != ("unit" in places):
        return fill("{place} and the letters of the unit go together", place="{unit}")
    return translate("serials begin with 0 or more") if pattern.start < 0 else ""
