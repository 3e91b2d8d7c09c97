"""The sheets of an Excel workbook as rows of texts, one row in memory at a time.

What openpyxl's own streaming does not tell, this asks the sheet itself: which rows are hidden, which cells merged.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.functions import iterparse

from assembler.base.messages import fill, wording
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.suggest import guess, listed
from assembler.collect.survey.tables import CHUNK, HEAD, Chunk, Table, megabytes, unreadable

# What a million honest responses take, several times over; a bomb takes more.
_MOST_UNPACKED = 6 << 30
_MOST_HELD = 512 << 20  # of a part that is read whole, such as the shared texts
_SUSPECT, _MOST_RATIO = 64 << 20, 200
_MOST_ROWS = 1_048_576
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,24})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
_BLOCK, _OVERLAP = 1 << 20, 1 << 10
_BROKEN = (KeyError, ValueError, IndexError, TypeError, AttributeError, EOFError, ParseError, zipfile.BadZipFile,
           InvalidFileException, NotImplementedError, RuntimeError, SyntaxError)  # fmt: skip


def sheet_tables(path: Path, sheets: Sequence[str]) -> Iterator[Table]:
    """The named sheets of a workbook, or its first. Raises AssemblerError when it cannot be read or would not fit."""
    with path.open("rb") as file:
        try:
            _refuse_bomb(path)
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        except _BROKEN as error:
            raise unreadable(path.name, _reason(error)) from error
        chosen = _chosen(path, book.sheetnames, sheets)
        others = [] if sheets else [each for each in book.sheetnames if each not in chosen]
        for name in chosen:
            yield _table(path, book, name, others)
        book.close()


def _reason(error: Exception) -> str:
    return fill("the workbook is damaged ({reason})", reason=f"{type(error).__name__}: {error}")


def _refuse_bomb(path: Path) -> None:
    """Raises AssemblerError when a workbook would unpack to more than any list of responses takes."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        held = not part.filename.startswith("xl/worksheets/")
        if (part.file_size > _SUSPECT and ratio > _MOST_RATIO) or (held and part.file_size > _MOST_HELD):
            raise _too_large(path, part.file_size)
    if (size := sum(part.file_size for part in parts)) > _MOST_UNPACKED:
        raise _too_large(path, size)


def _too_large(path: Path, size: int) -> AssemblerError:
    return unreadable(path.name, wording("it would unpack to {size}", size=megabytes(size)))


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
    if not hasattr(sheet, "_get_source"):
        raise unreadable(path.name, wording("its sheet is a chart"))
    try:
        with sheet._get_source() as source:
            merged, hidden, size = _look_through(source)
    except _BROKEN as error:
        raise unreadable(path.name, _reason(error)) from error
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
    try:
        while taken := list(islice(numbered, size)):
            yield Chunk([row for _, row in taken], [number for number, _ in taken])
            size = CHUNK
    except _BROKEN as error:
        raise unreadable(path.name, _reason(error)) from error


def _rows(book: Any, sheet: Any, read: list[int]) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. Formulas come as they are written: what they last came to may be stale or missing."""
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=False, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for element in _row_elements(source):
            number, cells = parser.parse_row(cast(Any, element))
            parser.row_dimensions.clear()
            parser.shared_formulae.clear()
            if number > _MOST_ROWS:
                return
            read[0] = source.tell()
            yield number, _texts(cells)


def _row_elements(source: IO[bytes]) -> Iterator[Element]:
    """The rows of a sheet; each is gone once the next is asked for."""
    above: list[Element] = []
    for event, element in iterparse(source, ("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if element.tag.endswith("}row"):
            yield element
            above[-1].clear()


def _texts(cells: Sequence[dict[str, Any]]) -> list[str]:
    if not cells:
        return []
    row = [""] * int(cells[-1]["column"])
    for cell in cells:
        if cell["value"] is not None and cell["column"] <= len(row):
            row[cell["column"] - 1] = _text(cell["value"])
    return row


def _text(value: object) -> str:
    """A cell as its text: whole numbers without a decimal mark, days without an hour, ticks as their word."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "text", None) or value)
