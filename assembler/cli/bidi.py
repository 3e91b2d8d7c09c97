"""Persian lines for terminals that do not turn them: letters joined and the order reversed here, line by line.

The one home of python-bidi and arabic-reshaper. What is typed is echoed by the terminal itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeAlias

from assembler.cli.table import width as width_of

Mode: TypeAlias = Literal["auto", "on", "off"]

# VTE before this version shows lines as they are stored.
_VTE_WITH_BIDI = 5800
# «Leave the order of what follows alone», for terminals that turn lines themselves when told so by mistake; the
# others pass over it. Afterwards they turn lines again.
_EXPLICIT, _IMPLICIT = "\x1b[8l", "\x1b[8h"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
OPTION = re.compile(r"(?<![\w\u200e-])(?=--?[a-z])")
_WORDS = re.compile(r"\s+")
_PERSIAN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def turns_lines(environment: Mapping[str, str]) -> bool:
    """Whether the terminal turns right-to-left lines itself, as far as its environment tells."""
    version = environment.get("VTE_VERSION", "")
    if version.isdecimal() and int(version) >= _VTE_WITH_BIDI:
        return True
    named = environment.get("TERM", "")
    if named.startswith("mlterm") or "MLTERM" in environment or "INSIDE_EMACS" in environment:
        return True
    return "KONSOLE_VERSION" in environment or environment.get("TERM_PROGRAM") == "Apple_Terminal"


def is_ours(mode: Mode, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether lines are to be turned here. Of «auto» nothing is turned that does not go to a terminal."""
    if mode == "auto":
        told = environment.get("ASSEMBLER_BIDI", "").lower()
        if told not in ("on", "off"):
            return terminal and not turns_lines(environment)
        mode = "on" if told == "on" else "off"
    return mode == "on"


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines a text takes, broken at spaces; what follows the first is indented as that is."""
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield from _wrapped(line[len(indent) :], indent, max(width, len(indent) + 10))


def _wrapped(text: str, indent: str, width: int) -> Iterator[str]:
    line, taken = indent, len(indent)
    for word in _pieces(text, width - len(indent)):
        space = 0 if taken == len(indent) else 1
        if space and taken + 1 + width_of(word) > width:
            yield line
            line, taken, space = indent, len(indent), 0
        line += " " * space + word
        taken += space + width_of(word)
    yield line


def _pieces(text: str, width: int) -> Iterator[str]:
    """The words of a text; those longer than a line in pieces."""
    for word in _WORDS.split(text.strip()):
        while width_of(word) > width:
            yield word[:width]
            word = word[width:]
        yield word


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    # Ligatures of whole words («الله», «ریال») are missing in the fonts of most terminals.
    ligatures = {"ARABIC LIGATURE ALLAH": False, "RIAL SIGN": False}
    return ArabicReshaper({"support_ligatures": True, "delete_harakat": False, "delete_tatweel": False, **ligatures})


def is_persian(text: str) -> bool:
    """Whether any of it runs from right to left."""
    return _PERSIAN.search(text) is not None


def turned(line: str, width: int = 0, *, always: bool = False) -> str:
    """A line as a terminal without bidi must be given it: joined, in visual order, against the right edge.

    A line without a Persian letter stays as it is, unless it is ``always`` to be turned with those around it.
    """
    from bidi.algorithm import get_display

    if not line.strip() or not (always or is_persian(line)):
        return line
    from assembler.base.scripts import held  # it loads the calendar, which `--help` need not wait for

    marked = held(OPTION.sub("\u200e", line))  # its hyphens stay in front of it
    shown = _INVISIBLE.sub("", str(get_display(_reshaper().reshape(marked), base_dir="R")))
    return " " * (width - width_of(shown)) + shown


def explicit(text: str) -> str:
    """A text that no terminal turns a second time."""
    return f"{_EXPLICIT}{text}{_IMPLICIT}"
