"""``assembler accept CASE CODE PLACE --why TEXT``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.actions.accept import accept
from assembler.base.messages import fill, translate
from assembler.base.problems import Place
from assembler.base.settings import Settings
from assembler.cli.console import name, with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import say
from assembler.model.acceptances import read_place


@click.command("accept")
@click.argument("case", type=FOLDER)
@click.argument("code")
@click.argument("place", required=False)
@click.option("--why", required=True, help="The reason, as it will stand in the case and in drafts.")
@click.option("--words", default="", help="Words of the finding, where several of CODE stand at PLACE.")
@click.option("--all", "everywhere", is_flag=True, help="Every open finding of CODE, instead of the one at PLACE.")
@with_settings
def command(
    case: Path,
    code: str,
    place: str | None,
    why: str,
    words: str,
    everywhere: bool,
    settings: Settings,
) -> None:
    """Let a finding stand, with a reason. CODE and PLACE are as `assembler check` prints them in brackets.

    The acceptance is kept in accepted.yaml of the case; the finding returns when the data behind it change.
    """
    if everywhere == (place is not None):
        raise click.UsageError(translate("Give either PLACE or --all."))
    if everywhere and words:
        raise click.UsageError(translate("--words goes with PLACE, not with --all."))
    for found in accept(case, code, None if place is None else _place(place), why, settings, words):
        say(fill("Accepted: [{name}] {message}", name=name(found), message=found.message))


def _place(typed: str) -> Place:
    place = read_place(typed.strip("[]"))
    if place is None:
        raise click.BadParameter(
            fill("«{text}» is not written as {form}.", text=typed, form="form.item:row.column"),
            param_hint=translate("PLACE"),
        )
    return place
