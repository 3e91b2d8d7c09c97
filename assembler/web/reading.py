"""Texts of pages as they are read: digits and signs as in all that is printed. What an editor holds stays as it is.

In English pages the words of the circular stay Persian: each piece of them stands by itself, so that what stands beside
it is read in its own order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assembler.base.messages import language, translate
from assembler.base.scripts import cell_text, readable
from assembler.base.tongue import PERSIAN, printed_in, tongue

# What people read of a page and of what comes of acts, by the names under which scripts know it.
_SAID = frozenset({"message", "where", "kind", "constraint"})  # by the program, about words of the circular
_READ = _SAID | frozenset({
    "accepted", "conditions", "doubts", "helps", "heads", "hint", "label", "legal", "notes", "source", "taken_over",
    "text", "title",
})  # fmt: skip
_KEPT = frozenset({"carried", "changes", "choices", "kept"})  # a choice is sent back by its label
_FIRST, _LAST = "\u2068", "\u2069"  # around a piece that is read by itself
_LETTER = r"[\u0620-\u06ff]"
_INNER = r"[^A-Za-z«»()`]"
_BRACKETS = rf"\([^()A-Za-z«»`]*{_LETTER}[^()A-Za-z«»`]*\)"
# Words of the circular in a message: what it quotes, and Persian words that follow one another.
_PERSIAN = re.compile(rf"(«[^«»]*{_LETTER}[^«»]*»|{_LETTER}(?:(?:{_INNER}|{_BRACKETS})*(?:{_LETTER}|{_BRACKETS}))?)")
_SIGNS = str.maketrans("،؛؟", ",;?")
_ENDLESS = re.compile(r"(\S{400})\S+")  # nobody reads the rest of such a word, and to find its script takes long
_COMMAND = "`assembler "
_SENTENCE = re.compile(r"(?<=[.;؛])\s+")


def as_read(told: Mapping[str, object]) -> dict[str, object]:
    """What is told to a script, each text that is read as it is read."""
    return {name: value if name in _KEPT else _named(name, value, told) for name, value in told.items()}


def _named(name: str, value: object, beside: Mapping[str, object]) -> object:
    if isinstance(value, Mapping):
        return as_read(value)
    if isinstance(value, list | tuple):
        return [_named(name, each, beside) for each in value]
    if name not in _READ or not isinstance(value, str):
        return value
    if name == "hint" and "code" in beside:
        return message_as_read(hint_here(str(beside["code"]), value))
    return message_as_read(value) if name in _SAID else text_as_read(value)


def text_as_read(text: str) -> str:
    """A text as it is read; among English ones, those without a Persian word keep their digits."""
    return readable(text) if language() == "fa" or tongue().direction == "ltr" else cell_text(text)


def message_as_read(text: str) -> str:
    """A message of the program as it is read, whatever its paper is written in: an English one keeps its digits and
    commas around Persian words.
    """
    with printed_in(PERSIAN):
        return _message(_ENDLESS.sub(r"\1…", text))


def _message(text: str) -> str:
    if language() == "fa":
        return readable(text)
    pieces = _PERSIAN.split(text)
    return "".join(
        f"{_FIRST}{readable(each)}{_LAST}" if n % 2 else each.translate(_SIGNS) for n, each in enumerate(pieces)
    )


def hint_here(code: str, hint: str) -> str:
    """What to do about a problem, for people who have a browser and no terminal."""
    if _COMMAND not in hint:
        return hint
    if code == "carried":
        return translate("Open each of these forms: correct what changed, and confirm what still holds.")
    left = " ".join(each for each in _SENTENCE.split(hint) if _COMMAND not in each)
    return left[:1].upper() + left[1:]
