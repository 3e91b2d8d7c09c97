"""What is due among many cases on a day: sent, late, due, overdue, missing; the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jdatetime
import pytest

from assembler.base.periods import Period
from assembler.base.problems import problem
from assembler.model.filled import FilledDeadline, FilledPeriod
from assembler.model.reports import Deadline
from assembler.model.specs import Expression
from assembler.views.due import BrokenCase, DueState, PeriodCase, PeriodState, due_state, period_case
from assembler.views.json import due_json

DATE = jdatetime.date
TODAY = DATE(1405, 5, 5)


def case(
    number: int,
    sent: jdatetime.date | None = None,
    unit: str = "الف",
    year: int = 1405,
    months: int = 2,
    days: int = 10,
) -> PeriodCase:
    period = FilledPeriod(unit, Period(year, number, months), days)
    return PeriodCase(f"{unit}-{year}-{number}", "r", period, period.due, sent)


def state(*cases: PeriodCase, today: jdatetime.date = TODAY) -> DueState:
    return due_state(cases, (), today)


def told(periods: Sequence[PeriodState]) -> list[tuple[int, str, int]]:
    return [(each.period.number, each.standing, each.days) for each in periods]


@pytest.mark.parametrize(
    ("today", "sent", "standing", "days"),
    [
        (DATE(1405, 3, 10), None, "due", 0),  # the last day is in time
        (DATE(1405, 3, 11), None, "over", -1),
        (DATE(1405, 2, 1), None, "due", 40),  # the period still runs
        (DATE(1405, 4, 1), DATE(1405, 3, 10), "sent", 0),
        (DATE(1405, 4, 1), DATE(1405, 3, 12), "late", -2),
    ],
)
def test_a_case_stands_one_way(today: jdatetime.date, sent: jdatetime.date | None, standing: str, days: int) -> None:
    (unit,) = state(case(1, sent), today=today).units
    assert told(unit.periods)[-1] == (1, standing, days)


def test_periods_that_ended_without_a_case_are_missing() -> None:
    (unit,) = state(case(1, DATE(1405, 3, 1)), today=DATE(1405, 7, 5)).units
    assert told(unit.periods) == [(2, "missing", -57), (3, "missing", 5), (1, "sent", 9)]
    assert [each.case for each in unit.periods] == ["", "", "الف-1405-1"]


def test_a_running_period_and_those_before_the_first_case_are_not_missing() -> None:
    (unit,) = state(case(2, DATE(1405, 5, 1)), today=DATE(1405, 6, 31)).units
    assert told(unit.periods) == [(2, "sent", 9)]
    (unit,) = state(case(2, DATE(1405, 5, 1)), today=DATE(1405, 7, 1)).units
    assert told(unit.periods)[0] == (3, "missing", 9)


def test_missing_periods_reach_over_the_end_of_a_leap_year() -> None:
    (unit,) = state(case(5, DATE(1403, 11, 5), year=1403), today=DATE(1404, 1, 1)).units
    first = unit.periods[0]
    assert (first.period, first.standing, first.due) == (Period(1403, 6), "missing", DATE(1404, 1, 10))
    (unit,) = state(case(5, DATE(1403, 11, 5), year=1403), today=DATE(1403, 12, 30)).units
    assert told(unit.periods) == [(5, "sent", 5)]


def test_a_case_of_another_cadence_covers_the_months_it_has() -> None:
    cases = (case(1, DATE(1405, 3, 1)), case(2, None, months=3))
    (unit,) = state(*cases, today=DATE(1405, 7, 5)).units
    assert [each.standing for each in unit.periods] == ["due", "sent"]


def test_units_are_ordered_by_what_is_most_urgent() -> None:
    found = state(
        case(3, unit="بی‌کار"),
        case(1, DATE(1405, 3, 1), unit="فرستاده"),
        case(2, DATE(1405, 5, 1), unit="فرستاده"),
        case(1, unit="عقب"),
        case(2, unit="عقب"),
        case(2, unit="نزدیک"),
    )
    assert [unit.unit for unit in found.units] == ["عقب", "نزدیک", "بی‌کار", "فرستاده"]
    assert found.totals == {"over": 1, "missing": 0, "due": 3, "late": 0, "sent": 2}


def test_what_was_sent_comes_last_the_latest_of_it_first() -> None:
    (unit,) = state(case(1, DATE(1405, 3, 1)), case(2, DATE(1405, 5, 1)), case(3)).units
    assert told(unit.periods) == [(3, "due", 67), (2, "sent", 9), (1, "sent", 9)]


def test_a_unit_is_one_however_it_is_spelled() -> None:
    found = state(case(1, unit="اداره كل"), case(2, unit="اداره‌ کل"), case(2, unit="اداره جز"))
    assert [len(unit.periods) for unit in found.units] == [2, 1]


def test_two_cases_of_a_period_are_both_shown() -> None:
    (unit,) = state(case(2), case(2, DATE(1405, 5, 1))).units
    assert told(unit.periods) == [(2, "due", 5), (2, "sent", 9)]


# ---------------------------------------------------------------- the deadline by which a case is sent


def deadline(due: jdatetime.date | None, done: jdatetime.date | None = None, *, told: bool = True) -> FilledDeadline:
    return FilledDeadline(Deadline("x", Expression("''"), None, Expression("case.sent") if told else None), due, done)


@pytest.mark.parametrize(
    ("deadlines", "due", "sent"),
    [
        ((), DATE(1405, 3, 10), None),
        ((deadline(DATE(1405, 3, 10), DATE(1405, 3, 5)),), DATE(1405, 3, 10), DATE(1405, 3, 5)),
        (
            (deadline(DATE(1405, 1, 20), told=False), deadline(None, DATE(1405, 3, 5))),
            DATE(1405, 3, 10),
            DATE(1405, 3, 5),
        ),
        ((deadline(DATE(1405, 3, 15), DATE(1405, 3, 5)),), DATE(1405, 3, 15), DATE(1405, 3, 5)),  # its own day rules
        (
            (deadline(DATE(1405, 1, 20), DATE(1405, 1, 9)), deadline(DATE(1405, 3, 10))),  # representatives, then this
            DATE(1405, 3, 10),
            None,
        ),
    ],
)
def test_the_deadline_on_the_periods_day_says_when_it_was_sent(
    deadlines: tuple[FilledDeadline, ...], due: jdatetime.date, sent: jdatetime.date | None
) -> None:
    found = period_case("c", "r", FilledPeriod("الف", Period(1405, 1), 10), deadlines)
    assert (found.due, found.sent) == (due, sent)


def test_the_published_shape() -> None:
    broken = BrokenCase("b", (problem("period-unsaid", label="سال"),))
    found: Any = due_json(due_state([case(1, DATE(1405, 3, 12))], [broken], DATE(1405, 3, 20)))
    assert found["today"] == "1405/03/20"
    assert found["totals"] == {"over": 0, "missing": 0, "due": 0, "late": 1, "sent": 0}
    assert found["units"][0]["periods"][0] == {
        "period": "دو ماهه اول ۱۴۰۵",
        "year": 1405,
        "number": 1,
        "standing": "late",
        "due": "1405/03/10",
        "sent": "1405/03/12",
        "days": -2,
        "case": "الف-1405-1",
    }
    assert [one["code"] for one in found["broken"][0]["problems"]] == ["period-unsaid"]
