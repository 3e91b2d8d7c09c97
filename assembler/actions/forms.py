"""The forms there are, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.collect.conditions import Names
from assembler.model.reports import Library
from assembler.model.specs import Expression, FormSpec, Item
from assembler.pipeline import library
from assembler.views.json import form_json

__all__ = ["condition_words", "form_json", "form_named", "forms"]


def forms(settings: Settings) -> Library:
    """All specifications. Raises AssemblerError when any of them is broken."""
    return library(settings)


def form_named(name: str, specs: Library) -> FormSpec:
    """A form by its identifier. Raises AssemblerError (``unknown-form``)."""
    if name not in specs.forms:
        raise AssemblerError([problem("unknown-form", name=name, guess=guess(name, specs.forms))], ExitCode.USAGE)
    return specs.forms[name]


def condition_words(form: FormSpec, specs: Library, item: Item | None = None) -> Callable[[Expression], str | None]:
    """Says conditions of a form, or of a table of it, in the reader's language; None of what there are no words for."""
    return Names(form, {**specs.forms, **_case_of(form, specs)}, item).words


def _case_of(form: FormSpec, specs: Library) -> Mapping[str, FormSpec]:
    """The fields of the case, as the first report that uses the form asks them."""
    for report in specs.reports.values():
        if form.id in report.used_forms:
            return {"case": report.case}
    return {}
