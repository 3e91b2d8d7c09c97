"""How far a case is on a day."""

from __future__ import annotations

from pathlib import Path

import jdatetime

from assembler.answers import names_in
from assembler.base.settings import Settings
from assembler.evaluate import PreviousForms, evaluate_deadlines
from assembler.packet import report_scope
from assembler.pipeline import in_order, judged_at, library
from assembler.views.json import status_json
from assembler.views.status import CaseState, DeadlineState, FormState, Progress, case_state

__all__ = ["CaseState", "DeadlineState", "FormState", "Progress", "status", "status_json"]


def status(folder: Path, settings: Settings, today: jdatetime.date) -> CaseState:
    """The state of a case on a day, at once: no attachment is opened and no font, so their problems are left out.

    Raises AssemblerError when the specs are broken or it cannot be told which report the case belongs to.
    """
    specs = library(settings, names_in(folder))
    judged = judged_at(folder, specs)
    report = specs.reports[judged.case.report]
    deadlines, misread = evaluate_deadlines(judged.case, report, specs)
    return case_state(
        judged.case.name,
        report,
        judged.forms,
        today,
        title=judged.packet.title,
        problems=in_order((*judged.problems, *misread)),
        accepted=judged.accepted,
        deadlines=deadlines,
        text=report_scope(report, judged.forms, PreviousForms(judged.case, report, specs)).text,
    )
