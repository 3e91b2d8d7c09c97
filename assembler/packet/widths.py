"""Which widths of columns make rows of text low: about, by letters, as pages are made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assembler.model.packet import GridCell, plain

_LETTERS_A_CM = 5.6  # of usual text
_IN_BOLD = 1.12  # how much longer labels are

Widths = tuple[float, ...]


def lowest(rows: Sequence[Sequence[GridCell]], layouts: Sequence[Widths]) -> Widths:
    """The widths, in cm, in which these rows together are lowest: the first of the layouts that are. Rows with merged
    cells do not count.
    """

    def high(widths: Widths) -> int:
        return sum(max(map(_lines, row, widths)) for row in rows if len(row) == len(widths))

    return min(layouts, key=high)


def _lines(cell: GridCell, width: float) -> int:
    """About how many lines a cell takes."""
    longer = _IN_BOLD if cell.kind == "label" else 1.0
    return sum(1 + int(len(plain(line)) * longer / (width * _LETTERS_A_CM)) for line in cell.lines)
