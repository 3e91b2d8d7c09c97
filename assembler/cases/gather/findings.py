"""Compares gathered cases: periods without a case, units that came twice, names that look alike, numbers that fell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import jdatetime

from assembler.base.catalogue.entries import Severity
from assembler.base.functions import is_number
from assembler.base.periods import Period
from assembler.base.persian import fold
from assembler.base.problems import NOWHERE, Place, Problem, problem
from assembler.cases.gather.alike import alike_names
from assembler.model.answers import Value
from assembler.model.filled import GatheredCase
from assembler.model.reports import Gather
from assembler.model.unread import UnreadCase

_Key = tuple[tuple[str, str], ...]
_GRAVITY = {severity: at for at, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Expected:
    """A unit of the list: what it is called, and the fields of its cases that the list tells it by; no blank ones."""

    name: str
    fields: Mapping[str, str]

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What tells it apart, whatever its spelling."""
        return tuple((name, fold(text)) for name, text in self.fields.items())


@dataclass(frozen=True)
class Range:
    """From which period to which the report goes, both of them in it."""

    first: Period
    last: Period

    def __contains__(self, period: Period) -> bool:
        return bool(self.first.first_day <= period.first_day and period.last_day <= self.last.last_day)

    def __iter__(self) -> Iterator[Period]:
        period = self.first
        while period.last_day <= self.last.last_day:
            yield period
            try:
                period = period.next
            except ValueError:
                return


@dataclass(frozen=True)
class Unread(UnreadCase):
    """A case with errors and what it gives: ``gathered`` where it could be read."""

    gathered: GatheredCase | None = None


@dataclass(frozen=True)
class Missing:
    """A period for which a unit has no case in the tables; ``problem`` says how it is known and why it has none."""

    unit: str
    period: Period
    problem: Problem


@dataclass(frozen=True)
class Finding:
    """What does not agree, of a unit and a period where it is of one («» otherwise), and the cases it stands in."""

    problem: Problem
    unit: str = ""
    period: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compared:
    """``cases`` are those that count, one a unit and period, in the order of the periods and units."""

    range: Range
    cases: tuple[GatheredCase, ...]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...]


def compare(
    cases: Sequence[GatheredCase], unread: Sequence[Unread], expected: Sequence[Expected], span: Range, gather: Gather
) -> Compared:
    """The cases of a range of periods, each unit and period once, and all that does not agree among them."""
    faulty = {each.case for each in unread}
    sound_first = sorted(cases, key=lambda case: case.name in faulty)
    inside = [case for case in sound_first if case.period.period in span]
    kept, doubled = _once(inside)
    findings = (
        *doubled,
        *_checked(inside),
        *_fallen(kept, gather),
        *_alike(inside),
        *(_unlisted(kept, expected) if expected else ()),
    )
    return Compared(
        span,
        tuple(sorted(kept, key=_place)),
        tuple(_missing(kept, unread, expected, span)),
        tuple(sorted(findings, key=lambda each: (_GRAVITY[each.problem.severity], fold(each.unit), each.period))),
    )


def whole_range(cases: Iterable[GatheredCase]) -> Range:
    """From the first period of the cases to the last; there must be one."""
    periods = [case.period.period for case in cases]
    return Range(
        min(periods, key=lambda period: (period.first_day, period.last_day)),
        max(periods, key=lambda period: (period.last_day, period.first_day)),
    )


def _place(case: GatheredCase) -> tuple[int, str]:
    return int(case.period.period.first_day.toordinal()), fold(case.period.unit)


def _where(*cases: GatheredCase) -> Place:
    return Place(file=cases[-1].name) if cases else NOWHERE


def _once(cases: Iterable[GatheredCase]) -> tuple[list[GatheredCase], list[Finding]]:
    """The first case of each unit and period, and the others told of: none may count twice."""
    first: dict[tuple[str, Period], GatheredCase] = {}
    doubled = []
    for case in cases:
        before = first.setdefault((fold(case.period.unit), case.period.period), case)
        if before is not case:
            same = before.rows == case.rows
            code = "gather-twice-same" if same else "gather-twice"
            told = problem(code, _where(case), kept=before.name, name=case.name)
            doubled.append(_finding(told, case, before.name, case.name))
    return list(first.values()), doubled


