"""Which row is which: of a table as it was exported, as it came back, and as the case has it now."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher


def matched(before: Sequence[Hashable], now: Sequence[Hashable]) -> list[int | None]:
    """For each row of before its place among those of now: the same ones in order, the same ones elsewhere, then those
    that stand between the same neighbours. None for one that is gone.
    """
    found: list[int | None] = [None] * len(before)
    if list(before) == list(now):
        return list(range(len(before)))
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    free = set(range(len(now)))
    codes = matcher.get_opcodes()
    for kind, start, end, first, _ in codes:
        for step in range(end - start) if kind == "equal" else ():
            found[start + step] = first + step
            free.discard(first + step)
    _elsewhere(found, free, before, now)
    for kind, start, end, first, last in codes:
        if kind == "replace" and end - start == last - first:
            _pair(found, free, range(start, end), range(first, last))
    return found


def _elsewhere(found: list[int | None], free: set[int], before: Sequence[Hashable], now: Sequence[Hashable]) -> None:
    where: dict[Hashable, list[int]] = {}
    for at in sorted(free):
        where.setdefault(now[at], []).append(at)
    for at, row in enumerate(before):
        if found[at] is None and where.get(row):
            found[at] = where[row].pop(0)
            free.discard(found[at])


def _pair(found: list[int | None], free: set[int], old: range, new: range) -> None:
    for one, other in zip(old, new, strict=True):
        if found[one] is None and other in free:
            found[one] = other
            free.discard(other)


def returned(marks: Sequence[int | None], contents: Sequence[Hashable], base: Sequence[Hashable]) -> list[int | None]:
    """For each row that came back the one it was at export; None for an added one.

    A row is the one its mark says when it still says the same; else the one that said the same, as rows may have been
    sorted without their marks; else the one its mark says.
    """
    found: list[int | None] = [None] * len(marks)
    free = set(range(len(base)))
    for at, mark in enumerate(marks):
        if mark in free and contents[at] == base[mark]:
            found[at] = mark
            free.discard(mark)
    _elsewhere_of(found, free, contents, base)
    for at, mark in enumerate(marks):
        if found[at] is None and mark in free:
            found[at] = mark
            free.discard(mark)
    return found


def _elsewhere_of(
    found: list[int | None], free: set[int], contents: Sequence[Hashable], base: Sequence[Hashable]
) -> None:
    where: dict[Hashable, list[int]] = {}
    for at in sorted(free):
        where.setdefault(base[at], []).append(at)
    for at, content in enumerate(contents):
        if found[at] is None and where.get(content):
            found[at] = where[content].pop(0)
            free.discard(found[at])
