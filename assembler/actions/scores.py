"""Ranks the agencies of many cases by their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.actions.extract import as_folders
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.cases.scores.gathering import Compared, compare
from assembler.model.reports import ScoreCardSpec
from assembler.model.specs import Stage
from assembler.model.unread import UnreadCase
from assembler.views import json
from assembler.views.ranking import CaseScores, Ranking, Standing, common_stage, rank, same_agencies

__all__ = ["CaseScores", "Ranking", "Scored", "Standing", "same_agencies", "scores", "scores_json", "write_workbook"]


@dataclass(frozen=True)
class Scored:
    """The cases of a report by rank; ``unread`` have errors, ``others`` counts those of other reports. Without any case
    with scores there is no ranking.
    """

    compared: Compared
    ranking: Ranking | None

    @property
    def spec(self) -> ScoreCardSpec:
        """How the report is scored, where there is a ranking."""
        assert self.compared.report is not None
        assert self.compared.report.scores is not None
        return self.compared.report.scores

    @property
    def unread(self) -> tuple[UnreadCase, ...]:
        return self.compared.unread

    @property
    def others(self) -> int:
        return self.compared.others


def scores(
    cases: Sequence[Path],
    settings: Settings,
    *,
    stage: Stage | None = None,
    report: str = "",
    with_errors: bool = False,
    progress: Progress = silent,
) -> Scored:
    """The cases in folders and below them, and those that PDFs carry, ranked in a stage or the last all have reached.

    A case that cannot be read, or has errors and is not asked for ``with_errors``, is listed and left out. Raises
    AssemblerError: the specs are broken, a PDF carries no case, the cases are of several reports with scores.
    """
    with as_folders(cases) as read_from:
        found = compare(list(read_from), settings, report, with_errors, progress, read_from)
    ranking = rank(found.cases, stage or common_stage(found.cases)) if found.cases else None
    return Scored(found, ranking)


def scores_json(found: Scored) -> list[json.Json]:
    """The cases by rank, then those that were left out, each with its errors."""
    assert found.ranking is not None
    return json.scores_json(found.ranking, [axis.name for axis in found.spec.axes], found.unread)


def write_workbook(found: Scored, path: Path) -> None:
    """Writes the ranking to a workbook. Raises AssemblerError (``output-unwritable``)."""
    from assembler.cases.scores import workbook  # openpyxl loads slowly

    assert found.ranking is not None
    workbook.write_workbook(found.compared, found.ranking, path)
