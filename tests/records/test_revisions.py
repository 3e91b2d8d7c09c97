"""Revisions on disk: they appear whole or not at all, stay as they are, and hold one another."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError
from assembler.cases.folders import case_folders
from assembler.records.bundle import IssuedLetter
from assembler.records.revisions import (
    Revision,
    clear_leftovers,
    freeze,
    latest,
    prove,
    read_revision,
    revisions,
    stands,
)

LETTERS = (IssuedLetter("cover", "۱۲/د", "1405/03/02"),)


def frozen(case: Path, number: int = 1, previous: str = "") -> Revision:
    told = Revision(number, "demo", "demo — r", "r", "state", LETTERS, "demo.pdf", 3, {"engine": "x"}, previous)
    return freeze(case, told, {"demo.pdf": b"%PDF", "case/case.yaml": b"report: r\n", "parts/a.docx": b"a"})


def found(case: Path) -> list[str]:
    return [one.code for one in prove(case)]


def test_a_revision_comes_back_as_it_was_frozen(tmp_path: Path) -> None:
    made = frozen(tmp_path)
    assert read_revision(made.folder) == made
    assert made.folder == tmp_path / "revisions" / "001"
    assert latest(tmp_path) == made
    assert set(made.case_hashes) == {"case.yaml"}
    assert {stat.S_IMODE(path.stat().st_mode) & 0o222 for path in made.folder.rglob("*")} == {0}
    assert found(tmp_path) == []


def test_a_case_stands_until_it_or_the_case_before_it_changes(tmp_path: Path) -> None:
    case, before = tmp_path / "two", tmp_path / "one"
    for folder, text in ((before, "report: r\n"), (case, "report: r\nprevious: ../one\n")):
        folder.mkdir()
        (folder / "case.yaml").write_text(text, encoding="utf-8")
    own = {"case/case.yaml": (case / "case.yaml").read_bytes()}
    told = Revision(1, "two", "two", "r", "state", (), "demo.pdf", 3, {})
    old = freeze(case, told, own)
    new = freeze(case, replace(told, number=2), own | {"case/previous/case.yaml": b"report: r\n"})
    assert (old.carries, new.carries) == (0, 1)
    assert (stands(case, old), stands(case, new)) == (True, True)
    (before / "case.yaml").write_text("report: r\nagency: x\n", encoding="utf-8")
    assert (stands(case, old), stands(case, new)) == (True, False)
    (case / "case.yaml").write_text("report: r\n", encoding="utf-8")
    assert (stands(case, old), stands(case, new)) == (False, False)


def test_the_case_before_that_another_carries_is_no_case_of_its_own(tmp_path: Path) -> None:
    for name in ("two", "two/previous", "previous"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "case.yaml").write_text("report: r\n", encoding="utf-8")
    assert case_folders(tmp_path) == (tmp_path / "previous", tmp_path / "two")


def test_each_holds_the_one_before(tmp_path: Path) -> None:
    first = frozen(tmp_path)
    frozen(tmp_path, 2, first.record_hash)
    assert found(tmp_path) == []
    assert [one.number for one in revisions(tmp_path)] == [1, 2]
    frozen(tmp_path, 3, first.record_hash)
    assert found(tmp_path) == ["revision-chain"]


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="full"):
            frozen(tmp_path)
    assert list((tmp_path / "revisions").iterdir()) == []


def test_a_revision_is_never_written_over(tmp_path: Path) -> None:
    first = frozen(tmp_path)
    with pytest.raises(OSError, match=r"revisions"):
        frozen(tmp_path)
    assert read_revision(tmp_path / "revisions" / "001") == first
    assert [path.name for path in (tmp_path / "revisions").iterdir()] == ["001"]


def test_leftovers_of_killed_runs_are_cleared(tmp_path: Path) -> None:
    frozen(tmp_path)
    left = tmp_path / "revisions" / ".issuing-abc" / "case"
    left.mkdir(parents=True)
    (left / "case.yaml").write_text("x", encoding="utf-8")
    left.chmod(0o555)
    left.parent.chmod(0o555)
    assert [one.number for one in revisions(tmp_path)] == [1]
    clear_leftovers(tmp_path)
    assert [path.name for path in (tmp_path / "revisions").iterdir()] == ["001"]


def test_a_missing_revision_is_told(tmp_path: Path) -> None:
    first = frozen(tmp_path)
    frozen(tmp_path, 2, first.record_hash)
    (tmp_path / "revisions" / "001").rename(tmp_path / "elsewhere")
    with pytest.raises(AssemblerError, match=r"1"):
        revisions(tmp_path)
    assert found(tmp_path) == ["revision-gone", "revision-chain"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1, "letters": 3}'])
def test_a_broken_record_is_told(tmp_path: Path, text: str) -> None:
    record = frozen(tmp_path).folder / "revision.json"
    record.chmod(0o644)
    record.write_text(text, encoding="utf-8")
    assert found(tmp_path) == ["revision-damaged"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("pages", "3"), ("files", []), ("files", {"a": 1}), ("pdf", 7), ("made_with", "x"), ("letters", [{}]),
     ("letters", [{"part": 1, "number": "", "date": ""}]), ("registry", ["x"]), ("number", True)],
)  # fmt: skip
def test_a_record_of_another_shape_is_told(tmp_path: Path, name: str, value: object) -> None:
    record = frozen(tmp_path).folder / "revision.json"
    record.chmod(0o644)
    record.write_text(json.dumps(json.loads(record.read_text()) | {name: value}), encoding="utf-8")
    assert found(tmp_path) == ["revision-damaged"]


def test_issued_states_are_no_cases_of_their_own(tmp_path: Path) -> None:
    case = tmp_path / "demo"
    case.mkdir()
    (case / "case.yaml").write_text("report: r\n", encoding="utf-8")
    frozen(case)
    assert case_folders(tmp_path) == (case,)
    assert case_folders(case) == (case,)
