"""The names a template prints are read from its tags: whole, cut into runs, in headers, in loops; and what is typed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from assembler.documents.names import PrintedNames, letterhead_of
from assembler.model.templates import Letterhead
from tests.documents.conftest import COVER, LETTER, TEMPLATES, edited

LETTERHEAD = TEMPLATES / "letterhead.docx"


def test_the_delivered_templates_print_what_they_are_offered() -> None:
    printed = PrintedNames(TEMPLATES)
    assert set(printed) == {"body", "cover", "letterhead", "problems"}
    assert printed["letterhead"] == {*LETTER, "body", "signature"}
    assert printed["cover"] == set(COVER) - {"emblem"}
    assert printed["body"] == {"agency", "body", "report_title"}
    assert printed["problems"] == {"body"}


@pytest.mark.parametrize(
    ("old", "new", "printed", "gone"),
    [
        ("{{ subject }}", "{{ sub</w:t></w:r><w:r><w:t>ject2 }}", "subject2", "subject2</w"),
        ("{{ number }}", "{{ nummer }}", "nummer", "number"),
        ("{{ subject }}", "{{ subject if vip &gt; 1 }}", "vip", "gt"),
        ("{{ copy }}", "{{ copy }}", "copies", "copy"),
    ],
)
def test_tags_are_read_as_word_shows_them(tmp_path: Path, old: str, new: str, printed: str, gone: str) -> None:
    edited(LETTERHEAD, tmp_path / "changed.docx", (old, new))
    names = PrintedNames(tmp_path)["changed"]
    assert names is not None
    assert printed in names
    assert gone not in names


def test_what_cannot_be_read_is_no_set_of_names(tmp_path: Path) -> None:
    (tmp_path / "text.docx").write_text("not a document", encoding="utf-8")
    edited(LETTERHEAD, tmp_path / "open.docx", ("{%p endif %}", ""))
    edited(LETTERHEAD, tmp_path / "wrong.docx", ("{{ subject }}", "{{ subject | }}"))
    with zipfile.ZipFile(tmp_path / "large.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 21_000_000)
    printed = PrintedNames(tmp_path)
    assert dict(printed) == dict.fromkeys(("large", "open", "text", "wrong"))


def test_a_template_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    shutil.copyfile(LETTERHEAD, tmp_path / "letterhead.docx")
    printed = PrintedNames(tmp_path)
    (tmp_path / "letterhead.docx").unlink()
    assert "letterhead" in printed
    assert printed["letterhead"] is None
    with pytest.raises(KeyError):
        printed["other"]


def test_what_is_typed_into_a_template_is_read_as_it_is_printed(tmp_path: Path) -> None:
    assert letterhead_of(LETTERHEAD).signed == ()
    assert "رونوشت:" in letterhead_of(LETTERHEAD).lines
    signer = "{{ signer_name }}"
    typed = edited(LETTERHEAD, tmp_path / "a.docx", (signer, "الف. نمونه"))
    assert letterhead_of(typed).signed == ("الف. نمونه",)
    gone = f'<w:del w:id="1" w:author="x"><w:r><w:delText>{signer}</w:delText></w:r></w:del>'
    assert "delText" not in "".join(letterhead_of(edited(LETTERHEAD, tmp_path / "b.docx", (signer, gone))).lines)
    assert letterhead_of(tmp_path / "none.docx") == Letterhead()
    (tmp_path / "broken.docx").write_bytes(b"PK")
    assert letterhead_of(tmp_path / "broken.docx") == Letterhead()
