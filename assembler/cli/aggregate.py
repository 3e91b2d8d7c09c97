"""``assembler aggregate CASES… --out DIR``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from assembler.actions.aggregate import Aggregated, Bound, Finding, Missing, aggregate
from assembler.actions.build import build
from assembler.base.messages import fill, translate
from assembler.base.persian import latin_digits
from assembler.base.problems import ExitCode
from assembler.base.settings import Settings
from assembler.cli.build import tell
from assembler.cli.case_fields import pairs
from assembler.cli.console import progress_bar, show_problems, with_engine, with_settings
from assembler.cli.paths import FILE, NEW_FILE, NEW_FOLDER, THERE
from assembler.cli.say import say
from assembler.cli.unread import show_list, unread_line
from assembler.model.folders import CaseFolder

_PERIOD = re.compile(r"(\d{4})[/-](\d{1,2})")


def _period(_context: click.Context, _option: click.Parameter, typed: str | None) -> Bound:
    if typed is None:
        return None
    found = _PERIOD.fullmatch(latin_digits(typed).strip())
    if found is None:
        raise click.BadParameter(fill("«{text}» is no YEAR/PERIOD, such as 1405/1.", text=typed))
    return int(found.group(1)), int(found.group(2))


@click.command("aggregate")
@click.argument("cases", nargs=-1, required=True, type=THERE)
@click.option("--out", type=NEW_FOLDER, required=True, help="The folder of the report's own case.")
@click.option("--units", type=FILE, help="The units that were expected: Excel (.xlsx) or CSV, a row a unit.")
@click.option("--sheet", default="", help="The sheet of the units' workbook; the first when left out.")
@click.option("--xlsx", type=NEW_FILE, help="Where the tables go as Excel; OUT/<its name>.xlsx when left out.")
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
    with progress_bar() as progress:
        found = aggregate(
            cases,
            out,
            settings,
            report=report,
            units=units,
            sheet=sheet,
            first=first,
            last=last,
            with_errors=with_errors,
            given=pairs(given),
            workbook=xlsx,
            progress=progress,
        )
    _show(found)
    say(fill("Written: {path}", path=found.workbook))
    if built:
        with progress_bar() as progress:
            made = build(out, CaseFolder(out).output.path, settings, progress)
        tell(made, out)
    if any(not case.taken for case in found.unread):
        sys.exit(ExitCode.ANSWERS)


# ---------------------------------------------------------------- telling


def _show(found: Aggregated) -> None:
    compared = found.compared
    if found.remarks:
        show_problems(found.remarks)
    left = [case for case in found.unread if not case.taken]
    taken = [case for case in found.unread if case.taken]
    first, last = compared.range.first.label, compared.range.last.label
    say(fill("From {first} to {last}", first=first, last=last))
    say(
        fill(
            "Cases taken: {taken}; left out: {left}; of other reports: {others}",
            taken=len(compared.cases),
            left=len(left),
            others=found.others,
        )
    )
    more = translate("and {count} more, in the report")
    show_list(translate("Cases left out"), [unread_line(case) for case in left], more)
    show_list(translate("Cases taken with errors"), [unread_line(case) for case in taken], more)
    show_list(translate("Missing"), [_missing_line(each) for each in compared.missing], more)
    show_list(translate("What does not agree"), [_finding_line(each) for each in found.findings], more)


def _missing_line(each: Missing) -> str:
    return f"{each.unit}  {each.period.label}  {each.problem.message}"


def _finding_line(each: Finding) -> str:
    words = (f"[{each.problem.code}]", each.unit, each.period, each.problem.message)
    return "  ".join(filter(None, words))
