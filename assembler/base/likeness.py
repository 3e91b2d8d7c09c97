"""How alike two words are: near enough for a slip, nearest of many. ``difflib`` is loaded by what needs it."""

from __future__ import annotations

from collections.abc import Iterable

_TELLING = 8  # letters of a label that say something wherever they stand


def nearest(name: str, known: Iterable[str], cutoff: float = 0.0) -> str | None:
    """The known name most like a mistyped one; None when none is as alike as ``cutoff``, from 0 to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), n=1, cutoff=cutoff)), None)


def share_alike(one: str, other: str) -> float:
    """Which share of two words is the same letters in the same order, from 0 to 1."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def within_a_letter(one: str, other: str) -> bool:
    """Whether two words are one, or a letter apart: one more, one less, another, or two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    begin = _common(one, other)
    one, other = one[begin:], other[begin:]
    end = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _common(one: str, other: str) -> int:
    """How many letters two words begin alike with."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def labels_alike(one: str, other: str) -> float:
    """How likely two labels, folded, are those of one question that was worded anew: from 0 to 1. One that says all the
    other says and more is as alike as its share of it is long, and half again.
    """
    if not (one and other):
        return 0.0
    short, long = sorted((one, other), key=len)
    held = 0.5 + len(short) / len(long) / 2 if len(short) >= _TELLING and short in long else 0.0
    return max(held, share_alike(one, other))
