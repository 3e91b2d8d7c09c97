"""Captions and what refers to them are fields Word counts anew; the copy that is printed has their numbers as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
from docx.oxml.ns import qn

from assembler.base.tongue import Tongue, printed_in
from assembler.documents.printing import print_copy
from assembler.model.packet import ChartBlock, ContentsBlock, FigureBlock, GridBlock, Heading, Listing, Paragraph, Span
from tests.documents.conftest import Make, all_text, body_of, fields_of, grid, recounted
from tests.documents.test_ooxml import assert_valid

TABLE, CHART = "جدول شماره", "نمودار"


def table(number: str, anchor: str = "") -> GridBlock:
    caption = (Span(f"{TABLE} {number}- برنامه ۵ ساله", counter=TABLE), Span("۱", raised=True))
    return replace(grid(anchor=anchor or f"table_{number}"), caption=caption)


def chart(number: str) -> ChartBlock:
    return ChartBlock(f"chart_{number}", (Span(f"{CHART} {number}", counter=CHART),), "bar", ("الف",), (1,))


def leading(*numbers: str, bare: bool = False) -> Paragraph:
    spans = (Span(one if bare else f"{TABLE} {one}", f"table_{one}", counter=TABLE) for one in numbers)
    return Paragraph((Span("به "), *spans, Span(" نگاه کنید.")))


def codes(file: Path) -> list[str]:
    return [code for code, _ in fields_of(file)]


def test_each_word_of_captions_counts_by_itself(make: Make) -> None:
    file = make(leading("۲"), table("۱"), chart("۱"), table("۲"), leading("۱", bare=True))
    assert [one for one in fields_of(file) if one[0].startswith("SEQ")] == [
        ("SEQ جدول_شماره \\* ARABIC", "۱"),
        ("SEQ نمودار \\* ARABIC", "۱"),
        ("SEQ جدول_شماره \\* ARABIC", "۲"),
    ]
    assert [result for code, result in fields_of(file) if code.startswith("REF")] == ["۲", "۱"]
    assert recounted(file) == fields_of(file)
    assert_valid(file)


def test_numbers_of_a_circular_begin_where_it_has_them(make: Make) -> None:
    file = make(table("۴"), table("۵"), table("۹"))
    assert [code.rpartition("ARABIC")[2].strip() for code in codes(file)] == ["\\r 4", "", "\\r 9"]
    assert recounted(file) == fields_of(file)


def test_a_table_put_in_by_hand_moves_the_numbers_behind_it(make: Make, tmp_path: Path) -> None:
    document = docx.Document(str(make(table("۱"), table("۲"), leading("۲"))))
    first = document.element.body[0]
    copy = docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(first))
    for mark in copy.iter(qn("w:bookmarkStart")):
        mark.set(qn("w:name"), mark.get(qn("w:name")) + "_new")
    first.addprevious(copy)
    document.save(str(tmp_path / "by hand.docx"))
    assert [result for _, result in recounted(tmp_path / "by hand.docx")] == ["۱", "۲", "۳", "۳"]


def test_printed_they_are_text(make: Make, tmp_path: Path) -> None:
    """The lines of lists keep their pages, links stay, and bookmarks are those of the report alone."""
    captions = tuple((f"table_{number}", table(number).caption[:1]) for number in "۱۲۳۴۵")
    contents = ContentsBlock("فهرست", lists=(Listing("tables", captions),))
    file = make(contents, Heading("فصل", 1, "۱", "section_1"), *(table(number) for number in "۱۲۳۴۵"), leading("۳"))
    assert [code for code in codes(file) if code.startswith("TOC")] == [
        'TOC \\o "1-3" \\h \\z',
        'TOC \\h \\z \\c "جدول_شماره"',
    ]
    assert "table of figures" in [style.name for style in docx.Document(str(file)).styles]
    print_copy(file, tmp_path / "print.docx", first_page=1)
    body = body_of(tmp_path / "print.docx")
    assert {code.split()[0] for code in codes(tmp_path / "print.docx")} == {"PAGEREF"}
    assert all_text(tmp_path / "print.docx").replace("\u00a0", " ") == all_text(file)
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert not [name for name in names if name.startswith("number_")]
    assert len(names) == len(list(body.iter(qn("w:bookmarkEnd"))))
    assert_valid(file, tmp_path / "print.docx")


def test_a_list_of_several_words_or_without_numbers_is_lines(make: Make) -> None:
    """Word makes a list of one sequence; of others it would leave out lines."""
    mixed = (("table_۱", table("۱").caption[:1]), ("chart_۱", chart("۱").caption))
    bare = (("table_۱", table("۱").caption[:1]), ("x", (Span("بی شماره"),)))
    for entries in (mixed, bare):
        contents = ContentsBlock("فهرست", lists=(Listing("figures", entries),))
        file = make(contents, Heading("فصل", 1, "۱", "section_1"), table("۱"), chart("۱"))
        assert [code for code in codes(file) if code.startswith("TOC")] == ['TOC \\o "1-3" \\h \\z']


def test_what_leads_out_of_the_document_is_no_reference_word_would_miss(make: Make) -> None:
    file = make(leading("۷"))
    assert codes(file) == []
    assert "جدول شماره ۷" in all_text(file)


def test_the_caption_of_a_further_page_repeats_its_number(make: Make) -> None:
    caption = (Span("تصویر ۱- نامه", counter="تصویر"),)
    file = make(FigureBlock("figure_1", caption, part="request", pages=3))
    assert codes(file) == ["SEQ تصویر \\* ARABIC"]
    assert all_text(file).count("تصویر ۱- نامه") == 3


def to_section(told: str, anchor: str) -> Paragraph:
    return Paragraph((Span("See "), Span(told, anchor, section=True), Span(".")))


def test_english_captions_and_references_to_sections_are_fields(make: Make, tmp_path: Path) -> None:
    """Word prints the number of a section without the point at its end; in Persian it would leave the dash."""
    caption = (Span("Table 1. Doses of 2025", counter="Table"),)
    blocks = (
        to_section("section 2.1", "section_2_1"),
        to_section("2", "section_2"),
        replace(grid(anchor="doses"), caption=caption),
        Paragraph((Span("Table 1", "doses", counter="Table"),)),
        Heading("First", 1, "1", "section_1"),
        Heading("Second", 1, "2", "section_2"),
        Heading("Doses", 2, "2.1", "section_2_1"),
        Heading("Annex", 1, "", "section_x"),
        to_section("part A", "section_x"),
        to_section("section 7", "section_elsewhere"),
    )
    with printed_in(Tongue("en", "gregorian", "latin")):
        file = make(*blocks)
        print_copy(file, tmp_path / "print.docx", first_page=1)
    assert fields_of(file) == [
        ("REF section_2_1 \\n \\h", "2.1"),
        ("REF section_2 \\n \\h", "2"),
        ("SEQ Table \\* ARABIC", "1"),
        ("REF number_doses", "1"),
    ]  # a section without a number, and one of another document, are text
    assert recounted(file) == fields_of(file)
    assert fields_of(tmp_path / "print.docx") == []
    assert "See section 2.1.\nSee 2." in all_text(tmp_path / "print.docx").replace("\u00a0", " ")
    persian = make(to_section("بخش ۲-۱", "section_2_1"), *blocks[4:7], name="persian.docx")
    assert fields_of(persian) == []
    assert_valid(file, persian)
