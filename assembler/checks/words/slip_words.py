"""Words by which slips of the pen are told: what only holds a place, what may stand twice side by side."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assembler.base.lexicon import folded, lexicon
from assembler.base.persian import fold

_LONGEST = 40  # letters of what only holds a place; longer texts are told by their beginnings
# Signs that only hold a place: «…», «؟؟», «xx», «____». A dash says that there is nothing to say.
_SIGNS = re.compile(r"[.…]+|[؟?]+|[xX]{2,}|_{2,}")
_ONE_LETTER = re.compile(r"([^\W\d_])\1{3,}")
_IN_BRACKETS = re.compile(r"(?:\[(?:[^\s\[\]]+ ?){1,4}\]|<(?:[^\s<>]+ ?){1,4}>|\{\{.*\}\})")


@lru_cache(maxsize=4096)  # words of cells repeat from row to row
def is_filler(text: str) -> bool:
    """Whether a whole answer is only there to be replaced."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        return bare.casefold().startswith(lexicon(__file__, "slips")["filler beginnings"])
    key = fold(bare).casefold().strip(".…:!")
    patterns = (_SIGNS, _ONE_LETTER, _IN_BRACKETS)
    return key in _fillers() or key.startswith(_beginnings()) or any(each.fullmatch(bare) for each in patterns)


def may_double(word: str) -> bool:
    """Whether a word is one that people say twice: «رفته رفته»."""
    return fold(word) in _doubled()


@cache
def _fillers() -> frozenset[str]:
    return folded(lexicon(__file__, "slips")["fillers"])


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(folded(lexicon(__file__, "slips")["filler beginnings"]))


@cache
def _doubled() -> frozenset[str]:
    return folded(lexicon(__file__, "slips")["doubled"])
