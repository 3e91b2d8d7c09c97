"""Questions under one heading and one condition: each is asked when both hold, and the heading stands over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import listed
from assembler.base.yamlfile import MappingNode
from assembler.model.specs import Expression, Item
from assembler.specs.nodes import expression, items, mapping, text

_WORDS = ("group", "relevant", "items")


def grouped(node: MappingNode, place: Place, build: Callable[[MappingNode], Item]) -> Iterator[Item | Problem]:
    """The heading of a group and its questions; of one that is no group the question itself."""
    if "group" not in node.entries:
        if "items" in node.entries:
            where = place.within(line=node.line_of("items"))
            yield problem("word-unfit", where, name="items", shape=text(node, "type") or "item")
        yield build(node)
        return
    where = place.within(line=node.line)
    for key in node.entries:
        if key not in _WORDS:
            at = place.within(line=node.line_of(key))
            yield problem("unknown-key", at, name=key, shape="group", guess="items", known=listed(_WORDS))
    held = expression(node, "relevant", where)
    inside = [mapping(each) for each in items(node.get("items"))]
    for each in inside:
        if "group" in each.entries:
            yield problem("word-unfit", place.within(line=each.line), name="group", shape="group")
    built = [build(each) for each in inside if "group" not in each.entries]
    if built:
        name = f"over_{built[0].name}"
        yield Item(name, "note", text(node, "group"), relevant=held, appearance=("heading",), place=where)
    yield from (replace(item, relevant=_both(held, item.relevant)) for item in built)


def _both(held: Expression | None, own: Expression | None) -> Expression | None:
    if held is None or own is None:
        return own or held
    return Expression(f"({held.source}) and ({own.source})", own.place)
