"""What files of others bring as a page, beside what the terminal tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from assembler.actions.import_ import Imported
from assembler.base.messages import fill
from assembler.cli.paths import NEW_FILE
from assembler.cli.say import say

page_option = click.option(
    "--html",
    "page",
    type=NEW_FILE,
    metavar="FILE",
    help="Write what tables of others are taken for as a page to read and print, each beside what comes of it.",
)


def write_page(
    imported: Imported, page: Path, case: Path, command: Sequence[str], said: Sequence[str], prefer: Sequence[str]
) -> None:
    """Writes it; ``command`` is the one that was given, which the page tells how to go on with."""
    from assembler.actions.intake_page import write_intake  # loaded for a page only

    options = [
        word for name, values in (("--as", said), ("--prefer", prefer)) for each in values for word in (name, each)
    ]
    write_intake(imported, page, case.resolve().name, ("assembler", *command, "--html", str(page), *options))
    say(fill("The page of these tables is {path}", path=page))
