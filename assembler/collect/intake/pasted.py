"""The header of a block that was copied, and the lines of it that are no rows: as of the tables of foreign files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assembler.collect.foreign.grids import Grid, of_lines
from assembler.collect.intake.candidates import Candidate, candidate_of
from assembler.collect.intake.heads import Shape
from assembler.collect.intake.matching import Matcher, columns_of
from assembler.collect.intake.rows import AsideKind, drafted
from assembler.model.specs import Column, Item

_FIT = 0.5  # a header that fits less is rather a row
_NO_ROWS: frozenset[AsideKind] = frozenset(("head", "numbers", "sum", "note"))


@dataclass(frozen=True)
class PastedHead:
    """The columns the cells of a block are for, None where they are passed over; its rows, and how many lines of it
    are titles, sums and remarks.
    """

    columns: tuple[Column | None, ...]
    rows: tuple[Sequence[str], ...]
    aside: int


def pasted_head(lines: Sequence[Sequence[str]], item: Item) -> PastedHead | None:
    """What a block says of its columns; None where it has no header, or one that is not surely ours."""
    grid, candidate = of_lines(lines), candidate_of(item)
    match = Matcher((candidate,)).match(grid, candidate) if candidate.leaves and grid.height > 1 else None
    if match is None or match.heads.fit < _FIT:
        return None
    sure = columns_of(match).sure
    if 2 * len(sure) < sum(map(bool, match.paths)):
        return None
    names = [candidate.leaves[sure[at]].column if at in sure else None for at in range(grid.width)]
    if any(candidate.leaves[own].choice is not None for own in sure.values()):
        return None  # ticks: a column has several cells
    return PastedHead(tuple(names), *_rows(lines, grid, match.shape, candidate, sure))


def _rows(
    lines: Sequence[Sequence[str]], grid: Grid, shape: Shape, candidate: Candidate, sure: dict[int, int]
) -> tuple[tuple[Sequence[str], ...], int]:
    aside = {each.row for each in drafted(grid, shape, candidate, sure, sure).aside if each.kind in _NO_ROWS}
    rows = tuple(lines[at] for at in range(shape.body, grid.height) if at not in aside)
    return rows, len(aside) + shape.first
