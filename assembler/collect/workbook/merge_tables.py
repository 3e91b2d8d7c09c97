"""The tables of workbooks that came back: their rows found again among those of the case, wherever they stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assembler.base.messages import translate
from assembler.base.persian import parse_number
from assembler.base.problems import NOWHERE, Place
from assembler.collect.workbook.cells import BLANK, Raw, key, key_of
from assembler.collect.workbook.exported import band_field
from assembler.collect.workbook.merge_cells import FormMerge
from assembler.collect.workbook.merged import CASE, CellChange, Conflict, Row, told
from assembler.collect.workbook.meta import FormMemory
from assembler.collect.workbook.plans import BaseRow
from assembler.collect.workbook.read import ReadRow
from assembler.collect.workbook.rows import matched, returned
from assembler.model.answers import AnsweredRow, Value
from assembler.model.specs import Column, Item


class TableMerge:
    """A table of one workbook, merged into the rows of the form."""

    def __init__(self, form: FormMerge, item: Item, memory: FormMemory, read: Sequence[ReadRow]) -> None:
        self._form, self._item = form, item
        self._base = memory.rows[item.name]
        self._locked = {(row, column) for table, row, column in memory.locked if table == item.name}
        self._locked_rows = {row for row, _ in self._locked}
        self._asked = [column for column in item.columns if column.is_asked or self._in_bands(column)]
        self._rows = form.rows[item.name]
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
                at
                for at, row in enumerate(self._read)
                if self._is_blank(row)
                and not (self._marks[at] is not None and not base[self._marks[at] or 0])
                and self._marks[at] not in self._locked_rows
            ]
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
        return Place(self._form.said(raw.address), None, self._form.spec.id, self._item.name, number, column)

    def _cells(self, found: Sequence[int | None], now: Mapping[int, Row]) -> None:
        """The cells of rows that were there at export."""
        for read, at in zip(self._read, found, strict=True):
            if at is None:
                self._stranger(read)
                continue
            base, row = self._base[at], now.get(at)
            if row is None:
                self._changed_but_gone(read, base)
                continue
            for column in self._fields(base.group):
                raw = read.cells.get(column.name)
                if raw is None or (at, column.name) in self._locked or not self._item.asks(column, base.name):
                    continue
                if raw.merged and column.merge:
                    raw = replace(raw, value=None)
                place = self._place(raw, row.number, column.name)
                key_ = (self._item.name, row.number, column.name)
                was = base.cells.get(column.name, "")
                self._form.cell(key_, column, was, raw, place, row.cells, column.name, row.number)

    def _stranger(self, read: ReadRow) -> None:
        """An added row, which a table of printed rows cannot have."""
        if self._item.rows:
            first = next((raw for raw in read.cells.values() if raw.value is not None), BLANK)
            label = self._item.shown
            self._form.touch()
            self._form.report("workbook-printed-row", self._place(first, None, ""), label=label)

    def _changed_but_gone(self, read: ReadRow, base: BaseRow) -> None:
        if self._content(read, base.group) != _content(base):
            self._conflict(read.at, base, (CASE, translate("row deleted")), self._text(read, base.group))

    # ------------------------------------------------------------ rows

    def _text(self, read: ReadRow, group: bool) -> str:
        shown = (str(read.cells.get(each.name, BLANK).value or "") for each in self._fields(group))
        return " | ".join(filter(None, shown))

    def _conflict(self, at: int, base: BaseRow, other: tuple[str, str], text: str, number: int | None = None) -> None:
        if self._prefer(number) == other[0]:
            return
        was = " | ".join(base.cells.values())
        label = self._item.shown
        where = f"{self._form.sheet}!{at}" if at else self._form.sheet
        sides = (other, (self._form.source, text))
        self._form.found.conflicts.append(
            Conflict(self._form.spec.id, self._item.name, label, where, was, sides, number)
        )

    def _prefer(self, number: int | None = None) -> str:
        """Whose side is taken of a row, or of the whole table."""
        return self._form.prefer.at(Place(None, None, self._form.spec.id, self._item.name, number))

    def _delete(self, gone: Sequence[int], now: Mapping[int, Row]) -> None:
        for at in gone:
            self._form.touch()
            row = now.get(at)
            if row is None:
                continue
            told_ = self._told(row)
            untouched = all(
                key_of(row.cells.get(each.name), each) == self._base[at].cells.get(each.name, "")
                for each in self._fields(self._base[at].group)
            )
            if not untouched and self._prefer(row.number) != self._form.source:
                side = (row.source if row.source != CASE else CASE, told_)
                self._conflict(0, self._base[at], side, translate("row deleted"), row.number)
                continue
            self._rows.remove(row)
            self._row_change("deleted", told_, "", row.number, "")

    def _told(self, row: Row) -> str:
        shown = (told(row.cells.get(each.name), each) for each in self._fields(row.answered.group))
        return " | ".join(filter(None, shown))

    def _row_change(self, kind: Literal["added", "deleted"], old: str, new: str, number: int | None, cell: str) -> None:
        self._form.changed.add(self._item.name)
        label = self._item.shown
        where = f"{self._form.sheet}!{cell}" if cell else self._form.sheet
        form, source = self._form.spec.id, self._form.source
        self._form.found.changes.append(
            CellChange(form, self._item.name, label, where, source, old, new, number, kind=kind)
        )

    def _add(self, found: Sequence[int | None], now: Mapping[int, Row]) -> None:
        """Rows that were not there: each behind the row it stands behind in the workbook."""
        strangers = [row for row in self._rows if row not in list(now.values())]
        known = {self._own_content(row): row for row in strangers}
        last: Row | None = None
        for read, at in zip(self._read, found, strict=True):
            if at is not None:
                last = now.get(at, last)
                continue
            self._form.touch()
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

    def _behind_others(self, place: int, now: Mapping[int, Row]) -> int:
        """Behind rows another workbook added at the same place."""
        kept = list(now.values())
        while (
            place < len(self._rows)
            and self._rows[place] not in kept
            and (self._rows[place].source not in (CASE, self._form.source))
        ):
            place += 1
        return place

    def _own_content(self, row: Row) -> frozenset[tuple[str, str]]:
        fields = self._fields(row.answered.group)
        return frozenset((each.name, key_of(row.cells.get(each.name), each)) for each in fields)

    def _new_row(self, read: ReadRow) -> Row | None:
        group = self._is_band(read)
        cells: dict[str, Value] = {}
        for column in self._fields(group):
            raw = read.cells.get(column.name, BLANK)
            if raw.merged and column.merge:
                raw = replace(raw, value=None)
            if raw.value is None and not raw.fault:
                continue
            could, value = self._form.value(raw, column, self._place(raw, None, column.name))
            if could and value is not None:
                cells[column.name] = value
        if not cells:
            return None
        number = 1 + max([len(self._base), *(row.number for row in self._rows)])
        return Row(AnsweredRow({}, NOWHERE, group=group), cells, number, None, self._form.source)

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

    def _order(self, wanted: Sequence[int], now: Mapping[int, Row]) -> None:
        """Rows that were put in another order, unless somebody else did too."""
        rows = [now[at] for at in wanted if now[at] in self._rows]
        if list(wanted) == sorted(wanted):
            return
        current = sorted(rows, key=self._rows.index)
        if current == rows:
            return
        kept = [at for at, row in sorted(now.items()) if row in rows]
        if [now[at] for at in kept] != current and self._prefer() != self._form.source:
            theirs = translate("another order of rows")
            self._conflict(0, BaseRow({}), (CASE, theirs), theirs)
            return
        places = sorted(self._rows.index(row) for row in rows)
        for place, row in zip(places, rows, strict=True):
            self._rows[place] = row
        self._form.changed.add(self._item.name)
        label = self._item.shown
        self._form.found.changes.append(
            CellChange(
                self._form.spec.id,
                self._item.name,
                label,
                self._form.sheet,
                self._form.source,
                new=translate("another order of rows"),
                kind="order",
            )
        )


def _content(row: BaseRow) -> frozenset[tuple[str, str]]:
    cells = frozenset(row.cells.items())
    return cells | {("", str(row.group))} if row.group else cells
