"""Reads a list of units from Excel or CSV: every cell the text a person sees, every row with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import jdatetime

from assembler.base.persian import normalise
from assembler.base.problems import AssemblerError, ExitCode, Place, problem

_MOST_UNPACKED = 512 << 20
_DELIMITERS = (",", ";", "\t", "؛")


@dataclass(frozen=True)
class Row:
    """A row of the list: its number as the file counts it, and its texts by column."""

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True)
class UnitList:
    """A list as read: ``labels`` are the texts of its first row by column; blank rows are none."""

    file: Path
    sheet: str
    head: int
    labels: Mapping[int, str]
    rows: tuple[Row, ...]

    def place(self, row: int | None = None, label: str | None = None) -> Place:
        """Where a row or cell stands, as people find it: file and sheet, row, label of the column."""
        name = f"{self.file.name} [{self.sheet}]" if self.sheet else self.file.name
        return Place(file=name, row=row, column=label)


def read_list(file: Path, sheet: str = "") -> UnitList:
    """The list in a file; of a workbook the sheet named, or the first. Raises AssemblerError."""
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        found, rows = _workbook(file, sheet)
    else:
        found, rows = "", list(_separated(file))
    whole = [Row(number, cells) for number, cells in rows if cells]
    if len(whole) < 2:
        raise AssemblerError([problem("list-empty", Place(file=str(file)))], ExitCode.ANSWERS)
    return UnitList(file, found, whole[0].number, whole[0].cells, tuple(whole[1:]))


def _unreadable(file: Path, reason: object) -> AssemblerError:
    fault = problem("file-unreadable", Place(file=str(file)), name=file.name, reason=reason)
    return AssemblerError([fault], ExitCode.ANSWERS)


# ---------------------------------------------------------------- Excel


def _workbook(file: Path, sheet: str) -> tuple[str, list[tuple[int, dict[int, str]]]]:
    import openpyxl

    from assembler.base.excel_rows import BROKEN, refusal

    try:
        if reason := refusal(file, _MOST_UNPACKED):
            raise _unreadable(file, reason)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (*BROKEN, OSError) as error:
        raise _unreadable(file, error) from error
    try:
        name = sheet or book.sheetnames[0]
        if name not in book.sheetnames:
            known = "، ".join(book.sheetnames)
            fault = problem("list-sheet-unknown", Place(file=str(file)), name=name, known=known)
            raise AssemblerError([fault], ExitCode.USAGE)
        pages = book[name]
        pages.reset_dimensions()  # a workbook may claim a million rows: only those written count
        return name, [(number, _texts(map(_shown, row))) for number, row in enumerate(pages.values, 1)]
    except BROKEN as error:
        raise _unreadable(file, error) from error
    finally:
        book.close()


def _shown(value: object) -> str:
    """A cell as text: numbers without a needless point, days of Excel's calendar as Jalali ones."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return str(jdatetime.date.fromgregorian(date=day).strftime("%Y/%m/%d"))
    return str(value)


# ---------------------------------------------------------------- CSV


def _separated(file: Path) -> Iterator[tuple[int, dict[int, str]]]:
    try:
        data = file.read_bytes()
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for number, row in enumerate(reader, 1):  # as a spreadsheet counts them, whatever lines a cell has
            yield number, _texts(row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(file, error) from error


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=head.count)


def _texts(cells: Iterable[str]) -> dict[int, str]:
    return {number: text for number, text in enumerate(cells, 1) if text.strip()}


def repeated(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels that stand more than once, however they are spelt."""
    spelt = [normalise(label) for label in labels]
    return tuple(dict.fromkeys(label for label in spelt if spelt.count(label) > 1))
