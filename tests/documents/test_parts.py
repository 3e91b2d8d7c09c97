"""Values are data and survive whole; the same content is the same bytes; links lead somewhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import docx
import docx.section
import docx.shared
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assembler.base.persian import latin_digits
from assembler.documents.drawings import DrawnAnew
from assembler.documents.markup import figure_bookmark, signature_bookmark
from assembler.documents.parts import letter_picture_size, write_part
from assembler.documents.printing import print_copy
from assembler.model.packet import (
    Block,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    ListEntry,
    PageBreak,
    Paragraph,
    Part,
    Span,
    TemplateValue,
)
from tests.documents.conftest import (
    BODY,
    COVER,
    TEMPLATES,
    Make,
    W,
    all_text,
    body_of,
    cell,
    grid,
    letter,
    member,
    text,
)

_NOT_ASKED = "".join(map(chr, range(32))) + "\u200e\u200f\u2212\ufffe\uffff"
# Everything XML can carry, line breaks and tabs too; marks of direction are added where a reader would turn text round.
any_text = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters=_NOT_ASKED) | st.sampled_from("\n\t"),
    min_size=1,
)
markup_like = st.sampled_from(
    ["<w:p>", "{{ x }}", "{_{", "%_}", "&amp;", "]]>", "R&D", "x<y>z", "021-22901250", "می‌شود", "{% if %}"]
)
hostile = st.lists(any_text | markup_like, min_size=1, max_size=6).map("".join)


def bare(words: str) -> str:
    """The words without what setting them adds: marks of direction, Persian digits and signs."""
    signs = str.maketrans("٪٬", "%,")
    return latin_digits(words).replace("\u200e", "").replace("\u200f", "").replace("\u2212", "-").translate(signs)


def write(part: Part, template: str, folder: Path) -> Path:
    out = folder / "part.docx"
    write_part(part, TEMPLATES / template, out, title="t", author="a", pictures={}, drawings=DrawnAnew(folder))
    return out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile)
def test_any_text_survives_in_blocks(words: str) -> None:
    blocks = (
        Paragraph(text(words)),
        ListBlock((ListEntry("۱-", text(words)),)),
        grid(),
        Paragraph((Span("الف", "plan"), Span(words))),
    )
    with tempfile.TemporaryDirectory() as folder:
        out = write(Part("body", "b", "t", fields=BODY, blocks=blocks), "body.docx", Path(folder))
        assert bare(all_text(out)).count(bare(words)) >= 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile)
def test_any_text_survives_in_fields(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = write(letter(subject=words, copies=(words,)), "letterhead.docx", Path(folder))
        assert bare(all_text(out)).count(bare(words)) >= 2
        assert "رونوشت:" in all_text(out)


@pytest.mark.parametrize(
    "words", ["<w:p/>", "{{ body }}", "{% for %}", "&amp;", "\ufdd0body\ufdd1", "{_{ x }_}", "a\nb"]
)
def test_values_are_never_markup(make: Make, words: str) -> None:
    out = make(part=letter(Paragraph(text(words)), addressee=words), template=TEMPLATES / "letterhead.docx")
    assert all_text(out).count(words) == 2


def test_very_long_text(make: Make) -> None:
    words = "می‌شود " * 14_285
    assert words in all_text(make(Paragraph(text(words))))
    assert words in all_text(make(part=letter(subject=words), template=TEMPLATES / "letterhead.docx"))


def everything() -> tuple[Block, ...]:
    return (
        ContentsBlock("فهرست مطالب", 3),
        Heading("برنامه", 1, "۱", "plan-chapter"),
        Paragraph((Span("به "), Span("جدول شماره ۱", "plan"), Span(" نگاه کنید."))),
        grid(page="landscape"),
        PageBreak(),
        Heading("تصویرها", 2, "۱-۱", "pictures"),
        FigureBlock("request-figure", text("تصویر شماره ۱- نامه"), part="request", width=14),
        Heading("ریزتر", 4, "", "sub", listed=False),
    )


def test_two_builds_are_the_same_bytes(make: Make) -> None:
    first = make(*everything(), name="a.docx").read_bytes()
    assert first == make(*everything(), name="b.docx").read_bytes()
    one = make(part=letter(), template=TEMPLATES / "letterhead.docx", name="c.docx").read_bytes()
    assert one == make(part=letter(), template=TEMPLATES / "letterhead.docx", name="d.docx").read_bytes()


def test_links_and_contents_lead_to_bookmarks(make: Make) -> None:
    body = body_of(make(*everything()))
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    targets = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))}
    pages = {code.text.split()[1] for code in body.iter(qn("w:instrText")) if "PAGEREF" in code.text}
    assert targets | pages <= set(marks)
    assert {"plan", "plan-chapter", "pictures", "sub", figure_bookmark("request-figure")} <= set(marks)
    assert len(set(marks)) == len(marks)
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_the_number_of_a_chapter_and_how_an_indicator_stands_have_looks_of_their_own(make: Make) -> None:
    card = Paragraph((Span("وضعیت: بلی", chip=True), Span("ماده ۱")), role="card")
    made = make(Heading("فصل", 1, "۲", "a"), Heading("شاخص", 2, "۲-۱", "b"), card, name="made.docx")
    print_copy(made, made.with_name("print.docx"), first_page=1)
    looks = {
        run.find(f".//{W}rStyle").get(f"{W}val"): "".join(one.text for one in run.iter(f"{W}t"))
        for run in body_of(made.with_name("print.docx")).iter(f"{W}r")
        if run.find(f".//{W}rStyle") is not None
    }
    assert looks == {"ChapterNumber": "۲", "Chip": "\u00a0وضعیت: بلی\u00a0"}
    assert "۲- فصل" in all_text(made)
    assert body_of(made)[2].pPr.pStyle.get(f"{W}val") == "CardLine"


def test_contents_are_a_live_field_of_listed_headings(make: Make) -> None:
    body = body_of(make(*everything()))
    codes = [code.text.split()[0] for code in body.iter(qn("w:instrText"))]
    assert codes == ["TOC", "PAGEREF", "PAGEREF"]
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == 3


def test_fields_are_printed_and_labels_always_stand(make: Make) -> None:
    empty: dict[str, TemplateValue] = {name: () if name in ("hierarchy", "copies") else "" for name in letter().fields}
    full = all_text(make(part=letter(), template=TEMPLATES / "letterhead.docx"))
    bare_letter = all_text(make(part=letter(**empty), template=TEMPLATES / "letterhead.docx"))
    for words in ("بسمه تعالی", "موضوع: درخواست نصب", "رونوشت:", "- حراست", "شماره:\t۱۲۳/۴۵۶", "سازمان برنامه و بودجه"):
        assert words in full
    for label in ("شماره:", "تاریخ:", "پیوست:"):
        assert label in bare_letter
    for label in ("موضوع", "رونوشت"):
        assert label not in bare_letter


def test_signature_has_a_bookmark_on_an_empty_paragraph(make: Make) -> None:
    body = body_of(make(part=letter(), template=TEMPLATES / "letterhead.docx"))
    (mark,) = (one for one in body.iter(qn("w:bookmarkStart")) if one.get(qn("w:name")) == "signature_head_1")
    assert signature_bookmark("head-1") == "signature_head_1"
    assert not list(mark.getparent().iter(qn("w:t")))


def test_placed_letter_has_the_size_told(make: Make) -> None:
    figure = FigureBlock("f", text("تصویر"), part="request", width=14)
    width, height = letter_picture_size(figure, TEMPLATES / "body.docx")
    extent = next(body_of(make(figure)).iter(qn("wp:extent")))
    assert int(extent.get("cx")) == round(width * 360000)
    assert int(extent.get("cy")) == round(height * 360000)
    assert width == 14
    assert height == pytest.approx(14 * 297 / 210, abs=0.001)
    assert letter_picture_size(FigureBlock("f", (), part="x", width=40), TEMPLATES / "body.docx")[1] < 23


def test_properties_hold_plain_texts_and_no_clock(make: Make) -> None:
    core = docx.Document(str(make(Paragraph(text("متن"))))).core_properties
    assert (core.title, core.author, core.language) == ("عنوان R&D <x>", "سازمان", "fa-IR")
    assert core.created == core.modified
    assert core.created.year == 2021


def test_every_paragraph_and_table_says_right_to_left(make: Make) -> None:
    body = body_of(make(*everything(), Paragraph(text("Open XML"))))
    assert all(one.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for one in body.iter(qn("w:p")))
    assert all(one.find(f"{qn('w:tblPr')}/{qn('w:bidiVisual')}") is not None for one in body.iter(qn("w:tbl")))
    assert all(one.find(qn("w:bidi")) is not None for one in body.iter(qn("w:sectPr")))
    for run in body.iter(qn("w:r")):
        words = "".join(node.text for node in run.iter(qn("w:t")))
        if any("\u0600" <= letter_ <= "\u06ff" for letter_ in words):
            assert run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None


def test_latin_and_phone_numbers_do_not_turn_round(make: Make) -> None:
    out = make(Paragraph(text("تلفن 021-22901250 و نشانی https://example.ir/ و Open XML SDK است")))
    runs = ["".join(node.text for node in run.iter(qn("w:t"))) for run in body_of(out).iter(qn("w:r"))]
    assert "۰۲۱\u200e-۲۲۹۰۱۲۵۰\u200f" in runs
    assert "\u200ehttps://example.ir/\u200e" in runs
    latin = next(run for run in body_of(out).iter(qn("w:r")) if "Open XML SDK" in "".join(run.itertext()))
    assert latin.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is None


def test_wide_tables_stand_on_landscape_pages(make: Make) -> None:
    out = make(
        Paragraph(text("پیش")),
        Heading("با جدول", 2, "۱", "with"),
        grid(rows=30, page="landscape"),
        PageBreak(),
        *[Paragraph(text("پس"))] * 12,
        grid(rows=30, page="landscape", anchor="second"),
    )
    document = docx.Document(str(out))
    turned = [section.page_width > section.page_height for section in document.sections]
    assert turned == [False, True, False, True]
    wide = document.tables[0]._tbl
    assert int(wide.tblPr.find(qn("w:tblW")).get(qn("w:w"))) > 12000
    sections = list(document.element.body.iter(qn("w:sectPr")))
    inside = [child for child in document.element.body if "با جدول" in "".join(child.itertext())]
    order = list(document.element.body.iter())
    assert order.index(sections[0]) < order.index(inside[0]) < order.index(sections[1])
    assert not list(document.element.body.iter(qn("w:pageBreakBefore")))


def test_small_wide_tables_between_upright_text_stand_upright(make: Make) -> None:
    """The paper is turned where words would be broken, the table is long, or another one turns it anyway."""

    def turned(*blocks: Block) -> list[bool]:
        document = docx.Document(str(make(Paragraph(text("پیش")), *blocks, Paragraph(text("پس")))))
        return [section.page_width > section.page_height for section in document.sections]

    small, long = grid(page="landscape"), grid(rows=30, page="landscape", anchor="long")
    words = tuple(cell("مسئولیت‌پذیری") for _ in range(12))
    broad = GridBlock("broad", text("جدول"), (1.0,) * 12, (words,), (words,), page="landscape")
    assert turned(small) == [False]
    assert turned(long) == turned(broad) == turned(small, long) == [False, True, False]
    assert turned(PageBreak(), Heading("فصل", 1, "۱", "one"), small) == [False, True, False]


def test_page_break_belongs_to_what_follows(make: Make) -> None:
    body = body_of(make(Paragraph(text("یک")), PageBreak(), Heading("فصل", 1, "۲", "two")))
    (mark,) = body.iter(qn("w:pageBreakBefore"))
    assert "فصل" in "".join(mark.getparent().getparent().itertext())


def test_cover_and_problem_sheet(make: Make) -> None:
    cover = make(part=Part("cover", "cover", "جلد", fields=COVER), template=TEMPLATES / "cover.docx")
    shown = all_text(cover)
    assert "گزارش اجرای شاخص" in shown
    assert "شناسنامه گزارش\nعنوان:\tگزارش اجرای شاخص صیانت\nدستگاه:\tسازمان\nدوره گزارش:\tسال ۱۳۹۹\n" in shown
    bare = make(part=Part("cover", "cover", "جلد", fields={**COVER, "period": ""}), template=TEMPLATES / "cover.docx")
    assert "دوره گزارش" not in all_text(bare)
    sheet = Part("problems", "problems", "ایرادها", blocks=(Paragraph(text("ایراد")), grid()))
    assert "پیش‌نویس" in all_text(make(part=sheet, template=TEMPLATES / "problems.docx"))


def test_fonts_are_named_in_the_file(make: Make) -> None:
    found = member(make(Paragraph(text("متن"))), "word/styles.xml").decode()
    assert 'w:cs="B Nazanin"' in found
    assert 'w:cs="B Titr"' in found
    assert 'w:bidi="fa-IR"' in found


def test_cells_keep_lines_and_marks(make: Make) -> None:
    from dataclasses import replace

    marked = replace(cell("متن"), lines=(text("یک"), text("دو")), mark="۱")
    table = docx.Document(str(make(replace(grid(), body=((marked, cell(), cell("✓")),))))).tables[0]
    assert [one.text for one in table.rows[2].cells[0].paragraphs] == ["یک", "دو۱"]


def sections_of(path: Path) -> docx.section.Section:
    return docx.Document(str(path)).sections[0]


def words_of(story: docx.section._BaseHeaderFooter) -> str:
    return "".join(paragraph.text for paragraph in story.paragraphs)


def test_following_pages_of_a_letter_say_which_letter_they_continue(tmp_path: Path) -> None:
    section = sections_of(write(letter(), "letterhead.docx", tmp_path))
    assert bare(words_of(section.header)) == "ادامه نامه شماره 123/456 مورخ 1399/12/05"
    assert words_of(section.first_page_header) == ""
    assert words_of(section.first_page_footer) == words_of(section.footer) != ""
    unnumbered = sections_of(write(letter(number="", date=""), "letterhead.docx", tmp_path))
    assert words_of(unnumbered.header) == "ادامه نامه «درخواست نصب تابلوی راهنما»"


def test_a_header_of_the_letterhead_s_own_stays(tmp_path: Path) -> None:
    template = docx.Document(str(TEMPLATES / "letterhead.docx"))
    template.sections[0].header.paragraphs[0].text = "سربرگ اداره"
    template.save(str(tmp_path / "own.docx"))
    section = sections_of(write(letter(), str(tmp_path / "own.docx"), tmp_path))
    assert words_of(section.header) == "سربرگ اداره"
    assert not section.different_first_page_header_footer


def test_a_letterhead_without_room_above_its_text_gets_no_header(tmp_path: Path) -> None:
    template = docx.Document(str(TEMPLATES / "letterhead.docx"))
    template.sections[0].top_margin = docx.shared.Cm(0.8)
    template.save(str(tmp_path / "low.docx"))
    section = sections_of(write(letter(), str(tmp_path / "low.docx"), tmp_path))
    assert section.header.is_linked_to_previous
