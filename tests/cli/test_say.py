"""What commands print, as terminals must be given it."""

from __future__ import annotations

import io
import re

import click
import pytest

from assembler.cli.bidi import Mode
from assembler.cli.say import bidi, choose_bidi, say, shown
from assembler.cli.table import width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VTE_VERSION", "KONSOLE_VERSION", "TERM_PROGRAM", "INSIDE_EMACS", "ASSEMBLER_BIDI", "MLTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setenv("COLUMNS", "40")


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)


@pytest.mark.parametrize(("mode", "turns"), [("auto", True), ("on", True), ("off", False)])
def test_lines_are_turned_for_a_terminal_that_does_not(mode: Mode, turns: bool) -> None:
    before = bidi()
    choose_bidi(mode)
    try:
        text = shown("پرونده", Terminal())
        assert (_plain(text) == " " * 33 + "ﻩﺪﻧﻭﺮﭘ") is turns
        assert (shown("پرونده", io.StringIO()) == "پرونده") is (mode != "on")
    finally:
        choose_bidi(before)


def test_what_fits_keeps_its_columns_and_what_does_not_is_wrapped_before_it_is_turned() -> None:
    row = "  کامل      ۳      ۴"
    assert _plain(shown(row, Terminal())).strip() == "۴      ۳      ﻞﻣﺎﮐ"
    lines = _plain(shown("کار " * 20, Terminal())).split("\n")
    assert len(lines) == 2
    assert all(width(line) <= 40 for line in lines)


def test_a_page_begins_at_the_right_a_line_of_latin_alone_at_the_left() -> None:
    page = _plain(shown("گزینه‌ها\n  --engine [auto]\u200e", Terminal())).split("\n")
    assert page[1] == "--engine [auto]  ".rjust(39)
    assert shown("  assembler check x", Terminal()).endswith("  assembler check x\x1b[8h")


def test_a_line_bears_its_first_style() -> None:
    text = shown(f"{click.style('خطا', fg='red', bold=True)}: کار", Terminal())
    assert text.count("\x1b[31m") == 1
    assert text.index("\x1b[31m") < text.index("ﺭﺎﮐ") < text.index("ﺎﻄﺧ")


def test_say_moves_the_cursor_first() -> None:
    stream = Terminal()
    say("کار", file=stream, nl=False, start="\r")
    assert stream.getvalue().startswith("\r\x1b[8l")
