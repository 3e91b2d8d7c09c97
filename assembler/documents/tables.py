"""Grids as Word tables: real merges, repeating header rows, rows kept whole, widths scaled to the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assembler.base.tongue import tongue
from assembler.documents.columns import Columns, columns_of
from assembler.documents.conditions import Drawn, drawn_by_style
from assembler.documents.heads import Head, lowered
from assembler.documents.lengths import LINE, MARGINS, lines
from assembler.documents.markup import bidi_visual, mark, paragraph, sized, spans
from assembler.documents.rows import Placed, Row, closes, heights, parted_within, place
from assembler.documents.styles import TableLook
from assembler.model.fields import Direction
from assembler.model.packet import GridBlock, GridCell, Text, direction_of, plain

_STYLES = {
    "head": "TableHead",
    "body": "TableText",
    "label": "TableLabel",
    "group": "TableGroup",
    "footer": "TableFooter",
    "total": "TableFooter",
    "closed": "TableText",
}
_KEEP, _LOOSE = "<w:keepNext/>", '<w:keepNext w:val="0"/>'
# Of the height of a page: rows up to this high do not stand alone before or behind a page break, and a table up to this
# high moves to the next page rather than break.
_LOW, _SMALL = 0.2, 0.28
_TALL = 0.8  # what does not break over pages at all, when it is no higher than this
_WHOLE, _PAIR = 0.7, 0.38  # what a first row may wait for, and what may move to the next page with a last one
_MERGED = 0.3  # of the height of a page: a page break may cut through cells merged over more
_NOTES = 0.45  # of the height of a page: notes up to this high stand in one row of the table


@dataclass(frozen=True)
class _Setting:
    """How the rows of a table are set; ``height`` is that of a page, ``drawn`` what the style of tables does."""

    columns: Columns
    look: TableLook
    head: Head
    drawn: Drawn


def table(grid: GridBlock, width: int, look: TableLook, height: int) -> str:
    """The table as markup. ``width`` and ``height`` of the text on a page, in twips; ``look`` is that of the cells in
    the template's table style.
    """
    columns, head = lowered(grid, columns_of(grid, width, look.size), look.size, height)
    count, inside = len(columns.widths), notes_inside(grid, width, height)
    top, body = place(grid.head, count), place(grid.body, count)
    drawn = drawn_by_style(top, body, look, notes=inside > 0)
    setting = _Setting(columns, look, head, drawn)
    tie_last = bool(grid.notes) or grid.caption_below
    most = (_TALL if grid.whole else _SMALL) * height
    may_be_small = (len(grid.head) + len(grid.body)) * LINE <= most
    tie_all = grid.caption_below or (may_be_small and _high(grid, columns.widths) <= most)
    heads = _rows(top, 0, setting, [True] * len(top), head=True)
    ties = _ties(body, columns.widths, height, tie_all=tie_all, tie_last=tie_last)
    rows = _rows(body, len(top), setting, ties, head=False)
    notes = _notes(grid.notes[:inside], sum(columns.widths), count, look, go_on=inside < len(grid.notes))
    return f"<w:tbl>{_properties(sum(columns.widths), drawn)}{_grid(columns.widths)}{heads}{rows}{notes}</w:tbl>"


def notes_inside(grid: GridBlock, width: int, height: int) -> int:
    """How many notes stand in a closing row of the table, the first of them at least: rows stay together, while what
    stands behind a table may be parted from it. A caption below stands between the table and its notes.
    """
    if grid.caption_below or not (grid.head or grid.body):
        return 0
    left = _NOTES * height
    for number, note in enumerate(grid.notes):
        left -= lines(plain(note), width - MARGINS) * LINE
        if left < 0:
            return max(1, number)
    return len(grid.notes)


def _notes(notes: Sequence[Text], width: int, columns: int, look: TableLook, *, go_on: bool) -> str:
    """The row of notes that stand in the table; those that ``go_on`` behind it follow as closely as one another."""
    if not notes:
        return ""
    last = "0" if go_on else "40"
    told = "".join(paragraph("TableNote", spans(note), spacing=f'w:after="{last}"') for note in notes)
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    open_ = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
    edge = f"<w:tcBorders>{look.foot}{open_}</w:tcBorders>"
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{edge}</w:tcPr>'
        f"{told}</w:tc></w:tr>"
    )


def _properties(width: int, drawn: Drawn) -> str:
    return (
        '<w:tblPr><w:tblStyle w:val="ReportTable"/>' + bidi_visual() + ""
        f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{drawn.look()}</w:tblPr>"
    )


def _grid(columns: Sequence[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in columns) + "</w:tblGrid>"


def _rows(rows: Sequence[Row], above: int, setting: _Setting, ties: Sequence[bool], *, head: bool) -> str:
    """The rows of the header, or those of the body with so many rows ``above``."""
    repeated = "<w:tblHeader/>" if head else ""
    closing = next((number for number, row in enumerate(rows) if closes(row)), -1)
    parts = []
    for number, (row, tie) in enumerate(zip(rows, ties, strict=True)):
        # Headers end, and closing rows begin, with the rule of the template.
        ruled = "footer" if number == closing else "head" if head else ""
        left = len(rows) - 1 - number
        cells = (
            _cell(one, setting, tie, _drawn(one, above + number, setting, ruled if _at_rule(one, head, left) else ""))
            for one in row
        )
        parts.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>")
    return "".join(parts)


def _ties(rows: Sequence[Row], columns: Sequence[int], page: int, *, tie_all: bool, tie_last: bool) -> list[bool]:
    """Which rows of a body stay on the page of what follows them."""
    first, last = heights(rows[:2], columns), heights(rows[-2:], columns)
    free = parted_within(rows, columns, _MERGED * page)
    found = []
    for number, row in enumerate(rows, 1):
        tie, left = tie_last, len(rows) - number
        if left:
            holds = number not in free and _holds(row, rows[number])
            tie = tie_all or holds or _is_alone(number, left, first, last, page)
        found.append(tie)
    return found


def _at_rule(placed: Placed, head: bool, left: int) -> bool:
    """Whether a cell touches the rule of its rows: a header does that reaches down to the last of them."""
    return not head or left == 0 or (not placed.below and placed.cell.rows > left)


def _holds(row: Row, following: Row) -> bool:
    """Whether a row stays on the page of the following one: a band does, and what a merged cell reaches into."""
    return all(one.cell.kind == "group" for one in row) or any(one.below for one in following)


def _is_alone(number: int, left: int, first: Sequence[int], last: Sequence[int], page: int) -> bool:
    """Whether a row would stand alone at a break before the next one: the first before it, or the last behind it.
    ``first`` and ``last`` are the heights of two rows at either end.
    """
    if number == 1 and first[0] <= _LOW * page and first[1] <= _WHOLE * page:
        return True
    return left == 1 and last[1] <= _LOW * page and sum(last) <= _PAIR * page


def height_of(grid: GridBlock, width: int, look: TableLook, height: int) -> int:
    """About how high the table is in a width."""
    columns, _ = lowered(grid, columns_of(grid, width, look.size), look.size, height)
    return _high(grid, columns.widths)


def _high(grid: GridBlock, columns: Sequence[int]) -> int:
    return sum(heights(place((*grid.head, *grid.body), len(columns)), columns))


def _drawn(placed: Placed, row: int, setting: _Setting, ruled: str) -> str:
    """What of the look of a cell the style of tables does not draw: its rule and its shade."""
    look, kind, by = setting.look, placed.cell.kind, setting.drawn.by(row, placed.column)
    if "head" in by and not ruled and look.rules.get("head"):  # the style draws a rule where the header goes on below
        border = f"<w:tcBorders>{look.inner}</w:tcBorders>"
        return border if by == [kind] else border + look.shades.get(kind, "")
    return "" if by == [kind] else look.rules.get(ruled, "") + look.shades.get(kind, "")


def _cell(placed: Placed, setting: _Setting, tie: bool, drawn: str) -> str:
    cell, columns = placed.cell, setting.columns
    width = sum(columns.widths[placed.column : placed.column + cell.columns])
    # The style of headers may keep with what follows; beside answers they would hold the whole table together.
    keep = _KEEP if tie else _LOOSE if cell.kind in ("head", "label") else ""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if placed.below else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{drawn}</w:tcPr>'
    return f"<w:tc>{properties}{_content(placed, setting, keep)}</w:tc>"


def _content(placed: Placed, setting: _Setting, keep: str) -> str:
    cell, head = placed.cell, setting.head
    style, alignment = _STYLES[cell.kind], ""
    if cell.align == "center" and cell.kind == "body":
        style = "TableNumber"
    elif cell.align == "center" and cell.kind != "head":
        alignment = "center"
    elif cell.align == "end":
        alignment = "right"  # the far side of a paragraph that begins at the other
    is_head = cell.kind == "head"
    look = sized((is_head and head.size) or setting.columns.size)
    line = f'w:line="{head.line}" w:lineRule="exact"' if is_head and head.line else ""
    if placed.below:
        return paragraph(style, "", alignment=alignment, before=keep)
    indent = setting.columns.indent(cell, placed.column)
    alignment = alignment if indent is None else "left"
    shown = [spans(text, look) for text in cell.lines] or [""]
    if cell.mark:
        shown[-1] += mark(plain(cell.lines[-1]) if cell.lines else "", cell.mark)
    turned = [direction_of(text) for text in cell.lines] or [""]
    return "".join(
        paragraph(style, text, _side(cell, alignment, way), keep, None if way else indent, line, direction=way)
        for text, way in zip(shown, turned, strict=True)
    )


def _side(cell: GridCell, alignment: str, direction: Direction) -> str:
    """The alignment of a line; one that is read the other way stands where those of its cell do."""
    if not direction or direction == tongue().direction or cell.align == "center":
        return alignment
    return "left" if cell.align == "end" else "right"
