"""The header of a foreign table held against the columns of one of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assembler.collect.foreign.grids import Grid
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.likeness import (
    alike,
    amounts_of,
    at_odds,
    counts_money,
    counts_things,
    letters,
    says_more,
    scopes,
)
from assembler.model.types import NUMBERS
from assembler.packet.grids import Leaf

_MOST_TITLES, _MOST_DEPTH = 4, 4
_WIDE = 0.8  # the share of the width from which a cell is one over the whole table
_NEAR = 0.55  # as alike as two must be to be paired at all
_IN_PLACE = 0.02  # what it counts that two stand at the same place
_ONE_LEVEL, _OTHER_LEVEL, _CHOICE = 0.97, 0.93, 0.9
_UNDER_OTHERS = 0.79
_OTHER_WORD = 0.96
_OF_OURS, _OF_THEIRS = 0.55, 0.45
_MOST_KNOWN = 20_000

Path = tuple[str, ...]  # the headers above a column, from the top


@dataclass(frozen=True)
class Shape:
    """Where the header of a table begins, and where its rows do."""

    first: int
    body: int


@dataclass(frozen=True)
class HeadMatch:
    """Columns of a foreign table and leaves of ours: how alike each pair is, which belong together, and how well all
    of it fits, from 0 to 1.
    """

    alike: tuple[tuple[float, ...], ...]
    pairs: Mapping[int, int]
    fit: float


def is_full(grid: Grid, row: int) -> bool:
    """Whether a row begins with a cell over nearly the whole table."""
    cell = grid.matrix[row][0] if grid.width else None
    return cell is not None and grid.width > 1 and cell.columns >= max(2, _WIDE * grid.width)


def shapes(grid: Grid) -> Iterator[Shape]:
    """Where the header may begin and end: behind rows of a title, before a row no cell of it reaches into."""
    starts = [0]
    while (start := starts[-1]) < min(_MOST_TITLES, grid.height - 1):
        if not is_full(grid, start) and len({cell.text for cell in grid.line(start) if cell.text.strip()}) > 1:
            break
        # A lone text of one cell heads its column only where nothing else can: above a table of Excel it is its title.
        starts = [*(starts if is_full(grid, start) else starts[:-1]), start + 1]
    for start in starts:
        for body in range(start + 1, min(start + _MOST_DEPTH, grid.height) + 1):
            if body > start + 1 and not _goes_on(grid, body - 1):
                break
            if body == grid.height or not any(cell.row < body for cell in grid.line(body)):
                yield Shape(start, body)


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether a row may be the header's still: a cell of the row above reaches into it, or heads several columns, be it
    unmerged. Under a header that says one thing over each column stands an answer, which must not be lost in it.
    """
    above = grid.matrix[row - 1]
    texts = [cell.text.strip() if cell else "" for cell in above]
    if any(cell is not None and (cell.columns > 1 or cell.row + cell.rows > row) for cell in above):
        return True
    return not all(texts) or any(one == other for one, other in pairwise(texts))


def paths(grid: Grid, shape: Shape) -> tuple[Path, ...]:
    """What stands above each column."""
    return tuple(tuple(_path(grid, shape, column)) for column in range(grid.width))


def _path(grid: Grid, shape: Shape, column: int) -> Iterator[str]:
    above = None
    for row in range(shape.first, shape.body):
        cell = grid.matrix[row][column]
        if cell is not None and cell is not above and cell.text.strip():
            yield " ".join(cell.text.split())
        above = cell


