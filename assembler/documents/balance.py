"""Widths with which a table of ours is lowest: columns of text take the room that columns of numbers do not need."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from assembler.documents.lengths import MARGINS, lines
from assembler.documents.rows import BOLD, Placed, Row, place
from assembler.model.packet import GridBlock, plain

_STEPS = (1800, 900, 450, 225)  # twips that go from one column to another at a time
_ROUNDS = 30  # of steps of one width: each makes the table lower
_SAMPLE = 40  # rows: enough to know how high the others are


def balanced(grid: GridBlock, given: Sequence[int], least: Sequence[int], scale: float) -> list[int]:
    """The widths, none narrower than its ``least``, from which no step makes the table lower; the ``given`` ones where
    none does. Text is ``scale`` times as large as usual.
    """
    measure = _Measure(grid, scale)
    widths, high = tuple(given), measure.lines(given)
    for step in _STEPS:
        for _ in range(_ROUNDS):
            tries = _steps(widths, least, step, measure.tall(widths))
            best = min(tries, key=measure.lines, default=widths)
            if measure.lines(best) >= high:
                break
            widths, high = best, measure.lines(best)
    return list(widths)


def _steps(widths: tuple[int, ...], least: Sequence[int], step: int, tall: Collection[int]) -> list[tuple[int, ...]]:
    """The widths after a step from any column that has the room to any ``tall`` one."""
    found = []
    for giving, taking in itertools.permutations(range(len(widths)), 2):
        if taking in tall and widths[giving] - step >= least[giving]:
            moved = list(widths)
            moved[giving] -= step
            moved[taking] += step
            found.append(tuple(moved))
    return found


class _Measure:
    """How many lines a table takes in given widths; what a cell takes in a width is reckoned once."""

    def __init__(self, grid: GridBlock, scale: float) -> None:
        count = len(grid.widths)
        self._rows: list[Row] = [*place(grid.head, count), *place(grid.body[:_SAMPLE], count)]
        self._scale = scale
        self._known: dict[tuple[int, int], int] = {}

    def lines(self, widths: Sequence[int]) -> int:
        """The lines of all rows; those a merged cell lacks are counted with its last row."""
        total = 0
        open_: list[list[int]] = []  # of merged cells: rows left, lines still wanted
        for row in self._rows:
            high = 1
            for one in row:
                if one.below or one.cell.kind == "group":
                    continue
                wanted = self._cell(one, widths)
                if one.cell.rows == 1:
                    high = max(high, wanted)
                else:
                    open_.append([one.cell.rows, wanted])
            high = max([high, *(wanted for left, wanted in open_ if left == 1)])
            open_ = [[left - 1, wanted - high] for left, wanted in open_ if left > 1]
            total += high
        return total

    def tall(self, widths: Sequence[int]) -> set[int]:
        """The columns with a cell of several lines: the others make nothing lower."""
        found: set[int] = set()
        for one in (one for row in self._rows for one in row if not one.below and self._cell(one, widths) > 1):
            found.update(range(one.column, one.column + one.cell.columns))
        return found

    def _cell(self, one: Placed, widths: Sequence[int]) -> int:
        width = sum(widths[one.column : one.column + one.cell.columns])
        key = (id(one.cell), width)
        if key not in self._known:
            room, bold = round((width - MARGINS) / self._scale), one.cell.kind in BOLD
            self._known[key] = sum(lines(plain(line), room, bold=bold) for line in one.cell.lines)
        return self._known[key]
