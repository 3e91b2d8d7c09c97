"""Reporting periods by the Jalali calendar: of what year and months, until when, and which comes next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import jdatetime

from assembler.base.persian import format_date, persian_digits
from assembler.base.tongue import tongue

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
CADENCES = (1, 2, 3, 4, 6, 12)  # months of a period, so that a year is made up of whole ones
YEARS = range(1200, 1600)
_ORDINALS = ("اول", "دوم", "سوم", "چهارم", "پنجم", "ششم")
_LENGTHS = {2: "دو ماهه", 3: "سه ماهه", 4: "چهار ماهه", 6: "شش ماهه", 12: "دوازده ماهه"}


def last_day(year: int, month: int) -> jdatetime.date | None:
    """The last day of a Jalali month; months after the 12th are those of the years that follow.

    None outside the years that dates are read in, and for a month below 1.
    """
    after = _first_of(year, month + 1) if month >= 1 and year in YEARS else None
    return days_after(after, -1) if after else None


def days_of(year: int, month: int) -> int | None:
    """How many days a Jalali month has; None of a month or a year there is none of."""
    last = last_day(year, month) if month in range(1, 13) else None
    return last.day if last else None


def from_gregorian(year: int, month: int, day: int) -> jdatetime.date | None:
    """The Jalali date of a Gregorian day of our time, 1900 to 2100; None of any other."""
    if year not in range(1900, 2101):
        return None
    try:
        # made of a day there is: of parts jdatetime takes 30 February for 1 March
        found: jdatetime.date = jdatetime.date.fromgregorian(date=datetime.date(year, month, day))
        return found
    except ValueError:
        return None


def days_after(date: jdatetime.date, days: int) -> jdatetime.date | None:
    """The day so many days after a date, before it when they are below 0; None beyond the calendar."""
    try:
        found: jdatetime.date = date + jdatetime.timedelta(days=days)
        return found
    except (OverflowError, ValueError):
        return None


def _first_of(year: int, month: int) -> jdatetime.date | None:
    """The first day of a month counted from the first month of a year; None beyond the calendar."""
    years, months = divmod(month - 1, 12)
    try:
        return jdatetime.date(year + years, months + 1, 1)
    except (OverflowError, ValueError):
        return None


@dataclass(frozen=True)
class Period:
    """The ``number``-th period of a year, from 1, of so many ``months``; the first begins with the month ``start``.

    A year of periods that begins later than Farvardin ends in the calendar year that follows. Raises ValueError for a
    year, a cadence, a month or a number there is none of.
    """

    year: int
    number: int
    months: int = 2
    start: int = 1

    def __post_init__(self) -> None:
        if self.months not in CADENCES or self.start not in range(1, 13) or self.year not in YEARS:
            raise ValueError(f"no periods of {self.months} months from month {self.start} of {self.year}")
        if self.number not in range(1, 12 // self.months + 1):
            raise ValueError(f"no period {self.number} among those of {self.months} months")

    @property
    def _month(self) -> int:
        """Its first month, counted from the first of its year."""
        return self.start + (self.number - 1) * self.months

    @property
    def first_day(self) -> jdatetime.date:
        found = _first_of(self.year, self._month)
        assert found is not None  # the years are bounded
        return found

    @property
    def last_day(self) -> jdatetime.date:
        found = last_day(self.year, self._month + self.months - 1)
        assert found is not None
        return found

    def deadline(self, days: int) -> jdatetime.date:
        """The day so many days after its last one."""
        return days_after(self.last_day, days) or self.last_day

    @property
    def label(self) -> str:
        """As letters call it: «دو ماهه اول ۱۴۰۵», «مهر ۱۴۰۵», «سال ۱۴۰۵»."""
        if tongue().language == "en":
            return self._in_english()
        if self.months == 1:
            day = self.first_day
            return f"{MONTHS[day.month - 1]} {persian_digits(str(day.year))}"
        if self.months < 12:
            return f"{_LENGTHS[self.months]} {_ORDINALS[self.number - 1]} {persian_digits(str(self.year))}"
        if self.start == 1:
            return f"سال {persian_digits(str(self.year))}"
        end = self.last_day
        return f"{_LENGTHS[12]} منتهی به {MONTHS[end.month - 1]} {persian_digits(str(end.year))}"

    def _in_english(self) -> str:
        """By its days, in the calendar of the paper: a Jalali month is none of another calendar."""
        return f"{format_date(self.first_day)} to {format_date(self.last_day)}"

    @property
    def next(self) -> Period:
        """The period after it; raises ValueError where the years end."""
        last_of_year = self.number == 12 // self.months
        year, number = (self.year + 1, 1) if last_of_year else (self.year, self.number + 1)
        return Period(year, number, self.months, self.start)


def period_of(day: jdatetime.date, months: int = 2, start: int = 1) -> Period:
    """The period a day falls in; raises ValueError as ``Period`` does."""
    gone = day.month - start
    year, gone = (day.year, gone) if gone >= 0 else (day.year - 1, gone + 12)
    return Period(year, gone // months + 1 if months in CADENCES else 1, months, start)
