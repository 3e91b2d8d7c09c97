"""How far a case is on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import jdatetime

from assembler.actions.letter_states import outgoing
from assembler.answers import names_in
from assembler.base.settings import Settings
from assembler.evaluate import PreviousForms
from assembler.model.filled import FilledForm
from assembler.model.judged import Judged
from assembler.model.reports import Library
from assembler.packet import report_scope
from assembler.pipeline import in_order, judged_at, library
from assembler.views.deadlines import deadlines_of
from assembler.views.json import status_json
from assembler.views.letters import LetterState, Outgoing, Stage
from assembler.views.status import CaseState, DeadlineState, FormState, Progress, case_state

__all__ = [
    "CaseState",
    "DeadlineState",
    "FormState",
    "LetterState",
    "Outgoing",
    "Progress",
    "Stage",
    "state_of",
    "status",
    "status_json",
]


def status(folder: Path, settings: Settings, today: jdatetime.date, registry: Path | None = None) -> CaseState:
    """The state of a case on a day, at once: no attachment is opened and no font, so their problems are left out.

    What has gone out is told with what a registry says: the one that is named, or the one the case was issued with.

    Raises AssemblerError when the specs are broken, it cannot be told which report the case belongs to, or the registry
    that is named cannot be opened.
    """
    specs = library(settings, names_in(folder))
    judged = judged_at(folder, specs)
    return replace(state_of(judged, specs, today), outgoing=outgoing(judged, specs, registry))


def state_of(
    judged: Judged, specs: Library, today: jdatetime.date, seen: Mapping[str, FilledForm] | None = None
) -> CaseState:
    """The state of a case that was read and judged, on a day; of its forms what is ``seen`` counts."""
    report = specs.reports[judged.case.report]
    deadlines, misread = deadlines_of(judged.case, specs)
    return case_state(
        judged.case.name,
        report,
        judged.forms if seen is None else seen,
        today,
        title=judged.packet.title,
        problems=in_order((*judged.problems, *misread)),
        accepted=judged.accepted,
        deadlines=deadlines,
        text=report_scope(report, judged.forms, PreviousForms(judged.case, report, specs)).text,
    )
