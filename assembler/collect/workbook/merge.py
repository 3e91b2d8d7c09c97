"""Three ways come together: a form as it was exported, as workbooks bring it back, and as the case has it now.

Only what a workbook changed is taken. What the case or another workbook changed too, to something else, is a conflict:
it is told with both sides, and neither is taken.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assembler.base.problems import Place
from assembler.collect.workbook.merge_cells import FormMerge
from assembler.collect.workbook.merge_tables import TableMerge
from assembler.collect.workbook.merged import Merged, Row
from assembler.collect.workbook.meta import FormMemory, shape
from assembler.collect.workbook.preferred import NOBODY, Preferred
from assembler.collect.workbook.read import ReadBook, ReadForm
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from assembler.model.filled import FilledForm
from assembler.model.specs import FormSpec


class Merger:
    """Takes one workbook after the other into a form. ``prefer`` says whose side is taken where two differ."""

    def __init__(
        self,
        spec: FormSpec,
        answered: AnsweredForm | None,
        filled: FilledForm,
        attachments: Path,
        prefer: Preferred = NOBODY,
    ) -> None:
        self._spec = spec
        self._now = answered or AnsweredForm(spec.id, {}, {})
        self._form = FormMerge(
            spec, self._now, Merged(answered, self._now, title=spec.shown), filled, attachments, prefer
        )

    @property
    def form(self) -> FormMerge:
        """The form as it is becoming, for those who take something else than a workbook of ours."""
        return self._form

    def take(self, book: ReadBook) -> None:
        """Takes what a workbook changed."""
        memory, read, form = book.memory.forms.get(self._spec.id), book.forms.get(self._spec.id), self._form
        if memory is None or read is None:
            return
        form.path, form.sheet, form.table = book.path, read.sheet, ""
        if memory.shape != shape(self._spec):
            place = Place(file=str(book.path), form=self._spec.id)
            form.report("workbook-other-version", place, name=read.sheet)
            return
        for name, base in memory.values.items():
            self._single(name, base, memory, read)
        for name in memory.rows:
            if name in read.tables:
                TableMerge(form, form.items[name], memory, read.tables[name]).merge()

    def _single(self, name: str, base: str, memory: FormMemory, read: ReadForm) -> None:
        raw, form = read.values.get(name), self._form
        if raw is None or (name, None, "") in memory.locked:
            return
        place = Place(form.said(raw.address), None, self._spec.id, name)
        form.cell((name, -1, ""), form.items[name], base, raw, place, form.values, name)

    def result(self) -> Merged:
        """The form as it becomes."""
        values, tables = dict(self._now.values), dict(self._now.tables)
        for name in self._form.changed:
            if not self._form.items[name].is_table:
                old = values.get(name, Answer(None, Place(form=self._spec.id, item=name)))
                values[name] = Answer(self._form.values.get(name), old.place)
                continue
            table = Place(form=self._spec.id, item=name)
            rows = [self._row(row, table.within(row=at)) for at, row in enumerate(self._form.rows[name], start=1)]
            keep = (row for row in rows if not self._form.items[name].rows or self._is_given(name, row))
            tables[name] = tuple(keep)
        self._form.found.after = replace(self._now, values=values, tables=tables)
        self._form.found.rows = self._form.rows
        return self._form.found

    def _row(self, row: Row, place: Place) -> AnsweredRow:
        """A row as it becomes; one that is in no file yet stands at its place in the table."""
        cells, home = dict(row.answered.cells), row.answered.place if row.answered.place.form else place
        for name, value in row.cells.items():
            if name not in cells or cells[name].value != value:
                cells[name] = Answer(value, cells[name].place if name in cells else home.within(column=name))
        return replace(row.answered, cells=cells, place=home)

    def _is_given(self, table: str, row: AnsweredRow) -> bool:
        """Whether a printed row stands in the file: it did before, or it has an answer."""
        stood = any(each.name == row.name for each in self._now.tables.get(table, ()))
        return stood or any(answer.value is not None for answer in row.cells.values())
