"""Tables of more columns than a page has room for, even in the smallest type: set in parts, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assembler.base.tongue import printed_words
from assembler.documents.columns import FLOOR, Needs
from assembler.documents.rows import CONTINUED, Row, place
from assembler.model.packet import GridBlock, GridCell, Span


def parted(grid: GridBlock, width: int, size: int) -> tuple[GridBlock, ...]:
    """The table, or its parts where its numbers would be broken otherwise; each begins with the first column. The
    first part has the anchor, the last one the notes.
    """
    needs = Needs.of((*grid.head, *grid.body), len(grid.widths))
    _, wanted = needs.sized(size)
    groups = list(_groups(wanted, width))
    if grid.caption_below or len(groups) < 2 or needs.fit(width, FLOOR):
        return (grid,)
    parts = [_part(grid, columns) for columns in groups]
    caption = (*grid.caption, Span(printed_words(CONTINUED))) if grid.caption else ()
    return (
        replace(parts[0], notes=()),
        *(replace(part, anchor="", caption=caption, notes=()) for part in parts[1:-1]),
        replace(parts[-1], anchor="", caption=caption),
    )


def _groups(wanted: Sequence[int], width: int) -> Iterator[list[int]]:
    """The columns of each part: the first one, and as many others as there is room for, one at least."""
    group = [0]
    for column in range(1, len(wanted)):
        if len(group) > 1 and sum(wanted[one] for one in (*group, column)) > width:
            yield group
            group = [0]
        group.append(column)
    yield group


def _part(grid: GridBlock, columns: Sequence[int]) -> GridBlock:
    head, body = (tuple(_cut(row, columns) for row in place(rows, len(grid.widths))) for rows in (grid.head, grid.body))
    return replace(grid, widths=tuple(grid.widths[column] for column in columns), head=head, body=body)


def _cut(row: Row, columns: Sequence[int]) -> tuple[GridCell, ...]:
    """What of a row stands in some columns; a cell over several parts stands in each."""
    covered = ((one, sum(one.column <= column < one.column + one.cell.columns for column in columns)) for one in row)
    return tuple(replace(one.cell, columns=count) for one, count in covered if count and not one.below)
