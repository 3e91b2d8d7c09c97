"""``assembler import CASE FILE…``."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from assembler.actions.import_ import import_books
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.imported import anyway_option, asks_whose, left_over, prefer_option, tell, tell_end
from assembler.cli.intake import as_option, tell_scraps, write_option
from assembler.cli.intake_page import page_option, write_page
from assembler.cli.paths import FILE, FOLDER


@click.command("import")
@click.argument("case", type=FOLDER)
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--with-errors", is_flag=True, help="Write what could be read, in spite of errors. Conflicts stay out.")
@as_option
@page_option
@write_option
@anyway_option
@prefer_option
@with_settings
def command(
    case: Path,
    files: tuple[Path, ...],
    dry_run: bool,
    with_errors: bool,
    said: tuple[str, ...],
    page: Path | None,
    write: bool,
    anyway: bool,
    prefer: tuple[str, ...],
    settings: Settings,
) -> None:
    """Read workbooks that were exported from CASE and filled in, and write what changed in them into its answers.

    Several workbooks are merged. What two sides changed differently is shown side by side, and then nothing is written.

    Word and Excel files that departments made themselves are read too: it is shown which table of the case each of
    their tables is, and only with --write what is sure goes into the answers.
    """
    read = partial(import_books, case, files, settings, prefer=prefer, dry_run=dry_run, with_errors=with_errors)
    read = partial(read, said=said, write=write)
    imported = read(anyway=anyway)
    if not imported.written and asks_whose(imported):
        imported = read(anyway=True)
    tell_scraps(imported.scraps)
    tell(imported)
    tell_end(imported, dry_run=dry_run, with_errors=with_errors, write=write)
    if page is not None:
        write_page(imported, page, case)
    sys.exit(left_over(imported, write=write))
