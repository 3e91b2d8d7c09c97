"""``assembler collect CASE DIR``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.actions.exchange import Imported, merge_books, read_books
from assembler.actions.hand_out import returned, workbooks_in
from assembler.actions.open_case import OpenCase, open_case
from assembler.base.garbage import paused_collector
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, with_settings
from assembler.cli.imported import left_over, preferred, settle, tell
from assembler.records.lock import case_lock


@click.command("collect")
@click.argument("case", type=FOLDER)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Show what would change and who is missing; write nothing.")
@click.option("--with-errors", is_flag=True, help="Write what could be read, in spite of errors. Conflicts stay out.")
@click.option("--prefer", metavar="FILE|case", help="Whose side is taken where two changed the same differently.")
@with_settings
def command(
    case: Path,
    folder: Path,
    dry_run: bool,
    with_errors: bool,
    prefer: str | None,
    settings: Settings,
) -> None:
    """Read all workbooks in DIR that came back from departments, merge them into CASE, and list who is missing."""
    files = workbooks_in(folder)
    side = preferred(prefer, files)
    with case_lock(case, "collect"), paused_collector():
        opened = open_case(case, settings)
        imported = merge_books(opened, *read_books(opened, files), side)
        tell(imported)
        _tell_units(opened, imported)
        imported = settle(opened, imported, dry_run=dry_run, with_errors=with_errors)
    sys.exit(left_over(imported))


def _tell_units(opened: OpenCase, imported: Imported) -> None:
    words = {
        "filled": translate("sent back"),
        "unchanged": translate("sent back without a change"),
        "missing": translate("nothing came back"),
    }
    found = returned(opened, imported)
    for each in found:
        click.echo(f"{each.unit}: {words[each.state]}")
    missing = sum(each.state != "filled" for each in found)
    if missing:
        click.echo(fill("Units still to be waited for: {count}", count=missing))
