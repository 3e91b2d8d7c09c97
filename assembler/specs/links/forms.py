"""Names within forms: expressions, rules, sheets, scores, questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.specs import Expression, Field, FormSpec, Item
from assembler.specs.links.circles import circles
from assembler.specs.links.names import Names, check_expression, check_item, check_text, item_of, unknown
from assembler.specs.links.rules import check_rule


def check_forms(
    forms: Mapping[str, FormSpec], broken: frozenset[str] = frozenset(), lent: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Unknown names in the expressions of all forms but those only ``lent`` to others, then circles."""
    sound = not broken
    for form in (form for form in forms.values() if form.id not in lent):
        for found in check_form(form, Names(forms, form, broken=broken)):
            sound = False
            yield found
    if sound:
        yield from circles(forms)


def check_form(form: FormSpec, names: Names) -> Iterator[Problem]:
    if form.id in names.broken:
        return
    summing = replace(names, so_far="periods" if names.case and not names.periods else "")
    for item in form.items:
        for expression in _expressions(item):
            yield from check_expression(expression, summing)
        in_row = replace(
            summing, columns=item.columns, table=item.name, so_far=summing.so_far or ("" if item.rows else "rows")
        )
        for column in item.columns:
            for expression in _expressions(column):
                yield from check_expression(expression, in_row)
        for told in {id(each): each for printed in item.rows for each in printed.calculations.values()}.values():
            rows = tuple(printed.name for printed in item.rows if not printed.heading)
            yield from check_expression(told, replace(in_row, rows=rows))
        for row in item.footer:
            for expression in (*([row.calculation] if row.calculation else []), *row.cells.values()):
                yield from check_expression(expression, summing)
        yield from _check_entry(item, names)
        yield from _check_prefill(item, names)
    yield from _check_sheets(form)
    yield from _check_layout(form)
    yield from _check_scoring(form, names)
    yield from _check_survey(form, names)
    yield from _check_summary(form, names)
    for rule in form.rules:
        for expression in rule.words.expressions:
            yield from check_expression(expression, names)
        yield from check_text(rule.message, rule.place, names)
        yield from check_rule(rule, form, names)


def _check_entry(item: Item, names: Names) -> Iterator[Problem]:
    if item.entry:
        yield from check_text(item.entry, item.place, replace(names, row=item))


def _check_prefill(item: Item, names: Names) -> Iterator[Problem]:
    """The tables rows come from, and the columns taken from them."""
    if item.prefill is None:
        return
    for source in item.prefill.sources:
        yield from check_item(source, ("table",), item.prefill.place, names)
        table = item_of(source, names.forms)
        if table is None:
            continue
        columns = [column.name for column in table.columns]
        for name in item.prefill.cells.values():
            if name not in columns:
                near, known = guess(name, columns), listed(columns)
                yield problem("unknown-item", item.prefill.place, name=name, shape=source, guess=near, known=known)
        if item.prefill.when:
            owner = names.forms[source.rpartition(".")[0]]
            yield from check_expression(item.prefill.when, replace(names, own=owner, columns=table.columns))


def _check_layout(form: FormSpec) -> Iterator[Problem]:
    """A table of a printed form is one, and stands in a row of its own."""
    for row in form.layout:
        for cell in (each for each in row if each.table):
            found = form.by_name.get(cell.item)
            if found is not None and not found.is_table:
                yield problem("wrong-item-kind", form.place, name=cell.item, found=found.type, expected="table")
            if len(row) > 1:
                yield problem("word-unfit", form.place, name=f"table: {cell.item}", shape="layout")


def _check_sheets(form: FormSpec) -> Iterator[Problem]:
    """Every item of a sheet is an item of the form and no table; one asked in several stands in each of them."""
    items = {item.name: item for item in form.items}
    for sheet in form.sheets:
        for name in sheet.items:
            if name not in items:
                near = guess(name, items)
                yield problem(
                    "unknown-item", sheet.place, name=name, shape=sheet.name, guess=near, known=listed([*items])
                )
            elif items[name].is_table:
                yield problem("wrong-item-kind", sheet.place, name=name, found="table", expected="value")


def _check_scoring(form: FormSpec, names: Names) -> Iterator[Problem]:
    """What the rules of a score sheet name: their expressions, the items they need, the choice they go by."""
    if form.scoring is None:
        return
    if form.scoring.applies:
        yield from check_expression(form.scoring.applies, names)
    items = {item.name: item for item in form.items}
    for row in form.scoring.rows:
        for found in (row.rule.value, row.rule.target):
            if found:
                yield from check_expression(found, names)
        for text in (row.rule.shows, row.rule.unit):
            yield from check_text(text, row.place, names)
        needed = (name for band in row.rule.bands for name in band.needs)
        yield from unknown((*needed, *filter(None, [row.rule.level])), items, form.id, row.place)
        if row.rule.level in items:
            choices = [choice.name for choice in items[row.rule.level].choices]
            yield from unknown(row.rule.shares, choices, row.rule.level, row.place)


def _check_survey(form: FormSpec, names: Names) -> Iterator[Problem]:
    """The parts a questionnaire names, and that its results have a column for every level."""
    survey = form.survey
    if survey is None:
        return
    items = {item.name: item for item in form.items}
    named = (survey.questions, survey.response, survey.service, survey.period, survey.comment, *survey.headers)
    yield from unknown(filter(None, named), items, form.id, survey.place)
    table = items.get(survey.questions)
    if table is None:
        return
    columns = {column.name: column for column in table.columns}
    told = (survey.number, survey.question, survey.level, survey.group)
    yield from unknown(filter(None, told), columns, table.name, survey.place)
    yield from unknown(survey.inverted, [row.name for row in table.rows], table.name, survey.place)
    levels = [choice.name for choice in columns[survey.level].choices] if survey.level in columns else []
    yield from unknown(survey.numbers, levels, survey.level, survey.place)
    if survey.results not in names.forms:
        near = guess(survey.results, names.forms)
        yield problem("unknown-form", survey.place, name=survey.results, guess=near)
        return
    results = next((item for item in names.forms[survey.results].items if item.name == "questions"), None)
    counted = [column.name for column in results.columns] if results else []
    if survey.results not in names.broken:
        yield from unknown((*levels, "answered"), counted, f"{survey.results}.questions", survey.place)


def _check_summary(form: FormSpec, names: Names) -> Iterator[Problem]:
    if form.summary:
        yield from check_expression(form.summary.status, names)
        for text in (form.summary.figure, form.summary.reason):
            yield from check_text(text, form.summary.status.place, names)


def _expressions(field: Field) -> Iterator[Expression]:
    for found in (field.required, field.relevant, field.calculation, field.constraint and field.constraint.test):
        if isinstance(found, Expression):
            yield found
