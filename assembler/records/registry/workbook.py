"""The registry as an Excel workbook: one sheet from right to left, every cell a text as the registry has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jdatetime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assembler.base.excel import FONT, save, set_up
from assembler.base.persian import format_date, persian_digits
from assembler.base.scripts import cell_text, with_persian_digits
from assembler.records.registry.entry import Entry, State

# The workbook goes to the secretariat and the archive: it is Persian, whatever the language of the messages.
SHEET = "دفتر ثبت"
STATE_WORDS: Mapping[State, str] = {
    "open": "رزروشده",
    "recorded": "صادرشده",
    "signed": "امضاشده",
    "sent": "ارسال‌شده",
    "void": "باطل",
}
_COLUMNS: Mapping[str, int] = {
    "ردیف": 7,
    "شماره": 18,
    "تاریخ نامه": 13,
    "موضوع": 50,
    "گیرنده": 36,
    "وضعیت": 11,
    "تاریخ امضا": 13,
    "تاریخ ارسال": 13,
    "شیوه ارسال": 16,
    "پرونده": 30,
    "نامه": 18,
    "ویرایش": 8,
    "تاریخ دریافت شماره": 16,
    "تاریخ ابطال": 13,
    "دلیل ابطال": 36,
    "فایل": 40,
    "اثر انگشت فایل (SHA-256)": 68,
    "نسخه امضاشده": 40,
    "اثر انگشت نسخه امضاشده (SHA-256)": 68,
}
_LINE = 20.0  # height of a line in points
_PRINTED = "شیوه ارسال"  # the last column that is printed: hashes and names of files are for programs
_LATIN = ("فایل", "اثر انگشت فایل (SHA-256)", "نسخه امضاشده", "اثر انگشت نسخه امضاشده (SHA-256)")


def write_workbook(entries: Iterable[Entry], path: Path) -> None:
    """Writes the entries whole or not at all. Raises OSError."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(SHEET)
    set_up(sheet, _COLUMNS.values())
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    head = [_cell(sheet, name, head=True) for name in _COLUMNS]
    sheet.append([_filled(cell, name) for cell, name in zip(head, _COLUMNS, strict=True)])
    cells = [_cell(sheet, name) for name in _COLUMNS]  # each row is written before the next takes its cells
    count = 0
    for count, entry in enumerate(entries, start=1):
        texts = [cell_text(text) for text in _texts(count, entry)]
        sheet.row_dimensions[count + 1].height = _LINE * _lines(texts)  # not every program finds it by itself
        sheet.append([_filled(cell, text) for cell, text in zip(cells, texts, strict=True)])
    last = get_column_letter([*_COLUMNS].index(_PRINTED) + 1)
    sheet.print_area = f"A1:{last}{count + 1}"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{count + 1}"
    save(book, path)


def _lines(texts: Iterable[str]) -> int:
    """How many lines the fullest cell of a row takes."""
    return max(max(1, -(-len(text) // width)) for text, width in zip(texts, _COLUMNS.values(), strict=True))


def _cell(sheet: Any, column: str, head: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=FONT, size=12, bold=head)
    latin = column in _LATIN and not head
    cell.alignment = Alignment(
        horizontal="left" if latin else "right", vertical="top", wrap_text=True, readingOrder=1 if latin else 2
    )
    cell.number_format = "@"
    if head:
        cell.fill = PatternFill("solid", fgColor="D9D9D9")
    return cell


def _filled(cell: Any, text: str) -> Any:
    """The cell with its text, which stays one though it begins with «=»."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
    return cell


def _texts(count: int, entry: Entry) -> tuple[str, ...]:
    return (
        persian_digits(str(count)),
        with_persian_digits(entry.number),
        _date(entry.date),
        entry.subject,
        entry.recipient,
        STATE_WORDS[entry.state],
        _date(entry.signed),
        _date(entry.sent),
        with_persian_digits(entry.sent_by),
        entry.case,
        entry.letter,
        persian_digits(str(entry.revision)),
        _date(entry.given),
        _date(entry.voided),
        entry.why,
        entry.path,
        entry.sha256,
        entry.scan_path,
        entry.scan_sha256,
    )


def _date(day: jdatetime.date | None) -> str:
    return format_date(day) if day else ""
