"""Builds the blocks of a part from a node that fits its shape, by the table of their kinds."""

from __future__ import annotations

from dataclasses import fields, replace
from keyword import iskeyword
from typing import Any

from assembler.base.problems import Place, Problem
from assembler.base.yamlfile import MappingNode
from assembler.model.blocks import BlockSpec
from assembler.specs.language.blocks import BLOCK, BLOCK_KINDS, BlockKind
from assembler.specs.language.meanings import Kind, ListOf, MapOf, Meaning
from assembler.specs.nodes import expression, flag, items, mapping, number, text, texts, whole
from assembler.specs.shapes import refused


def build_blocks(node: MappingNode, place: Place, found: list[Problem]) -> tuple[BlockSpec, ...]:
    """The blocks in the ``content`` of a part or a section; words a kind does not take go to ``found``."""
    blocks = (mapping(block) for block in items(node.get("content")))
    return tuple(_block(block, place, found) for block in blocks if any(word in block.entries for word in BLOCK.one_of))


def _block(node: MappingNode, place: Place, found: list[Problem]) -> BlockSpec:
    kind = next(kind for kind in BLOCK_KINDS.values() if kind.name in node.entries)
    where = place.within(line=node.line)
    found.extend(refused(node, BLOCK, (kind.name, "id", "when", "source", *kind.words), where))
    values = _subject(node, kind)
    for word in kind.words:
        if word in node.entries:
            value = build_blocks(node, where, found) if word == "content" else _value(node, word)
            values |= {field_of(word): value} if value is not None else {}
    block = kind.becomes(**values)
    when, source = expression(node, "when", where), texts(node, "source")
    return replace(block, id=text(node, "id"), when=when, source=source, place=where)


def field_of(word: str) -> str:
    """The field of a block's class for one of its words."""
    return f"{word}_" if iskeyword(word) else word


def _subject(node: MappingNode, kind: BlockKind) -> dict[str, Any]:
    """What stands at the word of a kind; a mapping there gives fields of its own."""
    inner, known = mapping(node.get(kind.name)), [each.name for each in fields(kind.becomes)]
    told = texts(node, kind.name) if isinstance(kind.meaning, ListOf) else text(node, kind.name)
    subject: dict[str, Any] = {kind.subject: told} if kind.subject else {}
    return {**subject, **{key: text(inner, key) for key in inner.entries if key in known}}


def _value(node: MappingNode, word: str) -> object:
    """What a word says, as its meaning reads it; None for what its shape has refused."""
    meaning: Meaning | None = next(each.meaning for each in BLOCK.words if each.name == word)
    match meaning:
        case ListOf():
            return texts(node, word)
        case MapOf():
            named = mapping(node.get(word))
            return {name: text(named, name) for name in named.entries}
        case Kind(base="flag"):
            return flag(node, word)
        case Kind(base="whole"):
            return whole(node, word)
        case Kind(base="number"):
            return number(node, word)
    return text(node, word)
