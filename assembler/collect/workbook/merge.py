"""Three ways come together: a form as it was exported, as workbooks bring it back, and as the case has it now.

Only what a workbook changed is taken. What the case or another workbook changed too, to something else, is a conflict:
it is told with both sides, and neither is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from assembler.answers import ValueReader
from assembler.base.functions import printable
from assembler.base.messages import fill, translate
from assembler.base.persian import parse_number
from assembler.base.problems import NOWHERE, Place, Problem, problem
from assembler.collect.workbook.cells import BLANK, Raw, cell_value, fault, key, key_of, value_in
from assembler.collect.workbook.layout import BaseRow, band_field, base_row, rows_of
from assembler.collect.workbook.meta import FormMemory, shape
from assembler.collect.workbook.read import ReadBook, ReadForm, ReadRow
from assembler.collect.workbook.rows import matched, returned
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Attachment, Value
from assembler.model.filled import FilledForm
from assembler.model.folders import CaseFolder
from assembler.model.specs import Column, Field, FormSpec, Item

CASE = "case"
_Key = tuple[str, int, str]  # item, row («-1» of a single answer), column


@dataclass(frozen=True)
class CellChange:
    """What a workbook brings: a cell, a whole row, or another order of rows. ``where`` is «sheet!cell»."""

    form: str
    item: str
    label: str
    where: str
    source: str
    old: str = ""
    new: str = ""
    row: int | None = None
    column: str = ""
    kind: Literal["cell", "added", "deleted", "order"] = "cell"


@dataclass(frozen=True)
class Conflict:
    """What two sides changed differently: the texts of both, with who they are, and what it was at export."""

    form: str
    item: str
    label: str
    where: str
    base: str
    sides: tuple[tuple[str, str], tuple[str, str]]
    row: int | None = None
    column: str = ""


@dataclass
class Merged:
    """A form with what the workbooks brought."""

    before: AnsweredForm | None
    after: AnsweredForm
    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    touched: set[Path] = field(default_factory=set)  # the workbooks in which something was changed


@dataclass(eq=False)
class _Row:
    """A row as it is becoming; ``first`` is what it said in the case, None of an added one."""

    answered: AnsweredRow
    cells: dict[str, Value]
    number: int
    first: BaseRow | None
    source: str = CASE


@dataclass(frozen=True)
class _Taken:
    source: str
    old: Value


class Merger:
    """Takes one workbook after the other into a form. ``prefer`` is the file as it was named, or «case», whose
    side is taken where two differ.
    """

    def __init__(
        self, spec: FormSpec, answered: AnsweredForm | None, filled: FilledForm, attachments: Path, prefer: str = ""
    ) -> None:
        self._spec, self._before = spec, answered
        now = answered or AnsweredForm(spec.id, {}, {})
        self._now, self._attachments, self._prefer = now, attachments, prefer
        self._items = {item.name: item for item in spec.items}
        self._values: dict[str, Value] = {name: answer.value for name, answer in now.values.items()}
        self._rows = {
            item.name: [
                _Row(row, {name: answer.value for name, answer in row.cells.items()}, number, base_row(item, row))
                for number, row in enumerate(rows_of(item, now, filled.items[item.name]), start=1)
            ]
            for item in spec.items
            if item.is_table
        }
        self._taken: dict[_Key, _Taken] = {}
        self._changed: set[str] = set()
        self._found = Merged(answered, now)
        self._path, self._sheet = Path(), ""

    @property
    def _source(self) -> str:
        return str(self._path)

    def take(self, book: ReadBook) -> None:
        """Takes what a workbook changed."""
        memory, read = book.memory.forms.get(self._spec.id), book.forms.get(self._spec.id)
        if memory is None or read is None:
            return
        self._path, self._sheet = book.path, read.sheet
        if memory.shape != shape(self._spec):
            place = Place(file=str(book.path), form=self._spec.id)
            self._found.problems.append(problem("workbook-other-version", place, name=read.sheet))
            return
        for name, base in memory.values.items():
            self._single(name, base, memory, read)
        for name in memory.rows:
            if name in read.tables:
                _TableMerge(self, self._items[name], memory, read.tables[name]).merge()

    def result(self) -> Merged:
        """The form as it becomes."""
        values, tables = dict(self._now.values), dict(self._now.tables)
        for name in self._changed:
            if not self._items[name].is_table:
                old = values.get(name, Answer(None))
                values[name] = Answer(self._values.get(name), old.place)
                continue
            rows = [self._row(row) for row in self._rows[name]]
            keep = (row for row in rows if not self._items[name].rows or self._is_given(name, row))
            tables[name] = tuple(keep)
        self._found.after = replace(self._now, values=values, tables=tables)
        return self._found

    def _row(self, row: _Row) -> AnsweredRow:
        cells = dict(row.answered.cells)
        for name, value in row.cells.items():
            if name not in cells or cells[name].value != value:
                cells[name] = Answer(value, cells[name].place if name in cells else NOWHERE)
        return replace(row.answered, cells=cells)

    def _is_given(self, table: str, row: AnsweredRow) -> bool:
        """Whether a printed row stands in the file: it did before, or it has an answer."""
        stood = any(each.name == row.name for each in self._now.tables.get(table, ()))
        return stood or any(answer.value is not None for answer in row.cells.values())

    # ------------------------------------------------------------ single answers

    def _single(self, name: str, base: str, memory: FormMemory, read: ReadForm) -> None:
        raw = read.values.get(name)
        if raw is None or (name, None, "") in memory.locked:
            return
        place = Place(self.said(raw.address), None, self._spec.id, name)
        self.cell((name, -1, ""), self._items[name], base, raw, place, self._values, name)

    def said(self, address: str) -> str:
        """A cell as problems name it."""
        return fill("{file}, sheet «{sheet}», cell {cell}", file=self._path.name, sheet=self._sheet, cell=address)

    def cell(
        self, key_: _Key, asked: Field, base: str, raw: Raw, place: Place, into: dict[str, Value], name: str,
        row: int | None = None,
    ) -> None:  # fmt: skip
        """One cell: taken when the workbook alone changed it."""
        code = fault(raw, asked)
        if not code and key(raw, asked) == base:
            return
        self.touch()
        if code == "workbook-no-value" and not base and raw.value is None:
            self._found.problems.append(problem("workbook-no-value", place, label=asked.shown))
            return
        read, value = self.value(raw, asked, place)
        if not read or key_of(value, asked) == base:
            return
        old = into.get(name)
        if key_of(old, asked) == key_of(value, asked):
            return
        where = f"{self._sheet}!{raw.address}"
        if key_of(old, asked) != base and not self._wins(key_, old, value, asked, base, where, row):
            return
        old = self._taken[key_].old if key_ in self._taken else old
        self._taken[key_] = _Taken(self._source, old)
        into[name] = value
        self._changed.add(key_[0])
        self._change(key_, asked, where, told(old, asked), told(value, asked), row)

    def _change(self, key_: _Key, asked: Field, where: str, old: str, new: str, row: int | None) -> None:
        item, _, column = key_
        change = CellChange(self._spec.id, item, self.label(item, asked), where, self._source, old, new, row, column)
        self._found.changes.append(change)

    def label(self, item: str, asked: Field) -> str:
        table = self._items[item]
        own = asked.shown
        return own if asked is table or not table.is_table else f"{table.shown} – {own}"

    def _wins(self, key_: _Key, old: Value, value: Value, asked: Field, base: str, where: str, row: int | None) -> bool:
        """Whether this workbook's side of a difference is to be taken; else it is told, unless the other side is."""
        taken = self._taken.get(key_)
        other = taken.source if taken else CASE
        if self._prefer == self._source:
            self._forget(key_)
            return True
        if self._prefer == other:
            return False
        item, _, column = key_
        sides = ((other, told(old, asked)), (self._source, told(value, asked)))
        conflict = Conflict(self._spec.id, item, self.label(item, asked), where, _was(base, asked), sides, row, column)
        self._found.conflicts.append(conflict)
        if taken is not None:
            self._undo(key_, taken)
        return False

    def _forget(self, key_: _Key) -> None:
        """What an earlier workbook changed here is no change any more."""
        item, number, column = key_
        row = None if number < 0 else number
        self._found.changes = [
            each for each in self._found.changes
            if (each.item, each.row, each.column, each.kind) != (item, row, column, "cell")
        ]  # fmt: skip

    def _undo(self, key_: _Key, taken: _Taken) -> None:
        """Puts back what the case says where two workbooks differ."""
        item, number, column = key_
        self._forget(key_)
        if number < 0:
            self._values[item] = taken.old
            return
        for row in self._rows[item]:
            if row.number == number:
                row.cells[column] = taken.old

    # ------------------------------------------------------------ values

    def value(self, raw: Raw, asked: Field, place: Place) -> tuple[bool, Value]:
        """Whether a cell could be read, and its value; a file may lie beside the workbook still."""
        for folder in (self._attachments, CaseFolder(self._path.parent).attachments, self._path.parent):
            reader = ValueReader(folder)
            value = value_in(raw, asked, reader, place)
            if not [each for each in reader.problems if each.code == "attachment-missing"]:
                break
        if reader.problems and asked.type in ("file", "image"):
            reader = ValueReader(self._attachments)
            value_in(raw, asked, reader, place)
        self._found.problems += reader.problems
        return not reader.problems, value

    # What the merging of a table needs of the form.

    def rows(self, item: str) -> list[_Row]:
        return self._rows[item]

    def touch(self) -> None:
        self._found.touched.add(self._path)

    def remember(self, item: str) -> None:
        self._changed.add(item)

    def report(self, code: str, place: Place, **arguments: object) -> None:
        self._found.problems.append(problem(code, place, **arguments))

    def add_change(self, change: CellChange) -> None:
        self._found.changes.append(change)

    def add_conflict(self, conflict: Conflict) -> None:
        self._found.conflicts.append(conflict)

    @property
    def form(self) -> str:
        return self._spec.id

    @property
    def sheet(self) -> str:
        return self._sheet

    @property
    def source(self) -> str:
        return self._source

    @property
    def prefer(self) -> str:
        return self._prefer


