"""Which row of a table is which row of the table as it was."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_MOST_COMPARED = 40_000  # pairs of rows; beyond them only rows at one place are held against each other


@dataclass(frozen=True)
class RowText:
    """A row as far as it tells which one it is: its printed name, the cell people know it by, its entered cells."""

    name: str
    key: Hashable
    cells: tuple[str, ...]
    group: bool = False


@dataclass
class Matched:
    """Places of rows, counted from 0: ``pairs`` are the same row before and after, ``moved`` places of some after."""

    pairs: dict[int, int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    deleted: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


def match_rows(before: Sequence[RowText], after: Sequence[RowText]) -> Matched:
    """Pairs rows by printed name, then by key cell, then equal ones in order, then those that are alike."""
    matcher = _Matcher(before, after)
    matcher.by(lambda row: row.name or None)
    matcher.by(lambda row: None if row.name else row.key)
    matcher.equal_in_order()
    matcher.alike_in_place()
    matcher.alike_anywhere()
    pairs = dict(sorted(matcher.pairs.items()))
    return Matched(pairs, _moved(list(pairs.values())), tuple(matcher.left), tuple(matcher.right))


class _Matcher:
    def __init__(self, before: Sequence[RowText], after: Sequence[RowText]) -> None:
        self.before, self.after = before, after
        self.pairs: dict[int, int] = {}

    @property
    def left(self) -> list[int]:
        """Rows of the earlier state that are not paired yet."""
        return [at for at in range(len(self.before)) if at not in self.pairs]

    @property
    def right(self) -> list[int]:
        """Rows of the later state that are not paired yet."""
        taken = set(self.pairs.values())
        return [at for at in range(len(self.after)) if at not in taken]

    def by(self, key: Callable[[RowText], Hashable]) -> None:
        """Pairs the rows whose key stands once on each side."""
        left, right = _once(self.before, self.left, key), _once(self.after, self.right, key)
        self.pairs |= {at: right[found] for found, at in left.items() if found in right}

    def equal_in_order(self) -> None:
        left, right = self.left, self.right
        ones = [(self.before[at].group, self.before[at].cells) for at in left]
        others = [(self.after[at].group, self.after[at].cells) for at in right]
        for block in SequenceMatcher(None, ones, others, autojunk=False).get_matching_blocks():
            self.pairs |= {left[block.a + step]: right[block.b + step] for step in range(block.size)}

    def alike_in_place(self) -> None:
        """Rows left between the same neighbours that share a cell; of one cell each, those at the same place."""
        left = self._gaps(self.left, self.pairs)
        right = self._gaps(self.right, {to: to for to in self.pairs.values()})
        for neighbour, ones in left.items():
            others = right.get(neighbour, [])
            self._pair_alike(ones, others, 0)
            if len(ones) == len(others):
                self.pairs |= {at: to for at, to in zip(ones, others, strict=True) if self._are_free(at, to)}

    def _are_free(self, at: int, to: int) -> bool:
        """Whether two rows of one cell each have no other partner."""
        short = all(sum(map(bool, row.cells)) <= 1 for row in (self.before[at], self.after[to]))
        return short and self._of_one_kind(at, to) and at not in self.pairs and to not in self.pairs.values()

    def alike_anywhere(self) -> None:
        """A row that was both moved and changed shares at least half of its cells."""
        self._pair_alike(self.left, self.right, 0.5)

    @staticmethod
    def _gaps(rows: Sequence[int], partners: Mapping[int, int]) -> dict[int, list[int]]:
        """Rows by the nearest paired row above them, told by its place in the later state; -1 where there is none."""
        found: dict[int, list[int]] = {}
        places = sorted(partners)
        for at in rows:
            above = bisect_left(places, at) - 1
            found.setdefault(partners[places[above]] if above >= 0 else -1, []).append(at)
        return found

    def _pair_alike(self, ones: Sequence[int], others: Sequence[int], least: float) -> None:
        """The most alike first; ``least`` is the share of filled cells they must have in common."""
        if len(ones) * len(others) > _MOST_COMPARED:
            return
        scored = ((self._likeness(at, to), -abs(at - to), at, to) for at in ones for to in others)
        taken = set(self.pairs.values())
        for share, _, at, to in sorted(scored, key=lambda found: (-found[0], -found[1], found[2])):
            if share > 0 and share >= least and at not in self.pairs and to not in taken:
                self.pairs[at] = to
                taken.add(to)

    def _likeness(self, at: int, to: int) -> float:
        """The share of filled cells that are the same."""
        if not self._of_one_kind(at, to):
            return 0
        ones, others = self.before[at].cells, self.after[to].cells
        filled = sum(bool(one or other) for one, other in zip(ones, others, strict=False))
        same = sum(bool(one) and one == other for one, other in zip(ones, others, strict=False))
        return same / filled if filled else 0

    def _of_one_kind(self, at: int, to: int) -> bool:
        """Printed rows have names of their own, band rows are no others."""
        one, other = self.before[at], self.after[to]
        return not one.name and not other.name and one.group == other.group


def _once(rows: Sequence[RowText], places: Sequence[int], key: Callable[[RowText], Hashable]) -> dict[Hashable, int]:
    """The rows that alone have their key; rows without one are none."""
    keys = {at: key(rows[at]) for at in places}
    counts = Counter(keys.values())
    return {found: at for at, found in keys.items() if found is not None and counts[found] == 1}


def _moved(places: Sequence[int]) -> frozenset[int]:
    """The fewest places that must move for the rest to stand in order."""
    ends: list[int] = []  # the smallest last place of a rising line of each length
    at_end: list[int] = []
    before: dict[int, int | None] = {}
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before[at] = at_end[length - 1] if length else None
        if length == len(ends):
            ends.append(place)
            at_end.append(at)
        else:
            ends[length], at_end[length] = place, at
    staying, at_last = set(), at_end[-1] if at_end else None
    while at_last is not None:
        staying.add(places[at_last])
        at_last = before[at_last]
    return frozenset(places) - staying
