"""What becomes of the cells of a form: taken where one workbook alone changed them, told where two sides differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assembler.answers import ValueReader
from assembler.base.messages import comma, fill
from assembler.base.problems import Place, problem
from assembler.collect.workbook.cells import Raw, fault, key, key_of, value_in
from assembler.collect.workbook.exported import base_row, rows_of
from assembler.collect.workbook.merged import CASE, CellChange, Conflict, Merged, Row, told, was_exported
from assembler.collect.workbook.preferred import Preferred
from assembler.model.answers import AnsweredForm, Value
from assembler.model.filled import FilledForm
from assembler.model.folders import CaseFolder
from assembler.model.specs import Column, Field, FormSpec

Key = tuple[str, int, str]  # item, row («-1» of a single answer), column


@dataclass(frozen=True)
class _Taken:
    source: str
    old: Value


class FormMerge:
    """A form as it becomes: ``values`` and ``rows`` with what workbooks changed, ``changed`` the items of those.

    ``path`` and ``sheet`` are those of the workbook that is being taken, ``prefer`` says which side wins. ``table`` is
    which table of a file of others is, one that never was exported: «» of a workbook of ours.
    """

    def __init__(
        self, spec: FormSpec, now: AnsweredForm, found: Merged, filled: FilledForm, attachments: Path, prefer: Preferred
    ) -> None:
        self.spec, self.found, self.prefer = spec, found, prefer
        self.items = {item.name: item for item in spec.items}
        self.values: dict[str, Value] = {name: answer.value for name, answer in now.values.items()}
        self.rows = {
            item.name: [
                Row(row, {name: answer.value for name, answer in row.cells.items()}, number, base_row(item, row))
                for number, row in enumerate(rows_of(item, now, filled.items[item.name]), start=1)
            ]
            for item in spec.items
            if item.is_table
        }
        self.changed: set[str] = set()
        self.path, self.sheet, self.table = Path(), "", ""
        self._attachments = attachments
        self._taken: dict[Key, _Taken] = {}

    @property
    def source(self) -> str:
        """The workbook as changes and conflicts name it."""
        return str(self.path)

    def report(self, code: str, place: Place, **arguments: object) -> None:
        self.found.problems.append(problem(code, place, **arguments))

    def where(self, address: str) -> str:
        """A cell as changes name it."""
        return f"{self.sheet}!{address}" if self.sheet else f"{self.table}{comma()}{address}"

    def touch(self) -> None:
        """The workbook changed something, be it taken or not."""
        self.found.touched.add(self.path)

    def said(self, address: str) -> str:
        """A cell as problems name it."""
        return said_cell(self.path, self.sheet, self.table, address)

    def cell(
        self,
        key_: Key,
        asked: Field,
        base: str,
        raw: Raw,
        place: Place,
        into: dict[str, Value],
        name: str,
        row: int | None = None,
    ) -> None:
        """One cell: taken when the workbook alone changed it."""
        code = fault(raw, asked)
        if not code and key(raw, asked) == base:
            return
        self.touch()
        if code == "workbook-no-value" and not base and raw.value is None:
            self.report("workbook-no-value", place, label=asked.shown)
            return
        read, value = self.value(raw, asked, place)
        if not read or key_of(value, asked) == base:
            return
        old = into.get(name)
        if key_of(old, asked) == key_of(value, asked):
            return
        where = self.where(raw.address)
        if key_of(old, asked) != base and not self._wins(key_, old, value, asked, base, where, row):
            return
        old = self._taken[key_].old if key_ in self._taken else old
        self._taken[key_] = _Taken(self.source, old)
        into[name] = value
        self.changed.add(key_[0])
        self._change(key_, asked, where, told(old, asked), told(value, asked), row)

    def _change(self, key_: Key, asked: Field, where: str, old: str, new: str, row: int | None) -> None:
        item, _, column = key_
        label, head = self._labels(item, asked)
        change = CellChange(self.spec.id, item, label, where, self.source, old, new, row, column, head)
        self.found.changes.append(change)

    def _labels(self, item: str, asked: Field) -> tuple[str, str]:
        """What a question is called, and the column of it."""
        return self.items[item].shown, ": ".join(asked.heads) if isinstance(asked, Column) else ""

    def _wins(self, key_: Key, old: Value, value: Value, asked: Field, base: str, where: str, row: int | None) -> bool:
        """Whether this workbook's side of a difference is to be taken; else it is told, unless the other side is."""
        taken = self._taken.get(key_)
        other = taken.source if taken else CASE
        item, _, column = key_
        prefer = self.prefer.at(Place(None, None, self.spec.id, item, row, column or None))
        if prefer == self.source:
            self._forget(key_)
            return True
        if prefer == other:
            return False
        sides = ((other, told(old, asked)), (self.source, told(value, asked)))
        label, head = self._labels(item, asked)
        was = None if self.table else was_exported(base, asked)
        conflict = Conflict(self.spec.id, item, label, where, was, sides, row, column, head)
        self.found.conflicts.append(conflict)
        if taken is not None:
            self._undo(key_, taken)
        return False

    def _forget(self, key_: Key) -> None:
        """What an earlier workbook changed here is no change any more."""
        item, number, column = key_
        row = None if number < 0 else number
        self.found.changes = [
            each
            for each in self.found.changes
            if (each.item, each.row, each.column, each.kind) != (item, row, column, "cell")
        ]

    def _undo(self, key_: Key, taken: _Taken) -> None:
        """Puts back what the case says where two workbooks differ."""
        item, number, column = key_
        self._forget(key_)
        if number < 0:
            self.values[item] = taken.old
            return
        for row in self.rows[item]:
            if row.number == number:
                row.cells[column] = taken.old

    def value(self, raw: Raw, asked: Field, place: Place) -> tuple[bool, Value]:
        """Whether a cell could be read, and its value; a file may lie beside the workbook still."""
        for folder in (self._attachments, CaseFolder(self.path.parent).attachments, self.path.parent):
            reader = ValueReader(folder)
            value = value_in(raw, asked, reader, place)
            if not [each for each in reader.problems if each.code in ("attachment-missing", "attachment-misnamed")]:
                break
        if reader.problems and asked.type in ("file", "image"):
            reader = ValueReader(self._attachments)
            value_in(raw, asked, reader, place)
        self.found.problems += reader.problems
        return not reader.problems, value


def said_cell(path: Path, sheet: str, table: str, address: str) -> str:
    """A cell of a file as problems name it, by its sheet, or else by its table."""
    if not sheet:
        return fill("{file}, {table}, {cell}", file=path.name, table=table, cell=address)
    return fill("{file}, sheet «{sheet}», cell {cell}", file=path.name, sheet=sheet, cell=address)
