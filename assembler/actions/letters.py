"""Makes the letter and annexes of a report for every unit of a list."""

from __future__ import annotations

from pathlib import Path

from assembler.answers.families import settings_of
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.cases.letters import Failure, Order, Outcome, make_letters
from assembler.cases.letters.unit import Plan

__all__ = ["Failure", "Outcome", "letters"]


def letters(
    report: str,
    data: Path,
    out: Path,
    settings: Settings,
    *,
    base: Path | None = None,
    sheet: str = "",
    name: str = "",
    documents: bool = True,
    combined: str = "combined",
    duplex: bool = False,
    fresh: bool = False,
    processes: int = 0,
    progress: Progress = silent,
) -> Outcome:
    """Makes a PDF for each row of the list ``data``, ``documents`` too when they are wanted, and one PDF of all.

    ``base`` holds the answers common to all; ``name`` is the column or pattern that names the units; with ``duplex``
    each begins on a right-hand page of the PDF of all. What is whole already stays, unless it is asked for ``fresh``.
    Raises AssemblerError when no unit can be made: specifications, templates, list, base case, engine, output folder.
    """
    settings = settings_of(base, settings) if base else settings
    plan = Plan(report, data, out, settings, base, sheet, name, documents)
    return make_letters(Order(plan, combined, duplex, fresh, processes), progress)
