"""Signed copies beside what is frozen of a revision."""

from __future__ import annotations

from pathlib import Path

from assembler.records.signed import altered_copies, keep_signed, signed_copies


def revision(folder: Path) -> Path:
    (folder / "001").mkdir()
    (folder / "001").chmod(0o555)
    return folder / "001"


def test_a_signed_copy_is_kept_and_proved(tmp_path: Path) -> None:
    scan = tmp_path / "scan.PDF"
    scan.write_bytes(b"%PDF-")
    folder = revision(tmp_path)
    copy = keep_signed(folder, "cover-letter", "12", "1405/03/02", scan)
    assert (copy.file, signed_copies(folder), list(altered_copies(folder, 1))) == ("cover-letter.pdf", (copy,), [])
    assert folder.stat().st_mode & 0o222 == 0


def test_an_altered_and_an_added_copy_are_named(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-")
    folder = revision(tmp_path)
    keep_signed(folder, "cover-letter", "12", "1405/03/02", scan)
    (folder / "signed").chmod(0o755)
    (folder / "signed" / "cover-letter.pdf").write_bytes(b"other")
    (folder / "signed" / "more.pdf").write_bytes(b"x")
    assert [found.code for found in altered_copies(folder, 1)] == ["revision-file-altered", "revision-file-added"]
