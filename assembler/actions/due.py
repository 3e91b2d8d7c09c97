"""Reads the cases below a folder as far as it takes to say what is due."""

from __future__ import annotations

from pathlib import Path

import jdatetime

from assembler.answers import names_in, read_case
from assembler.base.problems import has_errors
from assembler.base.settings import Settings
from assembler.cases.folders import case_folders
from assembler.evaluate import evaluate_period
from assembler.model.reports import Library
from assembler.pipeline import in_order, library
from assembler.views.deadlines import deadlines_of
from assembler.views.due import (
    BrokenCase,
    DueState,
    PeriodCase,
    PeriodState,
    Standing,
    UnitState,
    due_state,
    period_case,
)
from assembler.views.json import due_json

__all__ = ["BrokenCase", "DueState", "PeriodState", "Standing", "UnitState", "due", "due_json"]


def due(folder: Path, settings: Settings, today: jdatetime.date) -> DueState:
    """What is due on a day among all cases below a folder whose reports have periods; a case that cannot be read stops
    nothing.

    Raises AssemblerError when the specs are broken.
    """
    cases = case_folders(folder)
    specs = library(settings, tuple(dict.fromkeys(name for case in cases for name in names_in(case))))
    found = [one for case in cases if (one := _period_case(case, folder, specs)) is not None]
    broken = (one for one in found if isinstance(one, BrokenCase))
    return due_state((one for one in found if isinstance(one, PeriodCase)), broken, today)


def _period_case(folder: Path, root: Path, specs: Library) -> PeriodCase | BrokenCase | None:
    """A case with its period and the day it was sent, or why that cannot be told; None of a report without periods."""
    shown = folder.relative_to(root).as_posix()
    case, problems = read_case(folder, specs)
    if case is None:
        return BrokenCase(shown, tuple(found for found in problems if has_errors([found])))
    report = specs.reports[case.report]
    if report.periods is None:
        return None
    period, failed = evaluate_period(case, report, specs)
    if period is None:
        told = (found for found in problems if has_errors([found]) and found.place.form == "case")
        return BrokenCase(shown, in_order((*told, *failed)))
    deadlines, _ = deadlines_of(case, specs)
    return period_case(shown, report.id, period, deadlines, report.tongue)
