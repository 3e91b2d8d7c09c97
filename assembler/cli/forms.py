"""``assembler forms``, ``assembler forms show ID`` and ``assembler forms diff OLD NEW``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import click

from assembler.actions.editions import compare_editions, editions_json
from assembler.actions.forms import Question, condition_words, form_json, form_named, forms, questions
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import show_json, with_settings
from assembler.cli.editions import lines
from assembler.cli.say import say
from assembler.cli.spoken import Group
from assembler.cli.table import aligned
from assembler.model.remarks import head_remarks
from assembler.model.reports import Library
from assembler.model.sheets import Sheet
from assembler.model.specs import Expression, Field, FormSpec, Item
from assembler.model.tables import PrintedRow

_ID = 28  # columns an identifier is given room for
Words = Callable[[Expression], str | None]
Questions = Mapping[tuple[str, str], Question]


@click.group("forms", cls=Group, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="All forms, fully resolved.")
@with_settings
@click.pass_context
def command(context: click.Context, as_json: bool, settings: Settings) -> None:
    """List the forms: identifier, title, how many questions, tables and sheets."""
    found = forms(settings)
    context.obj = found
    if context.invoked_subcommand:
        return
    if as_json:
        show_json([form_json(form) for form in found.forms.values()])
        return
    for form in found.forms.values():
        say(f"{''.join(aligned([form.id], [_ID]))} {form.title}  ({_counts(form)})")


def _counts(form: FormSpec) -> str:
    tables, sheets = sum(item.is_table for item in form.items), len(form.sheets)
    items = len(form.items) - tables
    if not sheets:
        return fill("items: {items}, tables: {tables}", items=items, tables=tables)
    return fill("items: {items}, tables: {tables}, sheets: {sheets}", items=items, tables=tables, sheets=sheets)


@command.command("show")
@click.argument("form")
@click.pass_obj
def show(found: Library, form: str) -> None:
    """Print one form readably."""
    for line in _lines(form_named(form, found), found):
        say(line)


@command.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="One object instead of lines.")
@click.pass_obj
def diff(found: Library, old: str, new: str, as_json: bool) -> None:
    """Show what became of each form and question from one edition of a report to the next, or of one form."""
    sides = compare_editions(old, new, found)
    if as_json:
        show_json(editions_json(sides))
        return
    for line in lines(sides):
        say(line)


def _lines(form: FormSpec, specs: Library) -> Iterator[str]:
    yield click.style(f"{form.title}  [{form.id}]", bold=True)
    yield f"{form.source.document} {'، '.join(form.source.clause)}"
    if form.source.note:
        yield form.source.note
    yield from (f"({words})" for words in head_remarks(form))
    if form.was:
        yield fill("In the edition before: {name}", name=form.was)
    asked = questions(form, specs)
    for item in form.items:
        words, words_inside = condition_words(form, specs), condition_words(form, specs, item)
        yield ""
        yield from _item_lines(item, asked, words, words_inside)
    for sheet in form.sheets:
        yield ""
        yield from _sheet_lines(sheet, form)
    for rule in form.rules:
        yield f"◆ {rule.kind}: {rule.message or rule.item}"


def _item_lines(item: Item, asked: Questions, words: Words, words_inside: Words) -> Iterator[str]:
    yield f"● {item.shown}  [{item.name}: {item.type}]{'  *' if item.required else ''}"
    yield from (f"    {line}" for line in _details(item, asked[item.name, ""], words))
    for column in item.columns:
        question = asked[item.name, column.name]
        yield f"    │ {question.label}  [{column.name}: {column.type}]{'  *' if column.required else ''}"
        yield from (f"    │     {line}" for line in _details(column, question, words_inside))
    for row in item.rows:
        yield from _row_lines(row)
    for footer in item.footer:
        expressions = [footer.calculation] if footer.calculation else list(footer.cells.values())
        yield f"    Σ {footer.label} = {'، '.join(expression.source for expression in expressions)}"


def _row_lines(row: PrintedRow) -> Iterator[str]:
    """A printed row: what stands in it, what it reckons, what is closed in it."""
    yield f"    ═ {row.heading}" if row.heading else f"    ─ {row.name}: {' | '.join(row.cells.values())}"
    together: dict[str, list[str]] = {}
    for name, expression in row.calculations.items():
        together.setdefault(expression.source, []).append(name)
    yield from (f"        {'، '.join(names)} = {source}" for source, names in together.items())
    if row.was:
        yield f"        {fill('In the edition before: {name}', name=row.was)}"
    if row.closed:
        yield f"        {translate('closed')}: {'، '.join(sorted(row.closed))}"


def _details(field: Field, asked: Question, words: Words) -> Iterator[str]:
    yield from filter(None, (asked.kind, *asked.helps))
    if asked.choices or asked.marks:
        yield " / ".join((*(f"{choice.code} {choice.label}".strip() for choice in asked.choices), *asked.marks))
    yield from filter(None, (*asked.rows, asked.taken_over))
    yield from _conditions(field, asked, words)
    if field.calculation:
        yield f"= {field.calculation.source}"
    if field.was:
        yield fill("In the edition before: {name}", name=field.was)
    yield from (f"({words})" for words in asked.notes)


def _conditions(field: Field, asked: Question, words: Words) -> Iterator[str]:
    relevant, required, constraint = asked.asked_when, asked.required_when, field.constraint
    if relevant:
        yield f"{translate('applies when')}: {_said(relevant.source, relevant.words)}"
    if required and required != relevant:
        yield f"{translate('required when')}: {_said(required.source, required.words)}"
    if constraint and (words(constraint.test) or not constraint.message):
        yield f"{translate('must meet')}: {_said(constraint.test.source, words(constraint.test))}"
    elif constraint:
        yield f"{translate('told otherwise')}: {_said(constraint.test.source, constraint.message)}"


def _said(source: str, words: str | None) -> str:
    """A condition in words, the expression behind them; the expression alone where there are no words."""
    return f"{words}  [{source}]" if words else source


def _sheet_lines(sheet: Sheet, form: FormSpec) -> Iterator[str]:
    """What the guidance prints together: each row by its label and those of its items."""
    yield f"▤ {sheet.shown}  [{sheet.name}]"
    yield from (f"    {line}" for line in filter(None, (" | ".join(sheet.heads), sheet.inferred)))
    for row in sheet.rows:
        labels = " | ".join(f"{form.item(name).shown}  [{name}]" for name in row.items)
        yield f"    ─ {': '.join(filter(None, (row.heading, row.label, labels)))}"
    yield from (f"    {note}" for note in sheet.notes)
