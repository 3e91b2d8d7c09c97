"""Headers of tables that repeat on every page: as low as their columns and their type can make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assembler.documents.columns import Columns, Needs, cells_by_column, lined_up, shares, widened
from assembler.documents.lengths import LINE, MARGINS, STANDARD, lines
from assembler.documents.rows import Row, heights, place
from assembler.model.packet import GridBlock, GridCell, plain

_SHARE = 0.165  # of a page, as it is reckoned: what is printed takes a fifth at most
_MOST = 12  # lines of a heading
_SAMPLE = 60  # rows: enough to know how high the others are
_CLOSER = 270  # the height of a line set closer
_SMALLER = 4  # half-points less than the table's text
_DEARER = 1.25  # how much higher the whole table may become by it


@dataclass(frozen=True)
class Head:
    """How the header is set: ``size`` in half-points and ``line`` in twips, 0 where the style says it."""

    size: int = 0
    line: int = 0


def lowered(grid: GridBlock, columns: Columns, size: int, height: int) -> tuple[Columns, Head]:
    """The columns and the look of a header that takes at most a fifth of a page ``height`` twips high, if it can be:
    by widths that suit its headings, then by closer lines, then by smaller type.
    """
    head, limit = place(grid.head, len(columns.widths)), height * _SHARE
    if not head or sum(heights(head, columns.widths)) <= limit:
        return columns, Head()
    own = columns.size or size
    looks = (Head(), Head(line=_CLOSER), Head(own - _SMALLER, round(_CLOSER * (own - _SMALLER) / own)))
    tried = {look: {columns.widths, *_tries(grid, columns, own, look.size or own)} for look in looks}
    costs = {widths: _cost(grid, widths, height) for each in tried.values() for widths in each}
    most = _DEARER * min(costs.values())

    for look, each in tried.items():
        low = [widths for widths in each if _head_height(head, widths, look, own) <= limit]
        if low and costs[best := min(low, key=costs.__getitem__)] <= most:
            return lined_up(grid, best, columns.size, own / STANDARD), look
    cheap = [widths for widths in tried[looks[-1]] if costs[widths] <= most] or [columns.widths]
    lowest = min(cheap, key=lambda widths: (_head_height(head, widths, looks[-1], own), costs[widths]))
    return lined_up(grid, lowest, columns.size, own / STANDARD), looks[-1]


def _head_height(head: Sequence[Row], widths: Sequence[int], look: Head, size: int) -> int:
    return sum(heights(head, widths, look.line or LINE, size / (look.size or size)))


def _cost(grid: GridBlock, widths: Sequence[int], height: int) -> float:
    """How high the table is in all, its header counted once a page."""
    rows = place(grid.body[:_SAMPLE], len(widths))
    top = sum(heights(place(grid.head, len(widths)), widths))
    body = sum(heights(rows, widths)) * max(1.0, len(grid.body) / _SAMPLE)
    return body * (1 + top / max(height - top, height / 4)) + top


def _tries(grid: GridBlock, columns: Columns, size: int, head_size: int) -> Iterator[tuple[int, ...]]:
    """Widths with which no heading takes more than so many lines, for text and headings of these sizes."""
    body, head = (Needs.of(rows, len(columns.widths)) for rows in (grid.body, grid.head))
    least = [max(needed) for needed in zip(*body.sized(size), *head.sized(head_size), strict=True)]
    headings = list(cells_by_column(grid.head, len(columns.widths)))
    given = shares(grid.widths, sum(columns.widths))
    for most in range(_MOST, 0, -1):
        wanted = [_width_for(cells, most, low, size / head_size) for cells, low in zip(headings, least, strict=True)]
        if sum(wanted) <= sum(columns.widths):
            yield tuple(widened(given, wanted))


def _width_for(cells: Sequence[GridCell], most: int, least: int, smaller: float) -> int:
    """The least width in which the headings of a column take at most so many lines; merged ones have more."""
    width = least
    while width < 12000 and any(
        _lines(cell, round((width - MARGINS) * smaller)) > most + cell.rows - 1 for cell in cells
    ):
        width += 60
    return width


def _lines(cell: GridCell, width: int) -> int:
    return sum(lines(plain(line), width, bold=True) for line in cell.lines)
