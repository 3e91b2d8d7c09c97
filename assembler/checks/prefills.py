"""Tables linked to others: where one parts ways with those it takes its rows from, or lacks what they name."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem


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
    label = item.spec.shown
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
