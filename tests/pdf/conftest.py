"""Small Word documents made on the spot, and their pages, converted once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from PIL import Image

from assembler.pdf.fonts import FontSet, find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import LibreOffice, probe

MakeDocument = Callable[..., Path]


def _set(parent: Any, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)


def _write(paragraph: Paragraph, text: str, font: str, justified: bool = False) -> None:
    properties = paragraph._p.get_or_add_pPr()
    _set(properties, "w:bidi")
    if justified:
        _set(properties, "w:jc", val="both")
    run = paragraph.add_run(text)
    run_properties = run._r.get_or_add_rPr()
    _set(run_properties, "w:rFonts", ascii=font, hAnsi=font, cs=font)
    _set(run_properties, "w:szCs", val="28")
    _set(run_properties, "w:rtl")
    _set(run_properties, "w:lang", bidi="fa-IR")


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    paragraph._p.append(start)
    paragraph._p.append(end)


def make_document(
    path: Path, texts: tuple[str, ...], *, landscape: bool = False, picture: Path | None = None, pages: bool = False
) -> Path:
    """Bookmarks ``part_1``, ``part_2`` … stand in the paragraphs; the first is set in B Titr. A picture comes last."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    for number, text in enumerate(texts, 1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = pages and number > 1
        _bookmark(paragraph, f"part_{number}", number)
        _write(paragraph, text, "B Titr" if number == 1 else "B Nazanin", justified=number > 1)
    if picture:
        paragraph = document.add_paragraph()
        _bookmark(paragraph, "picture", 900)
        paragraph.add_run().add_picture(str(picture), width=Cm(7), height=Cm(9.9))
    document.save(str(path))
    return path


@pytest.fixture(scope="session")
def document() -> MakeDocument:
    return make_document


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return find_fonts()


@pytest.fixture(scope="session")
def engine() -> LibreOffice:
    found = probe()
    if found is None or not found.writer:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A letter, a body of three pages with an empty frame, and a landscape table page."""
    folder = tmp_path_factory.mktemp("documents")
    frame = folder / "frame.png"
    Image.new("RGB", (210, 297), "white").save(frame)
    sentence = "این یک متن آزمایشی برای سنجش صفحه‌ها است و لا و الا هم دارد. "
    letter = make_document(folder / "letter.docx", ("نامه درخواست", sentence * 4, "نام و سمت امضاکننده"))
    body = make_document(folder / "body.docx", ("گزارش عملکرد", sentence * 6, sentence * 3), picture=frame, pages=True)
    wide = make_document(folder / "wide.docx", ("جدول پهن", sentence * 2), landscape=True)
    return letter, body, wide


@pytest.fixture(scope="session")
def converted(
    documents: tuple[Path, ...], engine: LibreOffice, fonts: FontSet, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, ...]:
    """The PDFs of the documents, made by LibreOffice in one call."""
    folder = tmp_path_factory.mktemp("converted")
    return convert(engine, documents, folder / "out", fonts=fonts, timeout=60, work=folder / "work")
