"""Writes a form's answers as YAML that reads back equal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import jdatetime
import yaml

from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Prose, ProseEntry, ProseList, Value
from assembler.model.specs import FormSpec, Item
from assembler.model.types import Worded

_WIDTH = 110
_ENDLESS = 10**9
_SIGNS = (": ", " #")


class _Dumper(yaml.SafeDumper):
    """Writes what people will go on editing: lines under lines, lists indented, «yes» and «no» as they are typed."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """Several lines stay lines; a long text, or one with signs of YAML in it, is folded instead of quoted."""
    folded = ">" if len(text) > _WIDTH or any(sign in f"{text} " for sign in _SIGNS) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else folded)


_Dumper.add_representer(str, _text)
# Our reader takes every scalar for a text; only what looks like a blank or a number stays quoted.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


class _OneLine(_Dumper):
    """Writes texts of several lines in one, their breaks spelled out."""


_OneLine.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if "\n" in text else None),
)


def form_to_yaml(answered: AnsweredForm, spec: FormSpec) -> str:
    """The answer file of a form: its items in the order of the spec, blanks left out."""
    data: dict[str, Any] = {} if spec.id == "case" else {"form": spec.id}
    for item in spec.items:
        data |= _item(answered, item)
    return block_text(data)


def item_to_yaml(answered: AnsweredForm, item: Item) -> str:
    """The lines of one item with its answer; «» when it is blank."""
    data = _item(answered, item)
    return block_text(data) if data else ""


def value_to_yaml(name: str, value: Value, calendar: str = "") -> str:
    """The lines of one value under its key."""
    return block_text({name: plain_value(value, calendar)})


def block_text(data: Any) -> str:
    """Plain data as lines under lines."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def flow_text(data: Any) -> str:
    """Plain data in one line, as it stands between brackets."""
    text = yaml.dump(
        [data], Dumper=_OneLine, allow_unicode=True, sort_keys=False, width=_ENDLESS, default_flow_style=True
    )
    return text.strip()[1:-1]


def _item(answered: AnsweredForm, item: Item) -> dict[str, Any]:
    if item.is_table:
        rows = answered.tables.get(item.name, ())
        return {item.name: plain_rows(item, rows)} if rows else {}
    value = answered.values[item.name].value if item.name in answered.values else None
    return {} if value is None else {item.name: plain_value(value, item.calendar)}


def plain_rows(item: Item, rows: tuple[AnsweredRow, ...]) -> Any:
    """The rows of a table as plain data: printed ones by name, others one after the other."""
    if item.rows:
        return {row.name: plain_cells(row, item.calendar) for row in rows}
    cells = [plain_cells(row, item.calendar) for row in rows]
    return [{"group": each} if row.group else each for row, each in zip(rows, cells, strict=True)]


def plain_cells(row: AnsweredRow, calendar: str = "") -> dict[str, Any]:
    """The cells of a row that hold something; see ``plain_value``."""
    said = {name: answer.value for name, answer in row.cells.items()}
    return {name: plain_value(value, calendar) for name, value in said.items() if value is not None}


def plain_value(value: Value, calendar: str = "") -> Any:
    """A value as plain data: texts, whole numbers, lists and mappings; dates in the calendar of their field, which is
    «gregorian», or «» for the Jalali one.
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Worded):
        return str(value)
    if isinstance(value, jdatetime.date):
        day = value.togregorian() if calendar == "gregorian" else value
        return f"{day.year:04d}/{day.month:02d}/{day.day:02d}"
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
