"""A template can neither reach into the program nor fetch anything, and its faults are told with their paragraph."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assembler.base.problems import AssemblerError, ExitCode
from assembler.documents.templates import check_template
from assembler.model.packet import Paragraph
from tests.documents.conftest import LETTER, TEMPLATES, Make, all_text, edited, letter, member, text

LETTERHEAD = TEMPLATES / "letterhead.docx"
REPEATED = " | replace('x', 'xxxxxxxxxx')"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
        (f"{{{{ {'9' * 5000} }}}}", "template-bad-tag"),
        (f"{{{{ {'1 + ' * 3000}1 }}}}", "template-bad-tag"),
        (f"{{{{ {'(' * 600}1{')' * 600} }}}}", "template-bad-tag"),
        (f"{{{{ 'x'{REPEATED * 9} }}}}", "template-bad-tag"),
    ],
    ids=lambda told: told[:40],
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


def test_what_data_make_large_in_a_tag_is_refused_when_it_is_filled(make: Make, tmp_path: Path) -> None:
    tag = "{{ addressee | replace('x', date) | replace('1', addressee) }}"
    large = edited(LETTERHEAD, tmp_path / "large.docx", ("{{ addressee }}", tag))
    assert not [one for one in check_template(large, LETTER.keys(), needs_body=False) if one.code == "template-bad-tag"]
    with pytest.raises(AssemblerError) as caught:
        make(part=letter(addressee="x" * 3000, date="1" * 3000), template=large)
    assert {one.code for one in caught.value.problems} == {"template-failed"}


@pytest.mark.parametrize(
    "filters",
    [
        REPEATED * 3,
        "| replace('', 'x') | replace('x', '%s')" % ("y" * 120),
        "| list | join('%s')" % ("y" * 120),
        "| replace('a', 'bbbbbbbbbbbb') | trim | replace('b', 'cccccccccccc')",
    ],
)
def test_filters_that_make_much_of_little_are_told_before_anything_is_made(tmp_path: Path, filters: str) -> None:
    for tag in ("{{ addressee %s }}", "{%% if addressee %s %%}"):
        template = edited(LETTERHEAD, tmp_path / "a.docx", ("{{ addressee }}", tag % filters))
        found = check_template(template, LETTER.keys(), needs_body=False)
        assert "letters of one" in str(next(one for one in found if one.code == "template-bad-tag").arguments["reason"])


@pytest.mark.parametrize("filters", ["replace('،', ' و ')", "replace('-', '') | trim | upper", "list | join('، ')"])
def test_filters_that_make_little_are_taken(tmp_path: Path, filters: str) -> None:
    template = edited(LETTERHEAD, tmp_path / "a.docx", ("{{ addressee }}", f"{{{{ addressee | {filters} }}}}"))
    assert not [
        one for one in check_template(template, LETTER.keys(), needs_body=False) if one.code == "template-bad-tag"
    ]


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


@pytest.mark.parametrize("kind", ["oleObject", "control", "aFChunk", "package", "subDocument", "nobodyKnows"])
def test_what_a_template_carries_is_told_and_left_out(make: Make, tmp_path: Path, kind: str) -> None:
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="carried.bin"/></Relationships>'
    ole = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId99"/>'
    shown = f"<w:p><w:r><w:object>{ole}</w:object></w:r></w:p><w:tbl>"
    step = edited(LETTERHEAD, tmp_path / "a.docx", ("<w:tbl>", shown))
    step = edited(step, tmp_path / "b.docx", ("</Relationships>", relation), name="word/_rels/document.xml.rels")
    types = '<Default Extension="bin" ContentType="application/octet-stream"/></Types>'
    template = edited(step, tmp_path / "c.docx", ("</Types>", types), name="[Content_Types].xml")
    with zipfile.ZipFile(template, "a") as archive:
        archive.writestr("word/carried.bin", b"carried-8899")
    told = [one for one in check_template(template, [], needs_body=False) if one.code == "template-embedded"]
    assert [one.arguments["name"] for one in told] == ["carried.bin"]
    out = make(part=letter(), template=template)
    assert not any(b"carried" in name.encode() + member(out, name) for name in zipfile.ZipFile(out).namelist())
    assert b"w:object" not in member(out, "word/document.xml")


def test_a_drawing_of_old_that_names_a_file_fetches_nothing(make: Make, tmp_path: Path) -> None:
    drawing = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://198.51.100.1/x.png"/>'
        "</v:shape></w:pict></w:r></w:p><w:tbl>"
    )
    template = edited(LETTERHEAD, tmp_path / "a.docx", ("<w:tbl>", drawing))
    told = {str(one.arguments.get("target")) for one in check_template(template, [], needs_body=False)}
    assert "http://198.51.100.1/x.png" in told
    out = make(part=letter(), template=template)
    assert not any(b"198.51" in member(out, name) for name in zipfile.ZipFile(out).namelist())


def test_a_header_that_lies_elsewhere_and_a_main_part_that_is_none(make: Make, tmp_path: Path) -> None:
    header = f'<Relationship Id="rId99" Type="{OFFICE}/header" Target="http://198.51.100.1/h" TargetMode="External"/>'
    far = edited(
        LETTERHEAD,
        tmp_path / "a.docx",
        ("</Relationships>", header + "</Relationships>"),
        name="word/_rels/document.xml.rels",
    )
    assert {"template-external", "template-broken"} <= {one.code for one in check_template(far, [], needs_body=False)}
    main = edited(LETTERHEAD, tmp_path / "b.docx", ("<w:document ", "<w:hdr "), ("</w:document>", "</w:hdr>"))
    assert [one.code for one in check_template(main, [], needs_body=False)] == ["template-broken"]
