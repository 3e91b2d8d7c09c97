"""Lines of a terminal: how wide a text is, what fits, cells one under the other.

The one home of wcwidth. A line begins with a word of the reader's language, by which terminals that can tell set its
direction; what has no fixed width stands last.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence

# Latin and Persian as they are mostly written: a column a letter, none for the joiner that parts two.
_PLAIN = re.compile(r"[ -~«»،؛؟…–—\u0621-\u064a\u0660-\u066c\u0671-\u06d3\u06f0-\u06f9\u200c]*")
NOTHING = "·"  # in a cell of which there is nothing to say
LEAST = 24  # columns a text keeps on the narrowest terminal, to be told from others


def width(text: str) -> int:
    """The columns a text takes: joiners and vowel signs take none. Letter by letter: a joiner of Persian joins letters,
    not pictures.
    """
    if _PLAIN.fullmatch(text):
        return len(text) - text.count("\u200c")
    from wcwidth import wcwidth  # its tables take as long to load as all that `--help` needs besides

    return sum(max(wcwidth(letter), 0) for letter in text)


def columns() -> int:
    """How much fits a line; any length where nobody reads the lines on a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())


def cut(text: str, room: int) -> str:
    """A text that fits so many columns, but no shorter than it takes to tell it from others."""
    room = max(room, LEAST)
    if width(text) <= room:
        return text
    while width(text) >= room:
        text = text[:-1]
    return text.rstrip() + "…"


def widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """The width of each column of rows of as many cells: that of its widest cell."""
    return [max(map(width, column)) for column in zip(*rows, strict=True)]


def aligned(cells: Sequence[str], rooms: Sequence[int], right: Collection[int] = ()) -> list[str]:
    """The cells of a row, each as wide as its column; those at the places ``right`` end where it ends."""
    return [
        " " * (room - width(text)) + text if at in right else text + " " * (room - width(text))
        for at, (text, room) in enumerate(zip(cells, rooms, strict=True))
    ]
