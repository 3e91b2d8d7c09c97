"""Tables inside printed forms: their rows become rows of the sheet, on a grid fine enough for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from assembler.model.packet import GridCell

Row = tuple[GridCell, ...]


@dataclass(frozen=True)
class Stretch:
    """Rows that share columns; ``widths`` are relative to one another."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]

    def edges(self) -> tuple[int, ...]:
        """Where its columns begin and the last one ends, in thousandths of the width."""
        whole = sum(self.widths)
        return tuple([round(1000 * end / whole) for end in accumulate(self.widths, initial=0.0)])


def on_one_grid(stretches: Sequence[Stretch]) -> tuple[tuple[float, ...], tuple[Row, ...]]:
    """The widths of the common grid in thousandths, and all rows on it."""
    if len({stretch.widths for stretch in stretches}) == 1:
        return stretches[0].widths, tuple(row for stretch in stretches for row in stretch.rows)
    edges = sorted({edge for stretch in stretches for edge in stretch.edges()})
    widths = tuple(float(right - left) for left, right in pairwise(edges))
    places = {edge: at for at, edge in enumerate(edges)}
    return widths, tuple(row for stretch in stretches for row in _regridded(stretch, places))


def _regridded(stretch: Stretch, places: dict[int, int]) -> Iterator[Row]:
    columns = [places[edge] for edge in stretch.edges()]
    hanging: dict[int, int] = {}  # the columns that cells of rows above reach down into, with how many rows are left
    for row in stretch.rows:
        at, cells = 0, []
        begun: dict[int, int] = {}
        for cell in row:
            at = next(column for column in range(at, len(columns)) if not hanging.get(column))
            end = min(at + cell.columns, len(columns) - 1)
            cells.append(replace(cell, columns=columns[end] - columns[at]))
            begun |= dict.fromkeys(range(at, end), cell.rows - 1)
            at = end
        hanging = {**{column: left - 1 for column, left in hanging.items() if left > 1}, **_lasting(begun.items())}
        yield tuple(cells)


def _lasting(begun: Iterable[tuple[int, int]]) -> dict[int, int]:
    return {column: left for column, left in begun if left}
