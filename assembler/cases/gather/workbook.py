"""The gathered tables as an Excel workbook: a sheet from right to left for each, with totals that stay live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from assembler.base.excel import new_book, put, save_in_place, set_up
from assembler.model.answers import Value
from assembler.model.filled import FilledItem
from assembler.model.specs import Column
from assembler.model.tables import FooterRow
from assembler.model.values import shown

_TITLE = 31  # letters Excel allows in the name of a sheet
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_TOTAL = re.compile(r"""total\(\s*(\w+)\s*,\s*['"](\w+)['"]\s*\)""")


def write_workbook(items: Sequence[FilledItem], path: Path) -> None:
    """Writes the tables whole or not at all; raises AssemblerError ``output-unwritable``.

    A footer that is the total of its own column becomes a formula; every other calculated cell is a value.
    """
    book = new_book()
    for item in items:
        _sheet(book, item)
    save_in_place(book, path)


def _sheet(book: Any, item: FilledItem) -> None:
    spec = item.spec
    sheet = book.create_sheet(_name(spec.shown, book.sheetnames))
    columns = [column for column in spec.columns if "hidden" not in column.appearance]
    set_up(sheet, (max(8.0, (column.width or 3.0) * 5.5) for column in columns), spec.page)
    put(sheet, 1, 1, spec.title, head=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    first = _head(sheet, columns) + 1
    for at, row in enumerate(item.rows, start=first):
        for number, column in enumerate(columns, start=1):
            put(sheet, at, number, _plain(row.cells[column.name].value, column))
    last = first + len(item.rows) - 1
    for at, (footer, values) in enumerate(zip(spec.footer, item.footer, strict=True), start=last + 1):
        _footer(sheet, at, (first, last), spec.name, columns, footer, values)
    sheet.freeze_panes = sheet.cell(first, 1)
    sheet.print_title_rows = f"1:{first - 1}"
    if item.rows:
        sheet.auto_filter.ref = f"A{first - 1}:{get_column_letter(len(columns))}{last}"


def _name(label: str, taken: Iterable[str]) -> str:
    """A name Excel takes, and no two the same."""
    short = _FORBIDDEN.sub(" ", label).strip("' ")[:_TITLE].strip() or "1"
    number, name = 2, short
    while name in taken:
        name, number = f"{short[: _TITLE - 4]} ({number})", number + 1
    return name


def _head(sheet: Any, columns: Sequence[Column]) -> int:
    """The headers, spanning ones over their columns; returns their last row. The first row is the title's."""
    depth = 1 + max((len(column.group) for column in columns), default=0)
    for level in range(depth):
        start = 0
        while start < len(columns):
            end = _span(columns, start, level)
            group = columns[start].group
            if level < len(group):
                put(sheet, 2 + level, start + 1, group[level], head=True)
                sheet.merge_cells(None, 2 + level, start + 1, 2 + level, end)
            elif level == len(group):
                put(sheet, 2 + level, start + 1, columns[start].label, head=True)
                sheet.merge_cells(None, 2 + level, start + 1, 1 + depth, start + 1)
            start = end
    return 1 + depth


def _span(columns: Sequence[Column], start: int, level: int) -> int:
    """Behind the last column under the same header at a level."""
    group = columns[start].group[: level + 1]
    end = start + 1
    while level < len(columns[start].group) and end < len(columns) and columns[end].group[: level + 1] == group:
        end += 1
    return end


def _footer(
    sheet: Any,
    at: int,
    rows: tuple[int, int],
    table: str,
    columns: Sequence[Column],
    row: FooterRow,
    values: Mapping[str, Value],
) -> None:
    labelled = 1
    while labelled < len(columns) and columns[labelled].name not in row.cells:
        labelled += 1
    for number, column in enumerate(columns, start=1):
        expression = row.cells.get(column.name)
        found = _TOTAL.fullmatch(expression.source.strip()) if expression else None
        value = _plain(values.get(column.name), column)
        if found and found.groups() == (table, column.name) and rows[1] >= rows[0]:
            letter = get_column_letter(number)
            value = f"=SUM({letter}{rows[0]}:{letter}{rows[1]})"
        put(sheet, at, number, row.label if number == 1 else value, head=True, formula=bool(found))
    if labelled > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=labelled)


def _plain(value: Value, column: Column) -> int | float | str | None:
    """Numbers stay numbers; all else is a text as it is read, codes with their zeros."""
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else shown(value, column) or None
