"""Tables linked to others: where one parts ways with those it takes its rows from, or lacks what they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem


def check_prefills(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Rows an answered table lacks or has besides those lent to it, told by their keys whatever their spelling."""
    for name in used:
        for item in forms[name].items.values():
            if item.spec.prefill and item.rows and not item.prefilled:
                yield from _parted(item, item.spec.prefill.key, forms)


def _sources(item: FilledItem, forms: Mapping[str, FilledForm]) -> str:
    """The titles of the forms the rows come from."""
    assert item.spec.prefill is not None
    owners = dict.fromkeys(source.rpartition(".")[0] for source in item.spec.prefill.sources)
    return "، ".join(f"«{forms[owner].spec.title}»" for owner in owners if owner in forms)


def _parted(item: FilledItem, column: str, forms: Mapping[str, FilledForm]) -> Iterator[Problem]:
    label = item.spec.shown
    lent = {_key(answer.value): answer.value for answer in item.lent if answer.value is not None}
    if not lent:
        return  # the table they would come from is not answered so: that is said there
    own = {_key(row.cells[column].value) for row in item.rows if not row.group}
    for key, value in lent.items():
        if key not in own:
            yield problem("row-not-taken-over", item.place, name=value, label=label, sources=_sources(item, forms))
    for row in item.rows:
        cell = row.cells[column]
        if not row.group and cell.value is not None and _key(cell.value) not in lent:
            place = cell.place.within(column=column)
            yield problem("row-of-its-own", place, name=cell.value, label=label, sources=_sources(item, forms))


def _key(value: Value) -> str:
    return fold(str(value)) if value is not None else ""
