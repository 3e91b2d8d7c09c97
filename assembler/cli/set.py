"""``assembler set CASE PLACE VALUE``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from assembler.actions.set import delete_row, set_answer
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import show_problems, with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import say

_OPTIONS = {"ignore_unknown_options": True}  # a value may begin with a hyphen, as -5 does
_OPTION = re.compile(r"--[a-z]")


@click.command("set", context_settings=_OPTIONS)
@click.argument("case", type=FOLDER)
@click.argument("place")
@click.argument("value", required=False)
@click.option("--blank", is_flag=True, help="Clear the answer, as an empty VALUE does.")
@click.option("--delete", "deleted", is_flag=True, help="Delete the row at PLACE.")
@with_settings
def command(case: Path, place: str, value: str | None, blank: bool, deleted: bool, settings: Settings) -> None:
    """Change one answer. PLACE is form.item, form.item:row.column or case.field; VALUE is what the file would hold.

    Choices may be given by their labels, files by their paths: they are copied into attachments/. The row behind the
    last one, also written «+», is a new one. What a rule says of the new answer is shown; it is written all the same.
    """
    if value and _OPTION.match(value):  # a mistyped option must not become an answer
        raise click.NoSuchOption(value)
    if (value is not None) + blank + deleted != 1:
        raise click.UsageError(translate("Give either VALUE or --blank or --delete."))
    done = delete_row(case, place, settings) if deleted else set_answer(case, place, value, settings)
    told = translate("The answer was the same; nothing was written.")
    say(fill("Written: {path}", path=done.path) if done.path else told)
    if done.problems:
        show_problems(done.problems)
