"""``assembler new-report FOLDER``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.actions.new_report import NewReport, new_report
from assembler.base.commands import as_typed
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.cli.paths import NEW_FOLDER
from assembler.cli.say import say


@click.command("new-report")
@click.argument("folder", type=NEW_FOLDER)
@click.option("--name", default="", help="What it is called: a-z, 0-9 and -; made of the folder's when left out.")
@click.option("--with-templates", is_flag=True, help="Copy the Word templates into it too, to restyle them.")
@with_settings
def command(folder: Path, name: str, with_templates: bool, settings: Settings) -> None:
    """Start a report of your own in a new FOLDER: a form, the report, a letter, and a sample case that builds at once.

    The files explain themselves, in the language of --lang. What they say is an example: change it to your circular's.
    """
    _tell(new_report(folder, settings, name, templates=with_templates))


def _tell(made: NewReport) -> None:
    say(fill("Report «{name}» started in {folder}:", name=made.name, folder=made.folder))
    for path in made.files:
        say(f"  {path}")
    say(translate("Go on with these, then change the files to what your circular says:"))
    case = as_typed(str(made.case))
    say(f"  cd {as_typed(str(made.folder))}")
    for line in (f"check {case}", f"build {case}", "words"):
        say(f"  assembler {line}")
