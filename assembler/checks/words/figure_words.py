"""The words around a number in running text: lists of them, and ordinals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assembler.base.lexicon import either, lexicon, standing
from assembler.base.persian import ZWNJ, fold


@cache
def words_of(heading: str) -> frozenset[str]:
    """The words of a list, folded: all their spellings are found there."""
    return frozenset(fold(word) for word in lexicon(__file__, "figures")[heading])


def words_of_as_typed(heading: str) -> tuple[str, ...]:
    """The entries of a list as they stand in it."""
    return lexicon(__file__, "figures")[heading]


@cache
def meanings(heading: str) -> Mapping[str, str]:
    """What the words of a list stand for, both folded."""
    return {fold(word): fold(meaning) for word, meaning in standing(lexicon(__file__, "figures")[heading]).items()}


@cache
def _number_words() -> Mapping[str, str]:
    return {fold(word): value for word, value in standing(lexicon(__file__, "numbers")["numbers"]).items()}


def number_words_bare() -> tuple[str, ...]:
    """The words numbers are made of, as they are written."""
    return tuple(standing(lexicon(__file__, "numbers")["numbers"]))


@cache
def ordinals() -> re.Pattern[str]:
    """«سوم», «پنجمین»: one word each."""
    made = rf"(?P<made>{either(_number_words())}){ZWNJ}?(?:م|ام)(?:ین)?"
    return re.compile(rf"(?<![\w{ZWNJ}])(?:(?P<known>{either(meanings('ordinals'))})|{made})(?![\w{ZWNJ}])")


def ordinal(match: re.Match[str]) -> int:
    """The number of an ordinal's match."""
    return int(meanings("ordinals")[match["known"]] if match["known"] else _number_words()[match["made"]])
