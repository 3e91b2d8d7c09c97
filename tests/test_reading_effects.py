"""Every word of specifications that is read is kept: taken out, what was read is another thing, or it is refused.

The two files that use every word are read again and again, each time without one of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from assembler.base.functions import FUNCTIONS
from assembler.base.identifiers import CHECKS
from assembler.base.problems import Place
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, read
from assembler.model.specs import RuleWords
from assembler.specs import library as reading
from assembler.specs.language.forms import FORM_SHAPE
from assembler.specs.language.items import APPEARANCES, ITEM_TYPES
from assembler.specs.language.meanings import Either, ListOf, MapOf, Meaning, Shape, Use
from assembler.specs.language.reports import REPORT_SHAPE, SHAPES
from assembler.specs.language.rules import RULES
from assembler.specs.shapes import fitting
from tests.conftest import REPOSITORY
from tests.specs.test_language import BASE, FORM, LAST, REPORT

Path_ = tuple[str | int, ...]
# What says in these files what holds without it too.
AS_WITHOUT = {
    *(("item", "page"), ("totals", "only"), ("prefill", "key")),
    *(("gathered table", "of"), ("report", "language"), ("amendment", "subject")),
}


def words(
    node: Node | None, meaning: Meaning, at: Path_ = (), *, required: bool = False
) -> Iterator[tuple[str, str, Path_]]:
    """Every word within a node: its shape, its name, and the way to it."""
    if isinstance(meaning, Either):
        meaning = fitting(node, meaning.of) if node is not None else meaning
    if isinstance(meaning, Use) and isinstance(node, MappingNode):
        yield from of_shape(node, SHAPES[meaning.shape], at, required=required)
    elif isinstance(meaning, MapOf) and isinstance(node, MappingNode):
        for name, value in node.entries.items():
            yield from words(value, meaning.of, (*at, name), required=required)
    elif isinstance(meaning, ListOf) and isinstance(node, Sequence):
        for number, value in enumerate(node.items):
            yield from words(value, meaning.of, (*at, number), required=required)


def of_shape(
    node: MappingNode, shape: Shape, at: Path_ = (), *, required: bool = False
) -> Iterator[tuple[str, str, Path_]]:
    """The words of a mapping and of what stands in it; those that cannot be left out, where they are asked for."""
    for name, value in node.entries.items():
        if word := shape.word(name):
            if required or not word.required:
                yield shape.name, name, (*at, name)
            yield from words(value, word.meaning, (*at, name), required=required)


def without(node: Node, at: Path_) -> Node:
    """The node without the word a way leads to."""
    first, *rest = at
    if isinstance(node, MappingNode):
        left = {name: value for name, value in node.entries.items() if rest or name != first}
        if rest:
            left[str(first)] = without(node.entries[str(first)], tuple(rest))
        return MappingNode(left, node.keys, node.line)
    assert isinstance(node, Sequence)
    return Sequence(
        tuple(without(each, tuple(rest)) if number == first else each for number, each in enumerate(node.items)),
        node.line,
    )


def plain(value: object) -> object:
    """What was read, without the places it was read at."""
    if isinstance(value, Place):
        return None
    if isinstance(value, RuleWords):
        return plain(value.given())
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else str(value)


@pytest.mark.parametrize("name", ["form", "report"])
def test_every_word_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "listed.csv").write_text("name,label\na,الف\n", encoding="utf-8")
    texts = {"form": FORM, "report": REPORT, "base": BASE, "last": LAST}
    for stem, text in texts.items():
        (tmp_path / f"{stem}.yaml").write_text(text, encoding="utf-8")
    nodes = {tmp_path / f"{stem}.yaml": read(tmp_path / f"{stem}.yaml")[0] for stem in texts}
    path = tmp_path / f"{name}.yaml"
    whole = nodes[path]
    assert isinstance(whole, MappingNode)
    monkeypatch.setattr(reading, "read", lambda file: (nodes[file], ()))

    def told() -> object:
        library, problems = reading.read_library(tmp_path)
        return [each.code for each in problems] or plain([library.forms, library.reports])

    usual = told()
    assert isinstance(usual, list)
    assert len(usual) == 2
    ways: dict[tuple[str, str], Path_] = {}
    for shape, word, at in of_shape(whole, FORM_SHAPE if name == "form" else REPORT_SHAPE):
        ways.setdefault((shape, word), at)
    idle = []
    for which, at in ways.items():
        nodes[path] = without(whole, at)
        if told() == usual:
            idle.append(which)
    assert [each for each in idle if each not in AS_WITHOUT] == []


# ---------------------------------------------------------------- what is shipped


def shipped() -> Iterator[tuple[Path, MappingNode, Shape]]:
    for path in sorted((REPOSITORY / "form_specs").rglob("*.yaml")):
        node = read(path)[0]
        assert isinstance(node, MappingNode)
        yield path, node, REPORT_SHAPE if "report" in node.entries else FORM_SHAPE


def scalars(node: Node | None, word: str) -> Iterator[str]:
    """All that stands at a word, wherever in a node."""
    if isinstance(node, MappingNode):
        found = node.entries.get(word)
        yield from ((found.text or "").split() if isinstance(found, Scalar) else ())
        for each in node.entries.values():
            yield from scalars(each, word)
    for each in node.items if isinstance(node, Sequence) else ():
        yield from scalars(each, word)


def test_every_word_has_a_shipped_use() -> None:
    """A word nobody uses is seen by nobody. What an edition changes are the words of what it changes."""
    used = {(each[0], each[1]) for _, node, shape in shipped() for each in of_shape(node, shape, required=True)}
    known = {(shape.name, word.name) for shape in SHAPES.values() for word in shape.taken}
    changed = {("changed block", word.name) for word in SHAPES["block"].taken}
    assert sorted(known - used - changed) == []


def test_every_kind_has_a_shipped_use() -> None:
    nodes = [node for _, node, _ in shipped()]
    texts = "\n".join(path.read_text(encoding="utf-8") for path, _, _ in shipped())

    def unused(word: str, known: Iterable[str]) -> list[str]:
        return sorted({*known} - {text for node in nodes for text in scalars(node, word)})

    assert unused("kind", RULES) == []
    assert unused("type", ITEM_TYPES) == []
    assert unused("appearance", APPEARANCES) == []
    assert unused("check", CHECKS) == []
    assert [name for name in FUNCTIONS if not re.search(rf"\b{name}\(", texts)] == []
