"""``assembler get CASE PLACE``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assembler.actions.get import get_answer, get_form
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, with_settings


@click.command("get")
@click.argument("case", type=FOLDER)
@click.argument("place")
@click.option("--json", "as_json", is_flag=True, help="With label and type, and whether it is calculated.")
@with_settings
def command(case: Path, place: str, as_json: bool, settings: Settings) -> None:
    """Print the answer at PLACE, form.item, form.item:row.column or case.field, as a file would hold it.

    What is calculated is printed too. Of a form alone, its items are listed with their answers.
    """
    if "." in place or ":" in place:
        found = get_answer(case, place, settings)
        click.echo(_json(found.as_json()) if as_json else found.text)
        return
    listed = [each.as_json() for each in get_form(case, place, settings)]
    click.echo(_json(listed) if as_json else "\n".join(map(_line, listed)))


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _line(found: dict[str, object]) -> str:
    """An item: its place, what it is called, its answer as JSON writes it; of a table how many rows it has."""
    told = found["value"]
    value = "" if told is None else json.dumps(told, ensure_ascii=False)
    if found["type"] == "table" and isinstance(told, list):
        value = fill("{count} rows", count=len(told))
    return "\t".join([str(found["place"]), str(found["label"]).replace("\n", " "), value])
