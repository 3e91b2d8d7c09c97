"""In which tongue a form is asked: the calendar and the words of the reports that ask for it, where they have one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assembler.base.tongue import PERSIAN, Tongue, printed_in
from assembler.model.reports import ReportSpec
from assembler.model.specs import FormSpec
from assembler.specs.groups import with_ends


def in_tongues(forms: Mapping[str, FormSpec], reports: Iterable[ReportSpec]) -> dict[str, FormSpec]:
    """The forms, those with Gregorian dates and English words that such reports alone ask for."""
    asking: dict[str, set[Tongue]] = {}
    for report in reports:
        for name in report.used_forms:
            asking.setdefault(name, set()).add(report.tongue)
    return {name: _in_tongue(form, asking.get(name, set())) for name, form in forms.items()}


def _in_tongue(form: FormSpec, tongues: Collection[Tongue]) -> FormSpec:
    english = {each.language for each in tongues} == {"en"}
    with printed_in(Tongue("en") if english else PERSIAN):
        form = with_ends(form)
    return gregorian(form) if {each.calendar for each in tongues} == {"gregorian"} else form


def gregorian(form: FormSpec) -> FormSpec:
    """The form with its dates and years in the Gregorian calendar."""
    items = (
        replace(item, calendar="gregorian", columns=tuple(replace(each, calendar="gregorian") for each in item.columns))
        for item in form.items
    )
    return replace(form, items=tuple(items))
