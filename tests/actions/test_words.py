"""What is told of words comes from the tables the program reads by, all of it."""

from __future__ import annotations

import re

import pytest

from assembler.actions.words import Entry, topics, words
from assembler.base import messages
from assembler.base.expressions import parse
from assembler.base.functions import ARITHMETIC, COMPARISONS, FUNCTIONS
from assembler.base.problems import AssemblerError
from assembler.documents.sandbox import FILTERS
from assembler.documents.style_names import PAGE_NUMBER_STYLE
from assembler.documents.styles import required_styles
from assembler.model.templates import OFFERED
from assembler.specs.language.blocks import BLOCK_KINDS
from assembler.specs.language.items import APPEARANCES, ITEM_TYPES
from assembler.specs.language.reports import SHAPES
from assembler.specs.language.rules import RULES


def _entries(topic: str, section: str) -> dict[str, Entry]:
    (found,) = words(topic, section).sections
    return {entry.name: entry for entry in found.entries}


def test_every_shape_is_told_in_one_place() -> None:
    told = [section.name for topic in ("form", "report", "rule") for section in words(topic).sections]
    assert sorted(name for name in told if name in SHAPES) == sorted(SHAPES)
    assert {"type", "appearance", "case.yaml", "kind", "check", "in an edition"} == {*told} - {*SHAPES}


def test_a_shape_is_told_word_by_word() -> None:
    column = _entries("form", "column")
    assert [*column] == [word.name for word in SHAPES["column"].words]
    assert column["columns"].takes == "a list, each «column»"
    assert column["required"].takes == "true | false or an expression"
    assert not _entries("form", "item")["type"].required  # a group of questions has none
    assert _entries("form", "choice")["name"].required
    assert _entries("report", "part")["fields"].takes == "names, each with a text with expressions"
    assert _entries("report", "block")["figure"].takes == "«figure of a letter» or folder/form.item"


def test_blocks_name_the_words_they_need_and_may_have() -> None:
    block = _entries("report", "block")
    for kind in BLOCK_KINDS.values():
        assert {*block[kind.name].needs, *block[kind.name].may} == {*kind.words, *kind.needs}
    assert block["list"].needs == ("entry",)


def test_kinds_of_rules_name_the_words_they_need_and_may_have() -> None:
    kinds = _entries("rule", "kind")
    assert [*kinds] == [*RULES]
    assert (kinds["durations"].needs, kinds["durations"].may) == (("item", "start", "end"), ("days",))
    assert (kinds["filled"].needs, kinds["filled"].may) == (("items | columns",), ("item", "excused"))


@pytest.mark.parametrize(
    ("topic", "section", "known"),
    [
        ("form", "type", ITEM_TYPES),
        ("form", "appearance", APPEARANCES),
        ("functions", "functions", (*FUNCTIONS, "form", "previous")),
        ("letter", "letter", OFFERED["letter"]),
        ("letter", "cover", OFFERED["cover"]),
        ("template", "styles", (*required_styles(), PAGE_NUMBER_STYLE.name)),
        ("template", "filters", FILTERS),
    ],
)
def test_each_table_is_told_whole(topic: str, section: str, known: tuple[str, ...]) -> None:
    assert sorted(_entries(topic, section)) == sorted(known)


def test_functions_are_told_as_they_are_written() -> None:
    for name, entry in _entries("functions", "functions").items():
        assert [use.startswith(f"{name}(") for use in entry.takes.split(" · ")] != []
        assert all(use.startswith(f"{name}(") for use in entry.takes.split(" · "))
        assert entry.doc


def test_operators_are_those_the_interpreter_knows() -> None:
    signs = " ".join(_entries("functions", "operators")).split()
    assert len({"+", "-", "*", "/"} & {*signs}) == len(ARITHMETIC)
    assert len({"==", "!=", "<", "<=", ">", ">=", "in"} & {*signs}) + 1 == len(COMPARISONS)  # and «not in»
    for expression in ("a + b", "a not in b", "a and not b", "a if b else c", "'text'", "7.5", "[a, b]"):
        parse(expression)


def test_what_is_said_is_in_the_readers_language_and_the_words_are_not() -> None:
    english = [words(topic.name) for topic in topics()]
    messages.choose("fa")
    for before, after in zip(english, [words(topic.name) for topic in topics()], strict=True):
        assert before.name == after.name
        assert re.search("[آ-ی]", after.doc)
        for section, persian in zip(before.sections, after.sections, strict=True):
            assert (section.name, section.one_of) == (persian.name, persian.one_of)
            assert [entry.name for entry in section.entries] == [entry.name for entry in persian.entries]
            assert [entry.doc for entry in persian.entries if entry.doc and not re.search("[آ-ی]", entry.doc)] == []


def test_a_name_picks_a_section_or_the_words_called_so() -> None:
    assert [section.name for section in words("report", "signer").sections] == ["signer"]
    found = words("form", "width").sections
    assert [(section.name, [entry.name for entry in section.entries]) for section in found] == [("column", ["width"])]


@pytest.mark.parametrize(("topic", "name", "guess"), [("forms", "", "form"), ("form", "widht", "width")])
def test_what_is_not_there_is_refused_with_a_guess(topic: str, name: str, guess: str) -> None:
    with pytest.raises(AssemblerError) as caught:
        words(topic, name)
    (found,) = caught.value.problems
    assert found.code == "bad-value"
    assert f"Use one of: {guess}، " in found.hint
