"""A template can neither reach into the program nor fetch anything, and its faults are told with their paragraph."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError, ExitCode
from assembler.model.packet import Paragraph
from tests.documents.conftest import TEMPLATES, Make, all_text, edited, letter, member, text

LETTERHEAD = TEMPLATES / "letterhead.docx"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("{{ addressee.__class__.__mro__ }}", "template-bad-tag"),
        ("{{ addressee['__class__'] }}", "template-bad-tag"),
        ("{{ nobody }}", "template-unknown-name"),
        ("{{ range(9) }}", "template-bad-tag"),
        ("{{ addressee.center(1000000000) }}", "template-bad-tag"),
        ("{{ addressee | center(1000000000) }}", "template-bad-tag"),
        ("{{ addressee * 1000000000 }}", "template-bad-tag"),
        ("{{ '%1000000000d' % 1 }}", "template-bad-tag"),
        ("{{ addressee | safe }}", "template-bad-tag"),
        ("{{ addressee }", "template-bad-tag"),
        ("{{ addressee + }}", "template-bad-tag"),
        ("{% if addressee %}", "template-bad-tag"),
        ("{% include 'x' %}", "template-bad-tag"),
        ("{{ 1 / 0 }}", "template-failed"),
    ],
)
def test_faults_stop_the_part_and_name_the_paragraph(make: Make, tmp_path: Path, tag: str, code: str) -> None:
    broken = edited(LETTERHEAD, tmp_path / "broken.docx", ("{{ addressee }}", tag))
    with pytest.raises(AssemblerError) as caught:
        make(part=letter(), template=broken)
    assert caught.value.exit_code is ExitCode.TEMPLATE
    assert code in {one.code for one in caught.value.problems}
    assert all(one.place.file == str(broken) for one in caught.value.problems)
    # An if that is opened twice is closed by the inner end; the outer one stays open.
    where = "بند ۲" if tag.startswith("{% if") else "بند ۳"
    assert any(one.place.item == where for one in caught.value.problems)


def test_text_that_is_no_word_file(make: Make, tmp_path: Path) -> None:
    for content in (b"", b"no zip", b"PK\x03\x04"):
        broken = tmp_path / "broken.docx"
        broken.write_bytes(content)
        with pytest.raises(AssemblerError) as caught:
            make(template=broken)
        assert [one.code for one in caught.value.problems] == ["template-broken"]


def test_zip_that_is_no_word_file(make: Make, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(AssemblerError, match="template-broken"):
        make(template=broken)


def test_body_without_a_place_for_it(make: Make, tmp_path: Path) -> None:
    broken = edited(TEMPLATES / "body.docx", tmp_path / "broken.docx", ("{{ body }}", "متن"))
    with pytest.raises(AssemblerError, match="template-missing-placeholder"):
        make(Paragraph(text("متن")), template=broken)


def test_split_tags_are_still_filled(make: Make, tmp_path: Path) -> None:
    halves = '{{ addr</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">essee }}'
    split = edited(LETTERHEAD, tmp_path / "split.docx", ("{{ addressee }}", halves))
    assert "جناب آقای احمدی" in all_text(make(part=letter(), template=split))


def test_external_pictures_and_fields_are_left_out(make: Make, tmp_path: Path) -> None:
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        ' Target="http://198.51.100.1/spy.png" TargetMode="External"/></Relationships>'
    )
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        ' INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "http://198.51.100.1/b.png" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:tbl>'
    )
    step = edited(LETTERHEAD, tmp_path / "a.docx", ('r:embed="rId20"', 'r:link="rId99"'), ("<w:tbl>", field))
    spying = edited(step, tmp_path / "b.docx", ("</Relationships>", relation), name="word/_rels/document.xml.rels")
    out = make(part=letter(), template=spying)
    for name in zipfile.ZipFile(out).namelist():
        assert b"198.51.100.1" not in member(out, name)
    assert b"w:drawing" not in member(out, "word/document.xml")
