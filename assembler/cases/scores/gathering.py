"""Reads the scores of many cases, one by one, and says which give none and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.answers import read_case
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.progress import READ, Progress, silent
from assembler.base.settings import Settings
from assembler.cases.folders import NO_NAMES, OF_PREVIOUS, cases_in
from assembler.evaluate.scorecard import score_card
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.reports import Library, ReportSpec
from assembler.model.unread import UnreadCase
from assembler.packet import report_scope
from assembler.pipeline import judge, library
from assembler.views.ranking import CaseScores, case_scores


@dataclass(frozen=True)
class Compared:
    """The cases of a report by their scores, in the order of their folders; ``unread`` have errors, ``others`` counts
    those of other reports and of reports without scores. Without any case with scores there is no report either.
    """

    report: ReportSpec | None
    cases: tuple[CaseScores, ...]
    unread: tuple[UnreadCase, ...]
    others: int


def compare(
    folders: Sequence[Path],
    settings: Settings,
    name: str = "",
    with_errors: bool = False,
    progress: Progress = silent,
    names: Mapping[Path, str] = NO_NAMES,
) -> Compared:
    """Reads the scores of the cases in folders and below them, of the report of that name or the only one they are of.

    A case that cannot be read, or has errors and is not asked for ``with_errors``, is listed and left out; ``names``
    are what cases are shown as that stand for something else. Raises AssemblerError when the specs are broken, the
    cases are of several reports with scores, or none could be taken; then the errors of the cases come with it.
    """
    reading = _Reading(library(settings), name, with_errors)
    cases = cases_in(folders, names)
    for done, folder in enumerate(cases):
        progress(READ, done, len(cases))
        reading.take(folder, cases[folder])
    return reading.result


class _Reading:
    """What was read so far; the first case with scores says of which report all are to be."""

    def __init__(self, specs: Library, name: str, with_errors: bool) -> None:
        self._specs, self._name, self._with_errors = specs, name, with_errors
        self._known = {report.id: report for report in specs.reports.values() if report.scores}
        self._report = self._known.get(name)
        self._cases: list[CaseScores] = []
        self._unread: list[UnreadCase] = []
        self._others = 0
        if name and self._report is None:
            raise self._wrong("scores-no-report")

    def _wrong(self, code: str) -> AssemblerError:
        known = "، ".join(self._known) or "—"
        return AssemblerError([problem(code, name=self._name, known=known)], ExitCode.USAGE)

    @paused_collector()
    def take(self, folder: Path, shown: str) -> None:
        """Reads a case; raises AssemblerError when it cannot be told which report is meant."""
        case, problems = read_case(folder, self._specs)
        if case is None:
            self._unread.append(UnreadCase(shown, tuple(problems)))
        elif self._is_meant(self._known.get(case.report)):
            self._score(case, shown, problems)
        else:
            self._others += 1

    def _is_meant(self, report: ReportSpec | None) -> bool:
        if report is None:
            return False
        if self._report is None:
            self._report = report
        if report is not self._report and not self._name:
            raise self._wrong("scores-several")
        return report is self._report

    def _score(self, case: Case, shown: str, problems: Sequence[Problem]) -> None:
        reading = judge(case, problems, self._specs)
        counting = tuple(found for found in reading.problems if found.code not in OF_PREVIOUS)
        taken = not has_errors(counting) or self._with_errors
        if has_errors(counting):
            self._unread.append(UnreadCase(shown, counting, taken))
        if taken:
            self._cases.append(_scores(shown, self._specs.reports[case.report], reading.forms))

    @property
    def result(self) -> Compared:
        return Compared(self._report, tuple(self._cases), tuple(self._unread), self._others)


def _scores(shown: str, report: ReportSpec, forms: Mapping[str, FilledForm]) -> CaseScores:
    card = score_card(report, forms)
    assert report.scores is not None
    assert card is not None
    scope = report_scope(report, forms)
    agency, province = (" ".join(scope.text(text).split()) for text in (report.scores.agency, report.scores.province))
    return case_scores(shown, agency or shown, province, card)
