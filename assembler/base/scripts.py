"""Running text cut by script, so that each piece is read in its own direction and digits are those of its words.

Persian text has Persian digits whichever were typed; a Latin word, an address, a path keeps its own. What a bidi
reader would turn round is held by marks without a glyph: isolates print as boxes where a font lacks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.persian import LRM, MINUS, RLM, latin_digits, persian_digits
from assembler.base.tongue import tongue

_DIGIT = "0-9۰-۹"
_SIGNS = "✓✔✗✘☐☑☒■□●○◆★"
_WORD = "A-Za-z\u00c0-\u024f"
# From the first Latin letter, digits glued to it included, to the last Latin letter, digit or slash that no Persian
# letter interrupts.
_LATIN = (
    rf"(?:[0-9][0-9.,:/_-]*)?[{_WORD}]"
    rf"(?:[^\u0590-\u08ff\u200f\u2066-\u2069\ufb50-\ufdff\ufe70-\ufeff\n\t{_SIGNS}]*[{_WORD}0-9/])?"
)
# The signs of an address, a path or code in backticks would scatter; a sentence's own full stop is no part of it.
_END = "[A-Za-z0-9/=#&_-]"
_ADDRESS = (
    rf"(?:https?://|www\.)[!-~]*{_END}"
    r"|`[ -_a-~]*[A-Za-z][ -_a-~]*`"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    rf"|(?<![!-~{_DIGIT}])(?:[A-Za-z]:\\|\\\\|~?/)(?=[!-~]*[A-Za-z])[!-~]*{_END}"
)
# 021-22901250 would read 22901250-021 after Persian letters, +98 21 the other way about.
_GROUP = rf"[{_DIGIT}]+(?:[/.][{_DIGIT}]+)*"
# What stands in brackets alone belongs to them: else «(» stays at the end of a line and its number begins the next.
_NUMBER = (
    rf"(?<![{_DIGIT}{_WORD}/.,٬٫-])(?:\+[{_DIGIT}][{_DIGIT} -]*[{_DIGIT}]|{_GROUP}(?:[-–]{_GROUP})+)"
    rf"(?![{_DIGIT}{_WORD}/-]|\.[{_WORD}])"
    rf"|[(\[«]{_GROUP}[)\]»]"
)
_NAME = rf"[(\[«][{_WORD}](?:[{_WORD}0-9 ._/:&+-]*[{_WORD}0-9])?[)\]»]"
_PIECES = re.compile(f"(?P<number>{_NUMBER})|(?P<address>{_ADDRESS})|(?P<sign>[{_SIGNS}]+)|(?P<latin>{_NAME}|{_LATIN})")
# (AP/S)*W, 2*(n+1): what brackets and signs hold together reads from the left as a whole.
_OPERAND = rf"[(\[]*(?:[{_WORD}][{_WORD}0-9_.]*(?:\([^()\u0590-\u08ff\n]*\))?|[0-9]+(?:[.,][0-9]+)*%?)[)\]]*"
_FORMULA = (
    rf"(?<![{_WORD}{_DIGIT}])(?=[0-9(\[.,% *+/=×÷^<>≤≥±·{MINUS}-]*[{_WORD}])"
    rf"{_OPERAND}(?: ?[*+/=×÷^<>≤≥±·{MINUS}-]+ ?{_OPERAND})+"
)
_WHOLES = re.compile(f"(?P<address>{_ADDRESS})|(?P<latin>{_FORMULA})")
_RECKONS = re.compile(r"[()\[\]*×÷^=<>≤≥±]")
# A chapter and its section, a few days to a few more, a year to the next: read from the right, as they are counted.
_COUNT = rf"(?:[1-9۱-۹][{_DIGIT}]?|[1۱][34۳۴][{_DIGIT}]{{2}})"
_COUNTED = re.compile(rf"{_COUNT}(?:[-–]{_COUNT})+")
_OPENING, _CLOSING = "([«", ")]»"
_PERSIAN = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_LETTER = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff"
_STRETCH = re.compile(
    rf"(?P<persian>[{_LETTER}](?:[{_LETTER}\u200c\u060c\u061b\u061f\u06f0-\u06f9 ]*[{_LETTER}\u061f])?)"
    rf"|(?P<sign>[{_SIGNS}]+)"
)
_HYPHEN = re.compile("[-–]")
_THOUSANDS = re.compile(r"(?<![0-9.,/])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,/])")
_NEGATIVE = re.compile(rf"(?<![^\s(«:])[-{MINUS}](?=[{_DIGIT}])")
# Beside a number that stands alone a percent sign would turn to its right; in Persian text it stands at its left.
_PERCENT = re.compile(rf"(?<=[{_DIGIT}])[%٪]")


def has_persian(text: str) -> bool:
    """Whether it holds a Persian letter."""
    return _PERSIAN.search(text) is not None


def pieces_ltr(text: str) -> Iterator[tuple[str, str]]:
    """A text that is read from the left, cut into its (persian) and other (latin) stretches and signs."""
    end = 0
    for found in _STRETCH.finditer(text):
        if found.start() > end:
            yield "latin", text[end : found.start()]
        yield str(found.lastgroup), found.group()
        end = found.end()
    if end < len(text):
        yield "latin", text[end:]


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut by script: (persian, latin, address, number or sign, and the piece), losing nothing."""
    end = 0
    for start, stop, kind in _wholes(text):
        yield from _between(text, end, start)
        yield kind, text[start:stop]
        end = stop
    yield from _between(text, end, len(text))


