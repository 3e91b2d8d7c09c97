"""Numbers in words: «بیست و چهار», «دو هزار و سیصد», «twenty-four»; what looks like one but is none; the words
before numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assembler.base.lexicon import either, folded, lexicon, standing
from assembler.base.persian import LRM, RLM, ZWNJ, fold

_SPACE = rf"[\s{ZWNJ}{LRM}{RLM}]"
_HUNDREDS, _LEAST_SCALE = ("صد", "hundred"), 1_000
_JOINTS = ("و", "and", "-")


@dataclass(frozen=True)
class _Patterns:
    """What numbers in words look like; ``otherwise`` and ``counting`` end the text before one."""

    values: Mapping[str, int]
    numbers: str
    parts: re.Pattern[str]
    otherwise: re.Pattern[str]
    counting: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = lexicon(__file__, "numbers")
    values = {word: int(value) for word, value in standing(words["numbers"]).items()}
    word = either(values)
    return _Patterns(
        values,
        rf"(?<![\w{ZWNJ}])(?:{word})(?:(?:{_SPACE}+(?:(?:و{_SPACE}*|and{_SPACE}+))?|-)(?:{word}))*(?!\w|{ZWNJ}(?:ها|ام))",
        re.compile(rf"{word}|و|and|-"),
        re.compile(rf"(?:(?<!\w)(?:{either(words['otherwise'])})|\d|[-–−/]){_SPACE}*$"),
        re.compile(rf"(?<!\w)(?:{either(words['counting'])}){_SPACE}*$"),
    )


def number_words() -> str:
    """A pattern for number words one after the other, with or without «و»; whether they make a number is judged
    afterwards."""
    return _patterns().numbers


def number_in_words(text: str, before: str, phrase: str) -> int | None:
    """The number that words say; None for «دو سه» and where the words ``before`` take it in another sense.

    ``phrase`` is what a rule looks for in front of the number: «یک» is a number where it, or what is before, counts.
    """
    patterns = _patterns()
    number = _value(patterns.parts.findall(text), patterns.values)
    if number is None or (patterns.otherwise.search(before) and not phrase.strip()):
        return None
    return None if number == 1 and not patterns.counting.search(before + phrase) else number


def _value(parts: list[str], values: Mapping[str, int]) -> int | None:
    """Thousands, hundreds, tens and units, each once and in this order, with «و» between; «سه هزار» needs none."""
    total, group = 0, 0
    room, scale_room = 1_000, max(values.values()) * 10  # what the next word, the next scale must stay below
    joined = True
    for part in parts:
        if part in _JOINTS:
            joined = True
        elif (value := values[part]) >= _LEAST_SCALE:
            if value >= scale_room or joined == bool(group):
                return None
            total, group, room, scale_room, joined = total + (group or 1) * value, 0, 1_000, value, False
        elif part in _HUNDREDS and (1 if part.isascii() else 3) <= group <= 9 and not joined:
            group, room = group * 100, 100  # «شش‌صد», «two hundred»
        elif not (joined or part.isascii()) or value >= room:  # «forty two»
            return None
        else:
            group, room, joined = group + value, _room_after(value), False
    return total + group


def _room_after(value: int) -> int:
    """What may follow in the same number: tens after a hundred, units after tens, nothing after those and 10 to 19."""
    return 100 if value >= 100 else 10 if value >= 20 else 0


# ---------------------------------------------------------------- the words before a number

Hedge = Literal["", "about", "at least", "at most"]
_HEDGES: tuple[Hedge, ...] = ("about", "at least", "at most")
_FAR = 20  # characters before a number in which the words that say how it is meant stand


def hedge_before(before: str) -> Hedge:
    """How the words before a number take it; «» for exactly."""
    end = fold(before[-_FAR:])
    return next((hedge for hedge in _HEDGES if end.endswith(_hedges()[hedge])), "")


@cache
def _hedges() -> Mapping[Hedge, tuple[str, ...]]:
    words = lexicon(__file__, "numbers")
    return {hedge: tuple(folded(words[hedge])) for hedge in _HEDGES}


def names_a_thing(before: str) -> bool:
    """Whether the words before a number make it a year's, a clause's: «در سال ۱۳۹۹ خدمت»."""
    return bool(_before("named", r"\s*").search(before[-_FAR:]))


def names_no_date(before: str) -> bool:
    """Whether the words before three numbers with slashes make them the number of a letter, a clause, a telephone."""
    return bool(_before("no dates", rf"[ :{ZWNJ}]*(?:های)?[ :{ZWNJ}]*").search(before))


@cache
def _before(heading: str, between: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either(lexicon(__file__, 'numbers')[heading])}){between}$")
