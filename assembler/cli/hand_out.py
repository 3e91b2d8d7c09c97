"""``assembler hand-out CASE DIR``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.actions.hand_out import LIST, hand_out
from assembler.actions.open_case import open_case
from assembler.base.garbage import paused_collector
from assembler.base.messages import fill
from assembler.base.persian import format_date
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, today_option, with_settings


@click.command("hand-out")
@click.argument("case", type=FOLDER)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@today_option
@with_settings
def command(case: Path, folder: Path, today: jdatetime.date, settings: Settings) -> None:
    """Write a workbook for each unit of units.yaml into DIR, one for what nobody has, and a list of them.

    What comes back is read with `assembler collect`.
    """
    with paused_collector():
        opened = open_case(case, settings)
        found = hand_out(opened, folder, format_date(today))
    for each in found:
        click.echo(fill("{unit}: {path}, sheets: {count}", unit=each.share.unit, path=each.path,
                        count=len(each.share.forms)))  # fmt: skip
    click.echo(fill("Written: {path}", path=folder / LIST))
