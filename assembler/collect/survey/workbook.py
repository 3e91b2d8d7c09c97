"""The sheets of an Excel workbook as rows of texts, and what they hide: which rows are hidden, which cells merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

from openpyxl.utils.cell import range_boundaries

from assembler.base.cells import as_shown
from assembler.base.excel_rows import ReadCell, SheetRows, has_cells, source_of
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.persian import seen
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.spreadsheets import DAMAGED, number_format, opened
from assembler.base.suggest import guess, listed
from assembler.collect.survey.tables import CHUNK, HEAD, Chunk, Table, unreadable

# What a million honest responses take, several times over; a bomb takes more.
_MOST_UNPACKED = 6 << 30
_MOST_ROWS = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,24})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
_PLAIN = ("", "General", "0", "@")
_BLOCK, _OVERLAP = 1 << 20, 1 << 10


def sheet_tables(path: Path, sheets: Sequence[str]) -> Iterator[Table]:
    """The named sheets of a workbook, or its first. Raises AssemblerError when it cannot be read or would not fit."""
    try:
        with opened(path, _MOST_UNPACKED, results=False) as book:
            chosen = _chosen(path, book.sheetnames, sheets)
            others = [] if sheets else [each for each in book.sheetnames if each not in chosen]
            for name in chosen:
                yield _table(path, book, name, others)
    except UnreadableError as error:
        raise unreadable(path.name, error.reason) from error


def _chosen(path: Path, known: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    for name in wanted:
        if name not in known:
            near, there = guess(name, known), listed(known)
            place = Place(file=path.name)
            fault = problem("survey-unknown-sheet", place, name=name, guess=near, known=there)
            raise AssemblerError([fault], ExitCode.USAGE)
    return wanted or known[:1]


def _table(path: Path, book: Any, name: str, others: Sequence[str]) -> Table:
    sheet = book[name]
    label = f"{path.name} [{name}]"
    place = Place(file=label)
    if not has_cells(sheet):
        raise unreadable(path.name, wording("its sheet is a chart"))
    with source_of(sheet) as source:
        merged, hidden, size = _look_through(source)
    remarks = [problem("survey-hidden-rows", place, count=hidden)] if hidden else []
    if others:
        remarks.append(problem("survey-other-sheets", place, names=listed(others)))
    read = [0]
    chunks = _chunks(path, book, sheet, read)
    return Table(label, chunks, merged, tuple(remarks), ragged=True, position=lambda: read[0] / size)


def _look_through(source: IO[bytes]) -> tuple[frozenset[int], int, int]:
    """The rows merged cells cover, how many rows are hidden, and the size: what a stream of cells passes by."""
    merged: set[int] = set()
    hidden, size, before = 0, 1, b""
    while block := source.read(_BLOCK):
        size += len(block)
        text = before + block
        # What ended within the overlap was counted with the block before.
        hidden += sum(found.end() > len(before) for found in _HIDDEN.finditer(text))
        for found in _MERGED.finditer(text):
            _, top, _, bottom = range_boundaries(found[1].decode())
            merged.update(range(int(top or 1), min(int(bottom or top or 1), _MOST_ROWS) + 1))
        before = text[-_OVERLAP:]
    return frozenset(merged), hidden, size


def _chunks(path: Path, book: Any, sheet: Any, read: list[int]) -> Iterator[Chunk]:
    numbered = _rows(book, sheet, read)
    size = HEAD
    while taken := _read(path, numbered, size):
        yield Chunk([row for _, row in taken], [number for number, _ in taken])
        size = CHUNK


def _read(path: Path, numbered: Iterator[tuple[int, list[str]]], size: int) -> list[tuple[int, list[str]]]:
    try:
        with foreign(path, told=DAMAGED):
            return list(islice(numbered, size))
    except UnreadableError as error:
        raise unreadable(path.name, error.reason) from error


def _rows(book: Any, sheet: Any, read: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. Formulas come as they are written: what they last came to may be stale or missing."""
    with source_of(sheet) as source:
        rows, formats = SheetRows(book, sheet, source, results=False), cache(partial(number_format, book))
        for element in rows.elements():
            number, cells = rows.cells(element)
            if number > _MOST_ROWS:
                return
            read[0] = source.tell()
            yield number, _texts(cells, formats)


def _texts(cells: Sequence[ReadCell], formats: Callable[[int], str]) -> list[str]:
    if not cells:
        return []
    row = [""] * cells[-1]["column"]
    for cell in cells:
        if cell["value"] is not None and cell["column"] <= len(row):
            row[cell["column"] - 1] = _text(cell["value"], formats(cell["style_id"]) if cell["style_id"] else "")
    return row


def _text(value: object, shown: str) -> str:
    """A cell as its text: numbers as their format shows them, whole ones without a decimal mark, days without an hour,
    ticks as their word.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and shown not in _PLAIN:
        return as_shown(value, shown)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return seen(str(getattr(value, "text", None) or value))
