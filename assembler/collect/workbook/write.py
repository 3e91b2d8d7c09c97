"""Writes a workbook to be filled in: a guide, a sheet a form, the choices and the memory hidden behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation

from assembler.base.catalogue.entries import Severity
from assembler.base.excel import FONT, save_in_place, set_up
from assembler.base.messages import fill, spoken, translate
from assembler.base.persian import RLM, persian_digits
from assembler.base.problems import Problem
from assembler.collect.asking import kind_words, question_of
from assembler.collect.workbook.cells import NUMBERS, TICK, choice_texts, escaped
from assembler.collect.workbook.formulas import formula
from assembler.collect.workbook.layout import FIRST, Box, Kind, SheetPlan, is_ticked
from assembler.collect.workbook.meta import SHEET, Memory, pieces
from assembler.collect.workbook.where import Place, row_formula
from assembler.model.specs import Column, Field

GUIDE, LISTS = "راهنما", "_lists"
_LINE = Side(style="thin", color="FFA6A6A6")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_INK = {"title": "FFD9E2EF", "section": "FFE7E6E6", "head": "FFD9D9D9", "label": "FFF2F2F2", "printed": "FFF2F2F2",
        "computed": "FFEDEDED", "footer": "FFE7E6E6", "off": "FFD9D9D9", "locked": "FFD9D9D9", "band": "FFF7F3E3",
        "answer": "FFFFFFFF"}  # fmt: skip
_FOUND = {Severity.ERROR: "FFF8C9C4", Severity.WARNING: "FFFFE9A8", Severity.INFORMATION: "FFD6E8F7"}
_BOLD = ("title", "section", "head", "footer", "band")
_BARE = ("legal", "hint", "note")
_OPEN = ("answer", "band", "off")
_CENTRED = (*NUMBERS, "date")
_PERSIAN = "[$-3000429]"  # Persian digits
_SIZES = {"title": 15, "section": 13, "legal": 11, "hint": 10, "note": 11}
_LONGEST_PROMPT = 255  # letters Excel shows beside a cell
_HIGHEST_FROZEN = 10  # rows that may stay in sight


@dataclass(frozen=True)
class Guide:
    """What the first sheet says: whose workbook it is, of which unit, when it is due, where it goes."""

    title: str
    case: str
    unit: str = ""
    deadlines: Sequence[tuple[str, str]] = ()
    units: Mapping[str, str] = field(default_factory=dict)  # who answers each form


def write_workbook(
    path: Path, plans: Sequence[SheetPlan], memory: Memory, guide: Guide,
    problems: Callable[[str], Iterable[Problem]],
) -> None:  # fmt: skip
    """Writes the workbook whole or not at all; ``problems`` gives those of a form.

    Raises AssemblerError ``output-unwritable``.
    """
    book = Workbook()
    first: Any = book.active
    first.title = GUIDE
    with spoken("fa"):
        styles, lists = _Styles(book), _Lists(book)
        by_form = {plan.form.id: plan for plan in plans}
        found = {plan.form.id: tuple(problems(plan.form.id)) for plan in plans}
        for plan in plans:
            _SheetWriter(book, plan, by_form, styles, lists, found[plan.form.id]).write()
        _guide(first, plans, guide, found)
    styles.done()
    book.move_sheet(LISTS, len(plans))
    _remember(book, memory)
    save_in_place(book, path)


def _remember(book: Workbook, memory: Memory) -> None:
    sheet: Any = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for row, text in enumerate(pieces(memory), start=1):
        sheet.cell(row, 1, text)


# ---------------------------------------------------------------- styles


class _Styles:
    """The look of each kind of cell, made once: a sheet has thousands of cells and a handful of looks."""

    def __init__(self, book: Workbook) -> None:
        self._scratch: Any = book.create_sheet("-")
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, kind: Kind, field: Field | None, ticked: bool, severity: Severity | None) -> Any:
        sort = field.type if field else ""
        plain = field is not None and "plain" in field.appearance
        key = (kind, sort, plain, ticked, severity)
        if key not in self._made:
            cell = self._scratch.cell(1, 1)
            self._dress(cell, kind, sort, plain, ticked)
            if severity is not None:
                cell.fill = PatternFill("solid", fgColor=_FOUND[severity])
            self._made[key] = copy(cell._style)
        return self._made[key]

    def _dress(self, cell: Any, kind: Kind, sort: str, plain: bool, ticked: bool) -> None:
        grey = "FF595959" if kind in ("hint", "legal", "off", "locked") else "FF000000"
        cell.font = Font(name=FONT, size=_SIZES.get(kind, 12), bold=kind in _BOLD, color=grey)
        cell.border = Border() if kind in ("legal", "note") else _GRID
        centred = kind in ("title", "head") or ticked or (sort in _CENTRED and kind in (*_OPEN, "computed", "printed"))
        side = "center" if centred or kind == "footer" else "right"
        upright = "top" if kind in ("hint", "legal", "note") else "center"
        cell.alignment = Alignment(horizontal=side, vertical=upright, wrap_text=True, readingOrder=2)
        cell.fill = PatternFill("solid", fgColor=_INK[kind]) if kind in _INK and kind != "answer" else PatternFill()
        cell.protection = Protection(locked=kind not in _OPEN)
        cell.number_format = _number_format(kind, sort, plain)

    def done(self) -> None:
        if "-" in self._book.sheetnames:
            self._book.remove(self._scratch)


def _number_format(kind: Kind, sort: str, plain: bool) -> str:
    """How numbers are shown: in Persian digits; texts and dates stay as they are typed."""
    if kind == "footer":
        return f"{_PERSIAN}General"
    if sort == "integer":
        return f"{_PERSIAN}0" if plain else f"{_PERSIAN}#,##0"
    if sort == "decimal" or (sort == "calculate" and kind == "computed"):
        return f"{_PERSIAN}General"
    if sort == "percent":
        return f'{_PERSIAN}General"٪"'
    return "@" if kind in _OPEN else "General"


# ---------------------------------------------------------------- choices


class _Lists:
    """The hidden sheet of choices, and of the years and days a date is checked against."""

    YEARS, DAYS = 400, 732

    def __init__(self, book: Workbook) -> None:
        self._sheet: Any = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._columns: dict[tuple[str, ...], str] = {}
        years = [f"{year}/" for year in range(1300, 1500)]
        days = [f"{month:02d}/{day:02d}" for month in range(1, 13) for day in range(1, 32 if month <= 6 else 31)]
        self.years = self.range((*years, *map(persian_digits, years)))
        self.days = self.range((*days, *map(persian_digits, days)))

    def range(self, texts: tuple[str, ...]) -> str:
        if texts not in self._columns:
            column = len(self._columns) + 1
            for row, text in enumerate(texts, start=1):
                cell = self._sheet.cell(row, column, text)
                cell.data_type, cell.number_format = "s", "@"
            letter = get_column_letter(column)
            self._columns[texts] = f"'{LISTS}'!${letter}$1:${letter}${len(texts)}"
        return self._columns[texts]

    def check(self, asked: Field, first: str, ticked: bool) -> DataValidation | None:
        """What a cell of a field may hold; ``first`` is the first cell of the range it is for."""
        if ticked:
            return _validation("list", self.range((TICK,)), translate("Tick it or leave it blank."), stop=True)
        if asked.type == "select_one":
            return _validation("list", self.range(choice_texts(asked)), translate("Choose one of the list."),
                               stop=not asked.marks)  # fmt: skip
        if asked.type == "date":
            rule = (
                f"AND(LEN({first})=10,ISNUMBER(MATCH(LEFT({first},5),{self.years},0)),"
                f"ISNUMBER(MATCH(RIGHT({first},5),{self.days},0)))"
            )
            return _validation("custom", rule, _belongs_here(asked))
        if asked.type in NUMBERS:
            return _number_check(asked)
        return None


def _helps(field: Field) -> tuple[str, ...]:
    """What helps to fill in the cells of a column, by which they are told apart."""
    return (field.hint, field.footnote, field.inferred, field.doubt) if isinstance(field, Column) else ()


def _validation(kind: Any, rule: str, message: str, *, stop: bool = False) -> DataValidation:
    """Refuses what is none of a list; of the rest it warns, as marks and other spellings are read too."""
    check = DataValidation(kind, formula1=rule, allow_blank=True, showErrorMessage=True)
    check.errorStyle, check.errorTitle, check.error = "stop" if stop else "warning", translate("answer"), message
    return check


def _belongs_here(asked: Field) -> str:
    return fill("What is written here: {kind}", kind=kind_words(asked))


def _number_check(asked: Field) -> DataValidation:
    if asked.type == "percent":
        check = _validation("decimal", "0", _belongs_here(asked))
        check.formula2, check.operator = "100", "between"
        return check
    whole = asked.type == "integer"
    check = _validation("whole" if whole else "decimal", "-999999999999999", _belongs_here(asked))
    check.formula2, check.operator = "999999999999999", "between"
    return check


# ---------------------------------------------------------------- sheets


class _SheetWriter:
    def __init__(
        self, book: Workbook, plan: SheetPlan, plans: Mapping[str, SheetPlan], styles: _Styles, lists: _Lists,
        problems: Sequence[Problem],
    ) -> None:  # fmt: skip
        self._sheet: Any = book.create_sheet(plan.name)
        self._plan, self._plans, self._styles, self._lists = plan, plans, styles, lists
        self._checks: dict[tuple[object, ...], list[tuple[Box, str]]] = defaultdict(list)
        self._found: dict[tuple[str, int | None, str], list[Problem]] = defaultdict(list)
        for each in problems:
            place = each.place
            row = None if place.row is None else place.row - 1
            self._found[place.item or "", row, place.column or ""].append(each)

    def write(self) -> None:
        set_up(self._sheet, (3, *self._plan.widths), "landscape" if self._plan.wide else "portrait")
        self._sheet.column_dimensions["A"].hidden = True
        for row, text in self._plan.ids.items():
            cell = self._sheet.cell(row, 1, text)
            cell.protection = Protection(locked=not text.startswith(("row|", "new|")))
        for box in self._plan.boxes:
            self._box(box)
        for row, height in self._plan.heights.items():
            self._sheet.row_dimensions[row].height = height
        self._check()
        self._print()

    def _box(self, box: Box) -> None:
        ticked = box.field is not None and is_ticked(box.field) and box.kind != "head"
        found = self._problems(box)
        worst = min((each.severity for each in found), key=list(Severity).index, default=None)
        style = self._styles.of(box.kind, box.field, ticked, worst)
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                self._sheet.cell(row, column)._style = style
        cell = self._sheet.cell(box.row, box.column)
        self._fill(cell, box)
        if box.columns * box.rows > 1:
            area = (box.column, box.row, box.column + box.columns - 1, box.row + box.rows - 1)
            self._sheet.merged_cells.add(CellRange(min_col=area[0], min_row=area[1], max_col=area[2], max_row=area[3]))
        if found:
            cell.comment = _comment(found)
        if box.kind in _OPEN and box.field is not None and box.kind != "band":
            field_key = (box.field.type, choice_texts(box.field), box.field.marks, ticked, _helps(box.field))
            self._checks[field_key].append((box, cell.coordinate))

    def _fill(self, cell: Any, box: Box) -> None:
        told = self._formula(box) if box.formula is not None else None
        if told is not None:
            cell.value = told
        elif isinstance(box.value, str):
            cell.value = escaped(box.value)
            cell.data_type = "s"
        elif box.value is not None:
            cell.value = box.value
        if told is None and box.formula is not None and box.value is not None and box.slot and box.slot.row is None:
            cell.comment = Comment("محاسبه‌شده از پاسخ‌های کنونی؛ پس از بازگشت کارپوشه دوباره محاسبه می‌شود.", "assembler")

    def _formula(self, box: Box) -> str | None:
        assert box.formula is not None
        own = self._plan.form.id
        if box.slot is not None and box.slot.column:
            region = self._plan.regions[box.slot.item]
            told = row_formula(box.formula.source, self._plans, own, region, box.row, box.slot.column)
        else:
            told = formula(box.formula.source, Place(self._plans, own))
        whole = box.field is not None and box.field.type in ("integer", "text", "select_one")
        return told if told is None or whole else f"=IFERROR(ROUND({told[1:]},2),{told[1:]})"

    # ------------------------------------------------------------ findings

    def _problems(self, box: Box) -> list[Problem]:
        """Those of a cell; those of a whole table stand at its first header, of the form at its title."""
        if box.kind == "title":
            return self._found.pop(("", None, ""), [])
        if box.slot is None:
            return []
        slot = box.slot
        found = self._found.pop((slot.item, slot.row, slot.column), [])
        if slot.row is not None:
            found += self._found.pop((slot.item, slot.row, ""), [])
            found += self._found.pop((slot.item, None, ""), []) + self._found.pop((slot.item, None, slot.column), [])
        return found

    # ------------------------------------------------------------ checks

    def _check(self) -> None:
        for boxes in self._checks.values():
            box, _ = boxes[0]
            assert box.field is not None
            # A formula of a check speaks of the upper leading cell of its range, and the others stand to it.
            corner = f"{get_column_letter(min(each.column for each, _ in boxes))}{min(each.row for each, _ in boxes)}"
            check = self._lists.check(box.field, corner, is_ticked(box.field))
            prompt = self._prompt(box.field)
            if check is None and not prompt:
                continue
            check = check or DataValidation(allow_blank=True)
            check.prompt, check.showInputMessage = prompt or None, bool(prompt)
            check.sqref = _ranges([each for each, _ in boxes])
            self._sheet.add_data_validation(check)

    def _prompt(self, field: Field) -> str:
        """What is told beside a cell of a column once it is chosen; a question has its hint in the column beside it."""
        if not any(_helps(field)):
            return ""
        asked = question_of(field, self._plan.form, {})
        text = "\n".join((*asked.helps, *asked.notes))
        return text if len(text) <= _LONGEST_PROMPT else text[: _LONGEST_PROMPT - 1] + "…"

    # ------------------------------------------------------------ paper and protection

    def _print(self) -> None:
        sheet, plan = self._sheet, self._plan
        last = get_column_letter(FIRST + plan.columns - 1)
        sheet.print_area = f"B1:{last}{plan.last_row}"
        sheet.oddFooter.center.text = f"{RLM}صفحه {RLM}&P{RLM} از {RLM}&N"
        heads = next((row for row, text in plan.ids.items() if text == "questions"), 1)
        frozen, repeated = heads, (heads, heads)
        if len(plan.regions) == 1:
            (top,) = plan.regions.values()
            repeated = (top.head, top.first - 1)
            frozen = top.first - 1 if top.first <= _HIGHEST_FROZEN else frozen
        elif plan.regions:  # no head may stand over another table
            frozen, repeated = 1, (1, 1)
        sheet.freeze_panes = f"B{min(frozen, _HIGHEST_FROZEN) + 1}"
        sheet.print_title_rows = f"{repeated[0]}:{repeated[1]}"
        protection = sheet.protection
        protection.enable()
        for freedom in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
            setattr(protection, freedom, False)


def _ranges(boxes: Sequence[Box]) -> str:
    """The cells of boxes as ranges, those under one another together."""
    by_column: dict[int, list[int]] = defaultdict(list)
    for box in boxes:
        by_column[box.column].append(box.row)
    return " ".join(chain.from_iterable(_runs(get_column_letter(at), sorted(rows)) for at, rows in by_column.items()))


def _runs(letter: str, rows: Sequence[int]) -> Iterable[str]:
    start = before = rows[0]
    for row in [*rows[1:], 0]:
        if row != before + 1:
            yield f"{letter}{start}:{letter}{before}" if before > start else f"{letter}{start}"
            start = row
        before = row


def _comment(problems: Sequence[Problem]) -> Comment:
    texts = [f"{_WORDS[each.severity]}: {each.message}\n{each.hint}".strip() for each in problems]
    comment = Comment("\n\n".join(texts)[:4_000], "assembler")
    comment.width, comment.height = 360, min(90 * len(texts) + 30, 400)
    return comment


_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "یادآوری"}


# ---------------------------------------------------------------- the guide

_GUIDE_WIDTHS = (34.0, 60.0, 20.0, 12.0)
_HOW = (
    "در هر برگه، خانه‌های سفید را پر کنید؛ خانه‌های خاکستری برچسب، محاسبه یا پرسشی است که در این پرونده پرسیده نمی‌شود.",
    "تاریخ‌ها شمسی و مانند ۱۳۹۹/۰۲/۳۱ نوشته شود. عددها را بدون واحد بنویسید؛ درصد عددی از ۰ تا ۱۰۰ است.",
    "در جدول‌ها می‌توان ردیف افزود، درج کرد، مرتب و پالایش کرد. "
    "برای حذف یک ردیف خانه‌های آن را پاک کنید. ستون‌ها و برگه‌های پنهان را تغییر ندهید.",
    "خانه رنگی ایرادی دارد که با نگه‌داشتن نشانگر روی آن خوانده می‌شود: سرخ خطا، زرد هشدار، آبی یادآوری.",
    "فایل‌های پیوست را همراه این کارپوشه بفرستید؛ در ستون «فایل» تنها نام آن‌ها نوشته می‌شود.",
    "پس از تکمیل، همین فایل را با قالب xlsx ذخیره کنید و بازگردانید. نام فایل و نام برگه‌ها اهمیتی ندارد.",
)


def _guide(sheet: Any, plans: Sequence[SheetPlan], guide: Guide, found: Mapping[str, Sequence[Problem]]) -> None:
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
        cell = self._sheet.cell(self.at, 1, text)
        cell.data_type = "s"
        cell.font = Font(name=FONT, size=size, bold=bool(ink))
        side = "center" if ink == "title" else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, readingOrder=2)
        if ink:
            cell.fill = PatternFill("solid", fgColor=_INK[ink])
        self._sheet.merge_cells(start_row=self.at, end_row=self.at, start_column=1, end_column=4)
        lines = -(-len(text) * size // int(self._width * 11))
        self._sheet.row_dimensions[self.at].height = (size * 1.75) * max(lines, 1) + 4

    def row(self, texts: Sequence[str], *, head: bool = False, link: str = "") -> None:
        self.at += 1
        for column, text in enumerate(texts, start=1):
            cell = self._sheet.cell(self.at, column, text)
            cell.data_type, cell.border = "s", _GRID
            cell.font = Font(name=FONT, size=12, bold=head)
            side = "center" if head or column > 2 else "right"
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, readingOrder=2)
            if head:
                cell.fill = PatternFill("solid", fgColor=_INK["head"])
        if link:
            cell = self._sheet.cell(self.at, 1)
            quoted = link.replace("'", "''")
            cell.hyperlink = f"#'{quoted}'!B1"
            cell.font = Font(name=FONT, size=12, color="FF1F4E79", underline="single")
        lines = max(-int(-len(text) // (room * 1.1)) for text, room in zip(texts, _GUIDE_WIDTHS, strict=True))
        self._sheet.row_dimensions[self.at].height = 21.0 * max(lines, 1) + 2
