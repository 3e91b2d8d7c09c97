"""``assembler import CASE FILE.xlsx…``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from assembler.actions.import_ import import_books
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.imported import anyway_option, asks_whose, left_over, prefer_option, tell, tell_end
from assembler.cli.paths import FILE, FOLDER


@click.command("import")
@click.argument("case", type=FOLDER)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--with-errors", is_flag=True, help="Write what could be read, in spite of errors. Conflicts stay out.")
@anyway_option
@prefer_option
@with_settings
def command(
    case: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    with_errors: bool,
    anyway: bool,
    prefer: tuple[str, ...],
    settings: Settings,
) -> None:
    """Read workbooks that were exported from CASE and filled in, and write what changed in them into its answers.

    Several workbooks are merged. What two sides changed differently is shown side by side, and then nothing is written.
    """
    read = partial(import_books, case, files, settings, prefer=prefer, dry_run=dry_run, with_errors=with_errors)
    imported = read(anyway=anyway)
    if not imported.written and asks_whose(imported):
        imported = read(anyway=True)
    tell(imported)
    tell_end(imported, dry_run=dry_run, with_errors=with_errors)
    sys.exit(left_over(imported))
