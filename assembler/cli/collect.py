"""``assembler collect CASE DIR``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assembler.actions.collect import Returned, collect
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.imported import anyway_option, left_over, prefer_option, tell, tell_end
from assembler.cli.intake import as_option, tell_scraps, write_option
from assembler.cli.intake_page import page_option, write_page
from assembler.cli.paths import FOLDER
from assembler.cli.say import say


@click.command("collect")
@click.argument("case", type=FOLDER)
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--dry-run", is_flag=True, help="Show what would change and who is missing; write nothing.")
@click.option("--with-errors", is_flag=True, help="Write what could be read, in spite of errors. Conflicts stay out.")
@as_option
@page_option
@write_option
@anyway_option
@prefer_option
@with_settings
def command(
    case: Path,
    folder: Path,
    dry_run: bool,
    with_errors: bool,
    said: tuple[str, ...],
    page: Path | None,
    write: bool,
    anyway: bool,
    prefer: tuple[str, ...],
    settings: Settings,
) -> None:
    """Read all workbooks in DIR that came back from departments, merge them into CASE, and list who is missing.

    Word and Excel files departments made themselves are read too, as `assembler import` reads them.
    """
    done = collect(
        case, folder, settings,
        prefer=prefer, dry_run=dry_run, with_errors=with_errors, anyway=anyway, said=said, write=write,
    )  # fmt: skip
    tell_scraps(done.imported.scraps)
    tell(done.imported)
    _tell_units(done.units)
    tell_end(done.imported, dry_run=dry_run, with_errors=with_errors, write=write)
    if page is not None:
        write_page(done.imported, page, case)
    sys.exit(left_over(done.imported, write=write))


def _tell_units(units: Sequence[Returned]) -> None:
    words = {
        "filled": translate("sent back"),
        "unchanged": translate("sent back without a change"),
        "missing": translate("nothing came back"),
    }
    for each in units:
        say(f"{each.unit}: {words[each.state]}")
    missing = sum(each.state != "filled" for each in units)
    if missing:
        say(fill("Units still to be waited for: {count}", count=missing))
