"""Grids as Word tables: real merges, repeating header rows, rows kept whole, widths scaled to the page."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from assembler.documents.markup import paragraph, runs, spans
from assembler.model.packet import GridBlock, GridCell, plain

_STYLES = {"head": "TableHead", "body": "TableText", "group": "TableGroup", "footer": "TableFooter"}
_KEEP = "<w:keepNext/>"
_SHORT = 6  # rows: a longer merge may be broken over pages
# Estimates, in twips, for the text of tables: enough to decide what stays together, never what is printed.
_LETTER, _LINE = 105, 330
_SMALL = 18  # lines: a table up to this long moves to the next page rather than break


@dataclass(frozen=True)
class _Placed:
    """A cell where it stands in its row; ``below`` marks the continuation of a cell merged downwards."""

    cell: GridCell
    column: int
    below: bool = False


def table(grid: GridBlock, width: int, fills: Mapping[str, str]) -> str:
    """The table as markup. ``width`` in twips; ``fills`` are the shades of the template's table style by cell kind."""
    columns = _widths(grid.widths, width)
    tie_last = bool(grid.notes) or grid.caption_below
    tie_all = grid.caption_below or _is_small(grid, columns)
    head = _rows(grid.head, columns, fills, head=True, tie_all=True, tie_last=True)
    body = _rows(grid.body, columns, fills, head=False, tie_all=tie_all, tie_last=tie_last)
    return f"<w:tbl>{_properties(sum(columns))}{_grid(columns)}{head}{body}</w:tbl>"


def _properties(width: int) -> str:
    return (
        '<w:tblPr><w:tblStyle w:val="ReportTable"/><w:bidiVisual/>'
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/></w:tblPr>'
    )


def _grid(columns: list[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in columns) + "</w:tblGrid>"


def _widths(relative: tuple[float, ...], width: int) -> list[int]:
    """Whole twips in the given proportions whose sum is exactly ``width``."""
    total = sum(relative) or 1.0
    edges = [0]
    for share in relative:
        edges.append(edges[-1] + max(1, round(width * share / total)))
    edges[-1] = max(width, edges[-2] + 1)
    return [end - start for start, end in itertools.pairwise(edges)]


def _rows(
    rows: tuple[tuple[GridCell, ...], ...],
    columns: list[int],
    fills: Mapping[str, str],
    *,
    head: bool,
    tie_all: bool,
    tie_last: bool,
) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    placed = _place(rows, len(columns))
    parts = []
    for number, row in enumerate(placed, 1):
        tie = tie_last if number == len(placed) else tie_all or _ties(placed[number])
        cells = "".join(_cell(one, columns, fills, tie) for one in row)
        parts.append(f"<w:tr><w:trPr><w:cantSplit/>{_height(row, columns)}{repeated}</w:trPr>{cells}</w:tr>")
    return "".join(parts)


def _ties(following: list[_Placed]) -> bool:
    """Whether a short merged cell reaches into the following row: the two then stay on one page in Word."""
    return any(one.below and one.cell.rows <= _SHORT for one in following)


def _height(row: list[_Placed], columns: list[int]) -> str:
    """Room in its first row for the text of a cell merged downwards: a page break below would cut it otherwise."""
    lines = [_lines(one, columns) for one in row if one.cell.rows > 1 and not one.below]
    return f'<w:trHeight w:val="{max(lines) * _LINE}" w:hRule="atLeast"/>' if any(lines) else ""


def _lines(placed: _Placed, columns: list[int]) -> int:
    """About how many lines a cell's text takes."""
    width = sum(columns[placed.column : placed.column + placed.cell.columns])
    letters = max(1, width // _LETTER)
    return sum(1 + len(plain(line)) // letters for line in placed.cell.lines)


def _is_small(grid: GridBlock, columns: list[int]) -> bool:
    rows = _place((*grid.head, *grid.body), len(columns))
    return sum(max((_lines(one, columns) for one in row if not one.below), default=1) or 1 for row in rows) <= _SMALL


def _place(rows: tuple[tuple[GridCell, ...], ...], columns: int) -> list[list[_Placed]]:
    """Every row filled from side to side: cells, continuations of merged ones, blanks where the grid is short."""
    hanging: dict[int, tuple[GridCell, int]] = {}
    result = []
    for row in rows:
        waiting = iter(row)
        placed: list[_Placed] = []
        column = 0
        while column < columns:
            if column in hanging:
                cell = _continue(hanging, column)
                placed.append(_Placed(cell, column, below=True))
            else:
                cell = _fit(next(waiting, GridCell()), column, columns, hanging)
                placed.append(_Placed(cell, column))
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


def _cell(placed: _Placed, columns: list[int], fills: Mapping[str, str], tie: bool) -> str:
    cell = placed.cell
    width = sum(columns[placed.column : placed.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if placed.below else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{fills.get(cell.kind, "")}</w:tcPr>'
    content = _paragraph(cell, "", tie) if placed.below else _content(cell, tie)
    return f"<w:tc>{properties}{content}</w:tc>"


def _content(cell: GridCell, tie: bool) -> str:
    lines = [spans(line) for line in cell.lines] or [""]
    if cell.mark:
        lines[-1] += runs(cell.mark, character_style="FootnoteMark")
    return "".join(_paragraph(cell, line, tie) for line in lines)


def _paragraph(cell: GridCell, content: str, tie: bool) -> str:
    style, alignment = _STYLES[cell.kind], ""
    if cell.align == "center" and cell.kind == "body":
        style = "TableNumber"
    elif cell.align == "center" and cell.kind != "head":
        alignment = "center"
    elif cell.align == "end":
        alignment = "right"  # the far side of a right-to-left paragraph
    return paragraph(style, content, alignment=alignment, before=_KEEP if tie else "")
