"""A table as a file of others has it: cells of text at their places, and the words that stand before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from openpyxl.utils import get_column_letter

from assembler.base.messages import Wording, fill
from assembler.base.persian import is_dash


@dataclass(frozen=True)
class GridCell:
    """A cell with its text, counted from 0; it stands at its upper leading corner and spans ``rows`` and ``columns``.

    ``fault`` is the code of what keeps its text from being known.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    fault: str = ""

    @property
    def says(self) -> bool:
        """Whether anything is said in it."""
        return bool(self.text.strip()) and not is_dash(self.text)


@dataclass(frozen=True)
class Grid:
    """A table of a file. ``before`` are the lines that stand before it, the nearest last; ``headings`` those of the
    document it stands under, the innermost last. ``number`` counts the tables of the file from 1; ``sheet`` and
    ``origin`` say where it stands in a workbook. ``hidden`` are rows and columns somebody hid.
    """

    cells: tuple[GridCell, ...]
    height: int
    width: int
    before: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    number: int = 1
    sheet: str = ""
    origin: tuple[int, int] = (1, 1)
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)

    @cached_property
    def matrix(self) -> tuple[tuple[GridCell | None, ...], ...]:
        """Which cell covers each place; None where none does."""
        found: list[list[GridCell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self.height)):
                for column in range(cell.column, min(cell.column + cell.columns, self.width)):
                    found[row][column] = cell
        return tuple(map(tuple, found))

    def line(self, row: int) -> tuple[GridCell, ...]:
        """The cells that cover a row, each once, in order."""
        return tuple({id(cell): cell for cell in self.matrix[row] if cell is not None}.values())

    def begun(self, row: int) -> tuple[GridCell, ...]:
        """The cells that begin in a row and say something: a dash says that there is nothing to say."""
        return tuple(cell for cell in self.line(row) if cell.row == row and cell.says)

    def address(self, row: int, column: int) -> str:
        """A cell as people find it: «D12» of a workbook; else its row and column, as the table counts them."""
        if self.sheet:
            return f"{get_column_letter(self.origin[1] + column)}{self.origin[0] + row}"
        return fill("row {row}, column {column}", row=row + 1, column=column + 1)

    @property
    def where(self) -> str:
        """Where in the file it stands: its sheet, or which of its tables it is."""
        return self.sheet or fill("table {number}", number=self.number)

    def part(self, first: int, last: int) -> Grid:
        """The rows from ``first`` to before ``last`` as a table of their own, with the same words before it."""
        cells = tuple(replace(cell, row=cell.row - first) for cell in self.cells if first <= cell.row < last)
        hidden = frozenset(row - first for row in self.hidden_rows if first <= row < last)
        origin = (self.origin[0] + first, self.origin[1])
        return replace(self, cells=cells, height=last - first, hidden_rows=hidden, origin=origin)


@dataclass(frozen=True)
class ForeignFile:
    """What is read of a file: its tables in order, the lines outside of them, and the names of ``hidden`` sheets that
    hold anything. One that only ``proposes`` was guessed from where words stand on pages: nothing of it is written
    unless its tables are named. ``pictured`` are its pages, counted from 1, that are pictures only and not read;
    ``taken_for`` says what kind of file it is.
    """

    name: str
    grids: tuple[Grid, ...]
    lines: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    proposes: bool = False
    pictured: tuple[int, ...] = ()
    taken_for: Wording | None = None


def numbered_grids(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """Tables with their numbers in a file."""
    return tuple(replace(grid, number=number) for number, grid in enumerate(grids, start=1))


def of_lines(lines: Sequence[Sequence[str]], before: Sequence[str] = ()) -> Grid:
    """The table of plain lines of cells."""
    width = max(map(len, lines), default=0)
    return Grid(tuple(_cells(lines)), len(lines), width, tuple(before))


def _cells(lines: Sequence[Sequence[str]]) -> Iterator[GridCell]:
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            yield GridCell(text.strip(), row, column)
