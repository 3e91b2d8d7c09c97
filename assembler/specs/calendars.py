"""In which calendar the dates of a form are typed: that of the reports that ask for it, where they have one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assembler.model.reports import ReportSpec
from assembler.model.specs import FormSpec


def in_calendars(forms: Mapping[str, FormSpec], reports: Iterable[ReportSpec]) -> dict[str, FormSpec]:
    """The forms, those with Gregorian dates that reports in the Gregorian calendar alone ask for."""
    asking: dict[str, set[str]] = {}
    for report in reports:
        for name in report.used_forms:
            asking.setdefault(name, set()).add(report.tongue.calendar)
    return {name: gregorian(form) if asking.get(name) == {"gregorian"} else form for name, form in forms.items()}


def gregorian(form: FormSpec) -> FormSpec:
    """The form with its dates and years in the Gregorian calendar."""
    items = (
        replace(item, calendar="gregorian", columns=tuple(replace(each, calendar="gregorian") for each in item.columns))
        for item in form.items
    )
    return replace(form, items=tuple(items))
