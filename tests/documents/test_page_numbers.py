"""The line of the page number: found whatever its style, made where a footer lacks it, told where it says more."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assembler.documents.looks import Looks
from assembler.documents.package import story_parts
from assembler.documents.printing import print_copy
from assembler.documents.templates import check_template
from assembler.model.packet import ContentsBlock, Heading, Paragraph, Part
from tests.documents.conftest import BODY, TEMPLATES, Make, edited, grid, text
from tests.documents.test_ooxml import assert_valid

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


def field_runs(file: Path) -> list[tuple[str, bool, str | None]]:
    """Of each run of a field, in all parts: the code of its field, its direction and the language of its digits."""
    document = docx.Document(str(file))
    looks = Looks(document)
    default = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:bidi"))
    found: list[tuple[str, bool, str | None]] = []
    for part in story_parts(document):
        codes: list[str] = []
        for run in part.element.iter(qn("w:r")):
            mark, code = run.find(qn("w:fldChar")), run.find(qn("w:instrText"))
            kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
            codes += [""] if kind == "begin" else []
            if code is not None:
                codes[-1] = (code.text or "").split()[0]
            language = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
            if codes:
                told = default if language is None else language.get(qn("w:bidi"))
                found.append((codes[-1], looks.run_is_rtl(run, next(run.iterancestors(qn("w:p")))), told))
            if kind == "end":
                codes.pop()
    return found


def test_word_has_what_it_needs_to_print_persian_digits_in_fields(make: Make) -> None:
    """Its digits follow the run: right to left, with Persian as the language of complex scripts. (Where its option
    «Numeral» says Arabic it prints Latin ones whatever the file says.)
    """
    blocks = (ContentsBlock("فهرست"), Heading("برنامه", 1, "۱", "plan"), Paragraph(text("متن")), grid())
    found = field_runs(make(*blocks))
    assert {"PAGE", "PAGEREF", "TOC"} <= {code for code, *_ in found}
    assert {(is_rtl, language) for _, is_rtl, language in found} == {(True, "fa-IR")}


@pytest.mark.parametrize("simple", [True, False])
def test_a_page_number_typed_without_direction_is_marked(make: Make, tmp_path: Path, simple: bool) -> None:
    bare = '<w:r><w:rPr><w:b/><w:lang w:val="en-US"/></w:rPr>'
    field = (
        f'<w:fldSimple w:instr=" PAGE ">{bare}<w:t>1</w:t></w:r></w:fldSimple>'
        if simple
        else f'{bare}<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{bare}<w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    plain = edited(TEMPLATE, tmp_path / "a.docx", ('w:bidi="fa-IR"', 'w:bidi="ar-SA"'), name="word/styles.xml")
    template = edited(plain, tmp_path / "b.docx", ("</w:p>", f"{field}</w:p>"), name="word/footer1.xml")
    file = make(Paragraph(text("متن")), template=template)
    parts = {str(part.partname): part.element for part in story_parts(docx.Document(str(file)))}
    runs = parts["/word/footer1.xml"].iter(qn("w:r"))
    marked = [run for run in runs if run.find(qn("w:t")) is None or "صفحه" not in run.find(qn("w:t")).text]
    assert len(marked) >= 5
    for run in marked:
        look = run.find(qn("w:rPr"))
        assert look.find(qn("w:rtl")) is not None
        assert look.find(qn("w:lang")).get(qn("w:bidi")) == "fa-IR"
    assert_valid(file)
