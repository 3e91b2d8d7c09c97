"""The tables of a workbook that others made: as many as stand in a sheet, below and beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries

from assembler.base.cells import as_shown
from assembler.base.excel_rows import Area, ReadCell, SheetRows, has_cells, shape_of, source_of, without_value
from assembler.base.foreign import UnreadableError
from assembler.base.messages import wording
from assembler.base.spreadsheets import number_format, opened
from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids

_MOST_UNPACKED = 256 << 20
_MOST_ROWS, _MOST_COLUMNS, _MOST_CELLS = 20_000, 200, 200_000
_FIRST_GREGORIAN = 2011  # below it a day is rather a Jalali one that Excel took for its own
_MOST_BEFORE, _MOST_LINE = 3, 300
_FAR = 2  # blank rows that part two tables whatever stands below them

Spot = tuple[int, int]  # row and column, counted from 1


def read_sheets(path: Path) -> ForeignFile:
    """Raises UnreadableError for what is no sound workbook, and OSError."""
    grids: list[Grid] = []
    hidden = []
    with opened(path, _MOST_UNPACKED, results=True) as book:
        room = _MOST_CELLS
        for sheet in book.worksheets:
            if not has_cells(sheet):
                continue
            read = _read(book, sheet)
            room -= len(read.texts)
            if room < 0:
                raise UnreadableError(wording("it has more tables and cells than are read"))
            if sheet.sheet_state != "visible":
                hidden += [sheet.title] if read.texts else []
                continue
            grids += _grids(read, sheet.title)
    return ForeignFile(path.name, numbered_grids(grids), (), tuple(hidden))


@dataclass
class _Sheet:
    """What a sheet says: texts and faults by their places, areas of merged cells, and what is hidden of it."""

    texts: dict[Spot, str] = field(default_factory=dict)
    faults: dict[Spot, str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def _read(book: Any, sheet: Any) -> _Sheet:
    found = _Sheet()
    with source_of(sheet) as source:
        rows = SheetRows(book, sheet, source, results=True)
        for element in rows.elements():
            lost = without_value(element)
            is_hidden = element.get("hidden") in ("1", "true")
            number, cells = rows.cells(element)
            if number > _MOST_ROWS:
                break
            found.hidden_rows |= {number} if is_hidden else set()
            for address in lost:
                row, column = _spot(address)
                found.faults[row, column] = "workbook-no-value"
            for cell in cells:
                if cell["column"] <= _MOST_COLUMNS:
                    _take(found, book, cell)
    _take_shape(found, sheet)
    return found


def _spot(address: str) -> Spot:
    left, top, _, _ = range_boundaries(address)
    return int(top or 1), int(left or 1)


def _take(found: _Sheet, book: Any, cell: ReadCell) -> None:
    value, at = cell["value"], (cell["row"], cell["column"])
    if value is None:
        return
    if cell["data_type"] == "e":
        found.faults[at] = "workbook-cell-error"
    if isinstance(value, date | datetime) and value.year < _FIRST_GREGORIAN:
        found.faults[at] = "workbook-excel-date"
    text = as_shown(value, number_format(book, cell["style_id"])) if cell["data_type"] != "s" else str(value)
    text = text.replace("_x000D_\n", "\n").strip()
    if text:
        found.texts[at] = text


def _take_shape(found: _Sheet, sheet: Any) -> None:
    """Merged cells, and columns that are hidden, as far as cells are read."""
    with source_of(sheet) as source:
        shape = shape_of(source)
    found.hidden_columns |= {column for column in shape.hidden_columns if column <= _MOST_COLUMNS}
    for top, left, bottom, right in shape.merged:
        if top <= _MOST_ROWS and left <= _MOST_COLUMNS:
            found.merged.append((top, left, min(bottom, _MOST_ROWS), min(right, _MOST_COLUMNS)))


# ---------------------------------------------------------------- tables of a sheet


def _grids(sheet: _Sheet, title: str) -> Iterator[Grid]:
    areas = {(area[0], area[1]): area for area in sheet.merged}
    filled = {*sheet.texts, *sheet.faults}
    if not filled:
        return
    covers = {at: (area[2], area[3]) for at, area in areas.items() if at in filled or area[0] < area[2]}
    before: list[str] = []
    for rows in _chunks(filled, covers):
        for first, last in _beside(filled, covers, rows):
            spots = sorted(at for at in filled if rows[0] <= at[0] <= rows[-1] and first <= at[1] <= last)
            lone = {row for row, _ in spots}
            if first == last or len(spots) == len(lone) == 1 or all(_is_alone(spots, row) for row in lone):
                before += [sheet.texts[at][:_MOST_LINE] for at in spots if at in sheet.texts]
                continue
            low = max(covers.get(at, at)[0] for at in spots)
            yield _grid(sheet, areas, (spots[0][0], first, low, last), title, before)
            before = []


def _is_alone(spots: Sequence[Spot], row: int) -> bool:
    return sum(at[0] == row for at in spots) == 1


def _chunks(filled: set[Spot], covers: Mapping[Spot, Spot]) -> Iterator[list[int]]:
    """The rows of each stretch: two blank rows part tables, and one before a row with one text, as a title is."""
    taken = {row for row, _ in filled}
    for (top, _), (bottom, _) in covers.items():
        taken |= set(range(top, bottom + 1))
    counts = {row: len(list(group)) for row, group in groupby(sorted(filled), key=lambda at: at[0])}
    chunk: list[int] = []
    for row in sorted(taken):
        gap = row - chunk[-1] - 1 if chunk else 0
        if chunk and (gap >= _FAR or (gap and counts.get(row, 0) == 1)):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _beside(filled: set[Spot], covers: Mapping[Spot, Spot], rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last columns of the tables that stand beside one another in some rows: blank columns part them."""
    taken: set[int] = set()
    for row, column in filled:
        if rows[0] <= row <= rows[-1]:
            last = covers.get((row, column), (row, column))[1]
            taken |= set(range(column, last + 1))
    first = previous = min(taken)
    for column in sorted(taken)[1:]:
        if column > previous + 1:
            yield first, previous
            first = column
        previous = column
    yield first, previous


def _grid(sheet: _Sheet, areas: Mapping[Spot, Area], bounds: Area, title: str, before: Sequence[str]) -> Grid:
    top, left, bottom, right = bounds
    inside = [area for area in areas.values() if top <= area[0] <= bottom and left <= area[1] <= right]
    covered = {
        (row, column)
        for area in inside
        for row in range(area[0], min(area[2], bottom) + 1)
        for column in range(area[1], min(area[3], right) + 1)
        if (row, column) != (area[0], area[1])
    }
    cells = []
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            at = (row, column)
            if at in covered:
                continue
            last = areas.get(at, (row, column, row, column))
            tall, wide = min(last[2], bottom) - row + 1, min(last[3], right) - column + 1
            text, fault = sheet.texts.get(at, ""), sheet.faults.get(at, "")
            cells.append(GridCell(text, row - top, column - left, tall, wide, fault))
    return Grid(
        tuple(cells),
        bottom - top + 1,
        right - left + 1,
        tuple(before[-_MOST_BEFORE:]),
        (title,),
        sheet=title,
        origin=(top, left),
        hidden_rows=frozenset(row - top for row in sheet.hidden_rows if top <= row <= bottom),
        hidden_columns=frozenset(column - left for column in sheet.hidden_columns if left <= column <= right),
    )
