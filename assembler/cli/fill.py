"""``assembler fill CASE [FORM]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from assembler.actions.fill import fill as filling_of
from assembler.base.messages import choose, fill, translate
from assembler.base.problems import ExitCode
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.cli.bidi import Mode
from assembler.cli.console import with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import bidi as chosen_bidi
from assembler.cli.screen import Terminal
from assembler.collect.fill import Filling, LeaveDialogue, Line

_END = "."


@click.command("fill")
@click.argument("case", type=FOLDER)
@click.argument("form", required=False)
@click.option("--all", "everything", is_flag=True, help="Ask answered questions too.")
@click.option("--with-case", is_flag=True, help="Ask the fields of case.yaml first, also when none of them is missing.")
@click.option(
    "--bidi",
    type=click.Choice(["auto", "on", "off"]),
    help="Join and turn Persian lines for terminals that do not; $ASSEMBLER_BIDI when left out.",
)
@with_settings
@click.pass_context
def command(
    context: click.Context,
    case: Path,
    form: str | None,
    everything: bool,
    with_case: bool,
    bidi: str | None,
    settings: Settings,
) -> None:
    """Answer what is missing in a case, question by question, in Persian; only FORM when one is named.

    Every answer is saved before the next question. Exits with 0 when nothing that must be answered is missing.
    """
    _choose_language(context)
    filling = filling_of(case, settings, form, everything=everything, with_case=with_case)
    terminal = Terminal(cast(Mode, bidi) if bidi else chosen_bidi())
    with terminal.session(), printed_in(filling.tongue):
        _run(filling, terminal)
    sys.exit(ExitCode.ANSWERS if filling.missing() else ExitCode.OK)


def _choose_language(context: click.Context) -> None:
    """Persian, whatever the locale, unless another language was asked for."""
    chosen = context.find_root().params.get("lang")
    choose(chosen or "fa")


def _run(filling: Filling, terminal: Terminal) -> None:
    """Asks until nothing is open or the officer leaves; a text of several lines that was begun is kept also then."""
    dialogue, pending = filling.dialogue(), False
    try:
        screen = next(dialogue)
        while screen.prompt:
            try:
                typed = terminal.read(screen)
            except (EOFError, KeyboardInterrupt):
                pending = (dialogue.send(_END) if screen.gathering else screen).pending
                raise
            screen = dialogue.send(typed)
        terminal.show(screen.lines)
    except (LeaveDialogue, EOFError, KeyboardInterrupt):
        _take_leave(filling, terminal, pending=pending)


def _take_leave(filling: Filling, terminal: Terminal, *, pending: bool) -> None:
    count = len(filling.missing())
    left = fill("Still missing: {count}", count=count) if count else translate("Nothing is missing.")
    told = translate("Everything you answered is saved; `assembler fill` goes on here.")
    unsaved = translate("What you answered last is not written, all before it is saved; `assembler fill` goes on here.")
    terminal.show((Line(""), Line(f"{unsaved if pending else told} {left}")))
