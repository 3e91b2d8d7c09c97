"""``assembler check CASE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assembler.cli.console import FOLDER, folders, show_problems
from assembler.pipeline import read
from assembler.places import specs_folder, templates_folder
from assembler.problems import AssemblerError, ExitCode, has_errors
from assembler.settings import Settings


@click.command("check")
@click.argument("case", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of lines.")
@folders
def command(case: Path, as_json: bool, specs: Path | None, templates: Path | None) -> None:
    """Read a case and show all its problems at once. Exits with 0 when there is no error."""
    settings = Settings(specs_folder(specs), templates_folder(templates))
    try:
        problems, failed = read(case, settings).problems, ExitCode.ANSWERS
    except AssemblerError as error:
        problems, failed = error.problems, error.exit_code
    if as_json:
        click.echo(json.dumps([found.as_json() for found in problems], ensure_ascii=False, indent=2))
    else:
        show_problems(problems)
    sys.exit(failed if has_errors(problems) else ExitCode.OK)
