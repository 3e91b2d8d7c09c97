"""Periods of the Jalali calendar: their days, their labels, which comes next; and the functions expressions have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.expressions import evaluate
from assembler.base.periods import CADENCES, MONTHS, Period, days_after, from_gregorian, last_day, period_of


class Names:
    """A scope of bare names."""

    def __init__(self, **values: object) -> None:
        self.values: Mapping[str, object] = values

    def name(self, name: str) -> object:
        return self.values[name]

    def attribute(self, owner: object, name: str) -> object:
        raise KeyError(name)

    form = previous = name


def day(text: str) -> jdatetime.date:
    year, month, of_month = map(int, text.split("/"))
    return jdatetime.date(year, month, of_month)


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("year", "month", "expected"),
    [
        (1405, 1, "1405/1/31"),
        (1405, 6, "1405/6/31"),
        (1405, 7, "1405/7/30"),
        (1403, 12, "1403/12/30"),  # a leap year
        (1404, 12, "1404/12/29"),
        (1408, 12, "1408/12/30"),  # five years after the one before
        (1407, 12, "1407/12/29"),
        (1405, 13, "1406/1/31"),
        (1402, 24, "1403/12/30"),
    ],
)
def test_the_last_day_of_a_month(year: int, month: int, expected: str) -> None:
    assert last_day(year, month) == day(expected)


@pytest.mark.parametrize(("year", "month"), [(1405, 0), (1405, -1), (405, 1), (2026, 1), (1405, 10**9), (1405, 10**30)])
def test_a_month_there_is_none_of_has_no_last_day(year: int, month: int) -> None:
    assert last_day(year, month) is None


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("1405/2/31", 10, "1405/3/10"),
        ("1403/12/29", 1, "1403/12/30"),
        ("1404/12/29", 1, "1405/1/1"),
        ("1405/1/1", -1, "1404/12/29"),
        ("1405/1/1", 0, "1405/1/1"),
    ],
)
def test_days_after_a_date(start: str, days: int, expected: str) -> None:
    assert days_after(day(start), days) == day(expected)


def test_days_beyond_the_calendar_are_blank() -> None:
    assert days_after(day("1405/1/1"), 10**12) is None
    assert days_after(day("1405/1/1"), -(10**7)) is None


# ---------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("period", "label", "first", "last"),
    [
        (Period(1405, 1), "دو ماهه اول ۱۴۰۵", "1405/1/1", "1405/2/31"),
        (Period(1405, 6), "دو ماهه ششم ۱۴۰۵", "1405/11/1", "1405/12/29"),
        (Period(1403, 6), "دو ماهه ششم ۱۴۰۳", "1403/11/1", "1403/12/30"),
        (Period(1405, 4, 3), "سه ماهه چهارم ۱۴۰۵", "1405/10/1", "1405/12/29"),
        (Period(1405, 3, 4), "چهار ماهه سوم ۱۴۰۵", "1405/9/1", "1405/12/29"),
        (Period(1405, 2, 6), "شش ماهه دوم ۱۴۰۵", "1405/7/1", "1405/12/29"),
        (Period(1405, 1, 12), "سال ۱۴۰۵", "1405/1/1", "1405/12/29"),
        (Period(1405, 7, 1), "مهر ۱۴۰۵", "1405/7/1", "1405/7/30"),
        (Period(1405, 2, 6, 7), "شش ماهه دوم ۱۴۰۵", "1406/1/1", "1406/6/31"),
        (Period(1405, 4, 1, 10), "فروردین ۱۴۰۶", "1406/1/1", "1406/1/31"),
        (Period(1405, 1, 12, 7), "دوازده ماهه منتهی به شهریور ۱۴۰۶", "1405/7/1", "1406/6/31"),
    ],
)
def test_a_period_has_a_label_and_its_days(period: Period, label: str, first: str, last: str) -> None:
    assert (period.label, period.first_day, period.last_day) == (label, day(first), day(last))


def test_the_deadline_is_so_many_days_after_the_last_one() -> None:
    assert Period(1405, 1).deadline(10) == day("1405/3/10")
    assert Period(1403, 6).deadline(0) == day("1403/12/30")
    assert Period(1404, 6).deadline(10) == day("1405/1/10")


def test_after_the_last_period_comes_the_first_of_the_next_year() -> None:
    assert Period(1405, 5).next == Period(1405, 6)
    assert Period(1405, 6).next == Period(1406, 1)
    assert Period(1405, 1, 12, 7).next == Period(1406, 1, 12, 7)


@pytest.mark.parametrize(
    "numbers",
    [(1405, 0), (1405, 7), (1405, 5, 3), (1405, 1, 5), (1405, 1, 0), (1405, 1, 2, 13), (1405, 1, 2, 0), (2026, 1)],
)
def test_there_is_no_such_period(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period(*numbers)


@pytest.mark.parametrize(
    ("date", "months", "start", "expected"),
    [
        ("1405/2/31", 2, 1, Period(1405, 1)),
        ("1405/3/1", 2, 1, Period(1405, 2)),
        ("1403/12/30", 2, 1, Period(1403, 6)),
        ("1405/6/31", 6, 7, Period(1404, 2, 6, 7)),
        ("1405/7/1", 6, 7, Period(1405, 1, 6, 7)),
        ("1405/2/1", 2, 2, Period(1405, 1, 2, 2)),
        ("1405/1/31", 2, 2, Period(1404, 6, 2, 2)),
    ],
)
def test_a_day_falls_in_one_period(date: str, months: int, start: int, expected: Period) -> None:
    assert period_of(day(date), months, start) == expected


@given(st.integers(1210, 1590), st.integers(1, 12), st.integers(1, 29), st.sampled_from(CADENCES), st.integers(1, 12))
def test_periods_follow_one_another_without_gap(year: int, month: int, of_month: int, months: int, start: int) -> None:
    date = jdatetime.date(year, month, of_month)
    found = period_of(date, months, start)
    assert found.first_day <= date <= found.last_day
    assert found.first_day.day == 1
    assert days_after(found.last_day, 1) == found.next.first_day


def test_months_are_spelled_in_persian() -> None:
    assert len(MONTHS) == 12
    assert not any(letter in "يك" for month in MONTHS for letter in month)


# ---------------------------------------------------------------- in expressions

NAMES = Names(
    year=1403, number=6, blank=None, sent=day("1405/1/1"), text="x", half=Decimal("2.5"), whole=Decimal(2), told=True
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("last_day(year, 12)", day("1403/12/30")),
        ("last_day(year, number * 2)", day("1403/12/30")),  # what is calculated is a whole number too
        ("last_day(year, whole)", day("1403/2/31")),
        ("days_after(last_day(year, number * 2), 10)", day("1404/1/10")),
        ("days_after(sent, -1)", day("1404/12/29")),
        ("days_after('1405/01/01', whole)", day("1405/1/3")),
        ("period_label(year, number)", "دو ماهه ششم ۱۴۰۳"),
        ("period_label(year, 2, 6, 1)", "شش ماهه دوم ۱۴۰۳"),
    ],
)
def test_functions_of_days(source: str, expected: object) -> None:
    assert evaluate(source, NAMES) == expected


@pytest.mark.parametrize(
    "source",
    [
        "last_day(blank, 1)", "last_day(year, blank)", "last_day(year, half)", "last_day(year, 0)", "last_day(text, 1)",
        "last_day(year, told)", "last_day(2026, 1)", "days_after(blank, 1)", "days_after(sent, blank)",
        "days_after(sent, half)", "days_after(text, 1)", "days_after(year, 1)", "days_after(sent, 99999999999)",
        "period_label(year, 7)", "period_label(blank, 1)", "period_label(year, half)", "period_label(year, 1, 5)",
    ],
)  # fmt: skip
def test_what_is_no_day_is_blank(source: str) -> None:
    assert evaluate(source, NAMES) is None


def test_a_day_the_gregorian_calendar_has_not_is_none() -> None:
    assert [from_gregorian(2025, 2, day) is None for day in (28, 29, 30, 31)] == [False, True, True, True]
    assert from_gregorian(2024, 2, 29) is not None
