"""``assembler import CASE FILE.xlsx…``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.actions.import_ import import_books
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, with_settings
from assembler.cli.imported import left_over, tell, tell_end

WORKBOOK = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("case", type=FOLDER)
@click.argument("files", nargs=-1, required=True, type=WORKBOOK)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--with-errors", is_flag=True, help="Write what could be read, in spite of errors. Conflicts stay out.")
@click.option("--prefer", metavar="FILE|case", help="Whose side is taken where two changed the same differently.")
@with_settings
def command(
    case: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    with_errors: bool,
    prefer: str | None,
    settings: Settings,
) -> None:
    """Read workbooks that were exported from CASE and filled in, and write what changed in them into its answers.

    Several workbooks are merged. What two sides changed differently is shown side by side, and then nothing is written.
    """
    imported = import_books(case, files, settings, prefer=prefer or "", dry_run=dry_run, with_errors=with_errors)
    tell(imported)
    tell_end(imported, dry_run=dry_run, with_errors=with_errors)
    sys.exit(left_over(imported))
