"""Deadlines on a given day: kept, missed, near, far off, or not set yet."""

from __future__ import annotations

import jdatetime
import pytest

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem
from assembler.checks import check_deadlines, days_left, standing
from assembler.model.filled import FilledDeadline
from assembler.model.reports import Deadline
from assembler.model.specs import Expression

DUE = jdatetime.date(1399, 2, 31)
HERE = Place(file="case.yaml", line=3, form="case", item="sent")


def deadline(due: jdatetime.date | None = DUE, done: jdatetime.date | None = None, notice: int = 14) -> FilledDeadline:
    return FilledDeadline(Deadline("ارسال گزارش", Expression("case.due"), notice=notice), due, done, HERE)


def told(found: FilledDeadline, month: int, day: int) -> list[Problem]:
    return list(check_deadlines([found], jdatetime.date(1399, month, day)))


@pytest.mark.parametrize(
    ("today", "code", "severity", "days"),
    [
        ((2, 1), None, None, 30),
        ((2, 16), None, None, 15),
        ((2, 17), "deadline-near", Severity.INFORMATION, 14),
        ((2, 27), "deadline-near", Severity.INFORMATION, 4),
        ((2, 28), "deadline-near", Severity.WARNING, 3),
        ((2, 30), "deadline-near", Severity.WARNING, 1),
        ((2, 31), "deadline-today", Severity.WARNING, 0),
        ((3, 1), "deadline-over", Severity.WARNING, -1),
        ((4, 31), "deadline-over", Severity.WARNING, -62),
    ],
)
def test_what_is_said_as_the_days_go_by(
    today: tuple[int, int], code: str | None, severity: Severity | None, days: int
) -> None:
    found = told(deadline(), *today)
    assert days_left(deadline(), jdatetime.date(1399, *today)) == days
    assert [(one.code, one.severity) for one in found] == ([(code, severity)] if code else [])
    assert all(one.place == HERE and not one.acceptable for one in found)
    assert all(one.arguments["days"] == abs(days) for one in found)


@pytest.mark.parametrize(("notice", "count"), [(0, 0), (9, 0), (10, 1), (60, 1)])
def test_the_report_says_when_notice_is_given(notice: int, count: int) -> None:
    assert len(told(deadline(notice=notice), 2, 21)) == count


def test_the_last_day_is_told_without_any_notice() -> None:
    assert [one.code for one in told(deadline(notice=0), 2, 31)] == ["deadline-today"]


@pytest.mark.parametrize("today", [(1, 1), (2, 31), (12, 1)])
@pytest.mark.parametrize("done", [(2, 1), (2, 31)])
def test_nothing_is_said_of_what_was_done_in_time(today: tuple[int, int], done: tuple[int, int]) -> None:
    assert told(deadline(done=jdatetime.date(1399, *done)), *today) == []


def test_what_was_done_late_stays_late_by_the_same_days() -> None:
    late = deadline(done=jdatetime.date(1399, 3, 5))
    for today in ((3, 5), (12, 1)):
        (found,) = told(late, *today)
        assert (found.code, found.severity, found.arguments["days"]) == ("deadline-late", Severity.WARNING, 5)


def test_a_day_nobody_has_set() -> None:
    (found,) = told(deadline(due=None), 2, 20)
    assert (found.code, found.severity, found.place) == ("deadline-unsaid", Severity.INFORMATION, HERE)
    assert days_left(deadline(due=None), DUE) is None


def test_what_is_done_needs_no_day() -> None:
    done = deadline(due=None, done=DUE)
    assert (told(done, 2, 20), standing(done, DUE)) == ([], "done")


def test_days_are_counted_over_the_end_of_a_leap_year() -> None:
    due = FilledDeadline(Deadline("گزارش", Expression("x"), notice=30), jdatetime.date(1400, 1, 1), None)
    assert days_left(due, jdatetime.date(1399, 12, 29)) == 2  # 1399 is a leap year
    assert days_left(due, jdatetime.date(1399, 12, 30)) == 1


def test_the_day_is_told_with_its_weekday() -> None:
    (near,) = told(deadline(), 2, 20)
    assert near.message == "«ارسال گزارش» is due on چهارشنبه ۱۳۹۹/۰۲/۳۱; days left: 11."
    messages.choose("fa")
    assert near.message == "مهلت «ارسال گزارش» چهارشنبه ۱۳۹۹/۰۲/۳۱ است؛ ۱۱ روز مانده است."
    (over,) = told(deadline(), 3, 3)
    assert over.message == "مهلت «ارسال گزارش» چهارشنبه ۱۳۹۹/۰۲/۳۱ بود و ۳ روز از آن گذشته است."


def test_every_deadline_is_told_of() -> None:
    found = check_deadlines([deadline(), deadline(due=None), deadline(done=DUE)], DUE)
    assert [one.code for one in found] == ["deadline-today", "deadline-unsaid"]
