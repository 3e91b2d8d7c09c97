"""``assembler persons CASE [NAME]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from assembler.actions.persons import delete_person, register, set_person
from assembler.base.messages import fill, translate
from assembler.cli.console import show_problems
from assembler.cli.paths import FOLDER
from assembler.cli.say import say
from assembler.cli.table import aligned, widths
from assembler.model.persons import Person


@click.command("persons")
@click.argument("case", type=FOLDER)
@click.argument("name", required=False)
@click.option("--title", help="What stands before the name in letters: «جناب آقای».")
@click.option("--post", help="The post, as letters write it; one that says the post alone goes to this person.")
@click.option("--delete", "deleted", is_flag=True, help="Take NAME out.")
def command(case: Path, name: str | None, title: str | None, post: str | None, deleted: bool) -> None:
    """List the persons letters go to; with NAME add one, or change a title or post.

    They are kept in persons.yaml of the case. NAME is without a title.
    """
    changes = title is not None or post is not None
    if name is None and (changes or deleted):
        raise click.UsageError(translate("--title, --post and --delete need NAME."))
    if deleted and changes:
        raise click.UsageError(translate("--delete goes with NAME alone."))
    if name is None:
        _list(case)
        return
    before, after = delete_person(case, name) if deleted else set_person(case, name, title, post)
    if before:
        say(fill("Until now: {text}", text=before))
    if after:
        say(fill("From now on: {text}", text=after))
    if not before and not after:
        say(translate("It was the same; nothing was written."))


def _list(case: Path) -> None:
    found = register(case)
    for line in _lines(found.persons):
        say(line)
    if found.problems:
        show_problems(found.problems)
    elif not found.persons:
        say(translate("No person is known yet; add one by NAME, --title and --post."))


def _lines(persons: Sequence[Person]) -> Iterator[str]:
    cells = [(one.title, one.name) for one in persons]
    rooms = widths(cells)
    for person, own in zip(persons, cells, strict=True):
        yield "  ".join(("", *aligned(own, rooms), person.post)).rstrip()
