"""Names that may be one name written two ways; in time linear in their letters, as there may be hundreds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from assembler.base.lexicon import folded, lexicon
from assembler.base.likeness import within_a_letter
from assembler.base.persian import ZWNJ, fold, normalise

_DASHES = str.maketrans("–—-/،()«»", " " * 9)
_SHORT = 4  # letters below which one letter makes another word


def alike_names(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ in a letter of one longer word, in the order of their words, or in words often left out.

    Words that hold a digit tell names apart. The names are taken as different ones already.
    """
    words = {name: _words(name) for name in names}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in names:
        for key in _keys(words[name]):
            groups[key].append(name)
    seen: set[tuple[str, str]] = set()
    for group in groups.values():
        for other in group[1:]:
            pair = (group[0], other)
            if group[0] != other and pair not in seen and _is_alike(words[group[0]], words[other]):
                seen.add(pair)
                yield pair


@cache
def _left_out() -> frozenset[str]:
    return folded(lexicon(__file__, "alike")["left out"])


def _words(name: str) -> tuple[str, ...]:
    spaced = normalise(name).replace(ZWNJ, "").translate(_DASHES)
    return tuple(word for word in map(fold, spaced.split()) if word not in _left_out())


def _keys(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Two names that are alike have one of these in common."""
    yield ("", *sorted(words))
    for at, word in enumerate(words):
        if _may_slip(word):
            for variant in {word, *_shorter(word)}:
                yield (*words[:at], variant, "", *words[at + 1 :])


def _may_slip(word: str) -> bool:
    return len(word) >= _SHORT and word.isalpha()


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if sorted(one) == sorted(other):
        return True
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(differing) == 1 and within_a_letter(*differing[0])
