"""Lists on the terminal that commands over many cases share: cases that were left out, what else was found."""

from __future__ import annotations

from collections.abc import Sequence

import click

from assembler.base.messages import number
from assembler.cli.say import say
from assembler.model.unread import UnreadCase

_SHOWN = 20  # lines of each list


def show_list(title: str, lines: Sequence[str], more: str, err: bool = False) -> None:
    """The first lines under a title, nothing without any; ``more`` says how many are left and where they stand."""
    if lines:
        say("\n" + click.style(title, bold=True), err=err)
    for line in lines[:_SHOWN]:
        say(f"  {line}", err=err)
    if len(lines) > _SHOWN:
        say("  " + more.format(count=number(len(lines) - _SHOWN)), err=err)


def unread_line(case: UnreadCase) -> str:
    """A case with the codes of its errors, and the first of them in words."""
    codes = ", ".join(dict.fromkeys(each.code for each in case.errors))
    return f"{case.case}  [{codes}] {case.reason}"
