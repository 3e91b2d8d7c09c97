"""The columns of a sheet, shared by all tables of its form: how wide each is, what spans what, how high texts stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assembler.base.persian import format_number
from assembler.collect.workbook.cells import (
    choice_texts,
    tick_texts,
)
from assembler.collect.workbook.plans import QUESTION, Box, Leaf
from assembler.model.filled import FilledItem
from assembler.model.specs import Column, Field, Item
from assembler.model.types import NUMBERS

_LEAST_WIDTH = 110.0
_LETTERS_A_CM = 5.2
_WIDTHS = {
    "integer": 10.0,
    "decimal": 11.0,
    "percent": 10.0,
    "year": 10.0,
    "date": 13.0,
    "select_one": 15.0,
    "file": 22.0,
}
_TICK_WIDTH, _TEXT_WIDTH, _NARROWEST, _WIDEST_NUMBER = 9.0, 24.0, 6.5, 40.0
_PADDING = 1.5
LINE = 20.0  # height of a line in points
_SMALL_LINE = 16.0


def leaves_of(item: Item, filled: FilledItem | None = None) -> tuple[Leaf, ...]:
    """The printed columns of a table, leading one first; none narrower than the numbers that stand in it."""
    found: list[Leaf] = []
    for column in item.columns:
        path = (*column.group, column.both_labels)
        given = column.width * _LETTERS_A_CM if column.width else None
        if is_ticked(column):
            width = (given or 0) / len(column.choices)
            for choice, text in tick_texts(column):
                fitting = max(width, _TICK_WIDTH, _word(text))
                found.append(Leaf(column, choice, (*path, text), fitting))
        else:
            width = given or _WIDTHS.get(column.type, _TEXT_WIDTH)
            found.append(
                Leaf(
                    column,
                    None,
                    path,
                    max(width, _NARROWEST, _word(column.label), _choices_width(column), _numbers_width(filled, column)),
                )
            )
    return tuple(found)


def is_ticked(column: Field) -> bool:
    return "ticks" in column.appearance and bool(column.choices)


def _word(label: str) -> float:
    """The room the longest word of a label takes."""
    return max((len(word) for word in label.split()), default=0) * 1.15 + _PADDING


def _choices_width(column: Column) -> float:
    return min(max((len(text) for text in choice_texts(column)), default=0) * 0.9 + 4, _TEXT_WIDTH)


def _numbers_width(filled: FilledItem | None, column: Column) -> float:
    """The room the longest number of a column takes, their sum among them: a number that has none is shown as ###."""
    if filled is None or column.type not in NUMBERS:
        return 0
    cells = [row.cells[column.name].value for row in filled.rows if column.name in row.cells]
    numbers = [value for value in cells if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    whole = [int(number) for number in numbers]
    longest = max(len(format_number(number)) for number in (*whole, sum(whole)))
    places = 3 if any(number != int(number) for number in numbers) else 0
    return min((longest + places) * 1.15 + _PADDING, _WIDEST_NUMBER)


def main_widths(tables: Sequence[tuple[Leaf, ...]], growing: Sequence[tuple[Leaf, ...]]) -> tuple[float, ...]:
    """The widths of the grid: of the tables with most columns, the questions being one of three, and no narrower than
    those that take rows.
    """
    most = max([3, *map(len, tables)])
    fitting = [_widths(leaves) for leaves in tables if len(leaves) == most] or [list(QUESTION)]
    fitting += [_widths(leaves, indent(leaves, tables, most)) for leaves in growing]
    main = [max(each[at] for each in fitting if at < len(each)) for at in range(most)]
    scale = max(_LEAST_WIDTH / sum(main), 1.0)
    return tuple(round(width * scale, 1) for width in main)


def _widths(leaves: tuple[Leaf, ...], indent: int = 0) -> list[float]:
    return [0.0] * indent + [leaf.width for leaf in leaves]


def indent(leaves: tuple[Leaf, ...], tables: Sequence[tuple[Leaf, ...]], most: int) -> int:
    """A table without numbers leaves the column free in which another has those of its rows: that one is narrow."""
    numbered = any(_is_number(each[0]) for each in tables)
    return int(numbered and not _is_number(leaves[0]) and len(leaves) < most)


def _is_number(leaf: Leaf) -> bool:
    calculation = leaf.column.calculation
    return calculation is not None and calculation.source.strip() == "position"


def head_row(leaves: Sequence[Leaf], level: int, depth: int, row: int) -> Iterator[Box]:
    """The header cells that begin on a level: neighbours under the same headers share one cell."""
    start = 0
    while start < len(leaves):
        leaf, end = leaves[start], start + 1
        if level < len(leaf.path):
            ends_here = level == len(leaf.path) - 1
            while not ends_here and end < len(leaves) and _share(leaf, leaves[end], level):
                end += 1
            span = sum(each.span for each in leaves[start:end])
            rows = depth - level if ends_here else 1
            yield Box(row, leaf.at, "head", leaf.path[level], columns=span, rows=rows, field=leaf.column)
        start = end


def _share(left: Leaf, right: Leaf, level: int) -> bool:
    if left.path[: level + 1] != right.path[: level + 1]:
        return False
    if level < len(left.column.group):
        return level < len(right.column.group)
    return left.column is right.column


def height(texts: Sequence[tuple[str, float]]) -> float:
    """The height in points that texts need in cells of these widths."""
    return max((_lines(text, width) for text, width in texts), default=1) * LINE + 2


def hint_height(text: str, width: float) -> float:
    """Hints are smaller than the rest."""
    return _lines(text, width * 1.2) * _SMALL_LINE + 4


def _lines(text: str, width: float) -> int:
    room = max(width * 1.1 - 1, 4)
    return sum(max(1, -int(-len(line) // room)) for line in text.split("\n"))
