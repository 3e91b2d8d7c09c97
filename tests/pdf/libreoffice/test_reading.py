"""The text behind the pages: fields are read in the digits they are drawn in, and «لا» is found."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from assembler.documents.markup import field, parse
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import LibreOffice

FONTS = '<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="B Nazanin"/><w:szCs w:val="28"/>'
LANGUAGE = '<w:lang w:bidi="fa-IR"/>'
PERSIAN = f"<w:rtl/>{LANGUAGE}"
MARK = '<w:bookmarkStart w:id="1" w:name="here"/><w:bookmarkEnd w:id="1"/>'


def _run(text: str, latin: str, more: str = PERSIAN) -> str:
    return f"<w:r><w:rPr>{FONTS.format(latin=latin)}{more}</w:rPr><w:t>{text}</w:t></w:r>"


def _read(path: Path, body: list[str], engine: LibreOffice, fonts: FontSet) -> list[str]:
    """The lines a reader of PDF gives back of paragraphs on page 158."""
    document = Document()
    for line in body:
        (paragraph,) = parse(f"<w:p><w:pPr><w:bidi/></w:pPr>{line}</w:p>")
        document.element.body.insert(len(document.element.body) - 1, paragraph)
    document.sections[0]._sectPr.append(parse('<w:sectPr><w:pgNumType w:start="158"/></w:sectPr>')[0][0])
    assert document.sections[0]._sectPr.find(qn("w:pgNumType")) is not None
    document.save(str(path))
    (pdf,) = convert(engine, [path], path.parent / "out", fonts=fonts, timeout=60, work=path.parent / "work")
    with closing(pypdfium2.PdfDocument(pdf)) as pages:
        return [line.strip() for line in pages[0].get_textpage().get_text_range().splitlines() if line.strip()]


@pytest.mark.parametrize("latin", ["Times New Roman", "B Nazanin"])
@pytest.mark.parametrize(
    ("code", "number"), [("PAGE", "۱۵۸"), ("PAGEREF here", "۱۵۸"), ("SEQ Table \\* ARABIC \\r 1456", "۱۴۵۶")]
)
def test_numbers_of_fields_are_read_as_persian(
    code: str, number: str, latin: str, tmp_path: Path, engine: LibreOffice, fonts: FontSet
) -> None:
    """Whichever comes first, a field or a number that was typed; digits of Latin words stay as they are."""
    shown = field(code, "0").replace("<w:rPr>", f"<w:rPr>{FONTS.format(latin=latin)}{LANGUAGE}")
    typed, words = _run("۱۲۳۴۵۶۷۸", latin), _run("G2B4568", latin, "")
    lines = _read(tmp_path / "a.docx", [MARK + shown, typed, words, shown], engine, fonts)
    assert lines == [number, "۱۲۳۴۵۶۷۸", "G2B4568", number]


@pytest.mark.parametrize("word", ["سلام", "اطلاعات لازم", "لأن", "الآن", "بلا"])
def test_words_with_lam_and_alef_are_found(word: str, tmp_path: Path, engine: LibreOffice, fonts: FontSet) -> None:
    lines = _read(tmp_path / "a.docx", [_run(f"با {word} و", "B Nazanin")], engine, fonts)
    assert [unicodedata.normalize("NFKC", line) for line in lines] == [f"با {word} و"]
    with closing(pypdfium2.PdfDocument(tmp_path / "out" / "a.pdf")) as pages:
        found = pages[0].get_textpage().search(word).get_next()
    assert found
