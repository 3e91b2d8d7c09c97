"""Tables linked to others: where one parts ways with those it takes its rows from, or lacks what they name."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from assembler.check.subject import Subject
from assembler.model import FilledForm, FilledItem, Value
from assembler.persian import fold
from assembler.problems import Problem, problem


def check_prefills(forms: Mapping[str, FilledForm], used: Container[str]) -> Iterator[Problem]:
    """Rows an answered table lacks or has besides those lent to it, told by their keys whatever their spelling."""
    for name, form in forms.items():
        for item in form.items.values() if name in used else ():
            if item.spec.prefill and item.rows and not item.prefilled:
                yield from _parted(item, item.spec.prefill.key, _sources(item, forms))


def _sources(item: FilledItem, forms: Mapping[str, FilledForm]) -> str:
    """The titles of the forms the rows come from."""
    assert item.spec.prefill is not None
    owners = dict.fromkeys(source.rpartition(".")[0] for source in item.spec.prefill.sources)
    return "، ".join(f"«{forms[owner].spec.title}»" for owner in owners if owner in forms)


def _parted(item: FilledItem, column: str, sources: str) -> Iterator[Problem]:
    label = item.spec.label or item.spec.name
    lent = {_key(answer.value): answer.value for answer in item.lent if answer.value is not None}
    if not lent:
        return  # the table they would come from is not answered so: that is said there
    own = {_key(row.cells[column].value) for row in item.rows if not row.group}
    for key, value in lent.items():
        if key not in own:
            yield problem("row-not-taken-over", item.place, name=value, label=label, sources=sources)
    for row in item.rows:
        cell = row.cells[column]
        if not row.group and cell.value is not None and _key(cell.value) not in lent:
            place = cell.place.within(column=column)
            yield problem("row-of-its-own", place, name=cell.value, label=label, sources=sources)


def _key(value: Value) -> str:
    return fold(str(value)) if value is not None else ""


# ---------------------------------------------------------------- names that must appear elsewhere too


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
    return f"«{spec.label or spec.caption or forms[form].spec.title}»"
