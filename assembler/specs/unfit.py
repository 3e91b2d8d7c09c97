"""Words of a question that do nothing beside others."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.problems import Place, Problem, problem
from assembler.base.yamlfile import MappingNode
from assembler.model.fields import LISTS
from assembler.specs.nodes import text

_CHECKED = ("check", "digits")
_OF_ANSWERS = ("default", "marks", "carry", "figures", *_CHECKED)  # what is calculated nobody answers


def beside_each_other(node: MappingNode, place: Place) -> Iterator[Problem]:
    """Words that would be taken and do nothing, each at its line."""
    lines = {"multiline", *LISTS}.intersection(text(node, "appearance").split())
    for word in (word for word in _CHECKED if word in node.entries and lines):
        yield _unfit(word, sorted(lines)[0], node, place)
    for word in ("constraint_message", "constraint_severity"):
        if word in node.entries and "constraint" not in node.entries:
            yield problem("missing-key", place.within(line=node.line_of(word)), shape=word, name="constraint")
    if "check" in node.entries and "digits" in node.entries:
        yield _unfit("digits", "check", node, place)
    if "calculation" in node.entries:
        for word in (word for word in _OF_ANSWERS if word in node.entries):
            yield _unfit(word, "calculation", node, place)


def _unfit(word: str, beside: str, node: MappingNode, place: Place) -> Problem:
    return problem("word-unfit", place.within(line=node.line_of(word)), name=word, shape=beside)
