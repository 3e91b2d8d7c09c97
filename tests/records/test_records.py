"""Fingerprints tell values apart and nothing else; receipts read back whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.model.answers import Attachment
from assembler.model.packet import FigureBlock, Paragraph, Span
from assembler.records import (
    PartRecord,
    Receipt,
    file_hash,
    fingerprint,
    folder_fingerprint,
    read_receipt,
    write_receipt,
)

RECEIPT = Receipt(
    case="نمونه", report="r", title="گزارش", draft=False, assembler="1", engine={"name": "libreoffice",
    "version": "7"}, fonts={"B Nazanin": "Nazli"},
    inputs="abc", pdf="نمونه.pdf", sha256="def", pages=3,
    parts=(PartRecord("letter", "نامه", "letter", "parts/letter.docx", "1", 1, 1, 1), PartRecord("body", "متن",
    "body", "parts/body.docx", "2", 2, 2, 3)),
    problems=({"code": "rule", "line": 3},),
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "1", "a", "True", "None", "int:1:1"])
    | st.just(Decimal(1)),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)


def canonical(value: object) -> object:
    """Equality with types: True is not 1."""
    if isinstance(value, tuple):
        return ("tuple", *map(canonical, value))
    if isinstance(value, dict):
        return ("dict", *sorted((key, repr(canonical(each))) for key, each in value.items()))
    return (type(value).__name__, value)


@given(VALUES, VALUES)
def test_equal_values_have_equal_fingerprints_and_only_they(left: object, right: object) -> None:
    assert (fingerprint(left) == fingerprint(right)) == (canonical(left) == canonical(right))


def test_arguments_do_not_run_together() -> None:
    assert (
        len(
            {
                fingerprint("ab", "c"),
                fingerprint("a", "bc"),
                fingerprint("abc"),
                fingerprint(("ab", "c")),
                fingerprint("a", "b", "c"),
            }
        )
        == 5
    )


def test_frozen_values_count_by_type_and_fields() -> None:
    assert fingerprint(Span("a", "b")) == fingerprint(Span("a", "b"))
    assert fingerprint(Span("a", "b")) != fingerprint(Span("ab", ""))
    assert fingerprint(Paragraph((Span("a"),))) != fingerprint(Paragraph((Span("a"),), "note"))
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint(jdatetime.date(1399, 1, 1)) != fingerprint(jdatetime.date(1399, 1, 2))


def test_a_path_stands_for_the_bytes_of_its_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jpg", tmp_path / "other" / "two.jpg"
    other.parent.mkdir()
    one.write_bytes(b"x")
    other.write_bytes(b"x")
    assert fingerprint(FigureBlock("a", (), one)) == fingerprint(FigureBlock("a", (), other))
    assert fingerprint(Attachment("a", one)) != fingerprint(Attachment("b", one))
    other.write_bytes(b"y")
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(tmp_path / "gone") == fingerprint(tmp_path / "gone too")


def test_folders_count_by_names_and_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        (folder / "in").mkdir(parents=True)
        (folder / "in/x.yaml").write_text("1", encoding="utf-8")
        (folder / "y.txt").write_text(folder.name, encoding="utf-8")
    first, second = (folder_fingerprint(folder, ["**/*.yaml"]) for folder in folders)
    assert first == second
    assert folder_fingerprint(folders[0], ["**/*"]) != folder_fingerprint(folders[1], ["**/*"])
    (folders[1] / "in/x.yaml").rename(folders[1] / "in/z.yaml")
    assert folder_fingerprint(folders[1], ["**/*.yaml"]) != first
    assert folder_fingerprint(tmp_path / "nowhere", ["*"]) == folder_fingerprint(tmp_path, ["*.none"])


def test_file_hash(tmp_path: Path) -> None:
    assert file_hash(tmp_path / "gone") == ""
    (tmp_path / "f").write_bytes(b"")
    assert file_hash(tmp_path / "f") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_receipt_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    write_receipt(RECEIPT, path)
    assert read_receipt(path) == RECEIPT
    assert "گزارش" in path.read_text(encoding="utf-8")
    assert [found.name for found in tmp_path.iterdir()] == ["receipt.json"]


def test_a_receipt_repeats_byte_for_byte(tmp_path: Path) -> None:
    write_receipt(RECEIPT, tmp_path / "1")
    write_receipt(RECEIPT, tmp_path / "2")
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_parts_by_name() -> None:
    assert RECEIPT.part("body") == RECEIPT.parts[1]
    assert RECEIPT.part("nope") is None


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        '{"format": 1}',
        '{"format": 1, "parts": [{}], "problems": []}',
        '{"format": 0}',
        "\udcff",
    ],
)
def test_a_damaged_receipt_is_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert read_receipt(path) is None


@pytest.mark.parametrize("change", [{"format": 99}, {"parts": [{"name": "x"}]}, {"surprise": 1}])
def test_a_receipt_of_another_shape_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "receipt.json"
    write_receipt(RECEIPT, path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    assert read_receipt(path) is None


def test_a_missing_receipt_is_none(tmp_path: Path) -> None:
    assert read_receipt(tmp_path / "receipt.json") is None
    assert read_receipt(tmp_path) is None


def test_a_receipt_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "receipt.json"
    write_receipt(RECEIPT, path)

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_receipt(replace(RECEIPT, case="دیگر"), path)
    assert read_receipt(path) == RECEIPT
    assert [found.name for found in tmp_path.iterdir()] == ["receipt.json"]
