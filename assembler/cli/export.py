"""``assembler export CASE FILE.xlsx``."""

from __future__ import annotations

from pathlib import Path

import click
import jdatetime

from assembler.actions.export import export
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import today_option, with_settings
from assembler.cli.paths import FOLDER, NEW_FILE
from assembler.cli.say import say


@click.command("export")
@click.argument("case", type=FOLDER)
@click.argument("file", type=NEW_FILE)
@click.option("--forms", "names", multiple=True, metavar="FORM", help="A form; may be repeated. All when left out.")
@click.option("--unit", metavar="NAME", help="What one unit of units.yaml answers.")
@today_option
@with_settings
def command(
    case: Path,
    file: Path,
    names: tuple[str, ...],
    unit: str | None,
    today: jdatetime.date,
    settings: Settings,
) -> None:
    """Write FILE, a workbook with a sheet a form and the answers so far, to be filled in and imported again.

    The workbook remembers what it was given, so that only what somebody changes in it is taken back.
    """
    if unit is not None and names:
        raise click.UsageError(translate("Give either --forms or --unit."))
    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter(fill("«{text}» does not end in .xlsx.", text=file.name), param_hint=translate("FILE"))
    done = export(case, file, settings, today, forms=names, unit=unit)
    say(fill("Written: {path}", path=done.path))
    say(fill("Sheets to fill in: {count}", count=len(done.share.forms)))
