"""How much room the text of tables takes: estimates in twips, for text of 10.5 points; enough to decide how wide
columns are and what stays together, never what is printed. Digits are equally wide; nine words in ten fit.
"""

from __future__ import annotations

import re
from functools import lru_cache

STANDARD = 21  # half-points: the size the estimates are for
LINE = 342  # the height of a line
MARGINS = 192  # of a cell, at both sides
MARGINS_ABOVE = 78  # and below, with the rule
_DIGIT, _SEPARATOR, _LETTER, _CAPITAL, _SPACE = 113, 51, 84, 140, 48
_SIGNS = {"٫": 75}  # in bold type, where it is broadest
_SLIM, _BROAD = dict.fromkeys("اأآدذرزژول", 68), dict.fromkeys("سشصض", 145)
_LETTERS = _SLIM | _BROAD
_WIDEST = 163  # in bold type
_TAIL, _TAILED = 46, re.compile("[بپتثفقکگ](?=\u200c|$)")  # letters that are broader at the end
_SPARE = 83
_BOLD = 1.12  # how much longer lines in bold type are, and a little more: words do not fill them to the end
_MARKS = re.compile("[\u200c-\u200f\u2066-\u2069]")
NUMBER = re.compile(r"[+−-]?[0-9۰-۹][0-9۰-۹٬٫,./:-]*[٪%]?")


def bare(text: str) -> str:
    """The text without marks that take no room."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=8192)
def length(text: str) -> int:
    """How long a text is that does not break."""
    shown = bare(text)
    tails = _TAIL * len(_TAILED.findall(text)) if shown.isalpha() else 0
    return tails + sum(map(_wide, shown))


def _wide(letter: str) -> int:
    if letter.isdecimal() or letter in "−+":
        return _DIGIT
    if letter.isalpha():
        return _CAPITAL if letter.isascii() and letter.isupper() else _LETTERS.get(letter, _LETTER)
    return _SIGNS.get(letter, _SEPARATOR)


def room(word: str) -> int:
    """What a word needs; the length of a number is known, that of letters is not quite."""
    return length(word) + (_SPARE if any(map(str.isalpha, word)) else 0)


def is_number(word: str) -> bool:
    return NUMBER.fullmatch(bare(word)) is not None


def lines(text: str, width: int, *, bold: bool = False) -> int:
    """How many lines a paragraph takes in a width: words go to the next line where they no longer fit."""
    if len(text) * _WIDEST < width:
        return 1
    count, left = 1, width
    for word in text.split():
        long = round(length(word) * (_BOLD if bold else 1))
        if long > left and left < width:
            count, left = count + 1, width
        count += max(0, long - 1) // max(1, width)  # a word longer than a line is broken
        left -= long % max(1, width) + _SPACE
    return count
