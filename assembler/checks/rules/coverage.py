"""Names that must appear elsewhere too."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject
from assembler.model.answers import Value
from assembler.model.rules import ColumnTarget, Covered


def covered(subject: Subject[Covered]) -> Iterator[Problem]:
    """Names of a table's column that none of the other columns has: a service, say, without any process.

    A row whose ``excused`` column is filled needs no fellow elsewhere.
    """
    words = subject.words
    elsewhere = {key for target in words.among for key in _column_keys(subject, target)}
    for row in subject.rows:
        value = subject.cell(row, words.column)
        if value is None or (words.excused and subject.cell(row, words.excused) is not None):
            continue
        if _key(value) not in elsewhere:
            where = "، ".join(dict.fromkeys(_label(subject, target) for target in words.among))
            place, message = subject.place(row, words.column), subject.filled.message
            yield subject.find("not-covered", place, name=value, where=where, message=message)


def _column_keys(subject: Subject[Covered], target: ColumnTarget) -> Iterator[str]:
    item, column = subject.target(target), target.rpartition(".")[2]
    yield from (_key(row.cells[column].value) for row in item.rows if row.is_ordinary) if item else ()


def _label(subject: Subject[Covered], target: ColumnTarget) -> str:
    item = subject.target(target)
    if item is None:
        return target
    title = subject.forms[target.partition(".")[0]].spec.title
    return f"«{item.spec.shown if item.spec.title else title}»"


def _key(value: Value) -> str:
    return fold(str(value)) if value is not None else ""
