"""What letters say once they amend earlier ones: their own words, else the report's, else those of every letter."""

from __future__ import annotations

from collections.abc import Sequence as Listed
from functools import cache
from pathlib import Path

from assembler.base.persian import normalise
from assembler.base.problems import AssemblerError, ExitCode, Place
from assembler.base.yamlfile import MappingNode, Scalar, read
from assembler.model.reports import AmendmentSpec, FieldText
from assembler.specs.language.blocks import AMENDMENT
from assembler.specs.nodes import items, mapping, text
from assembler.specs.shapes import validate

_WORD = AMENDMENT.name
_EVERY = {"fa": "amendment.yaml", "en": "amendment-en.yaml"}


def amendment(letter: MappingNode, report: MappingNode, place: Place) -> AmendmentSpec:
    """What a letter of a report says once it amends one, word by word from where it is said."""
    told = [(mapping(node.get(_WORD)), place) for node in (letter, report)]
    language = text(report, "language", "fa")
    every = [*told, (_every(language), Place(file=str(_file(language))))]
    body, own = _body(every)
    return AmendmentSpec(_text("subject", every), body, _text("attachment", every), own)


def _text(word: str, told: Listed[tuple[MappingNode, Place]]) -> FieldText:
    node, place = next((node, place) for node, place in told if word in node.entries)
    return FieldText(text(node, word), place.within(line=node.line_of(word)))


def _body(told: Listed[tuple[MappingNode, Place]]) -> tuple[tuple[FieldText, ...], str]:
    """The paragraphs, and why they are the office's own."""
    node, place = next((node, place) for node, place in told if "body" in node.entries)
    lines = (line for line in items(node.get("body")) if isinstance(line, Scalar))
    body = tuple(FieldText(normalise(line.text or ""), place.within(line=line.line)) for line in lines)
    return body, text(node, "own")


def _file(language: str) -> Path:
    return Path(__file__).with_name(_EVERY.get(language, _EVERY["fa"]))


@cache
def _every(language: str) -> MappingNode:
    """What every letter of a language says. Raises AssemblerError: the file that comes with the program is broken."""
    file = _file(language)
    node, found = read(file)
    faults = (*found, *(validate(node, AMENDMENT, Place(file=str(file))) if node else ()))
    if faults:
        raise AssemblerError(faults, ExitCode.SPEC)
    return mapping(node)
