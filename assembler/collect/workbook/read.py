"""Reads a workbook that came back: which sheet is which form, and what stands in every cell that was to be filled in.

Sheets are known by their hidden marks, never by their names or order; what stands behind the last mark or beside the
form is told. Formulas count by what they last came to; macros and links to other files are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.xml.functions import iterparse

from assembler.base.cells import as_shown
from assembler.base.excel_rows import ReadCell, SheetRows, has_cells, source_of, without_value
from assembler.base.foreign import Turned, UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.spreadsheets import number_format, opened
from assembler.collect.workbook.cells import BLANK, Raw, unescaped
from assembler.collect.workbook.checks import LISTS
from assembler.collect.workbook.guide import GUIDE
from assembler.collect.workbook.meta import MARK, SHEET, FormMemory, Memory, Stretch, remembered

_MOST_UNPACKED = 512 << 20
_MOST_BLANK = 5_000  # rows without anything after which nothing more is looked for
_MOST_COLUMNS = 200
_SHOWN = 5  # addresses that are told of cells that are left
_ASIDE = (SHEET, GUIDE, LISTS)
_CODE = re.compile(r"00[0\\ ()/.-]*")  # a number that is a code: shown with its zeros in front
_PERCENT = re.compile(r'(?:"[^"]*"|\\.|[^"\\%])*%')


@dataclass(frozen=True)
class ReadRow:
    """A row of a table: its mark («» for an added one) and its cells by column; ``at`` is its number in the sheet."""

    mark: str
    cells: Mapping[str, Raw]
    at: int


@dataclass
class ReadForm:
    """What a sheet says of a form; tables and items whose marks are gone are not in it."""

    sheet: str
    values: dict[str, Raw] = field(default_factory=dict)
    tables: dict[str, list[ReadRow]] = field(default_factory=dict)


@dataclass
class ReadBook:
    """A workbook that came back: what it remembers, what its sheets say, and what could not be read of it."""

    path: Path
    memory: Memory
    forms: dict[str, ReadForm] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_workbook(path: Path, turned: Turned = nullcontext) -> ReadBook:
    """Reads a workbook, also one another program saved anew, once it was ``turned`` into one of Excel.

    Raises AssemblerError when it is none, is damaged, encrypted or not one of ours.
    """
    try:
        with turned(path) as made, opened(made, _MOST_UNPACKED, results=True) as book:
            return _read(path, book)
    except UnreadableError as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _unreadable(path: Path, reason: object) -> AssemblerError:
    return AssemblerError(
        [problem("workbook-unreadable", Place(file=str(path)), name=path.name, reason=reason)], ExitCode.ANSWERS
    )


def _read(path: Path, book: Any) -> ReadBook:
    memory = _memory(path, book)
    found = ReadBook(path, memory)
    for sheet in book.worksheets:
        rows = _Rows(book, sheet)
        first = next(rows.marked(), None)
        mark = first[1] if first else ""
        name = mark.removeprefix("form|")
        if mark == name or name not in memory.forms:
            found.problems += _left_out(path, sheet) if first and sheet.title not in _ASIDE else ()
            continue
        if name in found.forms:
            place = Place(file=str(path), form=name)
            first_read = found.forms[name].sheet
            found.problems.append(problem("workbook-sheet-twice", place, name=sheet.title, other=first_read))
            continue
        found.forms[name] = _Reader(rows, memory.forms[name], ReadForm(sheet.title)).read()
        if rows.left:
            place = Place(file=str(path), form=name)
            shown = "، ".join(rows.left[:_SHOWN]) + (" …" if len(rows.left) > _SHOWN else "")
            found.problems.append(problem("workbook-cells-left", place, name=sheet.title, cells=shown))
    gone = (name for name in memory.forms if name not in found.forms)
    found.problems += [problem("workbook-sheet-gone", Place(file=str(path), form=name), form=name) for name in gone]
    return found


def _left_out(path: Path, sheet: Any) -> Iterator[Problem]:
    """A sheet of somebody's own, or one whose marks are gone."""
    yield problem("workbook-sheet-left", Place(file=str(path)), name=sheet.title)


def _memory(path: Path, book: Any) -> Memory:
    """What the workbook remembers; the hidden sheet may have been renamed."""
    for sheet in book.worksheets:
        texts = []
        for number, (value,) in enumerate(sheet.iter_rows(max_col=1, values_only=True)):
            if (number == 0 and value != MARK) or value is None:
                break
            texts.append(str(value))
        if texts and texts[0] == MARK:
            with foreign(path, told=wording("what it remembers of its export is damaged")):
                return remembered(texts)
    fault = problem("workbook-foreign", Place(file=str(path)), name=path.name)
    raise AssemblerError([fault], ExitCode.ANSWERS)


# ---------------------------------------------------------------- rows of a sheet


