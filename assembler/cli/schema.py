"""``assembler schema``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assembler.answers import accepted_schema, units_schema
from assembler.base.messages import fill
from assembler.base.settings import Settings
from assembler.cli.console import with_settings
from assembler.pipeline import library
from assembler.specs import schemas


@click.command("schema")
@click.argument("name", required=False)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write all schemas into this folder.")
@with_settings
def command(name: str | None, out: Path | None, settings: Settings) -> None:
    """JSON Schemas of specifications and answer files, for editors.

    Without NAME, the names there are; with NAME (form, report, accepted, units, case-REPORT, answers-FORM), that
    schema.
    """
    read = library(settings)
    found = {**schemas(read), "accepted": accepted_schema(), "units": units_schema(read)}
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for each, schema in found.items():
            (out / f"{each}.schema.json").write_text(_text(schema) + "\n", encoding="utf-8")
        click.echo(fill("Schemas written into {folder}: {count}", count=len(found), folder=out))
    elif name is None:
        click.echo("\n".join(found))
    elif name.replace("/", "-") in found:
        click.echo(_text(found[name.replace("/", "-")]))
    else:
        raise click.BadParameter("، ".join(found), param_hint="NAME")


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2)
