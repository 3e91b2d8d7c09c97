"""YAML as it is typed: texts stay texts, every value knows its line, hostile files are refused in words."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.problems import Place
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe, parse, read

PLACE = Place(file="f.yaml")


def sound(text: str) -> Node:
    node, problems = parse(text, PLACE)
    assert problems == ()
    assert node is not None
    return node


def refused(text: str) -> tuple[str, int | None]:
    node, (problem,) = parse(text, PLACE)
    assert node is None
    assert problem.place.file == "f.yaml"
    assert problem.message
    assert problem.hint
    return problem.code, problem.place.line


@pytest.mark.parametrize(
    "typed",
    [
        "yes",
        "no",
        "on",
        "off",
        "true",
        "12:30",
        "1399-12-05",
        "1399/12/05",
        "007",
        "0x10",
        "1_000",
        "1e3",
        "۱۲",
        ".5",
        "=",
        "<<",
    ],
)
def test_a_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    node = sound(f"key: {typed}")
    assert isinstance(node, MappingNode)
    assert node.get("key") == Scalar(typed, 1)


@pytest.mark.parametrize("typed", ["", "~", "null", "Null", "NULL"])
def test_blanks_are_none(typed: str) -> None:
    node = sound(f"key: {typed}")
    assert isinstance(node, MappingNode)
    assert node.get("key") == Scalar(None, 1)


@pytest.mark.parametrize("typed", ['""', "''", '"~"', "'null'"])
def test_a_quoted_text_is_never_a_blank(typed: str) -> None:
    node = sound(f"key: {typed}")
    assert isinstance(node, MappingNode)
    assert node.get("key") == Scalar(typed[1:-1], 1, quoted=True)


def test_lines_of_keys_and_values() -> None:
    node = sound("a: 1\n\nb:\n  - x\n  - y: |\n      دو\n      سطر\n")
    assert isinstance(node, MappingNode)
    assert (node.line_of("a"), node.line_of("b")) == (1, 3)
    listed = node.get("b")
    assert isinstance(listed, Sequence)
    assert [item.line for item in listed.items] == [4, 5]
    assert listed.items[1] == MappingNode({"y": Scalar("دو\nسطر\n", 5, quoted=True)}, {"y": 5}, 5)


def test_a_key_that_is_not_there_has_the_line_of_its_mapping() -> None:
    node = sound("\na: 1")
    assert isinstance(node, MappingNode)
    assert node.line_of("nope") == 2
    assert node.get("nope") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: c: d", 2),
        ("a: 1\nb: 'open", 2),
        ("a: 1\n\n\tb: 2", 3),
        ("- a\n---\n- b", 2),
        ("a: [1, 2", 1),
        ("a: *nowhere", 1),
        ("a: @x", 1),
        ("a: 1\nb: \x01", 2),
        ("آ: ۱\nب: \x00", 2),
    ],
)
def test_broken_yaml_tells_its_line(text: str, line: int) -> None:
    assert refused(text) == ("yaml-broken", line)


def test_a_repeated_key_is_reported_at_the_second_and_the_first_stays() -> None:
    node, (problem,) = parse("a: 1\nb: 2\na: 3", PLACE)
    assert isinstance(node, MappingNode)
    assert node.get("a") == Scalar("1", 1)
    assert (problem.code, problem.place.line) == ("yaml-duplicate-key", 3)
    assert "«a»" in problem.message


def test_all_repeated_keys_are_reported() -> None:
    _, problems = parse("a: {x: 1, x: 2}\na: 3", PLACE)
    assert [found.place.line for found in problems] == [1, 2]


@pytest.mark.parametrize("text", ["? [a, b]\n: c", "? {a: b}\n: c", "{[a]: b}"])
def test_a_key_that_is_no_text_is_refused(text: str) -> None:
    _, (problem,) = parse(text, PLACE)
    assert (problem.code, problem.place.line) == ("yaml-broken", 1)


def test_an_alias_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembler.base.yamlfile.NODE_LIMIT", 50_000)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert refused("\n".join(lines)) == ("yaml-too-large", None)


def test_what_is_too_large_is_refused_before_it_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the lines of a huge list nor what aliases unfold to is made first and counted then."""
    monkeypatch.setattr("assembler.base.yamlfile.NODE_LIMIT", 50_000)

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("assembler.base.yamlfile._Builder.build", never)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert refused("\n".join(lines))[0] == "yaml-too-large"
    monkeypatch.setattr("assembler.base.yamlfile.yaml.compose", never)
    assert refused("- a\n" * 60_000)[0] == refused(f"[{'a,' * 60_000}]")[0] == "yaml-too-large"


