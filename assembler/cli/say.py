"""What the terminal is given: the one place where commands print.

Persian lines are joined and turned here for terminals that do not do it themselves; what goes into a file or to a
program stays as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from contextvars import ContextVar
from functools import partial
from io import TextIOWrapper
from typing import TextIO

import click

from assembler.cli.bidi import Mode, explicit, is_ours, is_persian, turned, wrapped
from assembler.cli.table import width as width_of

_mode: ContextVar[Mode] = ContextVar("bidi", default="auto")
_PERSIAN = "پیک‌ها ۱۲ « ↳ ✓"
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_RESET = "\x1b[0m"


def choose_bidi(mode: Mode) -> None:
    """Whether Persian lines are turned here, for all that follows."""
    _mode.set(mode)


def bidi() -> Mode:
    """What was chosen."""
    return _mode.get()


def speak_utf8() -> None:
    """Output that cannot be written in Persian, as to a file on Persian Windows, is UTF-8; on a screen of other letters
    what it lacks is a question mark. Nothing stops for it.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        try:
            _PERSIAN.encode(stream.encoding)
        except (UnicodeEncodeError, LookupError):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def say(text: str = "", *, file: TextIO | None = None, err: bool = False, nl: bool = True, start: str = "") -> None:
    """Prints a text for people, behind ``start``, which moves the cursor."""
    stream = file or (sys.stderr if err else sys.stdout)
    click.echo(start + shown(text, stream), file=stream, nl=nl)


def give(text: str) -> None:
    """Prints what programs read, as it is."""
    click.echo(text)


def shown(text: str, stream: TextIO) -> str:
    """A text as the terminal behind a stream must be given it."""
    if not is_ours(_mode.get(), os.environ, terminal=stream.isatty()):
        if not stream.isatty() or not is_persian(text):
            return text
        from assembler.base.scripts import held  # it loads the calendar, which `--help` need not wait for

        return held(text)
    width = shutil.get_terminal_size().columns
    turning = partial(_turned, width=width, page=is_persian(text), escapes=stream.isatty())
    return "\n".join(map(turning, text.split("\n")))


def _turned(line: str, width: int, *, page: bool, escapes: bool) -> str:
    """A line, wrapped before it is turned; it bears one style, the first one it has.

    Of a Persian ``page`` lines without a Persian word begin at the right too.
    """
    found = _STYLE.search(line)
    plain = _STYLE.sub("", line)
    parts = [plain] if width_of(plain) <= width else list(wrapped(plain, width))
    turned_parts = (turned(part, width - 1, always=page) for part in parts)
    return "\n".join(_dressed(part, found[0] if found else "", escapes=escapes) for part in turned_parts)


def _dressed(text: str, style: str, *, escapes: bool) -> str:
    text = f"{style}{text}{_RESET}" if style and escapes else text
    return explicit(text) if escapes and os.environ.get("TERM") != "dumb" else text
