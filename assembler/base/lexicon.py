"""Words that texts of people are read by, in files beside the code that reads them, so that a list grows without code.

A file holds lists under headings, ``[given names]``, a word or phrase a line; ``#`` begins a comment. A word may say
what it stands for: ``بیست = 20``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from assembler.base.persian import fold


@cache
def lexicon(module: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of ``name.txt`` beside a module, given as its ``__file__``, by their headings; read once."""
    lists: dict[str, list[str]] = {}
    words: list[str] = []
    for line in Path(module).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith("["):
            words = lists.setdefault(entry[1:-1], [])
        elif entry:
            words.append(entry)
    return {heading: tuple(found) for heading, found in lists.items()}


def folded(words: Iterable[str]) -> frozenset[str]:
    """Words under which all their spellings are found."""
    return frozenset(map(fold, words))


def standing(words: Iterable[str]) -> dict[str, str]:
    """What words stand for; of a word that does not say it, the word itself."""
    pairs = (entry.partition(" = ") for entry in words)
    return {word: meaning or word for word, _, meaning in pairs}


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
