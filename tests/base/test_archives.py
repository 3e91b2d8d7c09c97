"""Damaged archives: whatever is wrong with a Word template is a problem of that file, never a trace."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembler.base.archives import part_of
from assembler.base.problems import AssemblerError
from assembler.documents.families import families_of
from assembler.documents.names import PrintedNames
from assembler.documents.package import open_checked

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
WHOLE = (TEMPLATES / "letterhead.docx").read_bytes()


def test_a_part_larger_than_told_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/styles.xml", b" " * 1000)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(part_of(archive, "word/styles.xml", 1000)) == 1000
        with pytest.raises(ValueError, match="1000"):
            part_of(archive, "word/styles.xml", 999)
        with pytest.raises(KeyError):
            part_of(archive, "word/absent.xml", 999)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255), st.booleans())
def test_whatever_is_damaged_is_told_of_the_file(tmp_path: Path, at: int, change: int, cut: bool) -> None:
    """A byte changed or the end lost: names and families are read or not there, a document opens or is refused."""
    damaged = bytearray(WHOLE)
    damaged[at] ^= change
    (tmp_path / "letter.docx").write_bytes(damaged[:at] if cut else damaged)
    families_of(tmp_path / "letter.docx")
    PrintedNames(tmp_path).get("letter")
    assert refused(tmp_path / "letter.docx") in ([], ["template-broken"])


def refused(file: Path) -> list[str]:
    """The codes with which a document is refused; none when it opens."""
    try:
        open_checked(file)
    except AssemblerError as error:
        return [found.code for found in error.problems]
    return []