def test_a_file_larger_than_any_typed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.yaml"
    path.write_text("a: b\n")
    monkeypatch.setattr("assembler.base.yamlfile._MOST_BYTES", 5)
    assert read(path)[1] == ()
    monkeypatch.setattr("assembler.base.yamlfile._MOST_BYTES", 4)
    assert [found.code for found in read(path)[1]] == ["file-unreadable"]


def test_honest_aliases_are_kept() -> None:
    node = sound("a: &x [1]\nb: *x")
    assert isinstance(node, MappingNode)
    assert node.get("a") == node.get("b")


@pytest.mark.parametrize("text", ["[" * 20_000 + "]" * 20_000, "- " * 5_000 + "x", "a: &a [*a]"])
def test_endless_nesting_is_refused(text: str) -> None:
    assert refused(text)[0] == "yaml-broken"


def test_tags_reach_nothing() -> None:
    assert sound("!!python/object/apply:os.system ['true']") == Sequence((Scalar("true", 1, quoted=True),), 1)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n"])
def test_an_empty_file_is_an_empty_mapping_or_a_blank(text: str) -> None:
    assert sound(text) in (MappingNode({}, {}, 1), Scalar(None, 1), Scalar(None, 2))


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes("﻿form: x/a\r\n".encode())
    node, problems = read(path)
    assert problems == ()
    assert node == MappingNode({"form": Scalar("x/a", 1)}, {"form": 1}, 1)


def test_a_missing_file(tmp_path: Path) -> None:
    node, (problem,) = read(tmp_path / "f.yaml", "case/f.yaml")
    assert node is None
    assert (problem.code, problem.place.file) == ("file-missing", "case/f.yaml")
    assert "f.yaml" in problem.message


@pytest.mark.parametrize(
    "data", [b"a: \xff\xfe", "آ: ۱".encode("cp1256", "ignore") + b"\xc7\xe1", "a: 1".encode("utf-16")]
)
def test_a_file_of_another_encoding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    node, (problem,) = read(path)
    assert node is None
    assert problem.code == "file-unreadable"
    assert "UTF-8" in problem.hint


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path)
    assert problem.code == "file-unreadable"


def test_describe_says_what_stands_there() -> None:
    assert [describe(sound(text)) for text in ("a: b", "- a", "a", "~")] == ["key: value", "- …", "«a»", "∅"]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    node, problems = parse(text, PLACE)
    assert node is not None or problems
    assert all(found.message and found.hint for found in problems)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(b"form: demo\n", mtime=0), "it is a packed file"),
        (b"SQLite format 3\0" + bytes(5000), "it is a database"),
        (b"PK\x03\x04" + bytes(range(256)), "it is a packed file"),
        (b"{\\rtf1 form: x}", "it is a Rich Text file"),
        (b"%PDF-1.4\nform: x", "it is a PDF"),
        (b"<html><body>form: x</body></html>", "it is a web page"),
        ("form: الهيئة والمياه\n".encode("iso8859-6"), "ISO 8859-6"),
    ],
)
def test_what_is_no_text_of_yaml_is_called_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "visit.yaml").write_bytes(data)
    node, problems = read(tmp_path / "visit.yaml")
    assert node is None
    assert [says in found.message for found in problems] == [True]


@pytest.mark.parametrize("row", ["- {a: 1, b: 2}\n", "- a: 1\n  b:\n    c\n", "- a\n"])
def test_what_has_too_many_nodes_is_refused_before_it_is_read(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembler.base.yamlfile.yaml.compose", lambda *_, **__: pytest.fail("it was read"))
    node, problems = parse("x:\n" + row * (2_100_000 // sum(map(row.count, ("\n", ",", ": ")))), PLACE)
    assert (node, [found.code for found in problems]) == (None, ["yaml-too-large"])


def test_a_long_line_is_told_at_once() -> None:
    node, problems = parse("a: " * 300_000, PLACE)  # a pattern that tries each of its colons would take minutes
    assert (node, [found.code for found in problems]) == (None, ["yaml-broken"])