class _TableMerge:
    """A table of one workbook, merged into the rows of the form."""

    def __init__(self, merger: Merger, item: Item, memory: FormMemory, read: Sequence[ReadRow]) -> None:
        self._merger, self._item = merger, item
        self._base = memory.rows[item.name]
        self._locked = {(row, column) for table, row, column in memory.locked if table == item.name}
        self._locked_rows = {row for row, _ in self._locked}
        self._asked = [column for column in item.columns if column.is_asked or self._in_bands(column)]
        self._rows = merger.rows(item.name)
        names = {row.name: at for at, row in enumerate(self._base)}
        self._read = [each for each in read if each.mark or not self._is_blank(each)]
        self._marks = [self._mark(each.mark, names) for each in self._read]

    def _in_bands(self, column: Column) -> bool:
        return self._item.group_rows is not None and column.name in self._item.group_rows.columns

    def _mark(self, mark: str, names: Mapping[str, int]) -> int | None:
        if mark.startswith("="):
            return names.get(mark[1:])
        return int(mark) if mark.isdecimal() and len(mark) < 8 and int(mark) < len(self._base) else None

    def _is_blank(self, row: ReadRow) -> bool:
        cells = (row.cells.get(column.name, BLANK) for column in self._asked if column.is_asked)
        return all(raw.fault == "" and (raw.value is None or raw.merged) for raw in cells) and not self._is_band(row)

    # ------------------------------------------------------------ the steps

    def merge(self) -> None:
        contents = [self._content(row, self._was_band(mark)) for row, mark in zip(self._read, self._marks, strict=True)]
        base = [_content(row) for row in self._base]
        if self._item.rows:
            found = self._marks
        else:
            # A row that was emptied is deleted, unless it was empty before.
            gone = [
                at for at, row in enumerate(self._read)
                if self._is_blank(row) and not (self._marks[at] is not None and not base[self._marks[at] or 0])
                and self._marks[at] not in self._locked_rows
            ]  # fmt: skip
            kept = [at for at in range(len(self._read)) if at not in set(gone)]
            self._read = [self._read[at] for at in kept]
            found = returned([self._marks[at] for at in kept], [contents[at] for at in kept], base)
        alike = matched(base, [_content(row.first) if row.first else None for row in self._rows])
        now = {at: self._rows[place] for at, place in enumerate(alike) if place is not None}
        self._cells(found, now)
        if not self._item.rows:
            self._delete([at for at in range(len(base)) if at not in set(found)], now)
            self._add(found, now)
            self._order([at for at in found if at is not None and at in now], now)

    def _was_band(self, mark: int | None) -> bool:
        return mark is not None and self._base[mark].group

    def _fields(self, group: bool) -> list[Column]:
        if group and self._item.group_rows:
            return [band_field(each, True) for each in self._item.columns if each.name in self._item.group_rows.columns]
        return [column for column in self._item.columns if column.is_asked]

    def _content(self, row: ReadRow, group: bool) -> frozenset[tuple[str, str]]:
        keys = ((each.name, key(row.cells.get(each.name, BLANK), each)) for each in self._fields(group))
        return (
            frozenset({("", str(group)), *(pair for pair in keys if pair[1])})
            if group
            else frozenset(pair for pair in keys if pair[1])
        )

    def _place(self, raw: Raw, number: int | None, column: str) -> Place:
        return Place(self._merger.said(raw.address), None, self._merger.form, self._item.name, number, column)

    def _cells(self, found: Sequence[int | None], now: Mapping[int, _Row]) -> None:
        """The cells of rows that were there at export."""
        for read, at in zip(self._read, found, strict=True):
            if at is None:
                self._stranger(read)
                continue
            base, row = self._base[at], now.get(at)
            if row is None:
                self._changed_but_gone(read, base)
                continue
            printed = next((each.cells for each in self._item.rows if each.name == base.name), {})
            for column in self._fields(base.group):
                raw = read.cells.get(column.name)
                if raw is None or (at, column.name) in self._locked or column.name in printed:
                    continue
                if raw.merged and column.merge:
                    raw = replace(raw, value=None)
                place = self._place(raw, row.number, column.name)
                key_ = (self._item.name, row.number, column.name)
                was = base.cells.get(column.name, "")
                self._merger.cell(key_, column, was, raw, place, row.cells, column.name, row.number)

    def _stranger(self, read: ReadRow) -> None:
        """An added row, which a table of printed rows cannot have."""
        if self._item.rows:
            first = next((raw for raw in read.cells.values() if raw.value is not None), BLANK)
            label = self._item.shown
            self._merger.touch()
            self._merger.report("workbook-printed-row", self._place(first, None, ""), label=label)

    def _changed_but_gone(self, read: ReadRow, base: BaseRow) -> None:
        if self._content(read, base.group) != _content(base):
            self._conflict(read.at, base, (CASE, translate("row deleted")), self._text(read, base.group))

    # ------------------------------------------------------------ rows

    def _text(self, read: ReadRow, group: bool) -> str:
        shown = (str(read.cells.get(each.name, BLANK).value or "") for each in self._fields(group))
        return " | ".join(filter(None, shown))

    def _conflict(self, at: int, base: BaseRow, other: tuple[str, str], text: str, number: int | None = None) -> None:
        if self._merger.prefer == other[0]:
            return
        was = " | ".join(base.cells.values())
        label = self._item.shown
        where = f"{self._merger.sheet}!{at}" if at else self._merger.sheet
        sides = (other, (self._merger.source, text))
        self._merger.add_conflict(Conflict(self._merger.form, self._item.name, label, where, was, sides, number))

    def _delete(self, gone: Sequence[int], now: Mapping[int, _Row]) -> None:
        for at in gone:
            self._merger.touch()
            row = now.get(at)
            if row is None:
                continue
            told_ = self._told(row)
            untouched = all(
                key_of(row.cells.get(each.name), each) == self._base[at].cells.get(each.name, "")
                for each in self._fields(self._base[at].group)
            )
            if not untouched and self._merger.prefer != self._merger.source:
                side = (row.source if row.source != CASE else CASE, told_)
                self._conflict(0, self._base[at], side, translate("row deleted"), row.number)
                continue
            self._rows.remove(row)
            self._row_change("deleted", told_, "", row.number, "")

    def _told(self, row: _Row) -> str:
        shown = (told(row.cells.get(each.name), each) for each in self._fields(row.answered.group))
        return " | ".join(filter(None, shown))

    def _row_change(self, kind: Literal["added", "deleted"], old: str, new: str, number: int | None, cell: str) -> None:
        self._merger.remember(self._item.name)
        label = self._item.shown
        where = f"{self._merger.sheet}!{cell}" if cell else self._merger.sheet
        form, source = self._merger.form, self._merger.source
        self._merger.add_change(CellChange(form, self._item.name, label, where, source, old, new, number, kind=kind))

    def _add(self, found: Sequence[int | None], now: Mapping[int, _Row]) -> None:
        """Rows that were not there: each behind the row it stands behind in the workbook."""
        strangers = [row for row in self._rows if row not in list(now.values())]
        known = {self._own_content(row): row for row in strangers}
        last: _Row | None = None
        for read, at in zip(self._read, found, strict=True):
            if at is not None:
                last = now.get(at, last)
                continue
            self._merger.touch()
            row = self._new_row(read)
            if row is None:
                continue
            same = known.pop(self._own_content(row), None)
            if same is not None:  # the other side added the same
                last = same
                continue
            place = 0 if last is None else self._rows.index(last) + 1 if last in self._rows else len(self._rows)
            self._rows.insert(self._behind_others(place, now), row)
            last = row
            first = next(read.cells[name].address for name in row.cells)
            self._row_change("added", "", self._told(row), None, first)

    def _behind_others(self, place: int, now: Mapping[int, _Row]) -> int:
        """Behind rows another workbook added at the same place."""
        kept = list(now.values())
        while (
            place < len(self._rows)
            and self._rows[place] not in kept
            and (self._rows[place].source not in (CASE, self._merger.source))
        ):
            place += 1
        return place

    def _own_content(self, row: _Row) -> frozenset[tuple[str, str]]:
        fields = self._fields(row.answered.group)
        return frozenset((each.name, key_of(row.cells.get(each.name), each)) for each in fields)

    def _new_row(self, read: ReadRow) -> _Row | None:
        group = self._is_band(read)
        cells: dict[str, Value] = {}
        for column in self._fields(group):
            raw = read.cells.get(column.name, BLANK)
            if raw.merged and column.merge:
                raw = replace(raw, value=None)
            if raw.value is None and not raw.fault:
                continue
            could, value = self._merger.value(raw, column, self._place(raw, None, column.name))
            if could and value is not None:
                cells[column.name] = value
        if not cells:
            return None
        number = 1 + max([len(self._base), *(row.number for row in self._rows)])
        return _Row(AnsweredRow({}, NOWHERE, group=group), cells, number, None, self._merger.source)

    def _is_band(self, read: ReadRow) -> bool:
        """Whether an added row is a band: a letter stands where rows have their number, or only a band's cells do."""
        if self._item.group_rows is None or self._item.rows:
            return False
        names = self._item.group_rows.columns
        numbers = [column.name for column in self._item.columns if column.calculation and column.name in names]
        if numbers:
            said = (read.cells.get(name, BLANK).value for name in numbers)
            return any(isinstance(value, str) and value and parse_number(value) is None for value in said)
        filled = {name for name, raw in read.cells.items() if raw.value is not None}
        return bool(filled) and filled <= set(names) and set(names) < {column.name for column in self._item.columns}

    # ------------------------------------------------------------ order

    def _order(self, wanted: Sequence[int], now: Mapping[int, _Row]) -> None:
        """Rows that were put in another order, unless somebody else did too."""
        rows = [now[at] for at in wanted if now[at] in self._rows]
        if list(wanted) == sorted(wanted):
            return
        current = sorted(rows, key=self._rows.index)
        if current == rows:
            return
        kept = [at for at, row in sorted(now.items()) if row in rows]
        if [now[at] for at in kept] != current and self._merger.prefer != self._merger.source:
            theirs = translate("another order of rows")
            self._conflict(0, BaseRow({}), (CASE, theirs), theirs)
            return
        places = sorted(self._rows.index(row) for row in rows)
        for place, row in zip(places, rows, strict=True):
            self._rows[place] = row
        self._merger.remember(self._item.name)
        label = self._item.shown
        self._merger.add_change(
            CellChange(self._merger.form, self._item.name, label, self._merger.sheet, self._merger.source,
                       new=translate("another order of rows"), kind="order")
        )  # fmt: skip


def _content(row: BaseRow) -> frozenset[tuple[str, str]]:
    cells = frozenset(row.cells.items())
    return cells | {("", str(row.group))} if row.group else cells


def _was(base: str, asked: Field) -> str:
    """What was exported, as changes are told."""
    read = parse_number(base) if asked.type in ("integer", "decimal", "percent") else None
    return base if read is None else printable(read)


def told(value: Value, asked: Field) -> str:
    """A value as changes are told: as it stands in its cell, numbers in Persian digits."""
    if value is None or isinstance(value, Attachment):
        return value.name if value else ""
    shown = cell_value(value, asked)
    return printable(value) if not isinstance(shown, str) else shown
