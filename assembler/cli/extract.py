"""``assembler extract FILE.pdf DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.base.messages import fill
from assembler.cli.paths import FILE, NEW_FOLDER
from assembler.cli.say import say


@click.command("extract")
@click.argument("pdf", type=FILE, metavar="FILE.pdf")
@click.argument("folder", type=NEW_FOLDER, metavar="DIR")
def command(pdf: Path, folder: Path) -> None:
    """Write the case a PDF carries inside into DIR, a new or empty folder, byte for byte as it was built."""
    from assembler.actions.extract import extract

    manifest = extract(pdf, folder)
    say(fill("{path}: {count} files of the case {case}", path=folder, count=len(manifest.files), case=manifest.case))
