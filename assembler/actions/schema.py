"""JSON Schemas of specifications and answer files, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from assembler.answers import accepted_schema, persons_schema, units_schema
from assembler.base.files import writing
from assembler.base.settings import Settings
from assembler.pipeline import library
from assembler.specs.schema import schemas as schemas_of

__all__ = ["schemas", "write_schemas"]


def schemas(settings: Settings) -> Mapping[str, object]:
    """All schemas by name: form, report, accepted, units, persons, case-REPORT, answers-FORM.

    Raises AssemblerError when a specification is broken.
    """
    specs = library(settings)
    beside = {"accepted": accepted_schema(), "units": units_schema(specs), "persons": persons_schema()}
    return {**schemas_of(specs), **beside}


def write_schemas(found: Mapping[str, object], folder: Path) -> None:
    """Writes each schema into a file of a folder. Raises AssemblerError (``output-unwritable``)."""
    with writing(folder, within=True):
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in found.items():
            text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
            (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
