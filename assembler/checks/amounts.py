"""Numbers that cannot be, whatever the rest of the case says: counts and scores below zero, a score above the cap that
stands beside it. No rule and no constraint is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.subject import number_in
from assembler.checks.words.amount_words import is_cap, is_never_below_zero, is_score
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.rules import Scores
from assembler.model.specs import Field, FormSpec

_NUMBERS = ("integer", "decimal", "percent")


def check_amounts(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Impossible numbers of the used forms, each at its answer."""
    for name in used:
        form = forms[name]
        for item in form.items.values() if form.answered else ():
            if item.relevant:
                yield from _below_zero(item)
                yield from _above_cap(item, form.spec)


def _below_zero(item: FilledItem) -> Iterator[Problem]:
    if _counts(item.spec):
        yield from _negative(item.spec, item.value, item.place)
    around = item.spec.label if item.spec.is_table else ""
    for column in (each for each in item.spec.columns if _counts(each, around)):
        for row in item.rows:
            cell = row.cells[column.name]
            if not cell.computed:
                yield from _negative(column, cell.value, cell.place.within(column=column.name))


def _counts(field: Field, around: str = "") -> bool:
    return field.type in _NUMBERS and field.is_asked and is_never_below_zero(field.label, field.unit, around)


def _negative(field: Field, value: Value, place: Place) -> Iterator[Problem]:
    number = number_in(value)
    if number is not None and number < 0:
        yield problem("below-zero", place, label=field.shown, value=number)


def _above_cap(item: FilledItem, spec: FormSpec) -> Iterator[Problem]:
    """A score above the most its row gives, in a table with a column of each."""
    caps = [each for each in item.spec.columns if each.type in _NUMBERS and is_cap(each.label)]
    scores = [each for each in item.spec.columns if each.type in _NUMBERS and each.is_asked and is_score(each.label)]
    ruled = any(isinstance(rule.words, Scores) and rule.item == item.spec.name for rule in spec.rules)
    if len(caps) != 1 or caps[0].merge or ruled:
        return
    for row in item.rows:
        cap = number_in(row.cells[caps[0].name].value)
        for column in scores if cap is not None else ():
            given = row.cells[column.name]
            number = number_in(given.value)
            if number is not None and number > (cap or Decimal(0)):
                yield problem("above-cap", given.place.within(column=column.name), value=number, cap=cap)
