"""Days of the week beside dates they are not of, and days off on which something is planned; no rule is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import jdatetime

from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.dates import days_off
from assembler.checks.rules.texts import typed_texts
from assembler.checks.words.calendar_words import (
    day_named,
    is_day_of_week,
    is_named,
    is_planned,
    name_of,
    says_any,
    wrong_weekdays,
)
from assembler.checks.words.written_dates import days_in, may_hold_a_day
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.rules import Holidays, Weekdays
from assembler.model.specs import Column, FormSpec, Rule
from assembler.model.values import shown

_SENTENCE_END = re.compile(r"[؛;\n]|[.؟!](?!\d)")


def check_days(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Wrong days of the week, and days off, in the used forms; where a rule looks at them nothing is told twice."""
    for name in used:
        form = forms[name]
        for item in form.items.values():
            if item.relevant:
                yield from _in_texts(item)
                yield from _beside(item, form.spec)
                yield from _planned(item, form.spec)


def _in_texts(item: FilledItem) -> Iterator[Problem]:
    for text, field, place in typed_texts(item, may_hold_a_day):
        for said, date, day in wrong_weekdays(text):
            yield problem("weekday-differs", place, label=field.shown, said=said, date=date, day=day)
        for sentence in _SENTENCE_END.split(text):
            if says_any(sentence, "events") and says_any(sentence, "held"):
                dates = ((date, place) for _, date, _ in days_in(sentence))
                for where, told in days_off(dates, place):
                    yield problem("holiday", where, label=field.shown, **told)


def _beside(item: FilledItem, spec: FormSpec) -> Iterator[Problem]:
    """A column of days of the week beside the only dates of its table."""
    dates = [column for column in item.spec.columns if column.type == "date"]
    days = [column for column in item.spec.columns if column.type == "text" and is_day_of_week(column.label)]
    if len(dates) != 1 or len(days) != 1 or any(isinstance(rule.words, Weekdays) for rule in _rules(item, spec)):
        return
    for row in item.rows:
        date, text = row.cells[dates[0].name].value, row.cells[days[0].name].value
        said = day_named(text) if isinstance(text, str) else ""
        if isinstance(date, jdatetime.date) and said and not is_named(said, date):
            evidence = {"said": text, "date": shown(date, dates[0]), "day": name_of(date, said)}
            place = row.cells[days[0].name].place.within(column=days[0].name)
            yield problem("weekday-differs", place, label=days[0].shown, **evidence)


def _planned(item: FilledItem, spec: FormSpec) -> Iterator[Problem]:
    if item.spec.type == "date" and item.spec.is_asked and is_planned(item.spec.label):
        dates = ((item.value, item.place),) if isinstance(item.value, jdatetime.date) else ()
        for place, told in days_off(dates, item.place):
            yield problem("holiday", place, label=item.spec.shown, **told)
    ruled = {name for rule in _rules(item, spec) if isinstance(rule.words, Holidays) for name in rule.words.columns}
    for column in item.spec.columns:
        if column.type == "date" and column.name not in ruled and is_planned(column.label, item.spec.title):
            for place, told in days_off(_dates(item.rows, column), item.place.within(column=column.name)):
                yield problem("holiday", place, label=column.shown, **told)


def _dates(rows: Iterable[FilledRow], column: Column) -> Iterator[tuple[jdatetime.date, Place]]:
    for row in rows:
        cell = row.cells[column.name]
        if row.is_ordinary and not cell.computed and isinstance(cell.value, jdatetime.date):
            yield cell.value, cell.place.within(column=column.name)


def _rules(item: FilledItem, spec: FormSpec) -> Sequence[Rule]:
    return [rule for rule in spec.rules if rule.item == item.spec.name]
