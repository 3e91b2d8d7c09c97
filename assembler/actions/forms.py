"""The forms there are, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembler.base.settings import Settings
from assembler.collect.asking import Question, column_of, question_of
from assembler.collect.conditions import Names
from assembler.collect.spots import form_at
from assembler.model.reports import Library
from assembler.model.specs import Expression, FormSpec, Item
from assembler.pipeline import library
from assembler.views.json import form_json

__all__ = ["Question", "condition_words", "form_json", "form_named", "forms", "questions"]


def forms(settings: Settings) -> Library:
    """All specifications. Raises AssemblerError when any of them is broken."""
    return library(settings)


def form_named(name: str, specs: Library) -> FormSpec:
    """A form by its identifier, or its end where one form alone ends so. Raises AssemblerError."""
    return form_at(specs.forms, name)


def condition_words(form: FormSpec, specs: Library, item: Item | None = None) -> Callable[[Expression], str | None]:
    """Says conditions of a form, or of a table of it, in the reader's language; None of what there are no words for."""
    return Names(form, {**specs.forms, **_case_of(form, specs)}, item).words


def questions(form: FormSpec, specs: Library) -> Mapping[tuple[str, str], Question]:
    """What a form asks, by item and column, «» for the item itself: as every way of answering describes it."""
    forms = {**specs.forms, **_case_of(form, specs)}
    asked = {(item.name, ""): question_of(item, form, forms) for item in form.items}
    cells = ((item, column) for item in form.items for column in item.columns)
    return asked | {(item.name, column.name): column_of(column, item, form, forms) for item, column in cells}


def _case_of(form: FormSpec, specs: Library) -> Mapping[str, FormSpec]:
    """The fields of the case, as the first report that uses the form asks them."""
    for report in specs.reports.values():
        if form.id in report.used_forms:
            return {"case": report.case}
    return {}
