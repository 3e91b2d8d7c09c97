"""The reports there are."""

from __future__ import annotations

from collections.abc import Iterable

from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.model.reports import ReportSpec
from assembler.pipeline import library
from assembler.views.json import report_json

__all__ = ["report_json", "report_named", "reports"]


def reports(settings: Settings) -> tuple[ReportSpec, ...]:
    """All reports of the specifications. Raises AssemblerError when any of these is broken."""
    return tuple(library(settings).reports.values())


def report_named(name: str, found: Iterable[ReportSpec]) -> ReportSpec:
    """A report by its identifier. Raises AssemblerError."""
    known = {report.id: report for report in found}
    if name in known:
        return known[name]
    fault = problem("unknown-report", name=name, guess=guess(name, known), known="، ".join(known))
    raise AssemblerError([fault], ExitCode.USAGE)
