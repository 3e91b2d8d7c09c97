"""The page of a form: what is asked, as the guidance prints it, and what is answered, row by row by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

from assembler.base.persian import persian_digits
from assembler.base.problems import NOWHERE, Problem
from assembler.collect.asking import Question, column_of, condition_sentences, question_of
from assembler.collect.fill.typed import as_typed, is_typed_back
from assembler.collect.rows import standing_rows
from assembler.model.acceptances import Accepted, place_text
from assembler.model.answers import AnsweredForm, AnsweredRow, Prose, Value
from assembler.model.carried import is_alike, row_fingerprint, waiting
from assembler.model.fields import Direction
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.names import row_name
from assembler.model.packet import GridCell, direction_of, plain
from assembler.model.page import (
    Entry,
    FormPage,
    PageAnswer,
    PageBox,
    PageChoice,
    PageField,
    PageItem,
    PageLeaf,
    PageProblem,
    PageRow,
    PageTable,
)
from assembler.model.remarks import head_remarks
from assembler.model.row_keys import KeyedRow, RowKeys
from assembler.model.specs import Column, Field, FormSpec, Item
from assembler.model.types import NUMBERS
from assembler.model.values import printed
from assembler.packet.grids import Notes, footer, head, leaves

_ENTRIES: Mapping[str, Entry] = {
    "integer": "number",
    "decimal": "number",
    "percent": "number",
    "year": "number",
    "date": "date",
    "select_one": "choice",
    "select_multiple": "choices",
    "image": "image",
    "file": "file",
    "narrative": "lines",
    "table": "table",
}


# ---------------------------------------------------------------- what is asked


@dataclass(frozen=True)
class FormLayout:
    """What of a page no answer changes: a page without answers, in the language it was made in."""

    page: FormPage
    spec: FormSpec


def form_layout(spec: FormSpec, specs: Mapping[str, FormSpec]) -> FormLayout:
    """The layout of a form; conditions may speak of the other ``specs``."""
    items = tuple(_laid_out(item, spec, specs) for item in spec.items if _is_on_page(item))
    source = "، ".join((*spec.source.clause, *([spec.source.note] if spec.source.note else [])))
    notes = tuple(map(str, head_remarks(spec)))
    page = FormPage(spec.id, spec.shown, "", items, (), spec.legal, source, notes, spec.sheets)
    return FormLayout(page, spec)


def _is_on_page(item: Item) -> bool:
    """Whether people see it: not what only helps to calculate."""
    return item.is_asked or "hidden" not in item.appearance


def _laid_out(item: Item, spec: FormSpec, specs: Mapping[str, FormSpec]) -> PageItem:
    question = question_of(item, spec, specs)
    table = _table(item, question, spec, specs) if item.is_table else None
    return PageItem(_field(item, question), PageAnswer(open=item.is_asked), table, number=item.number)


def _field(field: Field, asked: Question, heads: tuple[str, ...] = ()) -> PageField:
    sentences = condition_sentences(asked)
    return PageField(
        name=field.name,
        label=asked.label,
        type=field.type,
        entry=_entry(field),
        kind=asked.kind,
        heads=heads,
        helps=asked.helps,
        notes=asked.notes,
        conditions=tuple(f"{words} {source}".strip() for words, source in sentences),
        constraint=field.constraint.message if field.constraint else "",
        choices=tuple(PageChoice(each.name, each.label, each.code, each.within) for each in field.choices),
        marks=field.marks,
        default=_default(field),
        unit=field.unit,
        appearance=field.appearance,
        within=field.within,
        translation=field.translation,
        direction=field.direction,
        answer_direction=field.answer_direction,
        calendar=field.calendar,
        asked=field.is_asked,
    )


def _default(field: Field) -> str:
    """What is proposed, as it would be typed."""
    given = field.default or ""
    if field.choices:
        return field.label_of(given)
    return persian_digits(given) if field.type in (*NUMBERS, "date") else given


def _entry(field: Field) -> Entry:
    if not field.is_asked:
        return "none"
    return "lines" if field.has_lines else _ENTRIES.get(field.type, "line")


def _table(item: Item, asked: Question, spec: FormSpec, specs: Mapping[str, FormSpec]) -> PageTable:
    notes, columns = Notes(), leaves(item)
    heads = tuple(tuple(map(_box, row)) for row in head(item, columns, notes))
    below = (*(plain(line) for line in notes.lines), *item.notes, *([item.footnote] if item.footnote else []))
    return PageTable(
        title=item.title,
        columns=tuple(_field(each, column_of(each, item, spec, specs), each.heads) for each in item.columns),
        leaves=tuple(
            PageLeaf(leaf.column.name, leaf.choice.name if leaf.choice else "", leaf.width, leaf.align)
            for leaf in columns
        ),
        head=heads,
        notes=below,
        printed=bool(item.rows),
        bands=item.group_rows.columns if item.group_rows else (),
        least=item.min_rows,
        most=item.max_rows,
        taken_over=asked.taken_over,
        landscape=item.page == "landscape",
        cards=item.as_ == "cards",
    )


def _box(cell: GridCell) -> PageBox:
    direction: Direction = direction_of(cell.lines[0]) if cell.lines else ""
    return PageBox("\n".join(map(plain, cell.lines)), cell.columns, cell.rows, cell.mark, cell.align, direction)


# ---------------------------------------------------------------- what is answered


@dataclass(frozen=True)
class Answered:
    """A form as it is answered and judged: ``problems`` are open, ``accepted`` stand for a reason. ``applies`` tells of
    a cell, by item, row from 0 and column, whether it is relevant.
    """

    filled: FilledForm
    answered: AnsweredForm | None
    keys: RowKeys
    applies: Callable[[str, int, str], bool]
    attachments: Path
    problems: Sequence[Problem] = ()
    accepted: Sequence[Accepted] = ()

    @cached_property
    def waiting(self) -> tuple[str, ...]:
        """The items whose answers wait to be confirmed."""
        return waiting(self.answered) if self.answered else ()


@dataclass(frozen=True)
class MadeRow:
    """A row of a page with what it was made of."""

    said: AnsweredRow
    found: tuple[object, ...]
    row: PageRow


MadeRows: TypeAlias = dict[str, dict[str, MadeRow]]  # by item and key


def form_page(layout: FormLayout, now: Answered, version: str, made: MadeRows) -> FormPage:
    """The page of a form as somebody sees it who may see and write all of it. Rows that say what they said when they
    were ``made`` are not made anew, and the very same.
    """
    items = tuple(_answered(item, now, made) for item in layout.page.items)
    problems = (
        *(_problem(found, now) for found in now.problems),
        *(_problem(each.problem, now, each.why) for each in now.accepted),
    )
    return replace(layout.page, version=version, items=items, problems=problems)


def _answered(item: PageItem, now: Answered, made: MadeRows) -> PageItem:
    filled, answered = now.filled.items[item.field.name], now.answered
    carried = answered.carried.origin if answered and answered.carried and filled.spec.name in now.waiting else ""
    alike = bool(carried) and is_alike(answered, filled.spec.name)
    doubts = answered.doubts.get(filled.spec.name, ()) if answered else ()
    if item.table is None:
        return replace(item, answer=_item_answer(filled, now), carried=carried, alike=alike, doubts=doubts)
    answer = PageAnswer(relevant=filled.relevant, required=filled.required, open=filled.spec.is_asked)
    known = made.get(filled.spec.name, {})
    rows = _rows(filled, now, known) if filled.relevant else {}
    made[filled.spec.name] = rows
    table = _filled_table(item.table, filled, tuple(each.row for each in rows.values()))
    return replace(item, answer=answer, table=table, carried=carried, alike=alike, doubts=doubts)


def _item_answer(filled: FilledItem, now: Answered) -> PageAnswer:
    spec = filled.spec
    if not spec.is_asked:
        return PageAnswer("", printed(filled.value, spec), filled.relevant, open=False)
    given = now.answered.values.get(spec.name) if now.answered else None
    answer = _open_answer(given.value if given else None, spec, now, filled.relevant, filled.required)
    return answer if answer.typed else answer._replace(shown=printed(filled.value, spec))


def _open_answer(value: Value, field: Field, now: Answered, relevant: bool, required: bool) -> PageAnswer:
    """An answer as its file has it, also while it does not apply."""
    typed = as_typed(value, field)
    exact = not _is_doubtful(value) or is_typed_back(value, field, now.attachments)
    return PageAnswer(typed, typed, relevant, required, True, _chosen(value, field), exact)


def _is_doubtful(value: Value) -> bool:
    """Whether typing what is shown might not give the same: texts of several lines, and what is made of several."""
    return isinstance(value, Prose | tuple) or (isinstance(value, str) and "\n" in value)


def _chosen(value: Value, field: Field) -> tuple[str, ...]:
    if not field.choices or value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _filled_table(table: PageTable, filled: FilledItem, rows: tuple[PageRow, ...]) -> PageTable:
    item = filled.spec
    foot = tuple(tuple(map(_box, row)) for row in footer(filled, leaves(item))) if item.footer and filled.footer else ()
    return replace(table, rows=rows, foot=foot, lent=filled.prefilled)


def _rows(filled: FilledItem, now: Answered, known: Mapping[str, MadeRow]) -> dict[str, MadeRow]:
    """The rows by their keys, in order."""
    item = filled.spec
    standing = standing_rows(now.answered, filled)
    if item.rows:
        given = {row.name: row for row in standing}
        answered: Sequence[AnsweredRow] = [given.get(row.name) or _blank(row.name) for row in item.rows]
        keyed = [KeyedRow(row.name, row_fingerprint(said)) for row, said in zip(item.rows, answered, strict=True)]
    else:
        answered, keyed = standing, list(now.keys.tables.get(item.name, ()))
    conditional = tuple(column.name for column in item.columns if column.relevant)
    made = {}
    for at, (key, row, said) in enumerate(zip(keyed, filled.rows, answered, strict=True)):
        applies = tuple(row.group or now.applies(item.name, at, name) for name in conditional)
        found = (at, applies, tuple((cell.value, cell.required) for cell in row.cells.values()))
        was = known.get(key.key)
        if was is not None and was.said is said and was.found == found:
            made[key.key] = was
        else:
            relevant = dict(zip(conditional, applies, strict=True))
            made[key.key] = MadeRow(said, found, _row(row, said, key, at, item, now, relevant))
    return made


@cache
def _blank(name: str) -> AnsweredRow:
    """A printed row that nobody has answered."""
    return AnsweredRow({}, NOWHERE, name=name)


def _row(
    row: FilledRow,
    said: AnsweredRow,
    key: KeyedRow,
    at: int,
    item: Item,
    now: Answered,
    relevant: Mapping[str, bool],
) -> PageRow:
    cells = {}
    for column in item.columns:
        cell, applies = row.cells[column.name], relevant.get(column.name, True)
        if not _is_open(column, row, item):
            cells[column.name] = PageAnswer(
                "", printed(cell.value, item.column_in(column, row.name)), applies, cell.required, False
            )
        else:
            given = said.cells.get(column.name)
            cells[column.name] = _open_answer(given.value if given else None, column, now, applies, cell.required)
    printed_row = item.printed_rows.get(row.name)
    heading = printed_row.heading if printed_row else ""
    closed = tuple(name for name, cell in row.cells.items() if cell.closed)
    title = heading or row_name(row, item)
    return PageRow(key.key, at + 1, key.says, cells, row.group, row.name, title, heading, closed, row.reckoned)


def _is_open(column: Column, row: FilledRow, item: Item) -> bool:
    """Whether somebody answers a column in a row."""
    if row.group:
        return item.group_rows is not None and column.name in item.group_rows.columns
    return item.asks(column, row.name)


# ---------------------------------------------------------------- what is told of it


def _problem(found: Problem, now: Answered, why: str = "") -> PageProblem:
    place = found.place
    item = now.filled.items.get(place.item or "")
    return PageProblem(
        found.code,
        found.severity,
        found.message,
        found.hint,
        item=place.item or "",
        row=_key(item, place.row, now) if item and place.row else "",
        column=place.column or "",
        where=found.where,
        place=place_text(place),
        acceptable=found.acceptable and not why,
        accepted=why,
    )


def _key(item: FilledItem, number: int, now: Answered) -> str:
    """The key of a row by its number in the file, where what could not be read is counted too."""
    if item.spec.rows:
        return item.spec.rows[number - 1].name if number <= len(item.spec.rows) else ""
    rows = standing_rows(now.answered, item)
    keys = now.keys.tables.get(item.spec.name, ())
    if number <= len(rows) and rows[number - 1].place.row in (None, number):
        return keys[number - 1].key if number <= len(keys) else ""
    return next((key.key for key, row in zip(keys, rows, strict=False) if row.place.row == number), "")
