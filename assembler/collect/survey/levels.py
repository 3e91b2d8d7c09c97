"""What the cells of questions say: a level by its word, its number or a tick, nothing, or what no level is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from assembler.base.lexicon import lexicon
from assembler.base.persian import LRM, RLM, ZWNJ, fold, parse_number
from assembler.collect.survey.columns import Questionnaire, key
from assembler.collect.survey.files import unshielded

LONGEST_NAME = 300
_LONGEST_SHOWN = 40
_BLANK = -1
BLANK, FAULTY = 254, 255
REMEMBERED = 100_000  # texts whose meaning is kept
_DASHES = frozenset("-–—ـ")
_AROUND = " .()[]«»\"'*" + ZWNJ + RLM + LRM
_BETWEEN = re.compile(r"[,،;؛/|+\n]+")
_TICK_SIGNS = frozenset("✓✔☑☒✗✘×√■●*+")
_NO_TICK_SIGNS = frozenset("☐□○-–—")
_MARKS = RLM + LRM + "\ufe0f"  # around a sign
Fault = tuple[str, Mapping[str, object]]


@cache
def _ticks() -> frozenset[str]:
    return frozenset(map(key, lexicon(__file__, "levels")["ticked"]))


class Meaning(NamedTuple):
    """What a cell says: the place of a level, nothing, or what is wrong with it."""

    level: int = _BLANK
    fault: Fault | None = None


class _Codes(dict[object, int]):
    """Cells of questions as one byte each, so that they are read and counted many at a time."""

    def __init__(self, read: Callable[[object], Meaning]) -> None:
        self._read = read

    def __missing__(self, cell: object) -> int:
        found = self._read(cell)
        code = FAULTY if found.fault else BLANK if found.level == _BLANK else found.level
        if len(self) < REMEMBERED and len(str(cell)) < LONGEST_NAME:
            self[cell] = code
        return code


class LevelReader:
    """Reads the cells of questions; each text is read once."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.levels = questionnaire.levels
        self.numbers = questionnaire.numbers
        self.numbers_read = False
        self.known = "، ".join(level.label for level in self.levels)
        self._words = {fold(word): at for at, each in enumerate(self.levels) for word in (each.label, each.name)}
        self._codes = _Codes(self.meaning)

    def codes(self, cells: Sequence[object]) -> bytes:
        """A byte a cell: the place of a level, BLANK or FAULTY."""
        return bytes(map(self._codes.__getitem__, cells))

    def meaning(self, cell: object) -> Meaning:
        return self._ticked(cell) if isinstance(cell, tuple) else self._level(str(cell))

    def _level(self, cell: str) -> Meaning:
        text = unshielded(cell).strip(_AROUND) if len(cell) < LONGEST_NAME else cell
        if not cell.strip(" \t\u00a0" + ZWNJ) or (len(text) == 1 and text in _DASHES):
            return Meaning()
        if len(text) > LONGEST_NAME:
            return self._unknown(text)
        number = parse_number(text)
        if number is not None:
            if number != int(number) or not 1 <= number <= len(self.numbers) or "%" in text or "٪" in text:
                return self._unknown(cell)
            self.numbers_read = True
            return Meaning(self.numbers[int(number) - 1])
        level = self._words.get(fold(text))
        if level is not None:
            return Meaning(level)
        parts = [fold(part) for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) > 1 and all(part in self._words for part in parts):
            return Meaning(fault=("survey-two-levels", {"value": shown(cell)}))
        return self._unknown(cell)

    def _ticked(self, cells: tuple[str, ...]) -> Meaning:
        """The one level of a question that is ticked, each in its own column."""
        ticked = []
        for at, cell in enumerate(cells):
            is_ticked = is_tick(cell)
            if is_ticked is None and self._words.get(fold(cell.strip().strip(_MARKS))) != at:
                return self._unknown(cell)
            ticked += [] if is_ticked is False else [at]
        if len(ticked) > 1:
            labels = "، ".join(self.levels[at].label for at in ticked)
            return Meaning(fault=("survey-two-levels", {"value": labels}))
        return Meaning(ticked[0]) if ticked else Meaning()

    def _unknown(self, cell: str) -> Meaning:
        return Meaning(fault=("not-a-choice", {"value": shown(cell), "known": self.known}))


def is_tick(cell: str) -> bool | None:
    """Whether a cell is ticked, by a sign or a word; None when it says neither that nor no."""
    text = cell.strip().strip(_MARKS)
    if not text or text in _NO_TICK_SIGNS or text.casefold() in lexicon(__file__, "levels")["not ticked"]:
        return False
    return True if text in _TICK_SIGNS or key(text) in _ticks() else None


def shown(cell: str) -> str:
    text = "".join(letter if letter.isprintable() or letter == ZWNJ else "�" for letter in cell.strip())
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
