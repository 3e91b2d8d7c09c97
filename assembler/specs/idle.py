"""What a specification names and nothing of it uses: lists of choices, what their choices belong to, signers.

It is looked for where nothing else is wrong: a slip may be why something is not used. What an edition drops may leave
them behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode, Node, Sequence
from assembler.specs.each import list_names
from assembler.specs.nodes import items, mapping, text, texts

_QUESTIONS = ("items", "columns", "case")


def idle(node: MappingNode, place: Place) -> Iterator[Problem]:
    """What a form or a report names in vain, each at its line."""
    if "was" in node.entries:
        return
    asked = list(_fields(node))
    used = {name: each for each in asked for name in _lists(each)}
    narrowed = {name for each in asked if "within" in each.entries for name in _lists(each)}
    lists = mapping(node.get("choices"))
    for name, told in lists.entries.items():
        if name not in used:
            yield _idle(f"choices: {name}", "items", place.within(line=lists.line_of(name)))
        elif name not in narrowed and isinstance(told, Sequence):
            for choice in (each for each in map(mapping, told.items) if "within" in each.entries):
                yield _idle("within", name, place.within(line=choice.line_of("within")))
    signing = set(_signing(node))
    for signer in map(mapping, items(node.get("signers"))):
        if text(signer, "key") not in signing:
            yield _idle(f"signers: {text(signer, 'key')}", "parts", place.within(line=signer.line))


def _fields(node: MappingNode) -> Iterator[MappingNode]:
    """All questions and columns, those of groups and under common headers too."""
    for word in _QUESTIONS:
        for entry in map(mapping, items(node.get(word))):
            yield entry
            yield from _fields(entry)


def _lists(field: MappingNode) -> tuple[str, ...]:
    """The lists a question is answered from, or a column is one of."""
    chosen = text(field, "type").partition(" ")[2]
    return (chosen, *(list_names(field.get("each")) if "each" in field.entries else ()))


def _signing(node: Node) -> Iterator[str]:
    """The keys of signers, wherever parts and blocks name them."""
    if isinstance(node, MappingNode):
        yield text(node, "signer")
        yield from texts(node, "signatures")
        for word in ("parts", "content"):
            for each in items(node.get(word)):
                yield from _signing(each)


def _idle(name: str, shape: str, place: Place) -> Problem:
    return problem("word-unfit", place, name=name, shape=shape)
