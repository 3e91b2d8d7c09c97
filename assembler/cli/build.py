"""``assembler build CASE``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from assembler.actions.build import Built, build
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, progress_bar, show_problems, with_engine, with_settings
from assembler.model.folders import CaseFolder


@click.command("build")
@click.argument("case", type=FOLDER)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Output folder; CASE/output when left out."
)
@click.option("--draft", is_flag=True, help="Build despite errors, stamped as a draft, the problems in front.")
@with_settings
@with_engine("auto", "libreoffice", "draft")
def command(case: Path, out: Path | None, draft: bool, settings: Settings) -> None:
    """Make one signed-ready PDF, its parts as Word files, and a receipt. Only what changed is made again."""
    with progress_bar() as progress:
        built = build(case, out or CaseFolder(case).output.path, replace(settings, draft=draft), progress)
    tell(built)


def tell(built: Built) -> None:
    """Says what is wrong, what was made, what was put aside and where the PDF stands."""
    if built.problems:
        show_problems(built.problems, pages=built.receipt.item_pages)
    if built.made_now:
        names = "، ".join(built.made_now)
        click.echo(fill("Made: {names}", names=names))
    elif built.joined:
        click.echo(translate("No letter or text changed; the PDF was joined anew."))
    else:
        click.echo(translate("Nothing changed; nothing was made."))
    for path in built.put_aside:
        click.echo(fill("A document edited by hand was kept as {path}", path=path))
    click.echo(fill("{path} (pages: {pages})", path=built.pdf, pages=built.receipt.pages))
