"""The first sheet of a workbook: what it is, how it is filled in, its sheets and what is still wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import Alignment, Font, PatternFill

from assembler.base.catalogue.entries import Severity
from assembler.base.excel import FONT, set_up
from assembler.base.persian import persian_digits
from assembler.base.problems import Problem
from assembler.base.scripts import with_persian_digits
from assembler.collect.workbook.plans import SheetPlan
from assembler.collect.workbook.styles import GRID, INK

GUIDE = "راهنما"


@dataclass(frozen=True)
class Guide:
    """What the first sheet says: whose workbook it is, of which unit, when it is due, where it goes."""

    title: str
    case: str
    unit: str = ""
    deadlines: Sequence[tuple[str, str]] = ()
    units: Mapping[str, str] = field(default_factory=dict)  # who answers each form


_GUIDE_WIDTHS = (34.0, 60.0, 20.0, 12.0)
_HOW = (
    "در هر برگه، خانه‌های زرد کم‌رنگ را پر کنید. خانه‌های خاکستری روشن برچسب یا محاسبه است.",
    "خانه‌ای که خاکستری شده است با پاسخ‌های کنونی پرسیده نمی‌شود؛ شرط آن کنار آن نوشته شده است و همین که پاسخ‌ها "
    "عوض شود باز می‌شود.",
    "تاریخ‌ها شمسی و مانند ۱۳۹۹/۰۲/۳۱ نوشته شود. عددها را بدون واحد بنویسید؛ درصد عددی از ۰ تا ۱۰۰ است.",
    "در جدول‌ها می‌توان ردیف‌ها را درج، مرتب و پالایش کرد. اگر ردیف‌های خالی کافی نیست، روی شماره یکی از آن‌ها "
    "راست‌کلیک و «درج» (Insert) را انتخاب کنید؛ برای چند ردیف، نخست همان تعداد ردیف خالی را برگزینید. "
    "شماره ردیفی که درج شود پس از بازگرداندن کارپوشه گذاشته می‌شود. "
    "برای حذف یک ردیف خانه‌های آن را پاک کنید. ستون‌ها و برگه‌های پنهان را تغییر ندهید.",
    "خانه رنگی ایرادی دارد که با نگه‌داشتن نشانگر روی آن خوانده می‌شود: سرخ خطا، نارنجی هشدار، آبی یادآوری.",
    "فایل‌های پیوست را همراه این کارپوشه بفرستید؛ در ستون «فایل» تنها نام آن‌ها نوشته می‌شود.",
    "پس از تکمیل، همین فایل را با قالب xlsx ذخیره کنید و بازگردانید. نام فایل و نام برگه‌ها اهمیتی ندارد.",
)


def write_guide(sheet: Any, plans: Sequence[SheetPlan], guide: Guide, found: Mapping[str, Sequence[Problem]]) -> None:
    widths = _GUIDE_WIDTHS
    set_up(sheet, widths, "portrait")
    writer = _GuideWriter(sheet, sum(widths))
    writer.across(guide.title, size=16, ink="title")
    of = f"پرونده: {guide.case}" + (f"    واحد: {guide.unit}" if guide.unit else "")
    writer.across(of, size=13, ink="section")
    for label, day in guide.deadlines:
        writer.across(f"مهلت — {label}: {day}", size=12)
    writer.across("چگونه پر کنیم", size=13, ink="section")
    for number, text in enumerate(_HOW, start=1):
        writer.across(f"{persian_digits(str(number))}. {text}", size=12)
    writer.across("برگه‌ها", size=13, ink="section")
    writer.row(("برگه", "فرم", "پاسخ‌گو", "ایراد باز"), head=True)
    for plan in plans:
        problems = [each for each in found[plan.form.id] if each.severity is not Severity.INFORMATION]
        count = persian_digits(str(len(problems))) if problems else "–"
        who = guide.units.get(plan.form.id) or guide.unit or "–"
        writer.row((plan.name, plan.form.shown, who, count), link=plan.name)
    sheet.print_area = f"A1:D{writer.at}"
    sheet.protection.enable()


class _GuideWriter:
    def __init__(self, sheet: Any, width: float) -> None:
        self._sheet, self._width, self.at = sheet, width, 0

    def across(self, text: str, *, size: int, ink: str = "") -> None:
        self.at += 1
        cell = self._sheet.cell(self.at, 1, with_persian_digits(text))
        cell.data_type = "s"
        cell.font = Font(name=FONT, size=size, bold=bool(ink))
        side = "center" if ink == "title" else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, readingOrder=2)
        if ink:
            cell.fill = PatternFill("solid", fgColor=INK[ink])
        self._sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=1, end_column=4)
        lines = -(-len(text) * size // int(self._width * 11))
        self._sheet.row_dimensions[self.at].height = (size * 1.75) * max(lines, 1) + 4

    def row(self, texts: Sequence[str], *, head: bool = False, link: str = "") -> None:
        self.at += 1
        for column, text in enumerate(texts, start=1):
            cell = self._sheet.cell(self.at, column, with_persian_digits(text))
            cell.data_type, cell.border = "s", GRID
            cell.font = Font(name=FONT, size=12, bold=head)
            side = "center" if head or column > 2 else "right"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, readingOrder=2)
            if head:
                cell.fill = PatternFill("solid", fgColor=INK["head"])
        if link:
            cell = self._sheet.cell(self.at, 1)
            quoted = link.replace("'", "''")
            cell.hyperlink = f"#'{quoted}'!B1"
            cell.font = Font(name=FONT, size=12, color="FF1F4E79", underline="single")
        lines = max(-int(-len(text) // (room * 1.1)) for text, room in zip(texts, _GUIDE_WIDTHS, strict=True))
        self._sheet.row_dimensions[self.at].height = 21.0 * max(lines, 1) + 2
