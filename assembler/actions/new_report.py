"""Starts a report of one's own: a form, the report made of it, a letter with its signer, and a sample case."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assembler.base.messages import language
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings, template_names
from assembler.collect.files.skeleton import comment
from assembler.collect.files.starting import new_folder
from assembler.specs.example import example_files, spoken_line
from assembler.specs.schema import language_schemas

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SCHEMAS, _TEMPLATES = "schemas", "letter_templates"


@dataclass(frozen=True)
class NewReport:
    """A report that was started: its ``files`` and its sample ``case``, as seen from ``folder``."""

    folder: Path
    name: str
    files: tuple[Path, ...]
    case: Path


def new_report(folder: Path, settings: Settings, name: str = "", *, templates: bool = False) -> NewReport:
    """Writes a report into a new folder; its sample case can be checked and built at once.

    It is called ``name``, or as the folder is. The comments speak the reader's language. With ``templates`` the Word
    templates come along, to be restyled. Raises AssemblerError: ``bad-value``, ``case-exists``, ``output-unwritable``.
    """
    name = name or _of_folder(folder)
    if not _NAME.fullmatch(name):
        raise AssemblerError([problem("bad-value", value=name, name="--name", known="a-z، 0-9، -")], ExitCode.USAGE)
    with new_folder(folder.resolve()) as work:
        files = tuple(_write(work, name))
        if templates:
            files += tuple(_copied(work, settings.templates))
    return NewReport(folder, name, files, Path("samples", name))


def _of_folder(folder: Path) -> str:
    """A name made of the Latin letters and digits of the folder's; «report» when it has none."""
    return re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "report"


def _write(work: Path, name: str) -> Iterator[Path]:
    for path, text in example_files(name):
        yield _put(work, path, "\n".join(_lines(text)) + "\n")
    for kind, schema in language_schemas().items():
        yield _put(work, Path(_SCHEMAS, f"{kind}.schema.json"), json.dumps(schema, ensure_ascii=False, indent=2) + "\n")


def _lines(text: str) -> Iterator[str]:
    """The lines of a file with the comments of one language."""
    for line in text.splitlines():
        indent, spoken, said = spoken_line(line)
        if not spoken:
            yield line
        elif spoken == language():
            yield from (f"{indent}{each}" for each in comment(said))


def _put(work: Path, path: Path, text: str) -> Path:
    (work / path).parent.mkdir(parents=True, exist_ok=True)
    (work / path).write_text(text, encoding="utf-8")
    return path


def _copied(work: Path, templates: Path) -> Iterator[Path]:
    (work / _TEMPLATES).mkdir()
    for name in template_names(templates):
        path = Path(_TEMPLATES, f"{name}.docx")
        shutil.copyfile(templates / path.name, work / path)
        yield path
