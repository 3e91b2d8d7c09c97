"""Starts a case: its fields are gathered, then its folder is written with every file ready to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.collect.case_fields import CaseFields
from assembler.collect.files.carrying import CarriedCase, carry_over
from assembler.collect.files.starting import refuse_used, start_case
from assembler.model.answers import AnsweredForm
from assembler.model.reports import Library, ReportSpec
from assembler.pipeline import case_at, library

__all__ = ["CaseFields", "NewCase", "Started", "begin"]


@dataclass(frozen=True)
class Started:
    """A case that was started: its files, how many answers of another case wait to be confirmed, and the answers of
    that which were not taken over, as ``form.item`` or the whole form.
    """

    folder: Path
    files: tuple[Path, ...]
    taken: int = 0
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewCase:
    """A case that is about to be started: ``fields`` may be asked, then ``start`` writes it.

    ``problems`` are what could not be read of the case whose answers are taken over; that stays behind.
    """

    folder: Path
    fields: CaseFields
    taken: CarriedCase
    problems: tuple[Problem, ...] = ()

    def start(self) -> Started:
        """Writes the folder of the case; fields that are still blank stand as the report proposes them.

        Raises AssemblerError: the folder holds something by now, or cannot be written.
        """
        self.fields.propose()
        taken = replace(self.taken, fields=replace(self.taken.fields, values=self.fields.values))
        files = start_case(self.folder, self.fields.report, self.fields.library, taken)
        return Started(self.folder, files, taken.count, taken.left)


def begin(
    report: str, folder: Path, settings: Settings, given: Iterable[tuple[str, str]] = (), other: Path | None = None
) -> NewCase:
    """A case of a report that can be started in a folder, with the fields that are given as they are typed, and the
    answers of another case. Nothing is written yet.

    Raises AssemblerError: there is no such report, the folder is used, a field is wrong, the other case cannot be read.
    """
    specs = library(settings)
    spec = _report(report, specs)
    folder = folder.resolve()
    refuse_used(folder)
    fields = CaseFields(spec, specs)
    fields.set(given)
    taken, problems = _taken(other, fields)
    fields.values = {**taken.fields.values, **fields.values}
    return NewCase(folder, fields, taken, problems)


def _report(name: str, specs: Library) -> ReportSpec:
    if name in specs.reports:
        return specs.reports[name]
    fault = problem("unknown-report", name=name, guess=guess(name, specs.reports), known="، ".join(specs.reports))
    raise AssemblerError([fault], ExitCode.USAGE)


def _taken(other: Path | None, fields: CaseFields) -> tuple[CarriedCase, tuple[Problem, ...]]:
    """What is taken over from another case; fields that were given anew are not."""
    if other is None:
        return CarriedCase(AnsweredForm("case", {}, {}), {}), ()
    case, problems = case_at(other, fields.library, "files")
    return carry_over(case, fields.report, fields.library, tuple(fields.values)), problems