class _Rows:
    """The rows of a sheet, one after the other, with the areas of its merged cells."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet
        self.left: list[str] = []  # the addresses of cells nobody asked for, once all rows were walked through

    def marked(self, width: int = _MOST_COLUMNS) -> Iterator[tuple[int, str, dict[int, Raw]]]:
        """Each row with its number, the mark in column A and its cells, down to the mark «stop»; what stands behind it
        or beyond ``width`` columns is left.
        """
        blank, is_over = 0, False
        if not has_cells(self._sheet):  # it is a chart
            return
        with source_of(self._sheet) as source:
            rows = SheetRows(self._book, self._sheet, source, results=True)
            for element in rows.elements():
                lost, inline = without_value(element), _inline(element)
                number, cells = rows.cells(element)
                read = {cell["column"]: raw for cell in cells if (raw := self._raw(cell, lost, inline)) is not None}
                mark = str(read.pop(1, BLANK).value or "")
                blank = 0 if mark or read else blank + 1
                if blank > _MOST_BLANK:
                    return
                self.left += [raw.address for column, raw in read.items() if is_over or column > width]
                if not is_over:
                    yield number, mark, read
                is_over = is_over or mark == "stop"

    def _raw(self, cell: ReadCell, lost: frozenset[str], inline: frozenset[str]) -> Raw | None:
        if cell["column"] > _MOST_COLUMNS:
            return None
        address = f"{get_column_letter(cell['column'])}{cell['row']}"
        value = cell["value"]
        if address in lost:
            return Raw(None, address, fault="workbook-no-value")
        if value is None:
            return None
        if cell["data_type"] == "e":
            return Raw(str(value), address, fault="workbook-cell-error")
        if cell["data_type"] == "s" and not isinstance(value, str):
            value = str(value)
        if isinstance(value, str):
            value = unescaped(value) if address in inline else value.replace("_x000D_\n", "\n")
            if not value.strip():
                return None
        if not isinstance(value, int | float):
            return Raw(value, address)
        shown = number_format(self._book, cell["style_id"])
        code = as_shown(value, shown) if _CODE.fullmatch(shown) else ""
        return Raw(value, address, percent=_PERCENT.match(shown) is not None, code=code)

    def merged(self) -> Sequence[tuple[int, int, int, int]]:
        """The merged areas: first and last column, first and last row of each that spans rows."""
        found = []
        with source_of(self._sheet) as source:
            for _, element in iterparse(source, ("end",)):
                if element.tag.endswith("}mergeCell"):
                    left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                    if (bottom or 1) > (top or 1):
                        found.append((int(left or 1), int(right or 1), int(top or 1), int(bottom or 1)))
                if element.tag.endswith("}row"):
                    element.clear()
        return found


def _inline(row: Element) -> frozenset[str]:
    """The addresses of texts that stand in their cells; those of the shared table come without escapes already."""
    return frozenset(cell.get("r", "") for cell in row if cell.get("t") == "inlineStr")


# ---------------------------------------------------------------- the regions


class _Reader:
    """Walks down a sheet from mark to mark."""

    def __init__(self, rows: _Rows, memory: FormMemory, into: ReadForm) -> None:
        self._rows, self._memory, self._into = rows, memory, into
        self._table = ""
        self._at: dict[str, int] = {}

    def read(self) -> ReadForm:
        for number, mark, cells in self._rows.marked(self._memory.width):
            kind, _, rest = mark.partition("|")
            item, _, row_id = rest.partition("|")
            if kind in ("item", "head", "end", "form", "questions", "stop"):
                self._begin(kind, item, cells, number)
            elif kind in ("row", "new", "") and self._table:
                self._row(row_id if kind == "row" and item == self._table else "", cells, number)
        if any(len(rows) > 1 for rows in self._into.tables.values()):
            self._spread_merged()
        return self._into

    def _begin(self, kind: str, item: str, cells: Mapping[int, Raw], number: int) -> None:
        self._table = item if kind == "head" and item in self._memory.tables else ""
        if self._table:
            self._into.tables.setdefault(item, [])
        if kind == "item" and item in self._memory.values:
            first, last = self._memory.answer_columns
            raw = _first(cells, first, last)
            address = raw.address or f"{get_column_letter(first)}{number}"
            self._into.values[item] = replace(raw, address=address)

    def _row(self, row_id: str, cells: Mapping[int, Raw], number: int) -> None:
        read = _by_column(cells, self._memory.tables[self._table], number)
        self._into.tables[self._table].append(ReadRow(row_id, read, number))

    def _spread_merged(self) -> None:
        """A cell merged over several rows is the answer of each of them."""
        areas = self._rows.merged()
        for name, rows in self._into.tables.items() if areas else ():
            by_number = {row.at: index for index, row in enumerate(rows)}
            for left, right, top, bottom in areas:
                if top not in by_number:
                    continue
                for stretch in self._memory.tables[name]:
                    if left <= stretch.first <= right and not stretch.choice:
                        self._spread(rows, by_number, stretch.column, top, bottom)

    @staticmethod
    def _spread(rows: list[ReadRow], by_number: Mapping[int, int], column: str, top: int, bottom: int) -> None:
        value = rows[by_number[top]].cells.get(column, BLANK)
        for number in range(top + 1, min(bottom, top + len(rows)) + 1):
            index = by_number.get(number)
            if index is not None and value.value is not None:
                cells = {**rows[index].cells, column: replace(value, merged=True)}
                rows[index] = replace(rows[index], cells=cells)


def _first(cells: Mapping[int, Raw], first: int, last: int) -> Raw:
    return next((cells[at] for at in range(first, last + 1) if at in cells), BLANK)


def _by_column(cells: Mapping[int, Raw], stretches: Sequence[Stretch], number: int) -> dict[str, Raw]:
    """The cells of a row by column; a ticked one holds the choices that bear a tick, one a line."""
    found: dict[str, Raw] = {}
    for stretch in stretches:
        raw = _first(cells, stretch.first, stretch.last)
        raw = replace(raw, address=raw.address or f"{get_column_letter(stretch.first)}{number}")
        if not stretch.choice:
            found[stretch.column] = raw
            continue
        before = found.setdefault(stretch.column, Raw(None, raw.address))
        if raw.fault or (raw.value is not None and raw.value is not False):
            chosen = stretch.choice if before.value is None else f"{before.value}\n{stretch.choice}"
            found[stretch.column] = replace(before, value=chosen, address=raw.address, fault=before.fault or raw.fault)
    return found
