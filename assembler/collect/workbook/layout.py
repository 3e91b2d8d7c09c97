"""What stands in which cell of a form's sheet: pure, over the form and its answers.

Column A is hidden and names what each row is, so that a sheet is read back after it was sorted, cut or renamed. The
columns behind it are shared by all tables of the form: the widest one and those that take rows have a column a printed
column, as Excel sorts, inserts and pastes no rows of merged cells; the others span.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal

from assembler.base.messages import fill, spoken, translate
from assembler.base.persian import parse_number
from assembler.base.scripts import from_its_side, with_persian_digits
from assembler.base.tongue import printed_words, tongue
from assembler.collect.asking import Question, condition_sentences, question_of
from assembler.collect.workbook.cells import (
    TICK,
    CellValue,
    cell_value,
    choice_texts,
    key_of,
    unwritable,
)
from assembler.collect.workbook.exported import band_field, base_row, rows_of
from assembler.collect.workbook.grid import LINE, head_row, height, hint_height, indent, leaves_of, main_widths
from assembler.collect.workbook.plans import FIRST, QUESTION, BaseRow, Box, Kind, Leaf, Region, SheetPlan, Slot, spans
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Value
from assembler.model.column_numbers import column_numbers
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.folders import CASE_FILE
from assembler.model.remarks import head_remarks
from assembler.model.specs import CASE_TITLE, Expression, Field, FormSpec, Item
from assembler.model.types import NUMBERS

ADDED_ROWS = 5  # blank ones behind those of a table, more where it needs more
_TALLEST = 400.0
_TWO_PLACES = Decimal("0.01")


def plan_sheet(
    name: str, spec: FormSpec, answered: AnsweredForm | None, filled: FilledForm, forms: Mapping[str, FormSpec],
    only: Callable[[str], bool] = lambda item: True,
) -> SheetPlan:  # fmt: skip
    """The sheet of a form, or of the items of it that ``only`` lets through."""
    plan = SheetPlan(spec, name)
    with spoken(tongue().language):
        _Builder(plan, answered or AnsweredForm(spec.id, {}, {}), filled, forms, only).build()
    return plan


class _Builder:
    """Fills a plan from top to bottom."""

    def __init__(
        self, plan: SheetPlan, answered: AnsweredForm, filled: FilledForm, forms: Mapping[str, FormSpec],
        only: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self._plan, self._answered, self._filled, self._forms = plan, answered, filled, forms
        self._spec = plan.form
        self._items = [item for item in self._spec.items if only(item.name) and _is_shown(item)]
        self._leaves = {
            item.name: leaves_of(item, filled.items.get(item.name)) for item in self._items if item.is_table
        }
        self._row = 0
        growing = [self._leaves[item.name] for item in self._items if item.is_table and not item.rows]
        main = main_widths(list(self._leaves.values()), growing)
        plan.widths = main
        self._question = spans(main, QUESTION)
        self._sections = _sections(self._spec)

    def build(self) -> None:
        self._head()
        for item in self._items:
            self._section(item)
            if item.is_table:
                self._table(item, self._filled.items[item.name])
            elif item.type == "note":
                self._across(item.label, "section" if item.is_heading else "note")
            else:
                self._single(item, self._filled.items[item.name])
        self._plan.ids[self._next(6.0)] = "stop"
        self._plan.last_row = self._row

    # ------------------------------------------------------------ rows

    def _next(self, height: float = LINE) -> int:
        self._row += 1
        self._plan.heights[self._row] = min(height, _TALLEST)
        return self._row

    def _put(self, box: Box) -> None:
        """A cell; what people only read has Persian digits."""
        if isinstance(box.value, str) and box.kind not in _FILLED_IN:
            box = replace(box, value=from_its_side(with_persian_digits(box.value)))
        self._plan.boxes.append(box)

    def _across(self, text: str, kind: Kind) -> None:
        """A text over the whole width."""
        width = sum(self._plan.widths)
        size = 1.35 if kind == "title" else 1.0
        row = self._next(height([(text, width / size)]) * size)
        self._put(Box(row, FIRST, kind, text, columns=self._plan.columns))

    def _head(self) -> None:
        self._across(self._spec.shown, "title")
        self._plan.ids[1] = f"form|{self._spec.id}"
        for text in self._spec.legal:
            self._across(text, "legal")
        for words in head_remarks(self._spec):
            self._across(str(words), "note")

    def _question_head(self) -> None:
        """What the three columns of questions are, above the first of them."""
        if "questions" in self._plan.ids.values():
            return
        row = self._next(LINE + 4)
        for (at, span, _), text in zip(self._question, map(printed_words, _QUESTION_HEADS), strict=True):
            self._put(Box(row, at, "head", text, columns=span))
        self._plan.ids[row] = "questions"

    def _section(self, item: Item) -> None:
        for text in self._sections.pop(item.name, ()):
            self._across(text, "section")

    # ------------------------------------------------------------ questions

    def _single(self, item: Item, filled: FilledItem) -> None:
        self._question_head()
        plan, asked = self._plan, item.is_asked
        answer = self._answered.values.get(item.name, Answer(None))
        value = answer.value if asked else filled.value
        kind = _kind(item, value, asked)
        shown = _LOCKED if kind == "locked" else cell_value(value, item) if asked else result_value(value, item)
        hint = self._hint(item)
        texts = (item.both_labels, "" if shown is None else str(shown), hint)
        least = 3 if item.type == "narrative" or "multiline" in item.appearance else 1
        widths = [width for _, _, width in self._question]
        needed = max(height(list(zip(texts[:2], widths[:2], strict=True))), hint_height(hint, widths[2]))
        row = self._next(max(needed, LINE * least + 4))
        (label_at, label_span, _), (at, span, _), (hint_at, hint_span, _) = self._question
        self._put(Box(row, label_at, "label", item.both_labels, columns=label_span, field=item))
        slot = Slot(item.name)
        self._put(Box(row, at, kind, shown, columns=span, field=item, slot=slot, formula=item.calculation))
        self._put(Box(row, hint_at, "hint", hint, columns=hint_span))
        plan.ids[row] = f"item|{item.name}"
        plan.answers[item.name] = (row, at)
        if asked:
            plan.base_values[item.name] = key_of(value, item)
            plan.locked += [slot] if kind == "locked" else []

    def _hint(self, item: Item) -> str:
        asked = question_of(item, self._spec, self._forms)
        how = (_how(item, asked), *_conditions(asked)) if item.is_asked else ()
        return "\n".join(filter(None, (*asked.helps, *how, *asked.notes)))

    # ------------------------------------------------------------ tables

    def _table(self, item: Item, filled: FilledItem) -> None:
        self._next(LINE / 2)
        leaves = self._placed(item)
        caption = item.title or item.name
        self._across(caption, "section")
        asked = question_of(item, self._spec, self._forms)
        for text in filter(None, (item.hint, _table_note(item, filled, asked), *asked.notes)):
            self._across(text, "note")
        if item.heading:
            self._across(item.heading, "head")
        first_head = self._row + 1
        self._table_head(item, leaves)
        first = self._row + 1
        self._body(item, filled, leaves)
        last = self._row
        self._plan.regions[item.name] = Region(item, leaves, first_head, first, last)
        self._plan.ids[self._next(4.0)] = f"end|{item.name}"
        self._footer(item, filled, leaves)
        for note in item.notes:
            self._across(note, "note")

    def _placed(self, item: Item) -> tuple[Leaf, ...]:
        """The printed columns at those of the grid; spanning several where the rows are printed ones."""
        leaves, grid = self._leaves[item.name], self._plan.widths
        if item.rows:
            found = spans(grid, [leaf.width for leaf in leaves])
            return tuple(replace(leaf, at=at, span=span) for leaf, (at, span, _) in zip(leaves, found, strict=True))
        first = FIRST + indent(leaves, list(self._leaves.values()), len(grid))
        return tuple(replace(leaf, at=at) for at, leaf in enumerate(leaves, start=first))

    def _table_head(self, item: Item, leaves: tuple[Leaf, ...]) -> None:
        depth = max(len(leaf.path) for leaf in leaves)
        top = self._row + 1
        boxes = [box for level in range(depth) for box in head_row(leaves, level, depth, top + level)]
        for level in range(depth):
            single = [(str(box.value), self._width(box)) for box in boxes if box.row == top + level and box.rows == 1]
            self._next(height(single) + 4)
        # A header over several levels needs the room of all of them together.
        for box in boxes:
            levels = range(box.row, box.row + box.rows)
            lacking = height([(str(box.value), self._width(box))]) - sum(self._plan.heights[row] for row in levels)
            self._plan.heights[levels[-1]] += max(lacking, 0)
            self._put(box)
        if numbers := column_numbers(item, [leaf.column for leaf in leaves]):
            row = self._next(height([(text, leaf.width) for leaf, text in zip(leaves, numbers, strict=True)]) + 4)
            for leaf, text in zip(leaves, numbers, strict=True):
                self._put(Box(row, leaf.at, "head", text, columns=leaf.span))
        self._plan.ids[self._row] = f"head|{item.name}"

    def _width(self, box: Box) -> float:
        start = box.column - FIRST
        return sum(self._plan.widths[start : start + box.columns])

    def _body(self, item: Item, filled: FilledItem, leaves: tuple[Leaf, ...]) -> None:
        base: list[BaseRow] = []
        for number, answered in enumerate(rows_of(item, self._answered, filled)):
            row_id = f"={answered.name}" if item.rows else str(number)
            shown = filled.rows[number] if number < len(filled.rows) else None
            self._body_row(item, filled, leaves, answered, shown, number, f"row|{item.name}|{row_id}")
            base.append(base_row(item, answered))
        self._plan.base_rows[item.name] = base
        if not item.rows:
            for number in range(len(base), len(base) + _room(item, len(base))):
                self._body_row(item, filled, leaves, None, None, number, f"new|{item.name}")

    def _body_row(
        self, item: Item, filled: FilledItem, leaves: tuple[Leaf, ...], answered: AnsweredRow | None,
        shown: FilledRow | None, number: int, row_id: str,
    ) -> None:  # fmt: skip
        printed = item.printed_rows.get(answered.name) if answered else None
        if printed and printed.heading:
            self._across(printed.heading, "section")
            self._plan.ids[self._row] = row_id
            return
        row = self._next()
        self._plan.ids[row] = row_id
        slots = [Slot(item.name, number, leaf.column.name) for leaf in leaves]
        boxes = [
            self._cell(item, filled, leaf, answered, shown, slot) for leaf, slot in zip(leaves, slots, strict=True)
        ]
        for box in boxes:
            self._put(replace(box, row=row))
        texts = [("" if box.value is None else str(box.value), self._width(box)) for box in boxes]
        self._plan.heights[row] = min(max(height(texts), LINE), _TALLEST)

    def _cell(
        self, item: Item, filled: FilledItem, leaf: Leaf, answered: AnsweredRow | None, shown: FilledRow | None,
        slot: Slot,
    ) -> Box:  # fmt: skip
        column = leaf.column
        blank = Box(0, leaf.at, "answer", columns=leaf.span, field=column, slot=slot)
        printed = item.printed_rows.get(answered.name) if answered else None
        if printed is not None and column.name in printed.cells:
            text = printed.cells[column.name]
            return replace(blank, kind="printed", value=_printed(text, leaf))
        if printed is not None and column.name in printed.closed:
            return replace(blank, kind="closed")
        group = answered is not None and answered.group
        calculation = item.calculation_of(column, printed.name if printed else "")
        if calculation and not group:
            banded = item.group_rows is not None and column.name in item.group_rows.columns
            value = result_value(shown.cells[column.name].value, column) if shown else None
            kind: Kind = "answer" if banded and answered is None else "computed"
            shown_as = item.column_in(column, printed.name) if printed else column
            return replace(blank, kind=kind, value=value, formula=calculation, field=shown_as)
        return self._answer_cell(item, leaf, answered, blank, group)

    def _answer_cell(self, item: Item, leaf: Leaf, answered: AnsweredRow | None, blank: Box, group: bool) -> Box:
        column = band_field(leaf.column, group)
        value = answered.cells.get(column.name, Answer(None)).value if answered else None
        kind = _kind(column, value)
        if kind == "locked":
            self._plan.locked.append(Slot(item.name, blank.slot.row if blank.slot else None, column.name))
            return replace(blank, kind="locked", value=_LOCKED)
        if group:
            inside = item.group_rows is not None and column.name in item.group_rows.columns
            kind = "band" if inside else "printed"
        shown = cell_value(value, column)
        if leaf.choice is not None:
            names = value if isinstance(value, tuple) else (value,)
            shown = TICK if leaf.choice.name in names else None
            return replace(blank, kind=kind, value=shown, choice=leaf.choice.name)
        return replace(blank, kind=kind, value=shown, field=column)

    # ------------------------------------------------------------ footers

    def _footer(self, item: Item, filled: FilledItem, leaves: tuple[Leaf, ...]) -> None:
        for number, footer in enumerate(item.footer):
            values = filled.footer[number] if number < len(filled.footer) else {}
            row = self._next(height([(footer.label, 30.0)]))
            if footer.calculation:
                last = leaves[-1]
                self._put(Box(row, FIRST, "footer", footer.label, columns=max(last.at - FIRST, 1)))
                self._put(_result(row, last.at, last.span, values.get(""), footer.calculation))
                continue
            self._footer_cells(row, footer.label, leaves, footer.cells, values)

    def _footer_cells(
        self, row: int, label: str, leaves: tuple[Leaf, ...], cells: Mapping[str, Expression],
        values: Mapping[str, Value],
    ) -> None:  # fmt: skip
        """The label up to the first result, then a cell a printed column; a ticked one may have one result for all."""
        named = [next((name for name in _names(leaf) if name in cells), "") for leaf in leaves]
        first = next((at for at, name in enumerate(named) if name), len(leaves))
        label_end = leaves[first].at if first < len(leaves) else leaves[-1].at + leaves[-1].span
        if label_end > FIRST:
            self._put(Box(row, FIRST, "footer", label, columns=label_end - FIRST))
        seen: set[str] = set()
        for leaf, name in list(zip(leaves, named, strict=True))[first:]:
            if name in seen:
                continue
            seen |= {name} if name else set()
            span = sum(each.span for each, own in zip(leaves, named, strict=True) if name and own == name) or leaf.span
            self._put(_result(row, leaf.at, span, values.get(name), cells.get(name)))


_QUESTION_HEADS = ("پرسش", "پاسخ", "راهنما")
_FILLED_IN = ("answer", "band", "locked")
_LOCKED = "این پاسخ در خانه اکسل جا نمی‌شود و اینجا دست نمی‌خورد؛ آن را در خود پرونده ویرایش کنید."


def _kind(item: Field, value: Value, asked: bool = True) -> Kind:
    """How a cell is to be filled in."""
    return "computed" if not asked else "locked" if unwritable(value, item) else "answer"


def _room(item: Item, rows: int) -> int:
    """How many blank rows a table has behind its own."""
    room = max(ADDED_ROWS, (item.min_rows or 0) - rows)
    return room if item.max_rows is None else max(min(room, item.max_rows - rows), 0)


# ---------------------------------------------------------------- what is said of tables

_FILE_NOTE = "در ستون فایل، نام فایل نوشته شود و خود فایل همراه این کارپوشه فرستاده شود."
_LENT_NOTE = "ردیف‌ها از جدول‌های دیگر آمده است؛ تا چیزی در آن‌ها دگرگون نشود همان‌ها به‌کار می‌رود."
_BAND_NOTE = "ردیفی که در ستون شماره آن حرف نوشته شود (مانند «الف») سرگروه ردیف‌های زیر خود است."
_ROW_NOTE = (
    "هر ردیف یک مورد؛ برای ردیف بیشتر، میان ردیف‌های خالی ردیف «درج» (Insert) کنید و برای حذف یک ردیف خانه‌های آن را "
    "پاک کنید."
)


def _table_note(item: Item, filled: FilledItem, asked: Question) -> str:
    parts = [f"{sentence}." for sentence in (*_conditions(asked), *asked.rows)]
    parts += _column_conditions(asked)
    if filled.prefilled:
        parts.append(printed_words(_LENT_NOTE))
    if not item.rows:
        parts.append(printed_words(_ROW_NOTE))
    if item.group_rows:
        parts.append(printed_words(_BAND_NOTE))
    if any(column.type in ("file", "image") for column in item.columns):
        parts.append(printed_words(_FILE_NOTE))
    return " ".join(parts)


def _conditions(asked: Question) -> list[str]:
    """When it is asked and when it is required. There may be no words for it: that it is asked is told nevertheless,
    as it is written in the specification.
    """
    told = asked.asked_when.source if asked.asked_when else ""
    sentences = condition_sentences(asked)
    return [_in_workbook(f"{sentence} {source}".rstrip()) for sentence, source in sentences if source in ("", told)]


def _column_conditions(asked: Question) -> list[str]:
    """When the cells of columns are asked for, those of one condition together."""
    columns: dict[str, list[str]] = {}
    for column in asked.columns:
        if column.asked_when:
            words = column.asked_when.words or column.asked_when.source
            columns.setdefault(_in_workbook(words), []).append(f"«{column.label}»")
    return [f"{'، '.join(labels)} تنها اگر {words} پر می‌شود." for words, labels in columns.items()]


def _printed(text: str, leaf: Leaf) -> CellValue:
    """What the guidance prints in a cell: a number as one, in the digits of the others, and for formulas."""
    if leaf.choice is not None:
        return TICK if text in (leaf.choice.name, leaf.choice.label) else None
    if leaf.column.choices:
        return cell_value(text, leaf.column)
    read = parse_number(text) if leaf.column.type in NUMBERS else None
    return text if read is None else cell_value(read, leaf.column)


def result_value(value: Value, of: Field) -> CellValue:
    """A calculated value as it is shown: rounded to two decimals, as it is printed."""
    if isinstance(value, Decimal):
        value = value.quantize(_TWO_PLACES, ROUND_HALF_UP, Context(prec=2_000))
    return cell_value(value, of)


def _names(leaf: Leaf) -> tuple[str, ...]:
    own = leaf.column.name
    return (f"{own}.{leaf.choice.name}", own) if leaf.choice else (own,)


def _result(row: int, at: int, span: int, value: Value, calculation: Expression | None) -> Box:
    shown = result_value(value, Field("", "text"))
    return Box(row, at, "footer", shown, columns=span, formula=calculation)


def _in_workbook(sentence: str) -> str:
    """A sentence that may speak of the file of the case: here it is a sheet."""
    return sentence.replace(CASE_FILE, f"برگه «{CASE_TITLE}»")


def _is_shown(item: Item) -> bool:
    """Hidden items are left out when nobody answers them."""
    return item.is_asked or item.type == "note" or "hidden" not in item.appearance


def _sections(spec: FormSpec) -> dict[str, tuple[str, ...]]:
    """What stands above an item of a printed sheet: its caption, headings, labels that several items share."""
    found: dict[str, tuple[str, ...]] = {}
    for sheet in spec.sheets:
        waiting = [sheet.caption] if sheet.caption else []
        for row in sheet.rows:
            waiting += [text for text in (row.heading, row.label if len(row.items) > 1 else "") if text]
            if row.items:
                found.setdefault(row.items[0], tuple(waiting))
                waiting = []
    return found


def _how(item: Field, asked: Question) -> str:
    """How the answer is written into a cell: by its kind alone where that says enough."""
    match item.type:
        case "select_one":
            return ""  # the cell opens a list
        case "select_multiple":
            return fill("one or more choices, each on a line: {choices}", choices="؛ ".join(choice_texts(item)))
        case "file" | "image":
            return translate("The name of a file, which is sent along with this workbook.")
        case "narrative":
            return translate(
                "A text; each paragraph on a line (Alt+Enter), entries of lists begin with «• », «– » or «۱- »."
            )
    if item.is_list:
        return translate("a list; each entry on a line of its own (Alt+Enter)")
    return "" if item.type == "text" else asked.kind
