"""The QR code of a letter: it holds what it should, a reader sees it on the printed page, and it covers nothing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
import zxingcpp
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from assembler.documents.codes import picture
from assembler.documents.package import open_checked, save
from assembler.documents.printing import print_copy
from assembler.documents.templates import check_template
from assembler.model.packet import DocumentId, Paragraph, Part
from assembler.model.templates import OFFERED
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from tests.documents.conftest import TEMPLATES, Make, body_of, edited, letter, text
from tests.documents.test_ooxml import assert_valid

CONTENT = "۱۴۰۵/د/۰۱۲۳|1405/03/10 10:22|3f2504e0-4f89-11d3-9a0c-0305e82c3301|محمد رضایی||14000000000"
CODE = DocumentId(CONTENT, "۱۴۰۵/د/۰۱۲۳")
LINES = [Paragraph(text("سازمان این نامه را همراه پیوست‌های آن به حضور می‌فرستد. " * 4))] * 3
LETTERHEAD = TEMPLATES / "letterhead.docx"
PLACEHOLDER = "{{ document_id }}"
_POINTS = 72 / 2.54  # a cm


def coded() -> Part:
    return replace(letter(*LINES), document_id=CODE)


def without_placeholder(folder: Path) -> Path:
    """An office's own letterhead, from before there were document IDs."""
    document = open_checked(LETTERHEAD)
    for paragraph in [one for one in document.element.body.iter(qn("w:p")) if "document_id" in words(one)]:
        following = paragraph.getnext()
        if following is not None and "endif" in words(following):
            following.getparent().remove(following)
        paragraph.getparent().remove(paragraph)
    save(document, folder / "own.docx")
    return folder / "own.docx"


def in_a_header(folder: Path) -> Path:
    """One whose number and date stand in the header of the page."""
    document = open_checked(without_placeholder(folder))
    header = document.sections[0].header
    header.is_linked_to_previous = False
    table = document.element.body.find(qn("w:tbl"))
    for emblem in list(table.iter(qn("w:drawing"))):  # its picture belongs to the body
        emblem.getparent().remove(emblem)
    header._element.insert(0, table)
    save(document, folder / "header.docx")
    return folder / "header.docx"


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def drawings(file: Path) -> list[etree._Element]:
    return [one for one in body_of(file).iter(qn("wp:docPr")) if one.get("name") == "document-id"]


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize("content", [CONTENT, "1|||||", "||نام|", "a" * 400])
def test_a_reader_sees_what_was_written(content: str) -> None:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture(content))))
    assert (found.text, found.format) == (content, zxingcpp.BarcodeFormat.QRCode)


def test_the_same_content_is_the_same_bytes() -> None:
    assert picture(CONTENT) == picture(CONTENT)
    assert picture(CONTENT) != picture(CONTENT + "0")


# ---------------------------------------------------------------- its place in the document


def test_the_shipped_letterhead_keeps_a_place_for_it(make: Make) -> None:
    file = make(part=coded(), template=LETTERHEAD)
    (found,) = drawings(file)
    assert found.getparent().tag == qn("wp:inline")
    assert CODE.number in found.get("descr", "")
    cell = next(found.iterancestors(qn("w:tc")))
    assert "پیوست" in words(cell)


def test_without_a_code_the_letter_is_what_it_was(make: Make, tmp_path: Path) -> None:
    shipped = make(part=letter(*LINES), template=LETTERHEAD, name="shipped.docx")
    own = make(part=letter(*LINES), template=without_placeholder(tmp_path), name="own-letter.docx")
    assert etree.tostring(body_of(shipped)) == etree.tostring(body_of(own))
    assert drawings(shipped) == []


@pytest.mark.parametrize("template", [without_placeholder, in_a_header])
def test_an_own_letterhead_gets_it_below_its_number(
    make: Make, tmp_path: Path, template: Callable[[Path], Path]
) -> None:
    file = make(part=coded(), template=template(tmp_path))
    (found,) = drawings(file)
    anchor = found.getparent()
    assert (anchor.tag, anchor.get("allowOverlap")) == (qn("wp:anchor"), "0")
    holder = next(found.iterancestors(qn("w:p")))
    before = [words(one) for one in holder.itersiblings(preceding=True)]
    assert all("پیوست" in one for one in before)
    assert "احمدی" in words(holder.getparent()[holder.getparent().index(holder) + 2])


def test_a_place_may_stand_in_a_header(make: Make, tmp_path: Path) -> None:
    template = tmp_path / "own.docx"
    document = open_checked(in_a_header(tmp_path))
    document.sections[0].header.add_paragraph(PLACEHOLDER)
    save(document, template)
    file = make(part=coded(), template=template)
    assert drawings(file) == []
    header = docx.Document(str(file)).sections[0].header
    assert [one.get("name") for one in header._element.iter(qn("wp:docPr")) if one.get("name") == "document-id"]
    assert PLACEHOLDER not in words(header._element)


@pytest.mark.parametrize("template", [None, without_placeholder, in_a_header])
def test_it_is_valid_and_the_same_every_time(make: Make, tmp_path: Path, template: object) -> None:
    path = template(tmp_path) if callable(template) else LETTERHEAD
    first, second = (make(part=coded(), template=path, name=f"{number}.docx") for number in (1, 2))
    assert first.read_bytes() == second.read_bytes()
    print_copy(first, tmp_path / "print.docx", first_page=1)
    assert len(drawings(tmp_path / "print.docx")) == 1
    assert_valid(first, tmp_path / "print.docx")


def test_the_placeholder_stands_alone_in_a_letter(tmp_path: Path) -> None:
    assert check_template(LETTERHEAD, [*OFFERED["letter"], "body", "signature"], needs_body=True) == ()
    crowded = edited(LETTERHEAD, tmp_path / "crowded.docx", (PLACEHOLDER, f"شناسه {PLACEHOLDER}"))
    found = check_template(crowded, [*OFFERED["letter"], "body", "signature"], needs_body=True)
    assert [one.code for one in found] == ["template-bad-tag"]
    body = check_template(LETTERHEAD, [*OFFERED["body"], "body", "signature"], needs_body=True)
    assert "document_id" in {str(one.arguments.get("name")) for one in body}


# ---------------------------------------------------------------- on the printed page


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice draws the page")
@pytest.mark.parametrize("template", [None, without_placeholder, in_a_header])
def test_it_is_read_from_the_page_and_covers_nothing(make: Make, tmp_path: Path, template: object) -> None:
    path = template(tmp_path) if callable(template) else LETTERHEAD
    file = make(part=coded(), template=path)
    page = printed(file, tmp_path)
    image = page.render(scale=150 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(image)
    assert found.text == CONTENT
    left, bottom, right, top = frame(page)
    assert right - left == pytest.approx(2 * _POINTS, abs=1)
    assert right < page.get_width() / 2
    assert bottom > page.get_height() * 2 / 3
    inside = page.get_textpage().get_text_bounded(left, bottom, right, top)
    assert inside.strip() == ""


def printed(file: Path, folder: Path) -> pypdfium2.PdfPage:
    office = probe()
    assert office is not None
    (folder / "pdf").mkdir()
    (pdf,) = convert(office, [file], folder / "pdf", fonts=find_fonts(), timeout=120, work=folder)
    return pypdfium2.PdfDocument(pdf)[0]


def frame(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Where the code stands on the page: the smallest square picture."""
    pictures = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    square = [one for one in pictures if abs((one[2] - one[0]) - (one[3] - one[1])) < 1]
    return min(square, key=lambda one: one[2] - one[0])
