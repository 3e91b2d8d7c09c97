"""``assembler template check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.actions.template import check_templates
from assembler.base.problems import ExitCode, has_errors
from assembler.base.settings import Settings
from assembler.cli.console import show_problems, with_settings
from assembler.cli.paths import FILE
from assembler.cli.spoken import Group


@click.group("template", cls=Group)
def command() -> None:
    """Work with the Word templates."""


@command.command("check")
@click.argument("files", nargs=-1, type=FILE)
@with_settings
def check(files: tuple[Path, ...], settings: Settings) -> None:
    """Say whether the templates (all, or the given FILES) agree with what the reports offer them."""
    problems = check_templates(settings, files)
    show_problems(problems)
    sys.exit(ExitCode.TEMPLATE if has_errors(problems) else ExitCode.OK)
