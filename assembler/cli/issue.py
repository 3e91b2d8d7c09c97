"""``assembler issue CASE``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.base.messages import fill, translate
from assembler.base.persian import format_date, parse_date
from assembler.base.settings import Settings
from assembler.cli.console import DATE, FOLDER, progress_bar, show_problems, with_engine, with_settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("issue")
@click.argument("case", type=FOLDER)
@click.option("--registry", type=_FILE, help="The registry that gives the number and records the letter.")
@click.option("--letter", default="", metavar="NAME", help="The letter that is numbered; the first one when left out.")
@click.option("--date", type=DATE, help="The date of the letter; today when left out.")
@click.option("--number", default="", metavar="TEXT", help="The number, where no registry gives it.")
@with_settings
@with_engine("auto", "libreoffice")
def command(
    case: Path,
    registry: Path | None,
    letter: str,
    date: jdatetime.date | None,
    number: str,
    settings: Settings,
) -> None:
    """Freeze what goes out: number and date of the letter, the final PDF, and a read-only copy in CASE/revisions.

    A number typed into the answers is kept. Issued again after a correction, the letter gets a new number, follows the
    earlier one and carries the sheet of corrections.
    """
    from assembler.actions.issue import issue

    today = jdatetime.date.today()
    with progress_bar() as progress:
        issued = issue(
            case, settings, today, registry=registry, letter=letter, date=date, number=number, progress=progress
        )
    problems = (*(issued.built.problems if issued.built else ()), *issued.notes)
    if problems:
        show_problems(problems, pages=issued.built.receipt.item_pages if issued.built else {})
    revision = issued.revision
    if not issued.is_new:
        click.echo(translate("Nothing changed since; what was missing in the registry was added."))
    click.echo(
        fill(
            "Revision {revision}: {path} (pages: {pages})",
            revision=revision.number,
            path=revision.pdf_path,
            pages=revision.pages,
        )
    )
    if issued.letter:
        day = parse_date(issued.letter.date)
        shown = format_date(day) if day else "—"
        click.echo(fill("Letter number {number}, dated {date}", number=issued.letter.number, date=shown))
    if issued.recorded:
        click.echo(fill("Recorded: {number}", number=issued.recorded.number))
