"""``assembler template check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.actions.template import check_templates
from assembler.base.problems import ExitCode, has_errors
from assembler.base.settings import Settings, specs_folder, templates_folder
from assembler.cli.console import folders, show_problems


@click.group("template")
def command() -> None:
    """Work with the Word templates."""


@command.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folders
def check(files: tuple[Path, ...], specs: Path | None, templates: Path | None) -> None:
    """Say whether the templates (all, or the given FILES) agree with what the reports offer them."""
    settings = Settings(specs_folder(specs), templates_folder(templates))
    problems = check_templates(settings, files)
    show_problems(problems)
    sys.exit(ExitCode.TEMPLATE if has_errors(problems) else ExitCode.OK)