def _finding(told: Problem, case: GatheredCase, *cases: str) -> Finding:
    return Finding(told, case.period.unit, case.period.period.label, cases or (case.name,))


def _checked(cases: Iterable[GatheredCase]) -> Iterator[Finding]:
    for case in cases:
        for severity, text in case.found:
            yield _finding(problem("gather-check", _where(case), severity, text=text), case)


def _by_unit(cases: Iterable[GatheredCase]) -> Mapping[str, list[GatheredCase]]:
    units: dict[str, list[GatheredCase]] = defaultdict(list)
    for case in sorted(cases, key=_place):
        units[fold(case.period.unit)].append(case)
    return units


def _fallen(cases: Iterable[GatheredCase], gather: Gather) -> Iterator[Finding]:
    for line in _by_unit(cases).values():
        for before, after in pairwise(line):
            watched = zip(gather.falls, before.falls, after.falls, strict=True)
            for fall, (was, _), (now, has_reason) in watched:
                if _is_less(now, was) and not has_reason:
                    told = problem(
                        "gather-fall",
                        _where(after),
                        label=fall.label,
                        before=was,
                        after=now,
                        period=before.period.period.label,
                    )
                    yield _finding(told, after, before.name, after.name)


def _is_less(now: Value, was: Value) -> bool:
    """Whether a number or a date has become smaller."""
    if isinstance(now, jdatetime.date) and isinstance(was, jdatetime.date):
        return bool(now < was)
    return is_number(now) and is_number(was) and now < was


def _alike(cases: Iterable[GatheredCase]) -> Iterator[Finding]:
    units = {name: found[0].period.unit for name, found in _by_unit(cases).items()}
    for one, other in alike_names(tuple(units.values())):
        yield Finding(problem("gather-alike", one=one, other=other), one)


def _unlisted(cases: Iterable[GatheredCase], expected: Sequence[Expected]) -> Iterator[Finding]:
    asked = _Asked(expected)
    for found in _by_unit(cases).values():
        if not any(any(asked.keys(case)) for case in found):
            yield _finding(problem("gather-unlisted", _where(found[0])), found[0])


class _Asked:
    """Finds the entries of the list that a case answers to: each says as many fields as it likes."""

    def __init__(self, expected: Iterable[Expected]) -> None:
        self._keys = {each.key for each in expected}
        self._names = {tuple(name for name, _ in key) for key in self._keys}

    def keys(self, case: GatheredCase) -> Iterator[_Key]:
        for names in self._names:
            key = tuple((name, fold(str(case.fields.get(name) or ""))) for name in names)
            if key in self._keys:
                yield key


# ---------------------------------------------------------------- missing units


def _missing(
    cases: Sequence[GatheredCase], unread: Sequence[Unread], expected: Sequence[Expected], span: Range
) -> Iterator[Missing]:
    """Units of the list first, as it counts them; then those known from another period only."""
    broken = {
        (fold(each.gathered.period.unit), each.gathered.period.period): each.case
        for each in unread
        if each.gathered and not each.taken
    }
    known = [*cases, *(each.gathered for each in unread if each.gathered and each.gathered.period.period in span)]
    units = {name: found[0].period.unit for name, found in _by_unit(known).items()}
    have = {(fold(case.period.unit), case.period.period) for case in cases}
    listed = _listed(known, expected)
    for each in expected:
        if not listed.get(each.key):
            yield from (Missing(each.name, period, problem("gather-no-case")) for period in span)
    by_list = {unit for found in listed.values() for unit in found}
    for name, unit in sorted(units.items()):
        for period in span:
            if (name, period) not in have:
                yield Missing(unit, period, _why((name, period), broken, name in by_list))


def _listed(cases: Iterable[GatheredCase], expected: Sequence[Expected]) -> Mapping[_Key, set[str]]:
    """The units that have a case of some period, by what the list says of them."""
    found: dict[_Key, set[str]] = defaultdict(set)
    asked = _Asked(expected)
    for case in cases:
        for key in asked.keys(case):
            found[key].add(fold(case.period.unit))
    return found


def _why(unit: tuple[str, Period], broken: Mapping[tuple[str, Period], str], listed: bool) -> Problem:
    if unit in broken:
        return problem("gather-left-out", Place(file=broken[unit]), name=broken[unit])
    return problem("gather-no-case" if listed else "gather-no-period")
