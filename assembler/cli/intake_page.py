"""What files of others bring as a page, beside what the terminal tells."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.actions.import_ import Imported
from assembler.base.messages import fill
from assembler.cli.again import given_again
from assembler.cli.paths import NEW_FILE
from assembler.cli.say import say

page_option = click.option(
    "--html",
    "page",
    type=NEW_FILE,
    metavar="FILE",
    help="Write what tables of others are taken for as a page to read and print, each beside what comes of it.",
)


def write_page(imported: Imported, page: Path, case: Path) -> None:
    """Writes it; it tells how to go on with the command that was given."""
    from assembler.actions.intake_page import write_intake  # loaded for a page only

    write_intake(imported, page, case.resolve().name, given_again("write", "dry_run"))
    say(fill("The page of these tables is {path}", path=page))
