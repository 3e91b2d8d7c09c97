"""``assembler letters REPORT --data FILE --out DIR``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.base.messages import fill
from assembler.base.problems import ExitCode, Problem
from assembler.base.settings import Settings
from assembler.cli.console import progress_bar, show_problems, with_engine, with_settings
from assembler.cli.paths import FILE, FOLDER, NEW_FOLDER
from assembler.cli.say import say

if TYPE_CHECKING:
    from assembler.actions.letters import Outcome

_SHOWN = 20  # failed units told on the terminal; failed.csv holds all


@click.command("letters")
@click.argument("report")
@click.option("--data", type=FILE, required=True, help="The list of units: Excel (.xlsx) or CSV, a row a unit.")
@click.option("--out", type=NEW_FOLDER, required=True, help="Output folder.")
@click.option("--base", type=FOLDER, metavar="CASE", help="A case with the answers common to all units.")
@click.option("--sheet", default="", help="The sheet of the workbook; the first when left out.")
@click.option("--name", default="", metavar="COLUMN|PATTERN", help="Names the units; the first column when left out.")
@click.option("--combined", default="combined", show_default=True, metavar="NAME", help="The PDF of all units.")
@click.option("--duplex", is_flag=True, help="Each unit begins on a right-hand page of the combined PDF.")
@click.option("--resume/--fresh", default=True, help="Keep units that are whole (the default), or make all again.")
@click.option("--docx/--no-docx", default=True, help="Keep the parts as Word files, or only the PDFs.")
@click.option("--jobs", type=click.IntRange(0, 64), default=0, help="Processes; one a processor when left out.")
@with_settings
@with_engine("auto", "libreoffice", "draft")
def command(
    report: str,
    data: Path,
    out: Path,
    base: Path | None,
    sheet: str,
    name: str,
    combined: str,
    duplex: bool,
    resume: bool,
    docx: bool,
    jobs: int,
    settings: Settings,
) -> None:
    """Make the letter and annexes of REPORT for every unit of a list: a PDF each, and one of all for printing.

    Columns of the list are fields of the case (`agency`, `case.agency`) or items of forms (`form.item`), by name or
    label; a column that begins with # is a note. A unit that fails does not stop the rest: failed.csv says why.
    """
    from assembler.actions.letters import letters

    with progress_bar() as progress:
        outcome = letters(
            report,
            data,
            out,
            settings,
            base=base,
            sheet=sheet,
            name=name,
            documents=docx,
            combined=combined,
            duplex=duplex,
            fresh=not resume,
            processes=jobs,
            progress=progress,
        )
    _tell(outcome, out)
    if outcome.failures:
        sys.exit(ExitCode.ANSWERS)


def _tell(outcome: Outcome, out: Path) -> None:
    if outcome.warnings:
        show_problems(_each_once(outcome.warnings))
    say(
        fill(
            "Units made: {made}; whole already: {kept}; failed: {failed}",
            made=outcome.made,
            kept=outcome.kept,
            failed=len(outcome.failures),
        )
    )
    if outcome.combined:
        say(fill("{path} (pages: {pages})", path=outcome.combined, pages=outcome.pages))
    if outcome.failures:
        shown = [found for failure in outcome.failures[:_SHOWN] for found in failure.problems]
        show_problems(shown, sys.stderr)
        say(fill("Failed units: {names}", names="، ".join(one.name for one in outcome.failures)), err=True)
        say(fill("All of them, and why: {path}", path=out / "failed.csv"), err=True)


def _each_once(problems: tuple[Problem, ...]) -> list[Problem]:
    """What is said of the same answer of the base case is said once."""
    return list({(found.code, found.place, found.message): found for found in problems}.values())
