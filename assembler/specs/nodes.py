"""Reads values out of nodes that already fit their shape."""

from __future__ import annotations

from assembler.base.catalogue.entries import Severity
from assembler.base.expressions import ExpressionError, parse
from assembler.base.persian import normalise
from assembler.base.problems import Place
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence
from assembler.model.specs import Expression, Source
from assembler.specs.shapes import NUMBER, TRUE, WHOLE


def mapping(node: Node | None) -> MappingNode:
    return node if isinstance(node, MappingNode) else MappingNode({}, {}, 0)


def items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def text(node: MappingNode, key: str, default: str = "") -> str:
    """The normalised text at a key."""
    value = node.get(key)
    return normalise(value.text) if isinstance(value, Scalar) and value.text is not None else default


def texts(node: MappingNode, key: str) -> tuple[str, ...]:
    return tuple(normalise(item.text or "") for item in items(node.get(key)) if isinstance(item, Scalar))


def flag(node: MappingNode, key: str) -> bool:
    return text(node, key) in TRUE


def whole(node: MappingNode, key: str) -> int | None:
    found = text(node, key)
    return int(found) if WHOLE.fullmatch(found) else None


def number(node: MappingNode, key: str) -> float | None:
    found = text(node, key)
    return float(found) if NUMBER.fullmatch(found) else None


def severity(node: MappingNode, key: str, default: Severity) -> Severity:
    found = text(node, key)
    return Severity(found) if found in list(Severity) else default


def expression(node: MappingNode, key: str, place: Place) -> Expression | None:
    """The expression at a key; None when there is none or it is broken, which the shape has reported."""
    value = node.get(key)
    if not isinstance(value, Scalar) or value.text is None:
        return None
    try:
        parse(value.text)
    except ExpressionError:
        return None
    return Expression(value.text, place.within(line=value.line))


def source(node: Node | None) -> Source:
    found = mapping(node)
    return Source(text(found, "document"), texts(found, "clause"), text(found, "note"))
