"""Answers typed in one go, as on a command line: read as the answer files are, files taken into the attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from assembler.answers import ValueReader, take_attachment
from assembler.answers.writer import plain_value
from assembler.base.files import resolved, typed_path
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, parse
from assembler.model.answers import Value
from assembler.model.folders import CaseFolder
from assembler.model.specs import Field

_COMMAS = re.compile(r"[,،]")
Given: TypeAlias = Value | Path


@dataclass(frozen=True)
class Typed:
    """A value as it was read, None for a blank, with the warnings of reading it."""

    value: Value
    problems: tuple[Problem, ...] = ()


def typed_value(typed: str, field: Field, place: Place, folder: Path) -> Typed:
    """The value of a text for a field of the case in a folder; a file that is named by its path is copied there.

    Raises AssemblerError with the messages of the reader when it is no value for the field.
    """
    if not typed.strip():
        return Typed(None)
    path = typed_path(typed)
    if field.type in ("image", "file") and typed not in field.marks and _is_file(path):
        typed = _taken(path, field, place, folder)
    elif field.type in ("image", "file"):
        refuse_missing(path, CaseFolder(folder).attachments, place)
    return _read(_node(typed, field), field, place, CaseFolder(folder).attachments)


def given_value(value: Given, field: Field, place: Place, folder: Path) -> Typed:
    """The value a program gives for a field: a text or path as it would be typed, any other value as it is.

    Raises AssemblerError as ``typed_value`` does.
    """
    if value is None or isinstance(value, str | Path):
        return typed_value(str(value or ""), field, place, folder)
    return _read(_plain_node(plain_value(value)), field, place, CaseFolder(folder).attachments)


def plain_read(data: object, field: Field, place: Place, folder: Path) -> Typed:
    """The value of plain data, as a file of the case in a folder holds them. Raises AssemblerError as above."""
    return Typed(None) if data is None else _read(_plain_node(data), field, place, CaseFolder(folder).attachments)


def _read(node: Node, field: Field, place: Place, attachments: Path) -> Typed:
    reader = ValueReader(attachments)
    value = reader.read(node, field, place)
    problems = tuple(replace(found, place=place) for found in reader.problems)  # lines of a text are none of a file
    if has_errors(problems):
        raise AssemblerError(problems, ExitCode.USAGE)
    return Typed(value, problems)


def _taken(path: Path, field: Field, place: Place, folder: Path) -> str:
    """The name of a file among the attachments, once it is known to be what the field takes."""
    _read(Scalar(path.name, 0, quoted=True), field, place, path.parent)
    return take_attachment(folder, path)


def refuse_missing(path: Path, attachments: Path, place: Place) -> None:
    """Raises AssemblerError when a path leads out of the attachments to where nothing is: it is missing before it is in
    the wrong place.
    """
    if "\0" not in str(path) and _leads_out(path, attachments) and not _is_file(path):
        raise AssemblerError([problem("file-missing", place, name=path)], ExitCode.USAGE)


def _leads_out(path: Path, attachments: Path) -> bool:
    return not resolved(attachments / path).is_relative_to(resolved(attachments))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a text that is no name of a file
        return False


def _node(typed: str, field: Field) -> Node:
    """A text as the reader takes it: lists in the spelling of the files, choices between commas, lines as entries."""
    lists = field.type in ("select_multiple", "narrative") or field.has_lines
    if lists and typed.lstrip().startswith(("[", "- ")):
        node, problems = parse(typed, Place())
        if isinstance(node, Sequence) and not problems:
            return node
    if field.type == "select_multiple":
        return _entries(_COMMAS.split(typed))
    if field.is_list and "multiline" not in field.appearance and "\n" in typed:
        return _entries(typed.split("\n"))
    return Scalar(typed, 0, quoted=True)


def _plain_node(data: object) -> Node:
    """Plain data as the reader would find them in a file."""
    if isinstance(data, Mapping):
        return MappingNode({str(name): _plain_node(each) for name, each in data.items()}, {}, 0)
    if isinstance(data, list):
        return Sequence(tuple(map(_plain_node, data)), 0)
    return Scalar(str(data).lower() if isinstance(data, bool) else str(data), 0, quoted=True)  # yes and no as YAML's


def _entries(texts: list[str]) -> Sequence:
    return Sequence(tuple(Scalar(each, 0, quoted=True) for each in texts if each.strip()), 0)
