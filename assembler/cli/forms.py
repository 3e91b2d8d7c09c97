"""``assembler forms`` and ``assembler forms show ID``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from assembler.base.messages import fill, translate
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.cli.console import with_settings
from assembler.model.reports import Library
from assembler.model.specs import Column, Expression, Field, FormSpec, Item, Rule
from assembler.pipeline import library


@click.group("forms", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="All forms, fully resolved.")
@with_settings
@click.pass_context
def command(context: click.Context, as_json: bool, settings: Settings) -> None:
    """List the forms: identifier, title, how many questions and tables."""
    found = library(settings)
    context.obj = found
    if context.invoked_subcommand:
        return
    if as_json:
        click.echo(json.dumps([form_json(form) for form in found.forms.values()], ensure_ascii=False, indent=2))
        return
    for form in found.forms.values():
        tables = sum(item.is_table for item in form.items)
        counts = fill("items: {items}, tables: {tables}", items=len(form.items) - tables, tables=tables)
        click.echo(f"{form.id:<28} {form.title}  ({counts})")


@command.command("show")
@click.argument("form")
@click.pass_obj
def show(found: Library, form: str) -> None:
    """Print one form readably."""
    if form not in found.forms:
        raise AssemblerError([problem("unknown-form", name=form, guess=guess(form, found.forms))], ExitCode.USAGE)
    for line in _lines(found.forms[form]):
        click.echo(line)


def _lines(form: FormSpec) -> Iterator[str]:
    yield click.style(f"{form.title}  [{form.id}]", bold=True)
    yield f"{form.source.document} {'، '.join(form.source.clause)}"
    if form.inferred:
        yield f"({form.inferred})"
    for item in form.items:
        yield ""
        yield from _item_lines(item)
    for rule in form.rules:
        yield f"◆ {rule.kind}: {rule.message or rule.item}"


def _item_lines(item: Item) -> Iterator[str]:
    yield f"● {item.shown}  [{item.name}: {item.type}]{'  *' if item.required else ''}"
    yield from (f"    {line}" for line in _details(item))
    for column in item.columns:
        heads = " › ".join(column.heads)
        yield f"    │ {heads}  [{column.name}: {column.type}]{'  *' if column.required else ''}"
        yield from (f"    │     {line}" for line in _details(column))
    for row in item.rows:
        yield f"    ─ {row.name}: {' | '.join(row.cells.values())}"
    for footer in item.footer:
        expressions = [footer.calculation] if footer.calculation else list(footer.cells.values())
        yield f"    Σ {footer.label} = {'، '.join(expression.source for expression in expressions)}"


def _details(field: Field) -> Iterator[str]:
    if field.hint:
        yield field.hint
    if field.choices:
        yield " / ".join(choice.label for choice in field.choices)
    if field.relevant:
        yield f"{translate('applies when')}: {field.relevant.source}"
    if field.constraint:
        yield f"{translate('must meet')}: {field.constraint.test.source}"
    if field.calculation:
        yield f"= {field.calculation.source}"
    yield from filter(None, (field.footnote, field.inferred, field.doubt))


# ---------------------------------------------------------------- JSON


def form_json(form: FormSpec) -> dict[str, Any]:
    """A form fully resolved: extended items in place, choices spelled out, columns with their groups."""
    return {
        "id": form.id,
        "title": form.title,
        "source": {"document": form.source.document, "clause": list(form.source.clause), "note": form.source.note},
        "legal": list(form.legal),
        "inferred": form.inferred,
        "items": [_item_json(item) for item in form.items],
        "rules": [_rule_json(rule) for rule in form.rules],
    }


def _rule_json(rule: Rule) -> dict[str, Any]:
    severity = str(rule.severity) if rule.severity else None
    shared = {"kind": rule.kind, "item": rule.item or None, "message": rule.message, "severity": severity}
    words = rule.words.given().items()
    return shared | {word: value.source if isinstance(value, Expression) else value for word, value in words}


def _item_json(item: Item) -> dict[str, Any]:
    shared = _field_json(item)
    if not item.is_table:
        return shared
    return shared | {
        "caption": item.caption,
        "heading": item.heading,
        "columns": [_column_json(column) for column in item.columns],
        "rows": [{"name": row.name, "cells": dict(row.cells)} for row in item.rows],
        "group_rows": list(item.group_rows.columns) if item.group_rows else [],
        "footer": [
            {
                "label": row.label,
                "calculation": _source(row.calculation),
                "cells": {name: expression.source for name, expression in row.cells.items()},
            }
            for row in item.footer
        ],
        "notes": list(item.notes),
        "page": item.page,
    }


def _column_json(column: Column) -> dict[str, Any]:
    return _field_json(column) | {"groups": list(column.group), "merge": column.merge}


def _field_json(field: Field) -> dict[str, Any]:
    constraint = field.constraint
    return {
        "name": field.name,
        "type": field.type,
        "label": field.label,
        "hint": field.hint,
        "required": _source(field.required) if isinstance(field.required, Expression) else field.required,
        "relevant": _source(field.relevant),
        "constraint": constraint
        and {"test": constraint.test.source, "message": constraint.message, "severity": str(constraint.severity)},
        "calculation": _source(field.calculation),
        "default": field.default,
        "appearance": list(field.appearance),
        "choices": [{"name": choice.name, "label": choice.label} for choice in field.choices],
        "marks": list(field.marks),
        "format": field.format,
        "footnote": field.footnote,
        "inferred": field.inferred,
        "doubt": field.doubt,
    }


def _source(expression: Expression | None) -> str | None:
    return expression.source if expression else None
