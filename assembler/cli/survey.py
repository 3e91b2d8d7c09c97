"""``assembler survey CASE FILE…``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from assembler.actions.survey import Imported, Responses, count, survey
from assembler.base.messages import fill, number, translate
from assembler.base.settings import Settings
from assembler.cli.console import progress_bar, show_problems, with_settings
from assembler.cli.paths import FILE, FOLDER
from assembler.cli.say import say


@click.command("survey")
@click.argument("case", type=FOLDER)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Count and report only; write nothing.")
@click.option("--service", metavar="COLUMN", help="The column that says which service a response is about.")
@click.option("--period", metavar="COLUMN", help="The column that says which period it belongs to.")
@click.option("--columns", type=FILE, help="A YAML file of «name: header», where headers tell too little.")
@click.option("--sheet", "sheets", multiple=True, help="A sheet of a workbook; may be repeated. The first otherwise.")
@click.option("--encoding", default="", help="The encoding of text files; found out when left out.")
@click.option("--form", default="", help="The questionnaire, where the report has several.")
@with_settings
def command(
    case: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    service: str | None,
    period: str | None,
    columns: Path | None,
    sheets: tuple[str, ...],
    encoding: str,
    form: str,
    settings: Settings,
) -> None:
    """Count responses of the survey, CSV or Excel, and write the results into CASE.

    Responses that cannot be counted are set aside with their reason in set-aside.csv of the case.
    """
    responses = Responses(files, form, columns, service, period, sheets, encoding)
    with progress_bar() as progress:
        imported = (count if dry_run else survey)(case, responses, settings, progress)
    _tell(imported, dry_run)


def _tell(imported: Imported, dry_run: bool) -> None:
    shown = (*imported.remarks, *imported.tally.shown)
    if shown:
        show_problems(shown)
    for line in _lines(imported):
        say(line)
    for path in imported.put_aside:
        say(fill("A file changed by hand was kept as {path}", path=path))
    for path in imported.written:
        say(fill("Written: {path}", path=path))
    if dry_run:
        say(translate("Nothing was written, as asked."))


def _lines(imported: Imported) -> Iterator[str]:
    tally, questionnaire = imported.tally, imported.questionnaire
    yield fill(
        "Rows read: {rows}; responses counted: {counted}, set aside: {aside}; blank rows: {blank}",
        rows=tally.rows,
        counted=tally.whole.responses,
        aside=tally.set_aside,
        blank=tally.blank_rows,
    )
    for code, times in sorted(tally.faults.items()):
        yield f"  {code}: {number(times)}"
    if tally.numbers_read:
        order = (questionnaire.levels[at].label for at in questionnaire.numbers)
        meanings = "، ".join(f"{number(at)} = {label}" for at, label in enumerate(order, start=1))
        yield fill("Numbers were read as levels: {meanings}", meanings=meanings)
    inverted = [question.number for question in questionnaire.questions if question.inverted]
    if inverted:
        yield fill("Questions counted from the other end: {names}", names="، ".join(inverted))
    if tally.comments or tally.comments_rest:
        listed, rest = len(tally.comments), tally.comments_rest
        yield fill("Comments listed: {listed}; in the file survey-comments.csv: {rest}", listed=listed, rest=rest)
