"""Nodes of two files in one: each line knows its own file, so that whatever is wrong is told where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assembler.base.problems import LineElsewhere
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence

Words = Callable[[str], str]


def traced(node: Node, file: str, words: Words = str) -> Node:
    """The node with the file in each of its lines, and its texts as ``words`` gives them."""
    line = LineElsewhere.of(node.line, file)
    if isinstance(node, Scalar):
        return Scalar(node.text if node.text is None else words(node.text), line, node.quoted)
    if isinstance(node, Sequence):
        return Sequence(tuple(traced(each, file, words) for each in node.items), line)
    entries = {key: traced(value, file, words) for key, value in node.entries.items()}
    return MappingNode(entries, {key: LineElsewhere.of(at, file) for key, at in node.keys.items()}, line)


def without(node: MappingNode, *keys: str) -> MappingNode:
    """The mapping without some of its words."""
    return MappingNode({key: value for key, value in node.entries.items() if key not in keys}, node.keys, node.line)


def with_entry(node: MappingNode, key: str, value: Node) -> MappingNode:
    """The mapping with a word more, or another value for one it has."""
    return MappingNode({**node.entries, key: value}, {**node.keys, key: value.line}, node.line)


def scalars(node: Node, besides: tuple[str, ...] = ()) -> Iterator[Scalar]:
    """All texts in a node but those of some words."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for each in node.items:
            yield from scalars(each, besides)
    else:
        for key, value in node.entries.items():
            if key not in besides:
                yield from scalars(value, besides)
