"""The terminal of a dialogue: prints its screens and reads lines, however long, whatever their bytes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from types import ModuleType
from typing import TextIO, TypeAlias

import click

from assembler.cli.bidi import Mode, explicit, is_ours, turned, wrapped
from assembler.collect.fill import Line, Screen

_STYLES: Mapping[str, Callable[[str], str]] = {
    "title": partial(click.style, bold=True, fg="cyan"),
    "question": partial(click.style, bold=True),
    "faint": partial(click.style, dim=True),
    "error": partial(click.style, fg="red"),
    "warning": partial(click.style, fg="yellow"),
    "done": partial(click.style, fg="green"),
}
_WIDEST = 110  # longer lines are hard to read
Usual: TypeAlias = Callable[[], AbstractContextManager[None]]


class Terminal:
    """Where screens are shown and answers are typed. Not a terminal: lines of standard input, nothing coloured."""

    def __init__(self, mode: Mode, environment: Mapping[str, str] = os.environ) -> None:
        self.is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
        self.turns = is_ours(mode, environment, terminal=sys.stdout.isatty())
        self._usual: Usual = nullcontext
        self.knows_escapes = sys.stdout.isatty() and environment.get("TERM") != "dumb"
        self.coloured = self.knows_escapes and not environment.get("NO_COLOR")

    @contextmanager
    def session(self) -> Iterator[None]:
        """Holds the terminal ready for long lines; puts it back as it was."""
        for stream in (sys.stdin, sys.stdout):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        if not self.is_terminal:
            yield
            return
        _prepare_editing()
        with _unlimited_lines(sys.stdin) as self._usual:
            yield

    def show(self, lines: tuple[Line, ...]) -> None:
        """Prints lines, wrapped to the terminal as it is now."""
        width = _columns() - 1
        for line in lines:
            for part in wrapped(line.text, min(width, _WIDEST)) if self.is_terminal else line.text.split("\n"):
                click.echo(self._dressed(part, line, width), color=self.coloured)

    def _dressed(self, text: str, line: Line, width: int) -> str:
        shown = turned(text, width) if self.turns else text
        if line.style and self.coloured:
            shown = _STYLES[line.style](shown)
        return explicit(shown) if self.turns and self.knows_escapes else shown

    def read(self, screen: Screen) -> str:
        """What is typed at a screen. Raises EOFError, KeyboardInterrupt."""
        self.show(screen.lines)
        if screen.editor:
            return self._edited(screen.text) if self.is_terminal else ""
        if self.is_terminal:
            return input(turned(screen.prompt) if self.turns else screen.prompt)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def _edited(self, text: str) -> str:
        """A text as an editor leaves it; «» when it was left as it was or there is no editor."""
        try:
            with self._usual():
                return click.edit(text, extension=".txt") or ""
        except click.ClickException as error:
            self.show((Line(f"  ✗ {error.format_message()}", "error"),))
            return ""


def _editing() -> ModuleType | None:
    """GNU readline, where Python has it: lines can be edited and are as long as one likes."""
    try:
        import readline
    except ImportError:
        return None
    return readline


def _prepare_editing() -> None:
    """Answers are not remembered as a history, tabs of pasted cells complete nothing, a pasted block stays whole."""
    readline = _editing()
    if readline is None:
        return
    readline.set_auto_history(False)
    readline.clear_history()
    readline.parse_and_bind("tab: self-insert")
    readline.parse_and_bind("set enable-bracketed-paste on")
    readline.parse_and_bind("set bell-style none")


@contextmanager
def _unlimited_lines(stream: TextIO) -> Iterator[Usual]:
    """Takes line editing away from the terminal's driver, which cuts lines at 4096 bytes, also those typed ahead.

    Gives what lends the terminal out as it was.
    """
    if sys.platform == "win32":
        yield nullcontext
        return
    import termios

    handle = stream.fileno()
    before = termios.tcgetattr(handle)
    ours = termios.tcgetattr(handle)
    if _editing() is not None:
        ours[3] &= ~termios.ICANON

    @contextmanager
    def usual() -> Iterator[None]:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
        try:
            yield
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, ours)

    termios.tcsetattr(handle, termios.TCSADRAIN, ours)
    try:
        yield usual
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _columns() -> int:
    """The columns of the terminal as it is now: COLUMNS, where it is set, is as the terminal was."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or shutil.get_terminal_size().columns
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns
