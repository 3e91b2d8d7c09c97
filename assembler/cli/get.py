"""``assembler get CASE PLACE``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assembler.actions.get import AnswerView, answer_json, get_answer, get_form
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.console import show_json, with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import give


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
        if as_json:
            show_json(answer_json(found))
        else:
            give(found.text)
        return
    listed = get_form(case, place, settings)
    if as_json:
        show_json([answer_json(each) for each in listed])
    else:
        give("\n".join(map(_line, listed)))


def _line(found: AnswerView) -> str:
    """An item: its place, what it is called, its answer as JSON writes it; of a table how many rows it has."""
    value = "" if found.data is None else json.dumps(found.data, ensure_ascii=False)
    if found.type == "table" and isinstance(found.data, list):
        value = fill("{count} rows", count=len(found.data))
    return "\t".join([found.place, found.label.replace("\n", " "), value])
