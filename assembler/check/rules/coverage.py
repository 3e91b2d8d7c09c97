"""Names that must appear elsewhere too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.check.rules.subject import Subject
from assembler.model.answers import Value
from assembler.model.filled import FilledForm


def covered(subject: Subject) -> Iterator[Problem]:
    """Names of a table's column that none of the other columns has: a service, say, without any process.

    A row whose ``excused`` column is filled needs no fellow elsewhere.
    """
    elsewhere = {key for target in subject.options("among") for key in _column_keys(target, subject.forms)}
    for row in subject.rows:
        value = subject.cell(row, "column")
        if value is None or (subject.option("excused") and subject.cell(row, "excused") is not None):
            continue
        if _key(value) not in elsewhere:
            where = "، ".join(dict.fromkeys(_label(target, subject.forms) for target in subject.options("among")))
            place = subject.place(row, subject.option("column"))
            message = subject.filled.message
            yield subject.find("not-covered", place, name=value, where=where, message=message)


def _column_keys(target: str, forms: Mapping[str, FilledForm]) -> Iterator[str]:
    form, name, column = target.split(".")
    item = forms[form].items[name] if form in forms else None
    yield from (_key(row.cells[column].value) for row in item.rows if not row.group) if item else ()


def _label(target: str, forms: Mapping[str, FilledForm]) -> str:
    form, name, _column = target.split(".")
    if form not in forms:
        return target
    spec = forms[form].items[name].spec
    return f"«{spec.shown if spec.title else forms[form].spec.title}»"


def _key(value: Value) -> str:
    return fold(str(value)) if value is not None else ""
