"""``assembler set CASE PLACE VALUE``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from assembler.actions.open_case import (
    OpenCase,
    open_case,
    problems_at,
    refuse_unanswerable,
    spot_at,
    with_answer,
    without_row,
)
from assembler.base.messages import fill, translate
from assembler.base.problems import Place, Problem
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, show_problems, with_settings
from assembler.collect.files.typed import typed_value
from assembler.model.answers import AnsweredForm
from assembler.records.lock import case_lock

_OPTIONS = {"ignore_unknown_options": True}  # a value may begin with a hyphen, as -5 does


_OPTION = re.compile(r"--[a-z]")


@click.command("set", context_settings=_OPTIONS)
@click.argument("case", type=FOLDER)
@click.argument("place")
@click.argument("value", required=False)
@click.option("--blank", is_flag=True, help="Clear the answer, as an empty VALUE does.")
@click.option("--delete", "deleted", is_flag=True, help="Delete the row at PLACE.")
@with_settings
def command(
    case: Path,
    place: str,
    value: str | None,
    blank: bool,
    deleted: bool,
    settings: Settings,
) -> None:
    """Change one answer. PLACE is form.item, form.item:row.column or case.field; VALUE is what the file would hold.

    Choices may be given by their labels, files by their paths: they are copied into attachments/. The row behind the
    last one, also written «+», is a new one. What a rule says of the new answer is shown; it is written all the same.
    """
    if value and _OPTION.match(value):  # a mistyped option must not become an answer
        raise click.NoSuchOption(value)
    if (value is not None) + blank + deleted != 1:
        raise click.UsageError("Give either VALUE or --blank or --delete.")
    with case_lock(case, "set"):
        opened = open_case(case, settings)
        after, where, remarks = _changed(opened, place, None if deleted else value or "")
        path = opened.save(after)
        found = (*remarks, *problems_at(opened.reread().judged().problems, where))
    _tell(path, found)


def _changed(opened: OpenCase, typed_place: str, typed: str | None) -> tuple[AnsweredForm, Place, tuple[Problem, ...]]:
    """The form as it shall be, the place that changes in it, and what reading the value remarked."""
    spot = spot_at(opened, typed_place)
    if typed is None:
        return without_row(opened, spot), Place(form=spot.spec.id, item=spot.item.name), ()
    refuse_unanswerable(spot)
    read = typed_value(typed, spot.field, spot.place, opened.case.folder)
    return with_answer(opened, spot, read.value), spot.place, read.problems


def _tell(path: Path | None, found: tuple[Problem, ...]) -> None:
    told = translate("The answer was the same; nothing was written.")
    click.echo(fill("Written: {path}", path=path) if path else told)
    if found:
        show_problems(found)
