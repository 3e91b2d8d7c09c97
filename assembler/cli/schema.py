"""``assembler schema``."""

from __future__ import annotations

from pathlib import Path

import click

from assembler.actions.schema import schemas, write_schemas
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import show_json, with_settings
from assembler.cli.paths import NEW_FOLDER
from assembler.cli.say import give, say


@click.command("schema")
@click.argument("name", required=False)
@click.option("--out", type=NEW_FOLDER, help="Write all schemas into this folder.")
@with_settings
def command(name: str | None, out: Path | None, settings: Settings) -> None:
    """JSON Schemas of specifications and answer files, for editors.

    Without NAME, the names there are; with NAME (form, report, accepted, units, case-REPORT, answers-FORM), that
    schema.
    """
    found = schemas(settings)
    if out:
        write_schemas(found, out)
        say(fill("Schemas written into {folder}: {count}", count=len(found), folder=out))
    elif name is None:
        give("\n".join(found))
    elif name.replace("/", "-") in found:
        show_json(found[name.replace("/", "-")])
    else:
        raise click.BadParameter("، ".join(found), param_hint=translate("NAME"))
