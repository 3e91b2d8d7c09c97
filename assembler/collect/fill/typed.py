"""From what is typed at a question to a value, by the reader of answer files and with its messages; and back."""

from __future__ import annotations

import re
from pathlib import Path

from assembler.answers import ValueReader
from assembler.base.persian import fold, parse_number
from assembler.base.problems import Place, Problem
from assembler.base.yamlfile import Node, Scalar, Sequence
from assembler.collect.fill.prose import prose_node, prose_text
from assembler.model.answers import Prose, Value
from assembler.model.specs import Choice, Field
from assembler.model.types import MOST_SHOWN
from assembler.model.values import shown

_COMMAS = re.compile(r"[,،;؛]")


def has_lines(field: Field) -> bool:
    """Whether an answer is several lines."""
    return field.type == "narrative" or field.has_lines


def read_typed(typed: str, field: Field, attachments: Path, place: Place) -> tuple[Value, tuple[Problem, ...]]:
    """The value of a typed text, None when it is blank or cannot be read; then a problem says why."""
    reader = ValueReader(attachments)
    value = reader.read(_node(typed, field), field, place)
    return value, tuple(reader.problems)


def _node(typed: str, field: Field) -> Node:
    if field.type == "narrative":
        return prose_node(typed)
    if field.type == "select_multiple":
        pieces = (_chosen(piece, field.choices) for piece in _COMMAS.split(typed) if piece.strip())
        return Sequence(tuple(Scalar(piece, 0, quoted=True) for piece in pieces), 0)
    if has_lines(field):
        return Sequence(tuple(Scalar(line, 0, quoted=True) for line in typed.split("\n") if line.strip()), 0)
    return Scalar(_chosen(" ".join(typed.split("\n")), field.choices), 0, quoted=True)


def is_choice(typed: str, field: Field) -> bool:
    """Whether a text is a choice of the field by name, label or code, so that no command is meant by it."""
    return fold(typed) in {fold(word) for choice in field.choices for word in _words(choice)}


def found_choices(typed: str, field: Field) -> tuple[Choice, ...]:
    """The choices of a long list that begin with what was typed, or have a word that does; none when it is one."""
    wanted = fold(typed)
    if len(field.choices) <= MOST_SHOWN or not wanted or is_choice(typed, field):
        return ()
    if parse_number(typed) is not None and fold(_chosen(typed, field.choices)) != wanted:
        return ()
    begin = [choice for choice in field.choices if fold(choice.label).startswith(wanted)]
    inside = [choice for choice in field.choices if any(fold(word).startswith(wanted) for word in _parts(choice))]
    return tuple(begin or inside)


def _parts(choice: Choice) -> tuple[str, ...]:
    return (*choice.label.split(), choice.name)


def _words(choice: Choice) -> tuple[str, ...]:
    """What a choice is called."""
    return (choice.name, choice.label, *([choice.code] if choice.code else []))


def _chosen(typed: str, choices: tuple[Choice, ...]) -> str:
    """The number of a choice becomes its name; a choice that is itself called by a number or code keeps it."""
    if not choices or fold(typed) in {fold(word) for choice in choices for word in _words(choice)}:
        return typed
    if any(choice.code for choice in choices):
        return typed  # a number is a code then, and nothing else
    place = parse_number(typed)
    if place is None or place not in range(1, len(choices) + 1):
        return typed
    return choices[int(place) - 1].name


def as_typed(value: Value, field: Field) -> str:
    """A value as it would be typed; a narrative with the marks of its lists."""
    return prose_text(value) if isinstance(value, Prose) else shown(value, field)


def is_typed_back(value: Value, field: Field, attachments: Path) -> bool:
    """Whether a value that is shown as text and typed again is the same: an editor may then be given the text."""
    return read_typed(as_typed(value, field), field, attachments, Place())[0] == value
