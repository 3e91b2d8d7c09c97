"""Starts a case: its fields are gathered, then its folder is written with every file ready to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from assembler.actions.intake import Scrap
from assembler.actions.known_headers import remember
from assembler.actions.new_from import Source, source_of, with_scraps
from assembler.actions.reports import report_named
from assembler.base.expressions import parse, reference_of
from assembler.base.problems import Problem
from assembler.base.settings import Settings
from assembler.collect.case_fields import CaseFields
from assembler.collect.files.carrying import CarriedCase, Lost, Offer, carry_over
from assembler.collect.files.starting import refuse_used, start_case
from assembler.evaluate import evaluate_period, in_year
from assembler.model.answers import AnsweredForm, Case
from assembler.model.folders import LEFT_FILE
from assembler.model.years import year_of
from assembler.pipeline import library

__all__ = ["CaseFields", "NewCase", "Started", "begin"]


@dataclass(frozen=True)
class Started:
    """A case that was started: its files, how many answers of another case wait to be confirmed, and the answers of
    that which were not taken over, as ``form.item`` or the whole form.

    ``offered`` were taken for questions whose labels are alike, ``lost`` found none; both stand in ``left_file``.
    """

    folder: Path
    files: tuple[Path, ...]
    taken: int = 0
    left: tuple[str, ...] = ()
    offered: tuple[Offer, ...] = ()
    lost: tuple[Lost, ...] = ()

    @property
    def left_file(self) -> Path | None:
        """Where it is told what came otherwise or not at all; None when everything found its place by name."""
        return self.folder / LEFT_FILE if self.offered or self.lost else None


@dataclass(frozen=True)
class NewCase:
    """A case that is about to be started: ``fields`` may be asked, then ``start`` writes it.

    ``problems`` are what could not be read of the case whose answers are taken over; that stays behind.
    """

    folder: Path
    fields: CaseFields
    taken: CarriedCase
    problems: tuple[Problem, ...] = ()
    source: Source | None = None
    held: ExitStack = field(default_factory=ExitStack)  # what it is taken from stands that long

    @property
    def scraps(self) -> tuple[Scrap, ...]:
        """The file of others it is taken from, with what its tables are taken for."""
        return self.source.scraps if self.source else ()

    def start(self) -> Started:
        """Writes the folder of the case; fields that are still blank stand as the report proposes them.

        Raises AssemblerError: the folder holds something by now, or cannot be written.
        """
        with self.held:
            return self._started()

    def _started(self) -> Started:
        self.fields.propose()
        report, specs = self.fields.report, self.fields.library
        year = year_of(report.years, replace(self.taken.fields, values=self.fields.values)) if report.years else None
        taken = self.taken.with_fields(self.fields.values, year)
        specs = in_year(Case(self.folder.name, self.folder, report.id, taken.fields, {}), specs)
        files = start_case(self.folder, specs.reports[report.id], specs, taken)
        for scrap in self.scraps:
            remember(self.folder, scrap.learnt)
        return Started(self.folder, files, taken.count, taken.left, taken.offered, taken.lost)


def begin(
    report: str,
    folder: Path,
    settings: Settings,
    given: Iterable[tuple[str, str]] = (),
    other: Path | None = None,
    said: Sequence[str] = (),
) -> NewCase:
    """A case of a report that can be started in a folder, with the fields that are given as they are typed, and the
    answers of another case: its folder, the PDF that carries it, or a Word or PDF file whose tables are those of the
    report. ``said`` is what its tables are, as in ``import_books``. Nothing is written yet.

    Raises AssemblerError: there is no such report, the folder is used, a field is wrong, the other case cannot be read.
    """
    specs = library(settings)
    spec = report_named(report, specs.reports.values())
    folder = folder.resolve()
    refuse_used(folder)
    fields = CaseFields(spec, specs)
    fields.set(given)
    with ExitStack() as stack:
        source = source_of(other, fields, folder, settings, said, stack) if other else None
        taken = _taken(source, fields)
        fields.values = {**taken.fields.values, **fields.values}
        return NewCase(folder, fields, taken, source.problems if source else (), source, stack.pop_all())


def _taken(source: Source | None, fields: CaseFields) -> CarriedCase:
    """What is taken over from another case; fields that were given anew are not."""
    if source is None:
        return CarriedCase(AnsweredForm("case", {}, {}), {})
    case = source.case
    fields.proposed = {} if source.imported else _next_period(case, fields)
    taken = carry_over(case, fields.report, fields.library, (*fields.values, *fields.proposed))
    if source.is_file:
        taken = replace(taken, before=None)  # the folder it stands in is gone when the case is there
    return with_scraps(taken, source, fields.library)


def _next_period(case: Case, fields: CaseFields) -> Mapping[str, str]:
    """The fields that say which period follows that of a case of the same report."""
    periods = fields.report.periods if case.report == fields.report.id else None
    found, _ = evaluate_period(case, fields.report, fields.library) if periods else (None, ())
    if periods is None or found is None:
        return {}
    following = found.period.next
    told = {periods.year: following.year, periods.number: following.number}
    named = {reference_of(parse(expression.source)): str(value) for expression, value in told.items()}
    return {one.name: value for one, value in named.items() if one and one.form == "case"}
