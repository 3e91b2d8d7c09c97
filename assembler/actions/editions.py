"""Two editions of a report, or two forms, side by side."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.suggest import guess, listed
from assembler.collect.editions.comparing import Fate, FormFate, ItemFate, counted, fates
from assembler.collect.editions.matching import Editions, editions_of, matched
from assembler.collect.spots import form_at
from assembler.model.reports import Library

__all__ = ["Fate", "FormFate", "ItemFate", "Sides", "compare_editions", "editions_json"]


@dataclass(frozen=True)
class Sides:
    """What became of each form from the edition ``old`` to ``new``; ``counts`` are questions by what they came to."""

    old: str
    new: str
    forms: tuple[FormFate, ...]
    counts: dict[str, int]


def compare_editions(old: str, new: str, specs: Library) -> Sides:
    """Two reports by their identifiers, or two forms. Raises AssemblerError when there is no such one."""
    found = fates(_editions(old, new, specs))
    return Sides(old, new, found, {str(word): count for word, count in counted(found).items()})


def _editions(old: str, new: str, specs: Library) -> Editions:
    sides = [specs.reports.get(name) for name in (old, new)]
    if sides[0] and sides[1]:
        return editions_of(sides[0], sides[1], specs)
    if not any(sides):
        return matched([form_at(specs.forms, old)], [form_at(specs.forms, new)])
    missing = new if sides[0] else old
    near, known = guess(missing, specs.reports), listed(specs.reports)
    raise AssemblerError([problem("unknown-report", name=missing, guess=near, known=known)], ExitCode.USAGE)


def editions_json(found: Sides) -> dict[str, Any]:
    """The comparison as plain data."""
    return asdict(found)
