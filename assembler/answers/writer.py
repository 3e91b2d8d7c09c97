"""Writes a form's answers as YAML that reads back equal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import jdatetime
import yaml

from assembler.model import AnsweredForm, AnsweredRow, Attachment, FormSpec, Item, Prose, ProseEntry, ProseList, Value


def form_to_yaml(answered: AnsweredForm, spec: FormSpec) -> str:
    """The answer file of a form: its items in the order of the spec, blanks left out."""
    data: dict[str, Any] = {} if spec.id == "case" else {"form": spec.id}
    for item in spec.items:
        if item.is_table:
            rows = answered.tables.get(item.name, ())
            if rows:
                data[item.name] = _table(item, rows)
        elif item.name in answered.values and answered.values[item.name].value is not None:
            data[item.name] = _plain(answered.values[item.name].value)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


def _table(item: Item, rows: tuple[AnsweredRow, ...]) -> Any:
    if item.rows:
        return {row.name: _cells(row) for row in rows}
    return [{"group": _cells(row)} if row.group else _cells(row) for row in rows]


def _cells(row: AnsweredRow) -> dict[str, Any]:
    return {name: _plain(answer.value) for name, answer in row.cells.items() if answer.value is not None}


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, jdatetime.date):
        return f"{value.year:04d}/{value.month:02d}/{value.day:02d}"
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Attachment):
        return value.name
    if isinstance(value, Prose):
        return [block if isinstance(block, str) else _list(block) for block in value.blocks]
    return value


def _list(listed: ProseList) -> dict[str, Any]:
    return {listed.kind: [_entry(entry) for entry in listed.entries]}


def _entry(entry: ProseEntry) -> Any:
    if not entry.lists:
        return entry.text
    lists = {listed.kind: [_entry(each) for each in listed.entries] for listed in entry.lists}
    return {"text": entry.text} | lists
