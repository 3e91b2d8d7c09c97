"""How much room the text of tables takes, in twips, for text of 10.5 points: to decide how wide columns are and what
stays together, never what is printed. Digits count as equally wide, letters by the shapes they take in their word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import zip_longest

from assembler.base.persian import ZWNJ
from assembler.documents.letters import BOLD, LAM_ALEF, REGULAR, Shapes

STANDARD = 21  # half-points: the size the estimates are for
LINE = 342  # the height of a line
MARGINS = 192  # of a cell, at both sides
MARGINS_ABOVE = 78  # and below, with the rule
_DIGIT, _SEPARATOR, _LETTER, _CAPITAL, _SPACE = 113, 51, 84, 140, 48
_SIGNS = {"٫": 75}  # in bold type, where it is broadest
_WIDEST = 214  # in bold type
_SPARE = 45  # the fonts of offices are a little broader than their free twins
_FULL = 1.04  # words do not fill their lines to the end
_LAM, _ALEFS = "ل", tuple("اأإآ")
_MARKS = re.compile("[\u200c-\u200f\u2066-\u2069]")
NUMBER = re.compile(r"[+−-]?[0-9۰-۹][0-9۰-۹٬٫,./:-]*[٪%]?")


def bare(text: str) -> str:
    """The text without marks that take no room."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=8192)
def length(text: str, *, bold: bool = False) -> int:
    """How long a text is that does not break."""
    shapes = BOLD if bold else REGULAR
    letters = [letter for letter in text if letter == ZWNJ or not _is_unseen(letter)]
    wide, before = 0, ""
    for letter, behind in zip_longest(letters, letters[1:], fillvalue=""):
        wide += _wide(letter, before, behind, shapes)
        before = letter
    return wide


def _is_unseen(letter: str) -> bool:
    """Marks of direction, and vowels above and below letters."""
    return unicodedata.combining(letter) > 0 or _MARKS.match(letter) is not None


def _wide(letter: str, before: str, behind: str, shapes: Mapping[str, Shapes]) -> int:
    """How wide a letter is between its neighbours."""
    if letter == ZWNJ:
        return 0
    if letter.isdecimal() or letter in "−+":
        return _DIGIT
    if shape := shapes.get(letter):
        joined = before in shapes and shapes[before].first > 0
        if letter == _LAM and behind in _ALEFS:
            return shapes[LAM_ALEF].at(before=joined) - shapes[behind].last
        return shape.at(before=joined, behind=behind in shapes and shapes[behind].last > 0)
    if letter.isalpha():
        return _CAPITAL if letter.isascii() and letter.isupper() else _LETTER
    return _SIGNS.get(letter, _SEPARATOR)


def room(word: str) -> int:
    """What a word needs also in bold type, as it has in heads; the length of a number is known, that of letters is that
    of one font.
    """
    return length(word, bold=True) + (_SPARE if any(map(str.isalpha, word)) else 0)


def is_number(word: str) -> bool:
    return NUMBER.fullmatch(bare(word)) is not None


def lines(text: str, width: int, *, bold: bool = False) -> int:
    """How many lines a paragraph takes in a width: words go to the next line where they no longer fit."""
    if len(text) * _WIDEST < width:
        return 1
    count, left = 1, width
    for word in text.split():
        long = round(length(word, bold=bold) * _FULL)
        if long > left and left < width:
            count, left = count + 1, width
        count += max(0, long - 1) // max(1, width)  # a word longer than a line is broken
        left -= long % max(1, width) + _SPACE
    return count
