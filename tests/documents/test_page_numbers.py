"""The line of the page number: found whatever its style, made where a footer lacks it, told where it says more."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assembler.documents.printing import print_copy
from assembler.documents.templates import check_template
from assembler.model.packet import Paragraph, Part
from tests.documents.conftest import BODY, TEMPLATES, Make, edited, text

PAGE = '<w:r><w:rPr><w:rtl/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>'
TEMPLATE = TEMPLATES / "body.docx"
OWN = '<w:pStyle w:val="PageNumberLine"/>'


def footers(file: Path) -> list[list[str]]:
    return [[one.text for one in section.footer.paragraphs] for section in docx.Document(str(file)).sections]


def restyled(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    return edited(TEMPLATE, tmp_path / "c.docx", *changes, name="word/footer1.xml")


def test_a_number_in_another_style_is_not_printed_twice(make: Make, tmp_path: Path) -> None:
    template = restyled(tmp_path, (OWN, '<w:pStyle w:val="Footer"/>'))
    assert check_template(template, BODY.keys(), True) == ()
    source = make(Paragraph(text("متن")), template=template)
    print_copy(source, tmp_path / "print.docx", first_page=1)
    assert footers(source) == [["صفحه ۱"]]
    assert footers(tmp_path / "print.docx") == [[""]]


def test_a_number_beside_other_text_is_told(tmp_path: Path) -> None:
    template = restyled(tmp_path, (OWN, '<w:pStyle w:val="Footer"/>'), ("صفحه ", "سازمان نمونه، صفحه "))
    (told,) = check_template(template, BODY.keys(), True)
    assert (told.code, told.place.item) == ("template-page-number", "پاصفحه، بند ۱")


@pytest.mark.parametrize("kind", ["report", "cover"])
def test_a_footer_without_a_line_for_the_number_gets_one(make: Make, tmp_path: Path, kind: str) -> None:
    document = docx.Document(str(TEMPLATE))
    line = document.sections[0].footer.paragraphs[0]
    for child in [one for one in line._p if one.tag != qn("w:pPr")]:
        line._p.remove(child)
    line.style = document.styles["footer"]
    line.add_run("تهران، خیابان بهشتی")
    document.save(str(tmp_path / "c.docx"))
    part = None if kind == "report" else Part("cover", "c", "جلد", fields=BODY)
    made = make(Paragraph(text("متن")), part=part, template=tmp_path / "c.docx")
    assert footers(made)[0] == ["تهران، خیابان بهشتی", *(["صفحه ۱"] if kind == "report" else [])]
