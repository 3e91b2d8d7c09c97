"""``assembler signed CASE LETTER FILE``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.base.messages import fill
from assembler.base.persian import format_date
from assembler.cli.console import DATE, FOLDER


@click.command("signed")
@click.argument("case", type=FOLDER)
@click.argument("letter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", type=DATE, help="The day it was signed; today when left out.")
def command(case: Path, letter: str, file: Path, date: jdatetime.date | None) -> None:
    """Keep FILE, the scan of the signed LETTER, beside what was issued last."""
    from assembler.actions.signed import signed

    day = date or jdatetime.date.today()
    copy = signed(case, letter, file, day)
    click.echo(fill("Letter {number}: signed on {date}", number=copy.number, date=format_date(day)))
