"""``assembler confirm CASE [FORM]...``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.actions.confirm import CarriedForm, confirm, waiting_forms
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import say
from assembler.model.carried import ONLY_ALIKE
from assembler.model.filled import FilledItem
from assembler.model.names import short_name
from assembler.model.values import shown


@click.command("confirm")
@click.argument("case", type=FOLDER)
@click.argument("forms", metavar="[FORM]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All forms, and the fields of the case.")
@with_settings
def command(case: Path, forms: tuple[str, ...], everything: bool, settings: Settings) -> None:
    """Confirm answers that were taken over from another case: they were looked at, and still hold.

    Without FORM and --all the answers that wait are listed. The fields of case.yaml are the form «case».
    """
    if forms and everything:
        raise click.UsageError(translate("Give either FORM or --all."))
    if not forms and not everything:
        _list(waiting_forms(case, settings))
        return
    done = confirm(case, forms, settings)
    for found in done:
        say(fill("Confirmed: {title} ({count})", title=found.title, count=len(found.answers)))
    if not done:
        say(translate("Nothing waits to be confirmed."))


def _list(waiting: tuple[CarriedForm, ...]) -> None:
    """What waits, an answer a line below the name of its form."""
    for found in waiting:
        say(click.style(f"{found.title} [{found.form}]", bold=True))
        for item in found.answers:
            say(f"  {_line(item)}")
            if item.spec.name in found.alike:
                say(f"    {ONLY_ALIKE}")
    if not waiting:
        say(translate("Nothing waits to be confirmed."))
        return
    count = sum(len(found.answers) for found in waiting)
    say(fill("To be confirmed: {count}", count=count))


def _line(item: FilledItem) -> str:
    rows = sum(row.is_ordinary for row in item.rows)
    value = fill("{count} rows", count=rows) if item.spec.is_table else short_name(shown(item.value, item.spec))
    return f"{short_name(item.spec.shown)}: {value}"
