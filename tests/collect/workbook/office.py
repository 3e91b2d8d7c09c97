"""A case with every kind of answer, its workbook, and an officer who fills it in by what a person sees: labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jdatetime
import openpyxl

from assembler.actions.export import export
from assembler.actions.import_ import Imported, merge_books, read_books, write_imported
from assembler.actions.open_case import OpenCase
from assembler.collect.workbook.preferred import Preferred
from tests.conftest import Workplace, write_answers, write_form, write_report

FORM = """\
form: demo/visit
title: بازدید
source: {document: demo}
legal: [ماده ۱]
choices:
  answers:
    - {name: yes, label: بلی}
    - {name: no, label: خیر}
  ways:
    - {name: site, label: تارنما}
    - {name: phone, label: تلفن}
items:
  - {name: title, type: text, label: عنوان, required: true}
  - {name: held, type: select_one answers, label: برگزار شد}
  - {name: why, type: text, label: چرا, relevant: held == 'no', appearance: multiline}
  - {name: score, type: integer, label: امتیاز, constraint: score <= 10, constraint_message: بیش از ۱۰ است.}
  - {name: share, type: percent, label: سهم}
  - {name: sum, type: decimal, label: مبلغ}
  - {name: day, type: date, label: روز}
  - {name: ways, type: select_multiple ways, label: راه‌ها}
  - {name: story, type: narrative, label: شرح}
  - {name: picture, type: file, label: پرونده پیوست}
  - name: services
    type: table
    label: خدمات
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت, required: true}
      - label: آمار
        columns:
          - {name: count, type: integer, label: تعداد}
          - {name: mean, type: decimal, label: میانگین}
      - {name: mode, type: select_one ways, label: شیوه, appearance: ticks}
    footer:
      - {label: جمع, cells: {count: "total(services, 'count')"}}
  - name: levels
    type: table
    label: سطح‌ها
    columns:
      - {name: level, type: text, label: سطح}
      - {name: value, type: integer, label: شمار}
    rows:
      - {name: high, cells: {level: زیاد}}
      - {name: low, cells: {level: کم}}
"""
REPORT = """\
report: demo
title: گزارش {{ case.agency }}
source: {document: demo}
case:
  - {name: agency, type: text, label: نام دستگاه, required: true}
parts:
  - body: report
    title: گزارش
    template: body
    content:
      - answers: demo/visit
"""
ANSWERS = """\
# نخستین بازدید
form: demo/visit
title: =بازدید   # با علامت
held: yes
score: ۷
share: 45
sum: 12.50
day: ۱۳۹۸/۱۲/۰۵
ways: [site, phone]
story:
  - بند نخست.
  - bulleted:
      - یکم
      - text: دوم
        dashed: [الف, ب]
  - بند پایانی.
services:
  - {name: صدور گواهی, count: 12, mode: site}
  # این یکی هر ماه
  - {name: پاسخ به شکایت, count: ۳, mean: 1/5, mode: phone}
  - {name: بازدید, mode: site}
levels:
  high: {value: 5}
  low: {}
"""


class Office:
    """``export`` makes a workbook, ``edited`` lets an officer change it, ``take`` imports."""

    def __init__(self, workplace: Workplace, form: str = FORM, answers: str = ANSWERS) -> None:
        self.workplace = workplace
        write_form(workplace.folder, form)
        write_report(workplace.folder, REPORT)
        write_answers(workplace.folder, answers)

    def open(self) -> OpenCase:
        return OpenCase.read(self.workplace.case, self.workplace.settings)

    def export(self, name: str = "a.xlsx") -> Path:
        path = self.workplace.folder / name
        return export(self.workplace.case, path, self.workplace.settings, jdatetime.date(1399, 2, 1)).path

    def edited(self, change: Callable[[Any], object], name: str = "a.xlsx") -> Path:
        """A fresh workbook whose sheet of the form was changed."""
        path = self.export(name)
        book = openpyxl.load_workbook(path)
        change(sheet_of(book))
        book.save(path)
        return path

    def take(self, *paths: Path, prefer: str = "") -> Imported:
        opened = self.open()
        return merge_books(opened, *read_books(opened, paths), Preferred(prefer))

    def write(self, imported: Imported) -> str:
        """The answer file after the import was written."""
        write_imported(self.open(), imported)
        return self.text

    @property
    def text(self) -> str:
        return (self.workplace.case / "answers" / "visit.yaml").read_text(encoding="utf-8")

    def files(self) -> Mapping[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.workplace.case.rglob("*.yaml"))}


def sheet_of(book: Any, form: str = "demo/visit") -> Any:
    return next(sheet for sheet in book.worksheets if sheet["A1"].value == f"form|{form}")


def marks(sheet: Any, start: str) -> list[int]:
    """The rows whose hidden mark begins like this."""
    return [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value or "").startswith(start)]


def answer(sheet: Any, item: str) -> Any:
    """The cell a single answer is written into: the one right of its label's merged cells."""
    row = marks(sheet, f"item|{item}")[0]
    merged = (area.max_col for area in sheet.merged_cells.ranges if area.min_row == row and area.min_col == 2)
    return sheet.cell(row, next(merged, 2) + 1)


def column(sheet: Any, table: str, label: str) -> int:
    """The column of a table under a header."""
    head = marks(sheet, f"head|{table}")[0]
    rows = range(head, head - 4, -1)
    return next(cell.column for row in rows for cell in sheet[row] if cell.value == label)


def set_cell(sheet: Any, table: str, row: int, label: str, value: object) -> None:
    """Writes into a row of a table, counted from 0, the blank ones behind the others."""
    rows = marks(sheet, f"row|{table}|") + marks(sheet, f"new|{table}")
    sheet.cell(rows[row], column(sheet, table, label)).value = value


def moved(imported: Imported) -> Iterator[tuple[str, str, str]]:
    """What changed, shortly."""
    for change in imported.changes:
        place = f"{change.item}:{change.row}.{change.column}" if change.column else change.item
        yield place, change.old, change.new
