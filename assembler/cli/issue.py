"""``assembler issue CASE``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import jdatetime

from assembler.base.messages import fill, translate
from assembler.base.persian import format_date, parse_date
from assembler.base.scripts import with_persian_digits
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.cli.console import DATE, progress_bar, with_engine, with_settings
from assembler.cli.findings import all_option, show_findings
from assembler.cli.paths import FILE, FOLDER
from assembler.cli.say import say

if TYPE_CHECKING:
    from assembler.actions.issue import Issued

_LETTER = re.compile(r"[a-z][a-z0-9-]*")


@click.command("issue")
@click.argument("case", type=FOLDER)
@click.option("--registry", type=FILE, help="The registry that gives the numbers and records the letters.")
@click.option(
    "--letter", default="", metavar="NAME", help="The letter that carries the report; the first when left out."
)
@click.option("--date", type=DATE, help="The date of the letters; today when left out.")
@click.option(
    "--number", "told", multiple=True, metavar="[LETTER=]TEXT",
    help="A number no registry gives, of the letter that is named or the one that carries the report; once for each.",
)  # fmt: skip
@click.option(
    "--unconfirmed", default="", metavar="TEXT", help="Why answers of another case go out that nobody confirmed."
)
@all_option
@with_settings
@with_engine("auto", "libreoffice")
def command(
    case: Path,
    registry: Path | None,
    letter: str,
    date: jdatetime.date | None,
    told: tuple[str, ...],
    unconfirmed: str,
    everything: bool,
    settings: Settings,
) -> None:
    """Freeze what goes out: number and date of each letter, the final PDF, and a read-only copy in CASE/revisions.

    A number typed into the answers is kept. Issued again after a correction, the letter gets a new number, says what
    it amends and carries the sheet of corrections.
    """
    from assembler.actions.issue import issue

    today = jdatetime.date.today()
    with progress_bar() as progress:
        issued = issue(
            case,
            settings,
            today,
            registry=registry,
            letter=letter,
            date=date,
            numbers=_numbers(told),
            unconfirmed=unconfirmed,
            progress=progress,
        )
    _tell(issued, case, everything=everything)


def _tell(issued: Issued, case: Path, *, everything: bool) -> None:
    """What is wrong, then what was frozen, numbered and recorded."""
    problems = (*(issued.built.problems if issued.built else ()), *issued.notes)
    if problems:
        pages = issued.built.receipt.item_pages if issued.built else {}
        show_findings(problems, case, everything=everything, pages=pages)
    revision = issued.revision
    if not issued.is_new:
        say(translate("Nothing changed since; what was missing in the registry was added."))
    say(
        fill(
            "Revision {revision}: {path} (pages: {pages})",
            revision=revision.number,
            path=revision.pdf_path,
            pages=revision.pages,
        )
    )
    for one in revision.letters:
        day = parse_date(one.date)
        with printed_in(issued.tongue):
            words = {"number": with_persian_digits(one.number), "date": format_date(day) if day else "—"}
        say(fill("Letter number {number}, dated {date} [{name}]", **words, name=one.part))
    for entry in issued.recorded:
        say(fill("Recorded: {number}", number=entry.number))


def _numbers(told: tuple[str, ...]) -> dict[str, str]:
    """The numbers by their letters, «» for the one that is not named."""
    found: dict[str, str] = {}
    for text in told:
        letter, equals, number = text.partition("=")
        name, value = (letter.strip(), number) if equals and _LETTER.fullmatch(letter.strip()) else ("", text)
        if name in found:
            raise click.BadParameter(
                fill("«{text}»: a number for this letter was given before.", text=text), param_hint="--number"
            )
        found[name] = value
    return found
