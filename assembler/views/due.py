"""What is due on a day among the cases of many units: sent, due, overdue, and the periods that have no case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import jdatetime

from assembler.base.periods import Period
from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.base.tongue import PERSIAN, Tongue
from assembler.model.filled import FilledDeadline, FilledPeriod

# «missing» is a period that has ended and has no case; «late» was sent after its deadline.
Standing: TypeAlias = Literal["over", "missing", "due", "late", "sent"]
STANDINGS: tuple[Standing, ...] = ("over", "missing", "due", "late", "sent")
_DONE = ("late", "sent")


@dataclass(frozen=True)
class PeriodCase:
    """A case as far as this is about it: its folder as it is shown, whose and of which period it is, the last day for
    sending it and the day it was sent; in the ``tongue`` of its report.
    """

    case: str
    report: str
    period: FilledPeriod
    due: jdatetime.date
    sent: jdatetime.date | None = None
    tongue: Tongue = PERSIAN


@dataclass(frozen=True)
class BrokenCase:
    """A case of which nobody can say whose it is, or of which period, and why."""

    case: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class PeriodState:
    """How a period of a unit stands; ``days`` are those left, of one that was sent those to spare; below 0 it was or is
    too late. ``case`` is «» while there is none.
    """

    period: Period
    standing: Standing
    due: jdatetime.date
    sent: jdatetime.date | None
    days: int
    case: str = ""

    @property
    def urgency(self) -> tuple[bool, int, int]:
        """What must be done comes first, the longest overdue of it ahead; of what is done, the latest."""
        done = self.standing in _DONE
        due = int(self.due.toordinal())
        return (done, -due if done else due, int(self.period.first_day.toordinal()))


@dataclass(frozen=True)
class UnitState:
    """The periods of a unit, the most urgent one first; told in the ``tongue`` of its report."""

    unit: str
    report: str
    periods: tuple[PeriodState, ...]
    tongue: Tongue = PERSIAN


@dataclass(frozen=True)
class DueState:
    """All units, the most urgent one first, and the cases that could not be placed."""

    today: jdatetime.date
    units: tuple[UnitState, ...]
    broken: tuple[BrokenCase, ...] = ()

    @property
    def tongue(self) -> Tongue:
        """That of all units, where they have one."""
        tongues = {unit.tongue for unit in self.units}
        return tongues.pop() if len(tongues) == 1 else PERSIAN

    @property
    def totals(self) -> Mapping[Standing, int]:
        """How many periods stand how."""
        found = [period.standing for unit in self.units for period in unit.periods]
        return {standing: found.count(standing) for standing in STANDINGS}


def period_case(
    case: str, report: str, period: FilledPeriod, deadlines: Sequence[FilledDeadline], tongue: Tongue = PERSIAN
) -> PeriodCase:
    """A case with the deadline by which it is known to be sent: of those whose doing is written down the one that falls
    on the period's own last day, else the first.
    """
    told = [deadline for deadline in deadlines if deadline.spec.done is not None]
    own = next((deadline for deadline in told if deadline.due == period.due), told[0] if told else None)
    due = own.due if own is not None and own.due is not None else period.due
    return PeriodCase(case, report, period, due, own.done if own else None, tongue)


def due_state(cases: Iterable[PeriodCase], broken: Iterable[BrokenCase], today: jdatetime.date) -> DueState:
    """How all units stand on a day. Units are told apart by their names, whatever their spelling, and their report."""
    units: dict[tuple[str, str], list[PeriodCase]] = defaultdict(list)
    for case in cases:
        units[case.report, fold(case.period.unit)].append(case)
    states = (_unit(found, today) for found in units.values())
    ordered = sorted(states, key=lambda unit: (unit.periods[0].urgency, fold(unit.unit), unit.report))
    return DueState(today, tuple(ordered), tuple(broken))


def _unit(cases: Sequence[PeriodCase], today: jdatetime.date) -> UnitState:
    states = (*(_state(case, today) for case in cases), *_missing(cases, today))
    first = cases[0]
    ordered = sorted(states, key=lambda state: (state.urgency, state.case))
    return UnitState(first.period.unit, first.report, tuple(ordered), first.tongue)


def _state(case: PeriodCase, today: jdatetime.date) -> PeriodState:
    days = _days(case.due, case.sent or today)
    in_time: Standing = "sent" if case.sent else "due"
    too_late: Standing = "late" if case.sent else "over"
    standing = in_time if days >= 0 else too_late
    return PeriodState(case.period.period, standing, case.due, case.sent, days, case.case)


def _missing(cases: Sequence[PeriodCase], today: jdatetime.date) -> Iterator[PeriodState]:
    """The periods that have ended since the first case of a unit and no case of it is of."""
    first = min((case.period for case in cases), key=lambda found: found.period.first_day)
    covered = [(case.period.period.first_day, case.period.period.last_day) for case in cases]
    period = first.period
    while period.last_day < today:
        if not any(start <= period.last_day and period.first_day <= end for start, end in covered):
            due = period.deadline(first.days)
            yield PeriodState(period, "missing", due, None, _days(due, today))
        try:
            period = period.next
        except ValueError:
            return


def _days(due: jdatetime.date, day: jdatetime.date) -> int:
    return int(due.toordinal() - day.toordinal())
