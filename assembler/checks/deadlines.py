"""Deadlines on a given day: how many days are left, and which were missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import jdatetime

from assembler.base.catalogue.entries import Severity
from assembler.base.persian import format_date, weekday
from assembler.base.problems import Problem, problem
from assembler.model.filled import FilledDeadline

# «near» is within the notice the report asks for; «unsaid» has no day yet.
Standing: TypeAlias = Literal["done", "late", "over", "near", "ahead", "unsaid"]
_URGENT = 3  # days left at which a notice becomes a warning


def standing(deadline: FilledDeadline, today: jdatetime.date) -> Standing:
    """How a deadline stands on a day; the last day itself is in time."""
    if deadline.done is not None:
        return "late" if deadline.due is not None and deadline.done > deadline.due else "done"
    left = days_left(deadline, today)
    if left is None:
        return "unsaid"
    if left < 0:
        return "over"
    return "near" if left <= deadline.spec.notice else "ahead"


def days_left(deadline: FilledDeadline, today: jdatetime.date) -> int | None:
    """Days from today, or from the day it was done, to the last day; below 0 once that has passed."""
    if deadline.due is None:
        return None
    left: int = deadline.due.toordinal() - (deadline.done or today).toordinal()
    return left


def check_deadlines(deadlines: Iterable[FilledDeadline], today: jdatetime.date) -> Iterator[Problem]:
    """What must be said of the deadlines of a case on a day; nothing of those kept or still far off."""
    for deadline in deadlines:
        match standing(deadline, today):
            case "late":
                done = _shown(deadline.done)
                yield _found("deadline-late", deadline, today, done=done)
            case "over":
                yield _found("deadline-over", deadline, today)
            case "near":
                yield _near(deadline, today)
            case "unsaid":
                yield problem("deadline-unsaid", deadline.place, label=deadline.spec.label)


def _near(deadline: FilledDeadline, today: jdatetime.date) -> Problem:
    left = days_left(deadline, today)
    if left == 0:
        return _found("deadline-today", deadline, today)
    severity = Severity.WARNING if left is not None and left <= _URGENT else Severity.INFORMATION
    return _found("deadline-near", deadline, today, severity)


def _found(
    code: str, deadline: FilledDeadline, today: jdatetime.date, severity: Severity | None = None, **more: str
) -> Problem:
    days = abs(days_left(deadline, today) or 0)
    due = _shown(deadline.due)
    return problem(code, deadline.place, severity, label=deadline.spec.label, due=due, days=days, **more)


def _shown(day: jdatetime.date | None) -> str:
    """A day as secretaries write it: «چهارشنبه ۱۳۹۹/۰۲/۳۱»."""
    return f"{weekday(day)} {format_date(day)}" if day else ""
