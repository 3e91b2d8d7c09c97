"""``assembler hand-out CASE DIR``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.actions.hand_out import hand_out
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.console import today_option, with_settings
from assembler.cli.paths import FOLDER, NEW_FOLDER
from assembler.cli.say import say


@click.command("hand-out")
@click.argument("case", type=FOLDER)
@click.argument("folder", metavar="DIR", type=NEW_FOLDER)
@today_option
@with_settings
def command(case: Path, folder: Path, today: jdatetime.date, settings: Settings) -> None:
    """Write a workbook for each unit of units.yaml into DIR, one for what nobody has, and a list of them.

    What comes back is read with `assembler collect`.
    """
    done = hand_out(case, folder, settings, today)
    for each in done.books:
        count = len(each.share.forms)
        say(fill("{unit}: {path}, sheets: {count}", unit=each.share.unit, path=each.path, count=count))
    say(fill("Written: {path}", path=done.listed))
