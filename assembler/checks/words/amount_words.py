"""Words of labels that tell what their numbers can be: counts are never below zero, scores have caps."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assembler.base.lexicon import folded, lexicon
from assembler.base.persian import ZWNJ, fold

_WORD = re.compile(rf"[^\W\d_][\w{ZWNJ}-]*")


@cache
def _words(heading: str) -> frozenset[str]:
    return folded(lexicon(__file__, "amounts")[heading])


@lru_cache(maxsize=4096)
def is_never_below_zero(label: str, unit: str = "", around: str = "") -> bool:
    """Whether a number asked for by a label, in a unit, in a table of another label, counts or measures something."""
    said = {fold(word) for text in (label, unit) for word in _WORD.findall(text)}
    beside = said | {fold(word) for word in _WORD.findall(around)}
    return not said.isdisjoint(_words("never below zero")) and beside.isdisjoint(_words("may be below zero"))


@lru_cache(maxsize=4096)
def is_cap(label: str) -> bool:
    """Whether a column is of the most that can be scored."""
    plain = fold(label)
    return any(plain == word or (len(word) > len("سقف") and plain.startswith(word)) for word in _words("caps"))


@lru_cache(maxsize=4096)
def is_score(label: str) -> bool:
    """Whether a column is of scores, and not of the most they can be."""
    return not is_cap(label) and not {fold(word) for word in _WORD.findall(label)}.isdisjoint(_words("scores"))
