"""Text in lines of a width: broken between words, else where it hurts least, and cut where there is no more room."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.persian import ZWNJ
from assembler.documents.workflow.shapes import Measure


def wrap(text: str, width: float, measure: Measure, most: int) -> tuple[tuple[str, ...], bool]:
    """The text in at most ``most`` lines no wider than ``width``, and whether it is whole; «…» ends one that is not."""
    lines: list[str] = []
    for paragraph in text.replace("\t", " ").splitlines() or [""]:
        for line in _broken(paragraph, width, measure):
            if len(lines) == most:
                return (*lines[:-1], _shortened(lines[-1], width, measure)), False
            lines.append(line)
    return tuple(lines), True


def _broken(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _pieces(word, width, measure)
        yield from whole
    if line:
        yield line


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    """A word that may be too wide, cut where it hurts least: after a joiner or a sign, else anywhere."""
    while len(word) > 1 and measure(word[:200]) > width:
        fits = _prefix(word[:200], width, measure)
        soft = max((at for at in range(fits, 1, -1) if word[at - 1] in f"{ZWNJ}/-_."), default=0)
        cut = soft if soft > fits // 3 else fits
        yield word[:cut].rstrip(ZWNJ)
        word = word[cut:]
    yield word


def _prefix(word: str, width: float, measure: Measure) -> int:
    """How many letters fit, one at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(word[:middle]) <= width else (low, middle - 1)
    return low


def _shortened(line: str, width: float, measure: Measure) -> str:
    while line and measure(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
