"""Rows of a table as they are placed, and about how high they are: enough to decide what stays together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assembler.base.tongue import printed_words
from assembler.documents.lengths import LINE, MARGINS, MARGINS_ABOVE, lines
from assembler.model.packet import GridCell, Span, plain

CONTINUED = " (ادامه)"
_BOLD = ("head", "label", "group", "footer")


@dataclass(frozen=True)
class Placed:
    """A cell where it stands in its row; ``below`` marks the continuation of a cell merged downwards."""

    cell: GridCell
    column: int
    below: bool = False

    def lines(self, columns: Sequence[int], smaller: float = 1.0) -> int:
        """About how many lines the cell's text takes, in type so many times ``smaller`` than the usual one."""
        width = round((sum(columns[self.column : self.column + self.cell.columns]) - MARGINS) * smaller)
        bold = self.cell.kind in _BOLD
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


def divided(rows: Sequence[Row], columns: Sequence[int], most: float) -> list[list[Placed]]:
    """The rows with cells merged downwards that are higher than ``most`` begun anew, «… (ادامه)», where no other merged
    cell is cut: what a page break cuts through would be blank on the next page.
    """
    found = [list(row) for row in rows]
    if not any(one.below for row in rows for one in row):
        return found
    high = heights(rows, columns)
    for number, row in enumerate(rows):
        for at, one in enumerate(row):
            if not one.below and one.cell.rows > 1 and sum(high[number : number + one.cell.rows]) > most:
                _divide(found, high, number, at, most)
    return found


def _divide(rows: list[list[Placed]], high: Sequence[int], first: int, at: int, most: float) -> None:
    one = rows[first][at]
    end = min(first + one.cell.rows, len(rows))
    begins = [first]
    for number in range(first + 1, end):
        is_free = not any(each.below and each.column != one.column for each in rows[number])
        last_possible = number == end - 1 and number > begins[-1] + 1
        if is_free and not last_possible and sum(high[begins[-1] : number + 1]) > most:
            begins.append(number)
    for begin, until in pairwise([*begins, end]):
        lines = one.cell.lines
        if begin > first and lines:
            lines = (*lines[:-1], (*lines[-1], Span(printed_words(CONTINUED))))
        cell = replace(one.cell, lines=lines, rows=until - begin, mark=one.cell.mark if begin == first else "")
        for number in range(begin, until):
            place_ = next(k for k, each in enumerate(rows[number]) if each.column == one.column)
            rows[number][place_] = Placed(cell, one.column, below=number > begin)


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
