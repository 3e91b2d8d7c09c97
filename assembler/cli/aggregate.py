"""``assembler aggregate CASES… --out DIR``."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from assembler.actions.build import build
from assembler.actions.extract import as_folders
from assembler.base.messages import fill, translate
from assembler.base.periods import Period
from assembler.base.persian import latin_digits
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.cases.gather.findings import Compared, Finding, Missing, Range, compare, whole_range
from assembler.cases.gather.gathering import Gathered, gather
from assembler.cases.gather.tables import Rows, table_rows
from assembler.cases.gather.units import read_units
from assembler.cases.gather.writing import write_case
from assembler.cli.build import tell
from assembler.cli.case_fields import pairs
from assembler.cli.console import progress_bar, show_problems, with_engine, with_settings
from assembler.cli.unread import show_list, unread_line
from assembler.collect.case_fields import CaseFields
from assembler.collect.files.starting import refuse_used
from assembler.model.answers import Answer, Case
from assembler.model.folders import CaseFolder
from assembler.pipeline import case_at, read

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
_PERIOD = re.compile(r"(\d{4})[/-](\d{1,2})")

Bound = tuple[int, int] | None


def _period(_context: click.Context, _option: click.Parameter, typed: str | None) -> Bound:
    if typed is None:
        return None
    found = _PERIOD.fullmatch(latin_digits(typed).strip())
    if found is None:
        raise click.BadParameter(f"{typed!r} is no YEAR/PERIOD, such as 1405/1.")
    return int(found.group(1)), int(found.group(2))


@click.command("aggregate")
@click.argument("cases", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=_NEW_FOLDER, required=True, help="The folder of the report's own case.")
@click.option("--units", type=_FILE, help="The units that were expected: Excel (.xlsx) or CSV, a row a unit.")
@click.option("--sheet", default="", help="The sheet of the units' workbook; the first when left out.")
@click.option("--xlsx", type=_NEW_FILE, help="Where the tables go as Excel; OUT/<its name>.xlsx when left out.")
@click.option("--report", default="", metavar="ID", help="The report to make, where there are several.")
@click.option("--from", "first", callback=_period, metavar="YEAR/PERIOD", help="The first period; that of the cases.")
@click.option("--to", "last", callback=_period, metavar="YEAR/PERIOD", help="The last period; that of the cases.")
@click.option("--with-errors", is_flag=True, help="Take cases that have errors too, and name them.")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A field of the report's case.")
@click.option("--build/--no-build", "built", default=True, help="Build the report (the default), or only write it.")
@with_settings
@with_engine("auto", "libreoffice", "draft")
def command(
    cases: tuple[Path, ...],
    out: Path,
    units: Path | None,
    sheet: str,
    xlsx: Path | None,
    report: str,
    first: Bound,
    last: Bound,
    with_errors: bool,
    given: tuple[str, ...],
    built: bool,
    settings: Settings,
) -> None:
    """Make one report of many cases, named one by one or by the folders they stand in, and its tables as Excel. A PDF
    that `assembler` built stands for the case it carries.

    Units without a case and figures that do not agree are named and change nothing. A case that cannot be read or has
    errors is listed and left out. What people wrote into OUT stays; the gathered tables are written anew.
    """
    read_from = click.get_current_context().with_resource(as_folders(cases))
    with progress_bar() as progress:
        found = gather(list(read_from), settings, report, with_errors, progress, read_from)
    assert found.report.gather is not None
    source = found.library.reports[found.report.gather.source]
    expected = read_units(units, source, sheet) if units else ()
    compared = compare(found.cases, found.unread, expected, _span(found, first, last), found.report.gather)
    if not compared.cases:
        labels = {"first": compared.range.first.label, "last": compared.range.last.label}
        raise AssemblerError([problem("gather-none-in-range", **labels)], ExitCode.USAGE)
    rows = table_rows(found.report.gather, compared, found.unread)
    _write(out, found, compared, rows, given)
    _show(found, compared, rows)
    _workbook(out, xlsx or out / f"{out.resolve().name}.xlsx", found, settings)
    if built:
        with progress_bar() as progress:
            made = build(out, CaseFolder(out).output.path, settings, progress)
        if made.problems:
            show_problems(made.problems, pages=made.receipt.item_pages)
        tell(made)
    if any(not case.taken for case in found.unread):
        sys.exit(ExitCode.ANSWERS)


def _span(found: Gathered, first: Bound, last: Bound) -> Range:
    """The periods asked for, by the cadence of the cases; from their first to their last otherwise."""
    if not found.cases:
        show_problems([each for case in found.unread for each in case.errors], sys.stderr)
        assert found.report.gather is not None
        raise AssemblerError([problem("gather-none", name=found.report.gather.source)], ExitCode.ANSWERS)
    span = whole_range(found.cases)
    try:
        return Range(_bound(first, span.first), _bound(last, span.last))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--from, --to") from error


def _bound(typed: Bound, found: Period) -> Period:
    return Period(*typed, found.months, found.start) if typed else found


# ---------------------------------------------------------------- writing


def _write(out: Path, found: Gathered, compared: Compared, rows: Rows, given: Sequence[str]) -> None:
    before = _before(out, found)
    fields = CaseFields(found.report, found.library)
    fields.values = dict(before.fields.values) if before else {}
    fields.set(pairs(given))
    fields.propose()
    values: Mapping[str, Answer] = fields.values
    write_case(out, found.report, found.library, values, compared.range, rows.tables, before)


def _before(out: Path, found: Gathered) -> Case | None:
    """The case that stands there; one that cannot be read whole is not written over."""
    if not CaseFolder(out).case_file.exists():
        refuse_used(out)
        return None
    case, _ = case_at(out, found.library, "answers")
    if case.report != found.report.id:
        raise AssemblerError([problem("case-exists", name=str(out))], ExitCode.USAGE)
    return case


def _workbook(out: Path, path: Path, found: Gathered, settings: Settings) -> None:
    from assembler.cases.gather.workbook import write_workbook  # openpyxl loads slowly

    assert found.report.gather is not None
    forms = read(out, settings).forms
    targets = (table.target.rpartition(".") for table in found.report.gather.tables)
    write_workbook([forms[form].items[item] for form, _, item in targets], path)
    click.echo(fill("Written: {path}", path=path))


# ---------------------------------------------------------------- telling


def _show(found: Gathered, compared: Compared, rows: Rows) -> None:
    left = [case for case in found.unread if not case.taken]
    taken = [case for case in found.unread if case.taken]
    first, last = compared.range.first.label, compared.range.last.label
    click.echo(fill("From {first} to {last}", first=first, last=last))
    click.echo(fill("Cases taken: {taken}; left out: {left}; of other reports: {others}",
                    taken=len(compared.cases), left=len(left), others=found.others))  # fmt: skip
    more = translate("and {count} more, in the report")
    show_list(translate("Cases left out"), [unread_line(case) for case in left], more)
    show_list(translate("Cases taken with errors"), [unread_line(case) for case in taken], more)
    show_list(translate("Missing"), [_missing_line(each) for each in compared.missing], more)
    show_list(translate("What does not agree"), [_finding_line(each) for each in rows.findings], more)


def _missing_line(each: Missing) -> str:
    return f"{each.unit}  {each.period.label}  {each.problem.message}"


def _finding_line(each: Finding) -> str:
    words = (f"[{each.problem.code}]", each.unit, each.period, each.problem.message)
    return "  ".join(filter(None, words))
