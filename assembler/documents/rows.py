"""Rows of a table as they are placed, and about how high they are: enough to decide what stays together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assembler.documents.lengths import LINE, MARGINS, MARGINS_ABOVE, lines
from assembler.model.packet import GridCell, plain

CONTINUED = " (ادامه)"
BOLD = ("head", "label", "group", "footer")


@dataclass(frozen=True)
class Placed:
    """A cell where it stands in its row; ``below`` marks the continuation of a cell merged downwards."""

    cell: GridCell
    column: int
    below: bool = False

    def lines(self, columns: Sequence[int], smaller: float = 1.0) -> int:
        """About how many lines the cell's text takes, in type so many times ``smaller`` than the usual one."""
        width = round((sum(columns[self.column : self.column + self.cell.columns]) - MARGINS) * smaller)
        bold = self.cell.kind in BOLD
        return sum(lines(plain(line), width, bold=bold) for line in self.cell.lines)


Row = Sequence[Placed]


def closes(row: Row) -> bool:
    """Whether the row closes its table."""
    return any(one.cell.kind == "footer" for one in row)


def place(rows: Sequence[Sequence[GridCell]], columns: int) -> list[list[Placed]]:
    """Every row filled from side to side: cells, continuations of merged ones, blanks where the grid is short."""
    hanging: dict[int, tuple[GridCell, int]] = {}
    result = []
    for row in rows:
        waiting = iter(row)
        placed: list[Placed] = []
        column = 0
        while column < columns:
            if column in hanging:
                cell = _continue(hanging, column)
                placed.append(Placed(cell, column, below=True))
            else:
                cell = _fit(next(waiting, GridCell()), column, columns, hanging)
                placed.append(Placed(cell, column))
                if cell.rows > 1:
                    hanging[column] = (cell, cell.rows - 1)
            column += cell.columns
        result.append(placed)
    return result


def _continue(hanging: dict[int, tuple[GridCell, int]], column: int) -> GridCell:
    cell, left = hanging.pop(column)
    if left > 1:
        hanging[column] = (cell, left - 1)
    return cell


def _fit(cell: GridCell, column: int, columns: int, hanging: Mapping[int, object]) -> GridCell:
    """The cell, no wider than the room up to the next merged cell or the table's edge."""
    room = next((step for step in range(1, columns - column) if column + step in hanging), columns - column)
    span = max(1, min(cell.columns, room))
    if span == cell.columns:
        return cell
    return GridCell(cell.lines, span, cell.rows, cell.align, cell.kind, cell.mark)


def parted_within(rows: Sequence[Row], columns: Sequence[int], most: float) -> set[int]:
    """The rows before which a page break may cut through cells merged downwards: only those that are higher than
    ``most`` are cut, two rows stand at either side, and there is room for what the cell says, which begins anew behind
    the break.
    """
    if not any(one.below for row in rows for one in row):
        return set()
    high = heights(rows, columns)
    free: set[int] = set()
    held: set[int] = set()
    for first, row in enumerate(rows):
        for one in row:
            if one.below or one.cell.rows < 2:
                continue
            end = min(first + one.cell.rows, len(rows))
            room = (one.lines(columns) + 1) * LINE + MARGINS_ABOVE
            for number in range(first + 1, end):
                sides = (range(first, number), range(number, end))
                is_free = sum(high[first:end]) > most and all(
                    len(side) > 1 and sum(high[at] for at in side) >= room for side in sides
                )
                (free if is_free else held).add(number)
    return free - held


def heights(rows: Sequence[Row], columns: Sequence[int], line: int = LINE, smaller: float = 1.0) -> list[int]:
    """About how high each row is, in twips; a cell merged downwards makes the last of its rows higher if need be."""
    found = []
    open_: list[list[int]] = []  # of merged cells: rows left, height still wanted
    for row in rows:
        own = max((one.lines(columns, smaller) for one in row if not one.below and one.cell.rows == 1), default=1)
        height = max(1, own) * line + MARGINS_ABOVE
        open_ += [
            [one.cell.rows, one.lines(columns, smaller) * line + MARGINS_ABOVE]
            for one in row
            if not one.below and one.cell.rows > 1
        ]
        height = max([height, *(wanted for left, wanted in open_ if left == 1)])
        open_ = [[left - 1, wanted - height] for left, wanted in open_ if left > 1]
        found.append(height)
    return found
