"""Running text cut by script, so that each piece is read in its own direction and digits are those of its words.

Persian text has Persian digits whichever were typed; a Latin word, an address, a path keeps its own. What a bidi
reader would turn round is held by marks without a glyph: isolates print as boxes where a font lacks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.persian import LRM, MINUS, RLM, persian_digits

_DIGIT = "0-9۰-۹"
_SIGNS = "✓✔✗✘☐☑☒■□●○◆★"
_WORD = "A-Za-z\u00c0-\u024f"
# From the first Latin letter, digits glued to it included, to the last Latin letter, digit or slash that no Persian
# letter interrupts.
_LATIN = (
    rf"(?:[0-9][0-9.,:/_-]*)?[{_WORD}]"
    rf"(?:[^\u0590-\u08ff\u200f\u2066-\u2069\ufb50-\ufdff\ufe70-\ufeff\n\t{_SIGNS}]*[{_WORD}0-9/])?"
)
# The signs of an address would scatter; a sentence's own full stop is no part of it.
_END = "[A-Za-z0-9/=#&_-]"
_ADDRESS = (
    rf"(?:https?://|www\.)[!-~]*{_END}"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    rf"|(?<![!-~{_DIGIT}])(?:[A-Za-z]:\\|\\\\|~?/)(?=[!-~]*[A-Za-z])[!-~]*{_END}"
)
# 021-22901250 would read 22901250-021 after Persian letters, +98 21 the other way about.
_GROUP = rf"[{_DIGIT}]+(?:[/.][{_DIGIT}]+)*"
_NUMBER = (
    rf"(?<![{_DIGIT}{_WORD}/.,٬٫-])(?:\+[{_DIGIT}][{_DIGIT} -]*[{_DIGIT}]|{_GROUP}(?:[-–]{_GROUP})+)"
    rf"(?![{_DIGIT}{_WORD}/-])"
)
_PIECES = re.compile(f"(?P<number>{_NUMBER})|(?P<address>{_ADDRESS})|(?P<sign>[{_SIGNS}]+)|(?P<latin>{_LATIN})")
# A chapter and its section, a few days to a few more, a year to the next: read from the right, as they are counted.
_COUNT = rf"(?:[1-9۱-۹][{_DIGIT}]?|[1۱][34۳۴][{_DIGIT}]{{2}})"
_COUNTED = re.compile(rf"{_COUNT}(?:[-–]{_COUNT})+")
_HYPHEN = re.compile("[-–]")
_THOUSANDS = re.compile(r"(?<![0-9.,/])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,/])")
_NEGATIVE = re.compile(rf"(?<![^\s(«:])[-{MINUS}](?=[{_DIGIT}])")
# Beside a number that stands alone a percent sign would turn to its right; in Persian text it stands at its left.
_PERCENT = re.compile(rf"(?<=[{_DIGIT}])[%٪]")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut by script: (persian, latin, address, number or sign, and the piece), losing nothing."""
    end = 0
    for found in _PIECES.finditer(text):
        if found.start() > end:
            yield "persian", text[end : found.start()]
        yield str(found.lastgroup), found.group()
        end = found.end()
    if end < len(text):
        yield "persian", text[end:]


def with_persian_digits(text: str) -> str:
    """The text with Persian digits, but for those of Latin words, addresses and paths."""
    return "".join(persian_digits(piece) if kind in ("persian", "number") else piece for kind, piece in pieces(text))


def directed(kind: str, piece: str) -> str:
    """A piece as it is printed: digits and signs of its script, with marks where a reader would turn it round."""
    match kind:
        case "persian":
            piece = _THOUSANDS.sub(lambda found: found.group().replace(",", "٬"), piece)
            return persian_digits(_PERCENT.sub(RLM + "٪", _NEGATIVE.sub(LRM + MINUS, piece)))
        case "number" if _COUNTED.fullmatch(piece):
            return persian_digits(_HYPHEN.sub(rf"{RLM}\g<0>{RLM}", piece))
        case "number":
            return LRM + persian_digits(piece) + RLM
        case "address":
            return LRM + piece + LRM
    return piece


def readable(text: str) -> str:
    """A whole line as it is drawn where there are no runs: in charts and diagrams."""
    return "".join(directed(kind, piece) for kind, piece in pieces(text))
