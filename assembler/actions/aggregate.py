"""Makes one report of many cases: they are read and compared, and the report's own case is written with its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from assembler.actions.extract import as_folders
from assembler.assembly.converting import as_workbook
from assembler.base.periods import Period
from assembler.base.problems import AssemblerError, ExitCode, Problem, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.cases.gather.findings import Compared, Expected, Finding, Missing, Range, compare, whole_range
from assembler.cases.gather.gathering import Gathered, gather
from assembler.cases.gather.tables import Rows, table_rows
from assembler.cases.gather.units import read_units
from assembler.cases.gather.writing import write_case
from assembler.collect.case_fields import CaseFields
from assembler.collect.files.starting import refuse_used
from assembler.model.answers import Case
from assembler.model.folders import CaseFolder
from assembler.model.reports import Gather, ReportSpec
from assembler.model.unread import UnreadCase
from assembler.pipeline import case_at, judged_at
from assembler.records.lock import case_lock

__all__ = ["Aggregated", "Bound", "Finding", "Missing", "aggregate"]

Bound: TypeAlias = tuple[int, int] | None  # year and number of a period; that of the cases when None


@dataclass(frozen=True)
class Aggregated:
    """What was made of which cases: ``unread`` have errors, ``others`` counts those of other reports.

    ``findings`` are what does not agree; ``workbook`` holds the tables; ``remarks`` tell of the list of units.
    """

    compared: Compared
    unread: tuple[UnreadCase, ...]
    others: int
    findings: tuple[Finding, ...]
    workbook: Path
    remarks: tuple[Problem, ...] = ()


def aggregate(
    cases: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    report: str = "",
    units: Path | None = None,
    sheet: str = "",
    first: Bound = None,
    last: Bound = None,
    with_errors: bool = False,
    given: Iterable[tuple[str, str]] = (),
    workbook: Path | None = None,
    progress: Progress = silent,
) -> Aggregated:
    """Writes the case of a report made of many into ``out``, and its tables as a workbook; what people wrote stays.

    ``cases`` are folders of cases, folders above them, and PDFs that carry one; ``units`` is the list of those that
    were expected; ``given`` are fields of the report's case as they are typed.

    Raises AssemblerError: the specs are broken, it cannot be told which report is meant, no case could be taken, or
    ``out`` holds something else or cannot be written.
    """
    with as_folders(cases) as read_from:
        found = gather(list(read_from), settings, report, with_errors, progress, read_from)
    turn = partial(as_workbook, settings=settings)
    expected, remarks = read_units(units, _source(found), sheet, turn) if units else ((), ())
    compared = _compared(found, expected, (first, last))
    rows = table_rows(_gather(found), compared, found.unread)
    with case_lock(out, "aggregate") if CaseFolder(out).case_file.is_file() else nullcontext():
        _write(out, found, compared.range, rows, given)
    path = workbook or out / f"{out.resolve().name}.xlsx"
    _write_workbook(out, path, found)
    return Aggregated(compared, found.unread, found.others, rows.findings, path, remarks)


def _gather(found: Gathered) -> Gather:
    assert found.report.gather is not None
    return found.report.gather


def _source(found: Gathered) -> ReportSpec:
    """The report whose cases are gathered."""
    return found.library.reports[_gather(found).source]


def _compared(found: Gathered, expected: Sequence[Expected], bounds: tuple[Bound, Bound]) -> Compared:
    compared = compare(found.cases, found.unread, expected, _range(found, *bounds), _gather(found))
    if not compared.cases:
        labels = {"first": compared.range.first.label, "last": compared.range.last.label}
        raise AssemblerError([problem("gather-none-in-range", **labels)], ExitCode.USAGE)
    return compared


def _range(found: Gathered, first: Bound, last: Bound) -> Range:
    """The periods asked for, by the cadence of the cases; from their first to their last otherwise."""
    if not found.cases:
        errors = [each for case in found.unread for each in case.errors]
        raise AssemblerError([*errors, problem("gather-none", name=_gather(found).source)], ExitCode.ANSWERS)
    span = whole_range(found.cases)
    return Range(_period(first, span.first), _period(last, span.last))


def _period(told: Bound, of_cases: Period) -> Period:
    if told is None:
        return of_cases
    try:
        return Period(*told, of_cases.months, of_cases.start)
    except ValueError as error:
        name, months = f"{told[0]}/{told[1]}", of_cases.months
        fault = problem("gather-period-unknown", name=name, months=months, count=12 // months)
        raise AssemblerError([fault], ExitCode.USAGE) from error


# ---------------------------------------------------------------- writing


def _write(out: Path, found: Gathered, span: Range, rows: Rows, given: Iterable[tuple[str, str]]) -> None:
    before = _before(out, found)
    fields = CaseFields(found.report, found.library)
    fields.values = dict(before.fields.values) if before else {}
    fields.set(given)
    fields.propose()
    write_case(out, found.report, found.library, fields.values, span, rows.tables, before)


def _before(out: Path, found: Gathered) -> Case | None:
    """The case that stands there; one that cannot be read whole is not written over."""
    if not CaseFolder(out).case_file.exists():
        refuse_used(out)
        return None
    case, _ = case_at(out, found.library, "answers")
    if case.report != found.report.id:
        raise AssemblerError([problem("case-exists", name=str(out))], ExitCode.USAGE)
    return case


def _write_workbook(out: Path, path: Path, found: Gathered) -> None:
    from assembler.cases.gather.workbook import write_workbook  # openpyxl loads slowly

    forms = judged_at(out, found.library).forms
    targets = (table.target.rpartition(".") for table in _gather(found).tables)
    write_workbook([forms[form].items[item] for form, _, item in targets], path)
