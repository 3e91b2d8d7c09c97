"""``assembler build CASE``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.cli.console import FOLDER, folders, progress_bar, show_problems
from assembler.engine import choose, clear_killed
from assembler.messages import fill, translate
from assembler.places import specs_folder, templates_folder
from assembler.rerun import Built, issued_as, unchanged
from assembler.settings import EngineChoice, Settings


@click.command("build")
@click.argument("case", type=FOLDER)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Output folder; CASE/output when left out."
)
@click.option("--engine", type=click.Choice(["auto", "libreoffice", "draft"]), default="auto", show_default=True)
@click.option("--draft", is_flag=True, help="Build despite errors, stamped as a draft, the problems in front.")
@click.option("--timeout", type=float, default=300.0, show_default=True, help="Seconds LibreOffice may take.")
@folders
def command(
    case: Path,
    out: Path | None,
    engine: EngineChoice,
    draft: bool,
    timeout: float,
    specs: Path | None,
    templates: Path | None,
) -> None:
    """Make one signed-ready PDF, its parts as Word files, and a receipt. Only what changed is made again."""
    settings = Settings(specs_folder(specs), templates_folder(templates), engine, draft, timeout)
    out = out or case / "output"
    clear_killed(out)  # also where there is nothing to build
    issued = "" if draft else issued_as(case)
    built = unchanged(case, out, settings, choose(settings), issued) or build_shown(case, out, settings, bool(issued))
    if built.problems:
        show_problems(built.problems, pages=built.receipt.item_pages)
    tell(built)


def build_shown(case: Path, out: Path, settings: Settings, as_issued: bool = False) -> Built:
    """Builds with progress on the terminal; what has not changed since it was issued is built as it was issued."""
    # Loaded here: a re-run with nothing changed must answer at once.
    from assembler.building import build

    issue = None
    if as_issued:
        from assembler.issuing import standing_issue

        issue = standing_issue(case, settings)
    with progress_bar() as progress:
        return build(case, out, settings, progress, issue)


def tell(built: Built) -> None:
    """Says what was made, what was put aside and where the PDF stands."""
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
