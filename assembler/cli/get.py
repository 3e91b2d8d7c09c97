"""``assembler get CASE PLACE``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from assembler.actions.open_case import OpenCase, Spot, form_at, open_case, problems_at, spot_at
from assembler.answers.writer import block_text, plain_value
from assembler.base.messages import fill
from assembler.base.problems import AssemblerError, ExitCode, has_errors
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, with_settings
from assembler.model.acceptances import place_text
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.specs import Field


@click.command("get")
@click.argument("case", type=FOLDER)
@click.argument("place")
@click.option("--json", "as_json", is_flag=True, help="With label and type, and whether it is calculated.")
@with_settings
def command(case: Path, place: str, as_json: bool, settings: Settings) -> None:
    """Print the answer at PLACE, form.item, form.item:row.column or case.field, as a file would hold it.

    What is calculated is printed too. Of a form alone, its items are listed with their answers.
    """
    opened = open_case(case, settings)
    if "." not in place and ":" not in place:
        form = opened.judged().forms[form_at(opened, place).id]
        found = [_object(Spot(form.spec, item.spec), form) for item in form.items.values() if item.spec.type != "note"]
        click.echo(_json(found) if as_json else "\n".join(_lines(found)))
        return
    spot = spot_at(opened, place)
    _refuse_unread(opened, spot)
    told = _object(spot, opened.judged().forms[spot.spec.id])
    click.echo(_json(told) if as_json else _plain(told["value"]))


def _refuse_unread(opened: OpenCase, spot: Spot) -> None:
    """An answer that cannot be read is not blank."""
    found = problems_at(opened.problems, spot.place)
    if has_errors(found):
        raise AssemblerError(found, ExitCode.ANSWERS)


def _object(spot: Spot, form: FilledForm) -> dict[str, Any]:
    """What is known of an answer: exactly these keys."""
    item = form.items[spot.item.name]
    value, calculated = _value(spot, item)
    field = spot.field
    return {
        "place": place_text(spot.place),
        "label": field.shown,
        "type": field.type,
        "value": value,
        "calculated": calculated,
        "relevant": item.relevant,
    }


def _value(spot: Spot, item: FilledItem) -> tuple[Any, bool]:
    """The value as plain data, and whether it is calculated."""
    if not spot.item.is_table:
        return _data(item.value), _is_calculated(spot.item)
    if spot.row is None:
        rows = [_row(row) for row in item.rows]
        return rows or None, item.prefilled
    row = _row_of(item, spot)
    if spot.column is None:
        return None if row is None else _row(row), item.prefilled
    cell = row.cells.get(spot.column.name) if row else None
    return (_data(cell.value), cell.computed) if cell else (None, _is_calculated(spot.column))


def _row_of(item: FilledItem, spot: Spot) -> FilledRow | None:
    """The row of a place; of printed ones by its name, as blank ones stand in no file."""
    if spot.item.rows and spot.row:
        name = spot.item.rows[spot.row - 1].name
        return next((row for row in item.rows if row.name == name), None)
    return item.row_at(spot.row)


def _is_calculated(field: Field) -> bool:
    return field.type == "calculate" or field.calculation is not None


def _row(row: FilledRow) -> Mapping[str, Any]:
    return {name: _data(cell.value) for name, cell in row.cells.items() if cell.value is not None}


def _data(value: Value) -> Any:
    return None if value is None else plain_value(value)


# ---------------------------------------------------------------- printing


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _plain(data: Any) -> str:
    """A value for scripts: a text as it is, a list of texts line by line, all else as YAML."""
    if data is None:
        return ""
    if isinstance(data, list) and all(isinstance(each, str) for each in data):
        return "\n".join(data)
    return block_text(data).removesuffix("\n") if isinstance(data, list | dict) else str(data)


def _lines(found: list[dict[str, Any]]) -> Iterator[str]:
    """A line an item: its place, what it is called, its answer as JSON writes it; of a table how many rows it has."""
    for each in found:
        value = "" if each["value"] is None else json.dumps(each["value"], ensure_ascii=False)
        if each["type"] == "table" and each["value"]:
            value = fill("{count} rows", count=len(each["value"]))
        yield "\t".join([each["place"], each["label"].replace("\n", " "), value])
