"""Days follow one another: those of numbers, and those on which a letter is dated, signed and sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import jdatetime

from assembler.base.persian import format_date
from assembler.base.problems import Problem, problem
from assembler.records.registry.book import Registry

Numbered: TypeAlias = tuple[str, jdatetime.date]  # a number and its day


def out_of_order(
    number: str, day: jdatetime.date, registry: Registry | None, others: Iterable[Numbered] = ()
) -> tuple[Problem, ...]:
    """A warning when this day is before that of a number the registry gave earlier, or of one of the others."""
    last = registry.last_day_before(number) if registry else None
    told = [*others, *([last] if last else [])]
    other, latest = max(told, key=lambda each: each[1], default=("", day))
    if day >= latest:
        return ()
    words = {"number": number, "date": format_date(day), "other": other, "last": format_date(latest)}
    return (problem("number-day-earlier", **words),)


def before_its_date(number: str, day: jdatetime.date, dated: jdatetime.date | None) -> tuple[Problem, ...]:
    """A warning when a letter is signed or sent on a day before the one it is dated."""
    if dated is None or day >= dated:
        return ()
    return (problem("letter-day-earlier", number=number, day=format_date(day), date=format_date(dated)),)
