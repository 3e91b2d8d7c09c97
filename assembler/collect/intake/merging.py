"""What foreign tables bring to a form: into blanks it is taken, the same is nothing, what differs is told with both
sides. Rows find their own, or are new; none is deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.base.problems import NOWHERE, Place
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.likeness import letters
from assembler.collect.intake.proposing import Proposal
from assembler.collect.intake.rows import DraftRow
from assembler.collect.workbook.cells import Raw, fault, key, key_of
from assembler.collect.workbook.merge_cells import FormMerge
from assembler.collect.workbook.merged import CellChange, Row, told
from assembler.model.answers import AnsweredRow, Value
from assembler.model.specs import Column, Item
from assembler.model.values import printed

_KEYS = ("text", "select_one", "date", "integer")  # types by which rows are known, those that tell most first
_TELLING = 3  # letters of a text that rows are known by


def merge_foreign(form: FormMerge, path: Path, proposal: Proposal) -> None:
    """Takes a foreign table into the form it is of."""
    if proposal.state == "questions":
        _merge_answers(form, path, proposal)
        return
    assert proposal.match is not None
    assert proposal.draft is not None
    form.path, form.sheet, form.table = path, proposal.grid.sheet, proposal.grid.where
    candidate = proposal.match.candidate
    names = {candidate.leaves[own].column.name for own in proposal.columns.sure.values()}
    goes_on = proposal.state == "continued"
    merge = _TableMerge(form, candidate, names, adds=not proposal.waits, goes_on=goes_on)
    form.found.landed[path, proposal.grid.number] = merge.merge(proposal.draft.rows)


def _merge_answers(form: FormMerge, path: Path, proposal: Proposal) -> None:
    form.path, form.sheet, form.table = path, proposal.grid.sheet, proposal.grid.where
    for item, raw in proposal.pairs.answers:
        if not _is_said(raw) or (not raw.fault and _says(printed(form.values.get(item.name), item), str(raw.value))):
            continue
        place = Place(form.said(raw.address), None, form.spec.id, item.name)
        form.cell((item.name, -1, ""), item, "", raw, place, form.values, item.name)


@dataclass
class _TableMerge:
    """A table taken into the rows of a form. ``names`` are the columns it says something of; one that does not ``add``
    rows only fills those that stand, one that ``goes_on`` has none of those its file brought before.
    """

    form: FormMerge
    candidate: Candidate
    names: set[str]
    adds: bool
    goes_on: bool

    @property
    def _item(self) -> Item:
        return self.candidate.item

    @property
    def _rows(self) -> list[Row]:
        return self.form.rows[self._item.name]

    def merge(self, rows: Sequence[DraftRow]) -> dict[int, int]:
        """Which row of ours each went to, by where it stands; those that were not taken are left out."""
        landed: dict[int, int] = {}
        stood = [row for row in self._rows if not (self.goes_on and row.source == self.form.source)]
        found = self._printed(rows) if self._item.rows else self._found(rows, stood)
        for row, own in zip(rows, found, strict=True):
            if own is not None:
                landed[row.at] = own.number
                self._cells(row, own)
            elif not self._item.rows and self.adds and (number := self._add(row)):
                landed[row.at] = number
        return landed

    # ------------------------------------------------------------ which row is which

    def _printed(self, rows: Sequence[DraftRow]) -> list[Row | None]:
        by_name = {row.answered.name: row for row in self._rows}
        return [by_name.get(row.name) for row in rows]

    def _found(self, rows: Sequence[DraftRow], stood: Sequence[Row]) -> list[Row | None]:
        """By all they say, then by a column that tells rows apart on both sides."""
        found: list[Row | None] = [None] * len(rows)
        free = list(stood)
        for at, row in enumerate(rows):
            found[at] = next((own for own in free if self._says_same(row, own)), None)
            free = [own for own in free if own is not found[at]]
        left = [at for at, own in enumerate(found) if own is None]
        column = self._key([rows[at] for at in left], free)
        if column is None:
            return found
        known = {letters(key_of(own.cells.get(column.name), column)): own for own in free}
        for at in left:
            found[at] = known.pop(letters(key(rows[at].cells.get(column.name, Raw()), column)), None)
        return found

    def _says_same(self, row: DraftRow, own: Row) -> bool:
        """Whether all that is said stands in a row of ours already."""
        said = [(self._item.column(name), raw) for name, raw in row.cells.items() if _is_said(raw)]
        return bool(said) and all(
            not fault(raw, column) and letters(key(raw, column)) == letters(key_of(own.cells.get(column.name), column))
            for column, raw in said
        )

    def _key(self, rows: Sequence[DraftRow], stood: Sequence[Row]) -> Column | None:
        """The column that tells the rows of both sides apart; None when none does."""
        if not rows or not stood:
            return None
        own_key = self._item.prefill.key if self._item.prefill else ""
        known = [column for column in self._item.columns if column.name in self.names and column.type in _KEYS[:1]]
        for column in sorted(known, key=lambda each: (each.name != own_key, each.required is not True)):
            ours = [letters(key_of(row.cells.get(column.name), column)) for row in stood]
            theirs = [letters(key(row.cells.get(column.name, Raw()), column)) for row in rows]
            if all(_tells_apart(each) for each in (ours, theirs)):
                return column
        return None

    # ------------------------------------------------------------ what is taken

    def _place(self, raw: Raw, number: int | None, column: str) -> Place:
        return Place(self.form.said(raw.address), None, self.form.spec.id, self._item.name, number, column)

    def _cells(self, row: DraftRow, own: Row) -> None:
        for name, raw in row.cells.items():
            column = self._item.column(name)
            if not _is_said(raw) or _prints(own, column, raw):
                continue
            key_ = (self._item.name, own.number, name)
            self.form.cell(key_, column, "", raw, self._place(raw, own.number, name), own.cells, name, own.number)

    def _add(self, row: DraftRow) -> int:
        """The number of the row it becomes; 0 where it says nothing."""
        cells: dict[str, Value] = {}
        number = 1 + max((each.number for each in self._rows), default=0)
        for name, raw in row.cells.items():
            column = self._item.column(name)
            if not _is_said(raw) or (column.blank and letters(str(raw.value)) == letters(column.blank)):
                continue
            could, value = self.form.value(raw, column, self._place(raw, number, name))
            if could and value is not None:
                cells[name] = value
        if not cells:
            return 0
        self.form.touch()
        self._rows.append(Row(AnsweredRow({}, NOWHERE), cells, number, None, self.form.source))
        self.form.changed.add(self._item.name)
        first = next(row.cells[name].address for name in cells)
        said = " | ".join(filter(None, (told(value, self._item.column(name)) for name, value in cells.items())))
        where, label = self.form.where(first), self._item.shown
        change = CellChange(self.form.spec.id, self._item.name, label, where, self.form.source, "", said, number)
        self.form.found.changes.append(replace(change, kind="added"))
        return number


def _is_said(raw: Raw) -> bool:
    return raw.value is not None or bool(raw.fault)


def _tells_apart(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts) and all(len(text) >= _TELLING for text in texts)


def _prints(own: Row, column: Column, raw: Raw) -> bool:
    """Whether a cell says what the report would print for ours anyway."""
    return not raw.fault and _says(printed(own.cells.get(column.name), column), str(raw.value))


def _says(one: str, other: str) -> bool:
    """Whether two texts say the same, however they are spelled; of signs without letters, whether they are the same."""
    return letters(one) == letters(other) if letters(one) or letters(other) else one.strip() == other.strip()
