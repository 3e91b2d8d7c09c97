"""Reads the cases a report is made of, each as far as it gives anything, and says which give nothing and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.answers import read_case
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, has_errors, problem
from assembler.base.progress import READ, Progress, silent
from assembler.base.settings import Settings
from assembler.cases.folders import NO_NAMES, OF_PREVIOUS, cases_in
from assembler.cases.gather.findings import Unread
from assembler.evaluate import evaluate_gathered, evaluate_period
from assembler.model.filled import GatheredCase
from assembler.model.reports import Library, ReportSpec
from assembler.pipeline import in_order, judge, library


@dataclass(frozen=True)
class Gathered:
    """The cases a report is made of, in the order of their folders; ``unread`` have errors, ``others`` counts those
    of other reports.
    """

    report: ReportSpec
    library: Library
    cases: tuple[GatheredCase, ...]
    unread: tuple[Unread, ...]
    others: int


def gather(
    folders: Sequence[Path],
    settings: Settings,
    name: str = "",
    with_errors: bool = False,
    progress: Progress = silent,
    names: Mapping[Path, str] = NO_NAMES,
) -> Gathered:
    """Reads the cases in folders and below them for a report made of cases, the only one when no name is given.

    One that cannot be read, or has errors and is not asked for ``with_errors``, is listed and left out; ``names`` are
    what cases are shown as that stand for something else. Raises AssemblerError when the specs are broken or it cannot
    be told which report is meant.
    """
    specs = library(settings)
    report = _gathering(specs, name)
    cases = cases_in(folders, names)
    found: list[GatheredCase | Unread | None] = []
    for done, folder in enumerate(cases):
        progress(READ, done, len(cases))
        found.append(_gathered_case(folder, cases[folder], report, specs, with_errors))
    unread = tuple(one for one in found if isinstance(one, Unread))
    taken = (one.gathered if isinstance(one, Unread) and one.taken else one for one in found)
    good = tuple(one for one in taken if isinstance(one, GatheredCase))
    return Gathered(report, specs, good, unread, sum(one is None for one in found))


def _gathering(specs: Library, name: str) -> ReportSpec:
    """The report of that name, or the only one that is made of cases."""
    known = {report.id: report for report in specs.reports.values() if report.gather}
    if name in known:
        return known[name]
    if len(known) == 1 and not name:
        return next(iter(known.values()))
    code = "gather-several" if known and not name else "gather-no-report"
    raise AssemblerError([problem(code, name=name or "?", known="، ".join(known) or "—")], ExitCode.USAGE)


@paused_collector()
def _gathered_case(
    folder: Path, shown: str, report: ReportSpec, specs: Library, with_errors: bool
) -> GatheredCase | Unread | None:
    """What a case gives, or why it gives nothing; None of a case of another report."""
    assert report.gather is not None
    case, problems = read_case(folder, specs)
    if case is None:
        return Unread(shown, tuple(problems))
    if case.report != report.gather.source:
        return None
    source = specs.reports[case.report]
    period, unplaced = evaluate_period(case, source, specs)
    judged = in_order((*judge(case, problems, specs).problems, *unplaced))
    if period is None:
        return Unread(shown, judged)
    found, failed = evaluate_gathered(case, shown, period, source, specs, report.gather)
    counting = [each for each in in_order((*judged, *failed)) if each.code not in OF_PREVIOUS]
    return Unread(shown, tuple(counting), with_errors, found) if has_errors(counting) else found
