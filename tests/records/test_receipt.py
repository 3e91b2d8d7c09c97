"""Receipts read back whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assembler.records import (
    PartRecord,
    Receipt,
    file_hash,
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