def _wholes(text: str) -> Iterator[tuple[int, int, str]]:
    """Addresses, and formulas between the brackets that are theirs; other pieces never begin or end within one."""
    for found in _WHOLES.finditer(text):
        start, stop, kind = *found.span(), str(found.lastgroup)
        if kind == "latin":
            start, stop = _balanced(text, start, stop)
            if not _RECKONS.search(text, start, stop):
                continue
        yield start, stop, kind


def _balanced(text: str, start: int, stop: int) -> tuple[int, int]:
    """Without brackets at either end that are closed, or were opened, outside."""
    while text[start] in "([" and _opened(text, start, stop) > 0:
        start += 1
    while text[stop - 1] in ")]" and _opened(text, start, stop) < 0:
        stop -= 1
    return start, stop


def _opened(text: str, start: int, stop: int) -> int:
    """How many brackets of a stretch stay open."""
    return sum((sign in "([") - (sign in ")]") for sign in text[start:stop])


def _between(text: str, end: int, stop: int) -> Iterator[tuple[str, str]]:
    """The pieces of a stretch that holds no whole; a Latin one takes the brackets along that it opened."""
    while found := _PIECES.search(text, end, stop):
        start, after = found.span()
        while found.lastgroup == "latin" and after < stop and text[after] in ")]" and _opened(text, start, after) > 0:
            after += 1
        if start > end:
            yield "persian", text[end:start]
        yield str(found.lastgroup), text[start:after]
        end = after
    if end < stop:
        yield "persian", text[end:stop]


def with_persian_digits(text: str) -> str:
    """The text with the digits of the paper, Persian ones but for those of Latin words, addresses and paths."""
    if tongue().digits == "latin":
        return latin_digits(text)
    return "".join(persian_digits(piece) if kind in ("persian", "number") else piece for kind, piece in pieces(text))


def directed(kind: str, piece: str) -> str:
    """A piece as it is printed: digits and signs of its script, with marks where a reader would turn it round."""
    if tongue().digits == "latin":
        piece = latin_digits(piece)
    match kind:
        case "persian" if tongue().digits == "latin":
            return _NEGATIVE.sub(LRM + MINUS, piece)
        case "persian":
            piece = _THOUSANDS.sub(lambda found: found.group().replace(",", "٬"), piece)
            return persian_digits(_PERCENT.sub(RLM + "٪", _NEGATIVE.sub(LRM + MINUS, piece)))
        case "number" if _COUNTED.fullmatch(piece):
            return persian_digits(_HYPHEN.sub(rf"{RLM}\g<0>{RLM}", piece))
        case "number":
            # A mark before the digits of «(021-88881234» would let the line end at «(».
            before = "" if piece[0].isdecimal() else LRM
            after = LRM if piece[0] in _OPENING else ""
            return before + persian_digits(_HYPHEN.sub(rf"{LRM}\g<0>", piece)) + after + RLM
        case "latin" if piece[0] in _OPENING or piece[-1] in _CLOSING:
            return LRM + piece + LRM
        case "address":
            return LRM + piece + LRM
    return piece


def readable(text: str) -> str:
    """A whole text as it is shown where there are no runs: on drawn sheets, in pages and workbooks."""
    if tongue().direction == "ltr":
        return latin_digits(text)
    return "".join(directed(kind, piece) for kind, piece in pieces(text))


def in_direction(text: str, direction: str) -> str:
    """A line whose ends stay where its direction has them, among words of the other."""
    mark = {"ltr": LRM, "rtl": RLM}.get(direction, "") if text else ""
    return f"{mark}{text}{mark}"


def from_its_side(text: str) -> str:
    """A Persian text that begins with a number: some programs would read it from the left, whatever is said of it."""
    return RLM + text if text[:1].isdecimal() and has_persian(text) else text


def held(text: str) -> str:
    """A text whose Latin pieces are held together where a reader would turn them; its digits stay."""
    return "".join(directed(kind, piece) if kind == "latin" else piece for kind, piece in pieces(text))


def drawn(text: str) -> str:
    """A line as it is shown where nothing tells its direction, in charts and diagrams: read from the right, too, when
    it begins with a number or a Latin word.
    """
    return (RLM if tongue().direction == "rtl" else "") + readable(text)


def cell_text(text: str) -> str:
    """A text as a cell of a workbook shows it: codes and numbers that stand alone are found as they were typed."""
    return readable(text) if _PERSIAN.search(text) else held(text)
