"""``assembler new REPORT FOLDER``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from assembler.actions.new import Started, begin
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.case_fields import ask, pairs
from assembler.cli.console import FOLDER, show_problems, with_settings

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("new")
@click.argument("report")
@click.argument("folder", type=NEW_FOLDER)
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A field of the case; may be repeated.")
@click.option("--no-input", is_flag=True, help="Ask nothing; fields that were not set stay as proposed, or blank.")
@click.option("--from", "other", type=FOLDER, metavar="CASE", help="Take over the answers of another case.")
@with_settings
def command(
    report: str,
    folder: Path,
    given: tuple[str, ...],
    no_input: bool,
    other: Path | None,
    settings: Settings,
) -> None:
    """Start a case of REPORT in a new FOLDER: case.yaml, an answer file for every form, and attachments/.

    Required fields of the case are asked for. Answers taken over with --from wait to be confirmed: `assembler check`
    names them until they are corrected or taken off the list in their file.
    """
    case = begin(report, folder, settings, pairs(given), other)
    if case.problems:
        show_problems(case.problems)
    if not no_input:
        ask(case.fields)
    _tell(case.start())


def _tell(done: Started) -> None:
    click.echo(fill("Case started in {folder} (files: {files})", folder=done.folder, files=len(done.files)))
    if done.taken:
        click.echo(fill("Answers taken over, to be confirmed: {count}", count=done.taken))
    if done.left:
        click.echo(fill("Not taken over: {names}", names="، ".join(done.left)))
    folder = shlex.quote(str(done.folder))
    click.echo(fill("Fill in the files, then run `assembler check {folder}`.", folder=folder))
