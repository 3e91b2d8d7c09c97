"""Writes a workbook to be filled in: a guide, a sheet a form, the choices and the memory hidden behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation

from assembler.base.catalogue.entries import Severity
from assembler.base.excel import save_in_place, set_up
from assembler.base.messages import spoken
from assembler.base.problems import Problem
from assembler.base.scripts import readable, with_persian_digits
from assembler.base.tongue import PERSIAN, printed_in, printed_words, tongue
from assembler.collect.asking import question_of
from assembler.collect.workbook.cells import choice_texts, escaped
from assembler.collect.workbook.checks import LISTS, Lists, helps
from assembler.collect.workbook.formulas import formula
from assembler.collect.workbook.gates import Gate, gates
from assembler.collect.workbook.grid import is_ticked
from assembler.collect.workbook.guide import GUIDE, Guide, write_guide
from assembler.collect.workbook.meta import SHEET, Memory, pieces
from assembler.collect.workbook.plans import FIRST, Box, SheetPlan
from assembler.collect.workbook.scopes import SheetScope, row_formula, single_formula
from assembler.collect.workbook.styles import CLOSED_INK, CLOSED_LETTERS, FOUND_INK, OPEN, READ, Styles
from assembler.model.specs import Column, Field
from assembler.model.types import WHOLES

_LONGEST_PROMPT = 255  # letters Excel shows beside a cell
_HIGHEST_FROZEN = 10  # rows that may stay in sight


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
    with spoken(tongue().language):
        styles, lists = Styles(book), Lists(book)
        by_form = {plan.form.id: plan for plan in plans}
        found = {plan.form.id: tuple(problems(plan.form.id)) for plan in plans}
        for plan in plans:
            _SheetWriter(book, plan, by_form, styles, lists, found[plan.form.id]).write()
        with printed_in(PERSIAN), spoken("fa"):  # it tells officers how to fill the others in
            write_guide(first, plans, guide, found)
    styles.done()
    book.move_sheet(LISTS, len(plans))
    _remember(book, memory)
    save_in_place(book, path)


def _remember(book: Workbook, memory: Memory) -> None:
    sheet: Any = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for row, text in enumerate(pieces(memory), start=1):
        sheet.cell(row, 1, text)


# ---------------------------------------------------------------- sheets


class _SheetWriter:
    def __init__(
        self, book: Workbook, plan: SheetPlan, plans: Mapping[str, SheetPlan], styles: Styles, lists: Lists,
        problems: Sequence[Problem],
    ) -> None:  # fmt: skip
        self._sheet: Any = book.create_sheet(plan.name)
        self._plan, self._plans, self._styles, self._lists = plan, plans, styles, lists
        self._checks: dict[tuple[object, ...], list[tuple[Box, str]]] = defaultdict(list)
        self._waiting: dict[tuple[Severity, int], list[Box]] = defaultdict(list)
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
        for gate in gates(self._plan, self._plans):
            self._gate(gate)
        for box in self._plan.boxes:
            self._box(box)
        for (severity, _), boxes in self._waiting.items():
            self._wait(severity, boxes)
        for row, height in self._plan.heights.items():
            self._sheet.row_dimensions[row].height = height
        self._check()
        self._print()

    def _gate(self, gate: Gate) -> None:
        """A condition: its hidden cells, and grey for what it closes; who sorts or deletes rows takes them along."""
        sheet, letter = self._sheet, get_column_letter(gate.column)
        sheet.column_dimensions[letter].hidden = True
        for row, told in gate.formulas.items():
            cell = sheet.cell(row, gate.column, told)
            cell.protection = Protection(locked=not self._plan.ids.get(row, "").startswith(("row|", "new|")))
        self._inked(gate.cells, gate.closed, CLOSED_INK, Font(color=CLOSED_LETTERS))

    def _wait(self, severity: Severity, boxes: Sequence[Box]) -> None:
        """What is wrong with blank cells of a column shows until something is written, or one of its choices ticked."""
        first = min(boxes, key=lambda box: box.row)
        test = f'{_corner(boxes)}=""'
        if first.choice and first.slot and first.field:
            leaves = self._plan.regions[first.slot.item].leaves
            letters = [get_column_letter(leaf.at) for leaf in leaves if leaf.column.name == first.field.name]
            test = f"COUNTA(${letters[0]}{first.row}:${letters[-1]}{first.row})=0"
        self._inked(_ranges(boxes), test, FOUND_INK[severity])

    def _is_blank(self, box: Box) -> bool:
        """Whether nothing is answered: of a ticked column none of its choices."""
        if box.slot is None or box.slot.row is None or not box.choice:
            return box.value is None
        rows = self._plan.base_rows[box.slot.item]
        return box.slot.row >= len(rows) or not rows[box.slot.row].cells.get(box.slot.column)

    def _inked(self, cells: str, test: str, ink: str, letters: Font | None = None) -> None:
        """A look that cells have while something is true of the first of them; the first look that is told wins."""
        look = DifferentialStyle(letters, fill=PatternFill(bgColor=ink))
        self._sheet.conditional_formatting.add(cells, Rule("expression", dxf=look, formula=[test], stopIfTrue=True))

    def _box(self, box: Box) -> None:
        ticked = isinstance(box.field, Column) and is_ticked(box.field) and box.kind != "head"
        found = self._problems(box)
        worst = min((each.severity for each in found), key=list(Severity).index, default=None)
        if worst is not None and box.kind in (*OPEN, "computed") and self._is_blank(box):
            self._waiting[worst, box.column].append(box)
            worst = None
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
        if box.kind in OPEN and box.field is not None and box.kind != "band":
            apart = (box.field.name if box.field.within else "", box.field.check, box.field.digits)
            field_key = (apart, box.field.type, choice_texts(box.field), box.field.marks, ticked, helps(box.field))
            self._checks[field_key].append((box, cell.coordinate))

    def _fill(self, cell: Any, box: Box) -> None:
        told = self._formula(box) if box.formula is not None else None
        if told is not None:
            cell.value = told
        elif isinstance(box.value, str):
            cell.value = escaped(readable(box.value) if box.kind in READ else box.value)
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
        elif box.slot is not None:
            told = single_formula(box.formula.source, self._plans, own, box.slot.item)
        else:
            told = formula(box.formula.source, SheetScope(self._plans, own))
        whole = box.field is not None and box.field.type in ("text", "select_one", *WHOLES)
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
            corner = _corner([each for each, _ in boxes])
            check = self._lists.check(box.field, corner, bool(box.choice), self._parent(box, boxes))
            prompt = self._prompt(box.field)
            if check is None and not prompt:
                continue
            check = check or DataValidation(allow_blank=True)
            check.prompt, check.showInputMessage = prompt or None, bool(prompt)
            check.sqref = _ranges([each for each, _ in boxes])
            self._sheet.add_data_validation(check)

    def _parent(self, box: Box, boxes: Sequence[tuple[Box, str]]) -> tuple[str, Field] | None:
        """The cell whose choice those of a field belong to, as its first cell sees it; None where it is ticked."""
        name = box.field.within if box.field else ""
        if not name or box.slot is None:
            return None
        region = self._plan.regions.get(box.slot.item)
        if region and name in region.item.by_name:
            leaf = next(leaf for leaf in region.leaves if leaf.column.name == name)
            first = min(each.row for each, _ in boxes)
            return None if leaf.choice else (f"${get_column_letter(leaf.at)}{first}", leaf.column)
        if name not in self._plan.answers:
            return None
        row, column = self._plan.answers[name]
        return f"${get_column_letter(column)}${row}", self._plan.form.item(name)

    def _prompt(self, field: Field) -> str:
        """What is told beside a cell of a column once it is chosen; a question has its hint in the column beside it."""
        if not any(helps(field)):
            return ""
        asked = question_of(field, self._plan.form, {})
        text = with_persian_digits("\n".join((*asked.helps, *asked.notes)))
        return text if len(text) <= _LONGEST_PROMPT else text[: _LONGEST_PROMPT - 1] + "…"

    # ------------------------------------------------------------ paper and protection

    def _print(self) -> None:
        sheet, plan = self._sheet, self._plan
        last = get_column_letter(FIRST + plan.columns - 1)
        sheet.print_area = f"B1:{last}{plan.last_row}"
        # Two numbers beside each other would be read in the order of the program, not of the page.
        sheet.oddFooter.center.text = f"{printed_words('صفحه')} &P"
        sheet.oddFooter.left.text = f"{printed_words('تعداد صفحه‌ها')}: &N"
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


def _corner(boxes: Sequence[Box]) -> str:
    return f"{get_column_letter(min(each.column for each in boxes))}{min(each.row for each in boxes)}"


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
    comment = Comment(with_persian_digits("\n\n".join(texts))[:4_000], "assembler")
    comment.width, comment.height = 360, min(90 * len(texts) + 30, 400)
    return comment


_WORDS = {Severity.ERROR: "خطا", Severity.WARNING: "هشدار", Severity.INFORMATION: "یادآوری"}
