"""What a case says that belongs to another year than its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import jdatetime

from assembler.base.persian import format_date, persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.texts import typed_texts
from assembler.checks.words.written_dates import dates_in, may_hold_a_day
from assembler.model.answers import Case, Value, texts_in
from assembler.model.filled import FilledForm, FilledItem, FilledYearDates
from assembler.model.reports import ReportSpec, Years
from assembler.model.specs import Field
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


def check_year_of(
    form: str, case: Case, report: ReportSpec, forms: Mapping[str, FilledForm], dates: Iterable[FilledYearDates]
) -> Iterator[Problem]:
    """What ``check_years`` finds in one form; the fields of the case are the form «case»."""
    of_form = (
        replace(bounds, of=tuple(target for target in bounds.of if target.split(".")[0] == form)) for bounds in dates
    )
    found = check_years(case, report, forms, [bounds for bounds in of_form if bounds.of])
    yield from (each for each in found if each.place.form == form)


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
    if item is None or not item.relevant:
        return
    field = item.spec.by_name[column] if column else item.spec
    found = ((row.cells[column].value, row.cells[column].place) for row in item.rows) if column else ()
    for value, place in found if column else ((item.value, item.place),):
        for day in _days(value):
            if not _within(day, bounds):
                first, last = (format_date(bound) if bound else "…" for bound in (bounds.first, bounds.last))
                where = place.within(form=name, item=item_name)
                where = where.within(column=column) if column else where
                yield problem("year-date", where, label=field.shown, date=format_date(day), first=first, last=last)


def _days(value: Value) -> Iterator[jdatetime.date]:
    """The day a cell holds, or those a text says."""
    if isinstance(value, jdatetime.date):
        yield value
    for text in texts_in(value):
        yield from (day for _, day, _ in dates_in(text))


# ---------------------------------------------------------------- slips in years, without being told where to look

_FAR = 8  # more years than these lie between a year and the same with two digits exchanged
_NEAR = 3  # years within which the other dates of a column lie, where one is an exception
_FEWEST = 2  # other dates in a column before one of them is an exception
_BEFORE = 48  # characters before a date in which what it is of stands
_OF_BIRTH = re.compile("تولد|birth|born", re.I)
_OF_LAWS = re.compile("قانون|مصوب|آیین|اساسنامه|تأسیس|تاسیس|law|act ", re.I)


def check_slips_in_years(
    case: Case, report: ReportSpec, forms: Mapping[str, FilledForm], used: Iterable[str]
) -> Iterator[Problem]:
    """Dates whose year has two digits exchanged, or that lie years after the report's."""
    year = year_of(report.years, case.fields) if report.years else None
    for name in used if year is not None else ():
        for item in forms[name].items.values():
            if item.relevant and year is not None:
                yield from _slips(item, year)


def _slips(item: FilledItem, year: int) -> Iterator[Problem]:
    if item.spec.type == "date" and item.spec.calculation is None:
        yield from _slip(item.value, [], item.spec, item.place, year)
    for column in item.spec.columns:
        if column.type == "date" and column.calculation is None:
            cells = [(row.cells[column.name].value, row.cells[column.name].place) for row in item.rows]
            days = [value.year for value, _ in cells if isinstance(value, jdatetime.date)]
            for value, place in cells:
                if isinstance(value, jdatetime.date) and len(days) > _FEWEST:
                    others = list(days)
                    others.remove(value.year)
                    yield from _slip(value, others, column, place.within(column=column.name), year)
    for text, field, place in typed_texts(item, may_hold_a_day):
        for written, day, at in dates_in(text):
            if not _OF_LAWS.search(text[max(0, at - _BEFORE) : at]) and _looks_at_two_digits(day.year, year):
                yield problem(
                    "year-swapped", place, label=field.shown, text=written, year=_year(_meant(day.year, year))
                )


def _slip(value: object, others: Sequence[int], field: Field, place: Place, year: int) -> Iterator[Problem]:
    if not isinstance(value, jdatetime.date) or _OF_BIRTH.search(f"{field.label} {field.name}"):
        return
    told = {"label": field.shown, "text": format_date(value)}
    if _looks_at_two_digits(value.year, year) and all(abs(other - year) <= _NEAR for other in others):
        yield problem("year-swapped", place, year=_year(_meant(value.year, year)), **told)
    elif value.year > year + _NEAR and all(other <= year + 1 for other in others):
        yield problem("year-far", place, year=_year(year), **told)


def _looks_at_two_digits(found: int, year: int) -> bool:
    """Whether a year is far from the report's and has the digits of that one or of its neighbours."""
    return abs(found - year) > _FAR and any(sorted(str(found)) == sorted(str(each)) for each in _around(year))


def _meant(found: int, year: int) -> int:
    return next(each for each in _around(year) if sorted(str(found)) == sorted(str(each)))


def _around(year: int) -> tuple[int, ...]:
    return year, year - 1, year + 1


def _within(day: jdatetime.date, bounds: FilledYearDates) -> bool:
    return (bounds.first is None or day >= bounds.first) and (bounds.last is None or day <= bounds.last)


def _place(forms: Mapping[str, FilledForm], name: str) -> Place:
    return forms["case"].items[name].place


def _year(year: int) -> str:
    return persian_digits(str(year))
