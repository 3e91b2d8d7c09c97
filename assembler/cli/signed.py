"""``assembler signed CASE LETTER FILE``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.base.messages import fill
from assembler.base.persian import format_date, parse_date
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_in
from assembler.cli.console import DATE, problem_lines
from assembler.cli.paths import FILE, FOLDER
from assembler.cli.say import say


@click.command("signed")
@click.argument("case", type=FOLDER)
@click.argument("letter")
@click.argument("file", type=FILE)
@click.option("--date", type=DATE, help="The day it was signed; today when left out.")
@click.option(
    "--registry", type=FILE, help="The registry of its number; the one the case was issued with when left out."
)
def command(case: Path, letter: str, file: Path, date: jdatetime.date | None, registry: Path | None) -> None:
    """Keep FILE, the scan of the signed LETTER, beside what was issued last, and record it in the registry.

    Run again with the same scan, it records what the registry does not know yet.
    """
    from assembler.actions.signed import signed

    done = signed(case, letter, file, date or jdatetime.date.today(), registry)
    for line in problem_lines(done.notes):
        say(line)
    signed_on = parse_date(done.copy.date)
    with printed_in(done.tongue):
        words = {"number": with_persian_digits(done.copy.number), "date": format_date(signed_on) if signed_on else "—"}
    if done.is_new:
        say(fill("Letter {number}: signed on {date}", **words))
    else:
        say(fill("The case had this signed copy of {number} already, signed on {date}.", **words))
    if done.is_recorded:
        say(fill("Recorded: {number}", number=done.copy.number))
