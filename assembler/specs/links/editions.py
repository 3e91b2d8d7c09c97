"""Names of the edition before: what says that it was something there is told when there was no such thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.reports import ReportSpec
from assembler.model.specs import Column, FormSpec, Item


def check_was(forms: Mapping[str, FormSpec], reports: Mapping[str, ReportSpec]) -> Iterator[Problem]:
    """Every ``was`` that names nothing."""
    for form in forms.values():
        if form.was and form.was not in forms:
            yield problem("unknown-form", form.place, name=form.was, guess=guess(form.was, forms))
        yield from _check_items(form, forms.get(form.was), forms)
    for report in reports.values():
        before = reports.get(report.was)
        if report.was and before is None:
            near, known = guess(report.was, reports), listed(reports)
            yield problem("unknown-report", report.place, name=report.was, guess=near, known=known)
        yield from _check_items(report.case, before.case if before else None, forms)


def _check_items(form: FormSpec, before: FormSpec | None, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    for item in form.items:
        owner, _, name = item.was.rpartition(".")
        old = forms.get(owner) if owner else before
        if item.was and owner and old is None:
            yield problem("unknown-form", item.place, name=owner, guess=guess(owner, forms))
        elif item.was and old is None:
            yield problem("word-unfit", item.place, name="was", shape=form.id)
        elif item.was and old is not None:
            yield from _known([name], old.by_name, old.id, item.place)
        found = old.by_name.get(name or item.name) if old is not None else None
        yield from _check_inside(item, found)


def _check_inside(item: Item, old: Item | None) -> Iterator[Problem]:
    for column in item.columns:
        yield from _known([column.was], old.by_name if old else (), item.name, column.place)
        before = old.by_name.get(column.was or column.name) if old else None
        yield from _check_choices(column, before)
    for row in item.rows:
        yield from _known([row.was], old.printed_rows if old else (), item.name, row.place)
    yield from _check_choices(item, old)


def _check_choices(field: Item | Column, old: Item | Column | None) -> Iterator[Problem]:
    told = [choice.was for choice in field.choices]
    if old is not None:
        yield from _known(told, [choice.name for choice in old.choices], field.name, field.place)


def _known(names: Iterable[str], known: Iterable[str], shape: str, place: Place) -> Iterator[Problem]:
    known = list(known)
    for name in names:
        if name and name not in known:
            near = guess(name, known)
            yield problem("unknown-item", place, name=name, shape=shape, guess=near, known=listed(known))
