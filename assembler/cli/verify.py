"""``assembler verify FILE.pdf|CASE``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.base.problems import ExitCode, has_errors
from assembler.cli.console import show_problems
from assembler.cli.paths import FILE, THERE
from assembler.cli.say import say


@click.command("verify")
@click.argument("path", type=THERE, metavar="FILE.pdf|CASE")
@click.option("--registry", type=FILE, help="The registry the letter was recorded in.")
def command(path: Path, registry: Path | None) -> None:
    """Prove that a PDF, its parts and its answers belong together and nothing was altered since they were issued.

    A CASE is proved with all its revisions. A PDF outside its case shows that its answers are whole; its pages are
    proved by the case or by the registry only.
    """
    from assembler.actions.verify import verify

    proof = verify(path, registry)
    for line in proof.held:
        say(line)
    show_problems(proof.problems)
    sys.exit(ExitCode.OUTPUT if has_errors(proof.problems) else ExitCode.OK)
