"""A form's sheet as data: which cell holds what, and what its hidden column says of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from assembler.collect.workbook.cells import CellValue
from assembler.model.specs import Choice, Column, Expression, Field, FormSpec, Item

FIRST = 2  # the column the grid begins at, behind the hidden one
QUESTION = (42.0, 56.0, 34.0)  # the widths in letters of a question, its answer and its hint
_WIDE = 150.0  # letters beyond which a sheet is printed on its side
Kind = Literal[
    "title", "legal", "section", "label", "answer", "locked", "hint", "head", "printed", "computed", "footer", "note",
    "band", "closed",
]  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """The answer a cell is for: that of an item, or of a column in a row of its table, counted from 0."""

    item: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Box:
    """A cell of a sheet, spanning ``columns`` and ``rows``. ``choice`` is the one a tick stands for; ``formula`` is
    tried for what is calculated, else ``value`` stands there.
    """

    row: int
    column: int
    kind: Kind
    value: CellValue = None
    columns: int = 1
    rows: int = 1
    field: Field | None = None
    choice: str = ""
    slot: Slot | None = None
    formula: Expression | None = None
    remark: str = ""


@dataclass(frozen=True)
class Leaf:
    """A printed column of a table, at its columns of the grid; a ticked one is a leaf a choice."""

    column: Column
    choice: Choice | None
    path: tuple[str, ...]
    width: float
    at: int = 0
    span: int = 1


@dataclass(frozen=True)
class Region:
    """Where a table stands: the rows of its body, and its leaves."""

    item: Item
    leaves: tuple[Leaf, ...]
    head: int
    first: int
    last: int

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The ordinary rows, first and last of each stretch: headings and rows reckoned of others stand between."""
        between = [self.first + at for at, row in enumerate(self.item.rows) if row.heading or row.reckoned]
        edges = [self.first - 1, *between, self.last + 1]
        found = ((above + 1, below - 1) for above, below in pairwise(edges))
        return tuple((first, last) for first, last in found if first <= last)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions under which cells of a row are asked for, each once."""
        return tuple(dict.fromkeys(leaf.column.relevant.source for leaf in self.leaves if leaf.column.relevant))


@dataclass
class SheetPlan:
    """A sheet ready to be written; ``ids`` are what column A says, ``base`` the keys of all answers as they stand."""

    form: FormSpec
    name: str
    widths: tuple[float, ...] = ()
    boxes: list[Box] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    answers: dict[str, tuple[int, int]] = field(default_factory=dict)  # the row and column of each single answer
    regions: dict[str, Region] = field(default_factory=dict)
    base_values: dict[str, str] = field(default_factory=dict)
    base_rows: dict[str, list[BaseRow]] = field(default_factory=dict)
    locked: list[Slot] = field(default_factory=list)
    last_row: int = 0

    @property
    def wide(self) -> bool:
        return sum(self.widths) > _WIDE

    @property
    def columns(self) -> int:
        return len(self.widths)

    @property
    def aside(self) -> int:
        """The hidden column behind the grid that says whether a question or table is asked for; those behind it say so
        of the cells of a row, a column a condition.
        """
        return FIRST + self.columns

    def aside_of(self, region: Region, condition: str) -> int:
        """The hidden column that says of each row of a table whether a condition holds."""
        return self.aside + 1 + region.conditions.index(condition)

    @property
    def width(self) -> int:
        """The last column of the sheet in which anything may stand."""
        return self.aside + max((len(region.conditions) for region in self.regions.values()), default=0)

    @property
    def answer_columns(self) -> tuple[int, int]:
        """The columns single answers stand in, the first and the last."""
        _, (at, span, _), _ = spans(self.widths, QUESTION)
        return at, at + span - 1


@dataclass(frozen=True)
class BaseRow:
    """A row of a table as it was exported: its cells by the keys of what is filled in."""

    cells: Mapping[str, str]
    name: str = ""
    group: bool = False


def spans(grid: Sequence[float], wanted: Sequence[float]) -> list[tuple[int, int, float]]:
    """For columns of wanted widths: where in the grid each begins, how many columns it spans, how wide that is."""
    scale = sum(grid) / sum(wanted)
    ends, so_far, at = [], 0.0, 0
    sums = [sum(grid[: number + 1]) for number in range(len(grid))]
    for number, width in enumerate(wanted):
        so_far += width * scale
        rest = len(wanted) - number - 1
        choices = range(at, len(grid) - rest)
        best = min(choices, key=lambda index: abs(sums[index] - so_far)) if rest else len(grid) - 1
        ends.append(best + 1)
        at = best + 1
    starts = [0, *ends[:-1]]
    return [(start + FIRST, end - start, sum(grid[start:end])) for start, end in zip(starts, ends, strict=True)]
