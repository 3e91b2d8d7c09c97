"""The sheets of an Excel workbook as rows of texts, and what they hide: which rows are hidden, which cells merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from assembler.base.cells import as_shown
from assembler.base.excel_rows import Area, ReadCell, SheetRows, has_cells, shape_of, source_of
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
_PLAIN = ("", "General", "0", "@")


def sheet_tables(path: Path, called: str, sheets: Sequence[str]) -> Iterator[Table]:
    """The named sheets of a workbook that people know as ``called``, or its first.

    Raises AssemblerError when it cannot be read or would not fit."""
    try:
        with opened(path, _MOST_UNPACKED, results=False) as book:
            chosen = _chosen(called, book.sheetnames, sheets)
            others = [] if sheets else [each for each in book.sheetnames if each not in chosen]
            for name in chosen:
                yield _table(called, book, name, others)
    except UnreadableError as error:
        raise unreadable(called, error.reason) from error


def _chosen(called: str, known: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    for name in wanted:
        if name not in known:
            near, there = guess(name, known), listed(known)
            place = Place(file=called)
            fault = problem("survey-unknown-sheet", place, name=name, guess=near, known=there)
            raise AssemblerError([fault], ExitCode.USAGE)
    return wanted or known[:1]


def _table(called: str, book: Any, name: str, others: Sequence[str]) -> Table:
    sheet = book[name]
    label = f"{called} [{name}]"
    place = Place(file=label)
    if not has_cells(sheet):
        raise unreadable(called, wording("its sheet is a chart"))
    with source_of(sheet) as source:
        shape = shape_of(source)
    remarks = [problem("survey-hidden-rows", place, count=shape.hidden_rows)] if shape.hidden_rows else []
    if others:
        remarks.append(problem("survey-other-sheets", place, names=listed(others)))
    read = [0]
    chunks = _chunks(called, book, sheet, read)
    covered, size = _covered(shape.merged), max(shape.size, 1)
    return Table(label, chunks, covered, tuple(remarks), ragged=True, position=lambda: read[0] / size)


def _covered(areas: Sequence[Area]) -> frozenset[int]:
    """The rows merged cells cover."""
    return frozenset(row for top, _, bottom, _ in areas for row in range(top, min(bottom, _MOST_ROWS) + 1))


def _chunks(called: str, book: Any, sheet: Any, read: list[int]) -> Iterator[Chunk]:
    numbered = _rows(book, sheet, read)
    size = HEAD
    while taken := _read(called, numbered, size):
        yield Chunk([row for _, row in taken], [number for number, _ in taken])
        size = CHUNK


def _read(called: str, numbered: Iterator[tuple[int, list[str]]], size: int) -> list[tuple[int, list[str]]]:
    try:
        with foreign(called, told=DAMAGED):
            return list(islice(numbered, size))
    except UnreadableError as error:
        raise unreadable(called, error.reason) from error


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
    if isinstance(value, date | time | timedelta):
        return as_shown(value)
    return seen(str(getattr(value, "text", None) or value))
