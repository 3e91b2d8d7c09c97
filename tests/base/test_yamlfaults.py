"""A text that cannot be read is told in words of people, at the line to mend, and never in those of a library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base import messages
from assembler.base.problems import Place, Problem
from assembler.base.yamlfile import parse, read


def faults(text: str) -> list[tuple[int | None, str]]:
    with messages.spoken("en"):
        return [(found.place.line, found.message) for found in parse(text, Place(file="a.yaml"))[1]]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\n\tb: 2\n", 2, "begins with a tab"),
        ("t:\n  - a: 1\n\t  b: 2\n", 3, "begins with a tab"),
        ("a:متن\nb: 2\n", 1, "a space is missing behind the colon"),
        ("a: 1\nb:متن\nc: 2\n", 2, "a space is missing behind the colon"),
        ("a: متن: دیگر\n", 1, "a second colon"),
        ("a: 'متن\nb: 2\n", None, "never closed"),
        ("a: [1, 2\nb: 2\n", None, "bracket"),
        ("a: {b: 1\n", None, "bracket"),
        ("a:\n  - {b: متن {{ case.year - 1 }}, c: 2}\n", 2, "a text with {{ }} needs quotes"),
        ("a: {{ case.year - 1 }}\n", 1, "a text with {{ }} needs quotes"),
        ("a: %متن\n", 1, "cannot begin with %"),
        ("a: @متن\n", 1, "cannot begin with @"),
        ("a: *متن\n", 1, "cannot begin with *"),
        ('a: "متن \\م"\n', 1, "backslash"),
        ("a: 1\n  b: 2\n", 2, ""),
        ("a:\n   - 1\n  - 2\n", 3, "not set in"),
        ("a:\n- متن\n - دیگر\n", 3, "not set in"),
        ("a:\n  - متن\n    ادامه\n      - دیگر\n", 4, "not set in"),
        ("a: 1\nمتن\nb: 2\n", 2, "a colon is missing"),
        ("\u00a0\u00a0a: 1\n", 1, "a space that is none"),
        ("t:\n\u2003- a\n", 2, "a space that is none"),
        ("a: 1\n\u200eb: 2\n", 2, "a space that is none"),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n", 1, "not merged"),
        ("a: |\n  متن\n  <<<<<<< HEAD\n  یک\n  =======\n  دو\n  >>>>>>> b\n", 3, "not merged"),
        ("t:\n  - a: 1\n<<<<<<< ours\n  - a: 2\n||||||| base\n=======\n  - a: 3\n>>>>>>> theirs\n", 3, "not merged"),
        ("a: \x07\n", 1, "a character that no text has"),
    ],
)
def test_a_fault_is_named_at_its_line(text: str, line: int | None, says: str) -> None:
    ((where, told),) = faults(text)
    assert says in told
    assert line is None or where == line


@pytest.mark.parametrize(
    "text",
    ["a: |\n  \u00a0متن\n  <<<<<<< یک\n", "a: '<<<<<<<'\n", "a: متن ======= متن\n", "a: >-\n  =======\nb: 1\n",
     "a: متن\u00a0متن\n", "a: 12:30\nb: http://x.ir\n",
     "a:\n  - متن\n    ادامه -دارد\n  - 'یک\n    - دو'\n", "a: متن\n  - ادامه\n"],
)  # fmt: skip
def test_what_is_sound_is_not_told(text: str) -> None:
    assert faults(text) == []


LATIN = re.compile("[A-Za-z]{3,}")
KNOWN = {"YAML", "Word", "Notepad", "UTF", "ANSI", "Windows", "name", "text", "yaml", "Tab"}


def persian(found: Problem) -> set[str]:
    """The Latin words of a message and its hint, but for names and what was typed."""
    return set(LATIN.findall(found.message + found.hint)) - KNOWN


@given(st.text(alphabet=st.sampled_from(list("ab: -\n\t'\"[]{}#&*!|>%@`,?\\ \u00a0متن12<=\u200f")), max_size=40))
def test_no_words_of_a_library_reach_a_persian_reader(text: str) -> None:
    with messages.spoken("fa"):
        for found in parse(text, Place(file="a.yaml"))[1]:
            assert not persian(found), found


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("a: متن\n".encode("utf-16"), "«Unicode»"),
        ("a: متن\n".encode("utf-16-le"), "«Unicode»"),
        ("a: متن\n".encode("utf-16-be"), "«Unicode»"),
        ("a: متن\n".encode("utf-32"), "«Unicode»"),
        ("a: متن نمونه\n".encode("cp1256", "replace"), "ANSI"),
        ("a: متن نمونه بلند\nb: ".encode() + b"\xff\n", "line 2"),
    ],
)
def test_another_encoding_is_named(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    node, (found,) = read(tmp_path / "a.yaml")
    assert (node, found.code) == (None, "file-unreadable")
    assert says in found.message
    with messages.spoken("fa"):
        assert not set(LATIN.findall(read(tmp_path / "a.yaml")[1][0].message)) - KNOWN


def test_marks_and_line_ends_of_windows_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeffa: متن\r\nb: |\r\n  یک\r\n  دو\r\n".encode())
    (tmp_path / "b.yaml").write_text("a: متن\nb: |\n  یک\n  دو\n", encoding="utf-8")
    assert read(tmp_path / "a.yaml") == read(tmp_path / "b.yaml")
