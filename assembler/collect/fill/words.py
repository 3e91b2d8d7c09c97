"""The commands that may be typed in place of an answer, in Persian and in Latin letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from assembler.base.persian import fold, normalise, parse_number


class Command(NamedTuple):
    """A command with what was typed behind it."""

    name: str
    argument: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The whole numbers behind it; none when anything else stands there."""
        found = [parse_number(each) for each in self.argument.replace("،", " ").replace(",", " ").split()]
        whole = [int(each) for each in found if each is not None and each == each.to_integral_value()]
        return tuple(whole) if len(whole) == len(found) else ()


# By name: the words for it, the first of each script shown in the help.
EVERYWHERE: Mapping[str, tuple[str, ...]] = {
    "back": ("بازگشت", ":b", ":back"),
    "go": ("برو", ":g", ":go"),
    "skip": ("رد", ":s", ":skip"),
    "clear": ("پاک", ":c", ":clear"),
    "confirm": ("تأیید", ":o", ":ok"),
    "list": ("فهرست", ":l", ":list"),
    "leave": ("خروج", ":q", ":quit"),
    "help": ("؟", "?", ":h", ":help", "راهنما"),
}
IN_TEXTS: Mapping[str, tuple[str, ...]] = {"editor": ("ویرایشگر", ":e", ":editor")}
IN_TABLES: Mapping[str, tuple[str, ...]] = {
    "add": ("افزودن", ":a", ":add"),
    "edit": ("ویرایش", ":r", ":row"),
    "delete": ("حذف", ":d", ":delete"),
    "move": ("جابجا", ":m", ":move", "جابه‌جا"),
    "copy": ("رونوشت", ":y", ":copy"),
    "paste": ("چسباندن", ":p", ":paste"),
    "band": ("سرگروه", ":n", ":band"),
    "take": ("برداشتن", ":t", ":take"),
    "view": ("نمایش", ":v", ":view"),
    "done": ("پایان", ":x", ":done"),
}
IN_ROWS: Mapping[str, tuple[str, ...]] = {"done": IN_TABLES["done"]}
_WITH_TEXT = ("go",)
_WITH_NUMBERS = ("edit", "delete", "move", "copy", "add")
_ESCAPE = "="  # before a word that is meant as an answer


def command(typed: str, known: Mapping[str, tuple[str, ...]]) -> Command | None:
    """The command that was typed, or None when it is an answer.

    Words in which a sentence may begin («رد شد») are commands only when nothing stands behind them that they do not
    take.
    """
    first, _, rest = normalise(typed.replace("\n", " ")).partition(" ")
    name = next((name for name, words in known.items() if fold(first) in map(fold, words)), None)
    if name is None or "\n" in typed.strip():
        return None
    found = Command(name, rest.strip())
    if not found.argument or (name in _WITH_TEXT and len(rest) <= 60) or (name in _WITH_NUMBERS and found.numbers):
        return found
    return None


def literal(typed: str) -> str:
    """What was typed as an answer: a command's word behind «=» is the word itself."""
    word = typed.strip().removeprefix(_ESCAPE)
    everything = {**EVERYWHERE, **IN_TEXTS, **IN_TABLES}
    return word if typed.strip().startswith(_ESCAPE) and command(word, everything) else typed