class Heads:
    """Holds headers against candidates; what was reckoned once is known."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], HeadMatch | None] = {}
        self._columns: dict[tuple[object, ...], float] = {}

    def match(
        self, above: tuple[Path, ...], candidate: Candidate, amounts: frozenset[str] = frozenset()
    ) -> HeadMatch | None:
        """None where hardly anything stands above the columns. ``amounts`` is what the lines above the table say all
        its numbers are counted in.
        """
        known = (above, candidate.signature, candidate.scopes, amounts)
        if known not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[known] = self._match(above, candidate, amounts)
        return self._known[known]

    def _match(self, above: tuple[Path, ...], candidate: Candidate, amounts: frozenset[str]) -> HeadMatch | None:
        headed = sum(map(bool, above))
        if headed < min(2, len(above)):
            return None
        table = tuple(
            tuple(
                self._of_column(path, leaf, called, also, candidate.scopes, amounts)
                for leaf, called, also in zip(candidate.leaves, candidate.called, candidate.also, strict=True)
            )
            for path in above
        )
        pairs = paired(table)
        weights = candidate.weights
        ours = sum(table[theirs][own] * weights[own] for theirs, own in pairs.items()) / (sum(weights) or 1)
        theirs_ = sum(table[theirs][own] for theirs, own in pairs.items()) / (headed or 1)
        return HeadMatch(table, pairs, _OF_OURS * ours + _OF_THEIRS * theirs_)

    def _of_column(
        self, path: Path, leaf: Leaf, called: tuple[Path, ...], also: frozenset[str], said: frozenset[str],
        amounts: frozenset[str],
    ) -> float:  # fmt: skip
        if not path:
            return 0.0
        column = leaf.column
        known = (path, called, also, column.unit, column.type, said, amounts)
        if known not in self._columns:
            is_said = letters(" ".join(path)) in also
            found = 1.0 if is_said else max(_called_alike(path, leaf, own) for own in called)
            if found > _UNDER_OTHERS:
                others = not is_said and _is_of_others(path, leaf, called, said)
                found = _UNDER_OTHERS if others or _is_in_others(path, leaf, called, said, amounts) else found
            self._columns[known] = found
        return self._columns[known]


def _is_of_others(path: Path, leaf: Leaf, called: tuple[Path, ...], said: frozenset[str]) -> bool:
    """Whether a header says of what stands below it what ours does not: other amounts, another year, up to now, as
    planned; or anything more than ours is called.
    """
    whole, ours = " ".join(path), _all_said(leaf, called)
    if scopes(whole) - scopes(ours) - said:
        return True
    texts = (ours, *(text for own in called for text in (" ".join(own), *own[-1:])))
    if all(says_more(path[-1], text) for text in texts):
        return True
    return counts_money(whole) and bool(amounts_of(ours) - amounts_of(whole))


def _is_in_others(
    path: Path, leaf: Leaf, called: tuple[Path, ...], said: frozenset[str], amounts: frozenset[str]
) -> bool:
    """Whether the lines above a table say that numbers are counted in other amounts than ours, and its header nothing
    of it.
    """
    whole = " ".join(path)
    if leaf.column.type not in NUMBERS or counts_money(whole) or counts_things(whole):
        return False
    return bool(amounts - scopes(_all_said(leaf, called)) - said)


def _all_said(leaf: Leaf, called: tuple[Path, ...]) -> str:
    return " ".join((*(text for own in called for text in own), leaf.column.unit, leaf.column.hint))


def _called_alike(path: Path, leaf: Leaf, called: Path) -> float:
    """What is called by our own label comes first: beside it, even mistyped, another word of offices is not sure."""
    return _column_alike(path, leaf, called) * (1.0 if called == leaf.path else _OTHER_WORD)


def _column_alike(path: Path, leaf: Leaf, called: Path) -> float:
    """How alike a header, with those above it, is to what a column of ours is ``called``."""
    own = tuple(filter(None, called))
    whole, last = " ".join(own), own[-1] if own else ""
    same_depth = len(path) == 1 or len(own) == 1
    found = max(alike(" ".join(path), whole), alike(path[-1], last) * (1 if same_depth else _OTHER_LEVEL))
    if len(path) == 1:
        found = max(found, alike(path[0], last) * _ONE_LEVEL, alike(path[0], whole))
    if leaf.choice is not None and len(own) > 1:
        found = max(found, _CHOICE * alike(path[-1], last))
    if found > _UNDER_OTHERS and len(path) > 1 and len(own) > 1 and at_odds(" ".join(path), whole):
        found = min(found, _UNDER_OTHERS)  # «number» under other headers
    return found


def paired(table: Sequence[Sequence[float]]) -> dict[int, int]:
    """The pairs of rows and columns of a table of likeness, the most alike first, each once."""
    many, of = len(table), len(table[0]) if table else 0
    ranked = sorted(
        (
            (value + _IN_PLACE * (1 - abs(at / max(many - 1, 1) - to / max(of - 1, 1))), -at, -to)
            for at, line in enumerate(table)
            for to, value in enumerate(line)
            if value >= _NEAR
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, minus_at, minus_to in ranked:
        if -minus_at not in found and -minus_to not in used:
            found[-minus_at] = -minus_to
            used.add(-minus_to)
    return found
