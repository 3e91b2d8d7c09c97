"""Items and cells left blank in a form that was answered."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.problems import Problem
from assembler.checks.rules.marks import UNMARKED
from assembler.checks.rules.subject import Subject
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.rules import Filled


def left_blank(subject: Subject[Filled]) -> Iterator[Problem]:
    """Items and cells left blank in an answered form; a required one is reported as such already."""
    for name in subject.words.items:
        item = subject.form.items[name]
        if item.relevant and not item.required and _is_blank(item):
            yield subject.find("left-blank", item.place, label=item.spec.shown)
    if subject.words.columns:
        yield from _blank_cells(subject)


def _blank_cells(subject: Subject[Filled]) -> Iterator[Problem]:
    """Blank cells of rows that are not excused; a merging column continues the cell above."""
    for name in subject.words.columns:
        column = subject.column(name)
        for row in subject.rows:
            cell = row.cells[name]
            if cell.value is None and not cell.required and not column.merge and not _is_excused(subject, row):
                yield subject.find("cell-blank", subject.place(row, name), label=column.shown)


def _is_excused(subject: Subject[Filled], row: FilledRow) -> bool:
    """Whether a row needs nothing: its excusing column says no, or is filled where it offers no choices."""
    column = subject.words.excused
    if column is None:
        return False
    value = subject.cell(row, column)
    return value in UNMARKED if subject.column(column).choices else value is not None


def _is_blank(item: FilledItem) -> bool:
    if not item.spec.is_table:
        return item.value is None
    answered = [column for column in item.spec.columns if column.calculation is None]
    printed = item.spec.printed_rows
    return not any(
        row.cells[column.name].value is not None
        for row in item.rows
        for column in answered
        if row.name not in printed or not printed[row.name].shuts(column.name)
    )
