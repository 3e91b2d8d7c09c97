"""Every kind of block: its words are fields of its class, and each is of the type its meaning reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from assembler.model.blocks import BlockSpec
from assembler.specs.blocks import field_of
from assembler.specs.language.blocks import BLOCK, BLOCKS, BlockKind
from assembler.specs.language.meanings import Either, Kind, ListOf, MapOf, Meaning, Use

READ_AS: dict[str, Any] = {"flag": bool, "whole": int, "number": float, "text": str, "template": str, "name": str}


def type_of(meaning: Meaning) -> Any:
    """The type a word of a meaning is read as."""
    match meaning:
        case ListOf(Use("block")):
            return tuple[BlockSpec, ...]
        case ListOf():
            return tuple[str, ...]
        case MapOf():
            return Mapping[str, str]
        case Either():
            return str
        case Kind(base="choice", options=options):
            return Literal[options]
        case Kind(base=base):
            return READ_AS[base]
    raise AssertionError(meaning)


def without_none(hint: Any) -> Any:
    kinds = [each for each in get_args(hint) if each is not type(None)]
    return kinds[0] if len(kinds) == 1 else hint


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda kind: kind.name)
def test_words_are_fields_of_the_type_their_meaning_reads(kind: BlockKind) -> None:
    hints = get_type_hints(kind.becomes)
    meanings = {word.name: word.meaning for word in BLOCK.words}
    read = {kind.subject: kind.meaning} if kind.subject else {}
    read |= {field_of(word): meanings[word] for word in kind.words}
    for name, meaning in read.items():
        hint, told = without_none(hints[name]), type_of(meaning)
        # A kind may take some of the choices of a word that others share; «» stands for none.
        is_part = get_origin(hint) is Literal and get_origin(told) is Literal
        assert set(get_args(hint)) - {""} <= set(get_args(told)) if is_part else hint == told, name


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda kind: kind.name)
def test_all_but_what_stands_at_its_word_can_be_left_out(kind: BlockKind) -> None:
    asked = [each.name for each in fields(kind.becomes) if each.default is MISSING is each.default_factory]
    assert asked == ([kind.subject] if kind.subject else [])


def test_words_belong_to_a_kind() -> None:
    common = {"id", "when", "source", *(kind.name for kind in BLOCKS)}
    taken = {word for kind in BLOCKS for word in kind.words}
    assert {word.name for word in BLOCK.words} - common <= taken
