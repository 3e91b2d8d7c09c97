"""``assembler forms`` and ``assembler forms show ID``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from assembler.actions.forms import condition_words, form_json, form_named, forms
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import show_json, with_settings
from assembler.cli.table import aligned
from assembler.model.remarks import field_remarks, head_remarks
from assembler.model.reports import Library
from assembler.model.sheets import Sheet
from assembler.model.specs import Expression, Field, FormSpec, Item

_ID = 28  # columns an identifier is given room for
Words = Callable[[Expression], str | None]


@click.group("forms", invoke_without_command=True)
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
        click.echo(f"{''.join(aligned([form.id], [_ID]))} {form.title}  ({_counts(form)})")


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
        click.echo(line)


def _lines(form: FormSpec, specs: Library) -> Iterator[str]:
    yield click.style(f"{form.title}  [{form.id}]", bold=True)
    yield f"{form.source.document} {'، '.join(form.source.clause)}"
    if form.source.note:
        yield form.source.note
    yield from (f"({words})" for words in head_remarks(form))
    for item in form.items:
        yield ""
        yield from _item_lines(item, condition_words(form, specs), condition_words(form, specs, item))
    for sheet in form.sheets:
        yield ""
        yield from _sheet_lines(sheet, form)
    for rule in form.rules:
        yield f"◆ {rule.kind}: {rule.message or rule.item}"


def _item_lines(item: Item, words: Words, words_inside: Words) -> Iterator[str]:
    yield f"● {item.shown}  [{item.name}: {item.type}]{'  *' if item.required else ''}"
    yield from (f"    {line}" for line in _details(item, words))
    for column in item.columns:
        heads = " › ".join(column.heads)
        yield f"    │ {heads}  [{column.name}: {column.type}]{'  *' if column.required else ''}"
        yield from (f"    │     {line}" for line in _details(column, words_inside))
    for row in item.rows:
        yield f"    ─ {row.name}: {' | '.join(row.cells.values())}"
    for footer in item.footer:
        expressions = [footer.calculation] if footer.calculation else list(footer.cells.values())
        yield f"    Σ {footer.label} = {'، '.join(expression.source for expression in expressions)}"


def _details(field: Field, words: Words) -> Iterator[str]:
    if field.hint:
        yield field.hint
    if field.choices:
        yield " / ".join(choice.label for choice in field.choices)
    yield from _conditions(field, words)
    if field.calculation:
        yield f"= {field.calculation.source}"
    if field.footnote:
        yield field.footnote
    yield from (f"({words})" for words in field_remarks(field))


def _conditions(field: Field, words: Words) -> Iterator[str]:
    relevant, required, constraint = field.relevant, field.required, field.constraint
    if relevant:
        yield f"{translate('applies when')}: {_said(relevant, words(relevant))}"
    if isinstance(required, Expression) and not (relevant and required.source == relevant.source):
        yield f"{translate('required when')}: {_said(required, words(required))}"
    if constraint and (words(constraint.test) or not constraint.message):
        yield f"{translate('must meet')}: {_said(constraint.test, words(constraint.test))}"
    elif constraint:
        yield f"{translate('told otherwise')}: {_said(constraint.test, constraint.message)}"


def _said(expression: Expression, words: str | None) -> str:
    """A condition in words, the expression behind them; the expression alone where there are no words."""
    return f"{words}  [{expression.source}]" if words else expression.source


def _sheet_lines(sheet: Sheet, form: FormSpec) -> Iterator[str]:
    """What the guidance prints together: each row by its label and those of its items."""
    yield f"▤ {sheet.shown}  [{sheet.name}]"
    yield from (f"    {line}" for line in filter(None, (" | ".join(sheet.heads), sheet.inferred)))
    for row in sheet.rows:
        labels = " | ".join(f"{form.item(name).shown}  [{name}]" for name in row.items)
        yield f"    ─ {': '.join(filter(None, (row.heading, row.label, labels)))}"
    yield from (f"    {note}" for note in sheet.notes)
