"""What a case says that belongs to another year than its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import jdatetime

from assembler.base.persian import format_date, persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Case
from assembler.model.filled import FilledForm, FilledYearDates
from assembler.model.reports import ReportSpec, Years
from assembler.model.values import shown
from assembler.model.years import values_of, year_of

# What an issue holds back until it is accepted.
YEAR_FINDINGS = ("year-unknown", "year-other", "year-differs", "year-date")


def check_years(
    case: Case, report: ReportSpec, forms: Mapping[str, FilledForm], dates: Iterable[FilledYearDates]
) -> Iterator[Problem]:
    """Warnings for a year the specification does not know, for what is that of another year, and for dates outside."""
    years, year = report.years, year_of(report.years, case.fields) if report.years else None
    if years is None or year is None:
        return
    if years.known and year not in years.known:
        known = "، ".join(_year(each) for each in sorted(years.known))
        yield problem("year-unknown", _place(forms, years.year_field), year=_year(year), known=known)
    for name in years.kit:
        yield from _value(name, case, report, years, year, forms)
    for bounds in dates:
        for target in bounds.of:
            yield from _dates(target, bounds, forms)


def _value(
    name: str, case: Case, report: ReportSpec, years: Years, year: int, forms: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    """A field that says what belongs to another year, or other than what is known of its own."""
    given = case.fields.values.get(name)
    if given is None or given.value is None:
        return
    item = report.case.by_name[name]
    own = values_of(years, report.case, year).get(name)
    if given.value == own:
        return
    told = {"label": item.shown, "year": _year(year), "value": shown(given.value, item)}
    others = (each for each in years.known if values_of(years, report.case, each).get(name) == given.value)
    other = next(others, None)
    if other is not None:
        yield problem("year-other", _place(forms, name), other=_year(other), **told)
    elif own is not None:
        yield problem("year-differs", _place(forms, name), known=shown(own, item), **told)


def _dates(target: str, bounds: FilledYearDates, forms: Mapping[str, FilledForm]) -> Iterator[Problem]:
    name, item_name, column = (*target.split("."), "")[:3]
    item = forms[name].items[item_name] if name in forms else None
    if item is None:
        return
    field = item.spec.by_name[column] if column else item.spec
    found = ((row.cells[column].value, row.cells[column].place) for row in item.rows) if column else ()
    for value, place in found if column else ((item.value, item.place),):
        if isinstance(value, jdatetime.date) and not _within(value, bounds):
            first, last = (format_date(day) if day else "…" for day in (bounds.first, bounds.last))
            where = place.within(form=name, item=item_name)
            yield problem("year-date", where, label=field.shown, date=format_date(value), first=first, last=last)


def _within(day: jdatetime.date, bounds: FilledYearDates) -> bool:
    return (bounds.first is None or day >= bounds.first) and (bounds.last is None or day <= bounds.last)


def _place(forms: Mapping[str, FilledForm], name: str) -> Place:
    return forms["case"].items[name].place


def _year(year: int) -> str:
    return persian_digits(str(year))
