"""``assembler extract FILE.pdf DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.base.messages import fill


@click.command("extract")
@click.argument("pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.pdf")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def command(pdf: Path, folder: Path) -> None:
    """Write the case a PDF carries inside into DIR, a new or empty folder, byte for byte as it was built."""
    from assembler.actions.extract import extract

    manifest = extract(pdf, folder)
    click.echo(
        fill("{path}: {count} files of the case {case}", path=folder, count=len(manifest.files), case=manifest.case)
    )
