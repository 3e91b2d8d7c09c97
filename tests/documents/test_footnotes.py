"""Footnotes: those of a template stay footnotes of Word; those of a table stand under it, as circulars print them."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import nsmap, qn
from lxml import etree

from assembler.assembly.fonts import carried
from assembler.documents.printing import fill_contents, print_copy
from assembler.documents.templates import check_template
from assembler.model.packet import Heading, Paragraph
from assembler.pdf.fonts import find_fonts
from tests.documents.conftest import BODY, LETTER, TEMPLATES, Make, grid, letter, text
from tests.documents.test_ooxml import assert_valid

NOTE = "این شماره پس از ثبت در دبیرخانه داده می‌شود."
_MARK = '<w:rPr><w:rFonts w:cs="B Titr"/><w:vertAlign w:val="superscript"/><w:rtl/></w:rPr>'
_NOTES = (
    f'<w:footnotes xmlns:w="{nsmap["w"]}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2"><w:p><w:pPr><w:bidi/></w:pPr><w:r>{_MARK}<w:footnoteRef/></w:r>'
    f"<w:r><w:rPr><w:rtl/></w:rPr><w:t>{NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def with_footnote(source: Path, target: Path, behind: str) -> Path:
    """A copy of a template with a footnote behind the text of a tag, as Word puts one there; «»: first of all."""
    mark = f'<w:r>{_MARK}<w:footnoteReference w:id="2"/></w:r>'
    listed = f'<Override PartName="/word/footnotes.xml" ContentType="{_OFFICE}.footnotes+xml"/></Types>'
    led = f'<Relationship Id="rId77" Type="{RELATION.FOOTNOTES}" Target="footnotes.xml"/></Relationships>'
    changes = {
        "[Content_Types].xml": ("</Types>", listed),
        "word/_rels/document.xml.rels": ("</Relationships>", led),
    }
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name in changes:
                content = content.decode().replace(*changes[name]).encode()
            if name == "word/document.xml":
                told = content.decode()
                place = told.index("</w:p>", told.index(behind)) if behind else told.index("<w:p>")
                shown = mark if behind else f"<w:p><w:pPr><w:bidi/></w:pPr>{mark}</w:p>"
                content = (told[:place] + shown + told[place:]).encode()
            out.writestr(name, content)
        out.writestr("word/footnotes.xml", _NOTES)
    return target


@pytest.mark.parametrize("name", ["letterhead", "body"])
def test_footnotes_of_a_template_stay_footnotes(make: Make, tmp_path: Path, name: str) -> None:
    is_letter = name == "letterhead"
    template = with_footnote(
        TEMPLATES / f"{name}.docx", tmp_path / f"{name}.docx", "{{ closing }}" if is_letter else ""
    )
    assert check_template(template, (LETTER if is_letter else BODY).keys(), not is_letter) == ()
    blocks = (Heading("برنامه", 1, "۱", "plan"), Paragraph(text("متن")), replace(grid(), page="landscape"))
    file = make(part=letter(), template=template) if is_letter else make(*blocks, template=template)
    print_copy(file, tmp_path / "print.docx", first_page=1)
    fill_contents(file, {"plan": 3}, {}, first_page=2, fonts=carried(find_fonts()))
    for made in (file, tmp_path / "print.docx"):
        document = docx.Document(str(made))
        (mark,) = document.element.body.iter(qn("w:footnoteReference"))
        (part,) = (one for one in document.part.package.iter_parts() if str(one.partname) == "/word/footnotes.xml")
        (note,) = (one for one in etree.fromstring(part.blob) if one.get(qn("w:id")) == mark.get(qn("w:id")))
        assert "".join(note.itertext()) == NOTE
    assert_valid(template, file, tmp_path / "print.docx")


def test_the_fonts_of_footnotes_are_named_as_those_the_file_carries(make: Make, tmp_path: Path) -> None:
    fonts = carried(find_fonts())
    file = make(
        part=letter(), template=with_footnote(TEMPLATES / "letterhead.docx", tmp_path / "t.docx", "{{ closing }}")
    )
    fill_contents(file, {}, {}, fonts=fonts)
    with zipfile.ZipFile(file) as archive:
        notes = archive.read("word/footnotes.xml").decode()
    used = {one.family: one.used for one in fonts}
    assert f'w:cs="{used["B Titr"]}"' in notes


def test_notes_of_a_table_stand_under_it(make: Make) -> None:
    """A footnote of Word would leave the table for the foot of its page, and a header that repeats may hold none."""
    document = docx.Document(str(make(grid())))
    assert next(document.element.body.iter(qn("w:footnoteReference")), None) is None
    assert "یادداشت" in "".join(document.tables[0]._tbl.itertext())
