"""The planned packet as a document: captions, headings and references."""

from __future__ import annotations

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks.document import check_document
from assembler.model.packet import (
    Block,
    ChartBlock,
    FigureBlock,
    GridBlock,
    GridCell,
    Heading,
    ListBlock,
    ListEntry,
    Packet,
    Paragraph,
    Part,
    Span,
)


def table(caption: str, anchor: str = "table_1", *, below: bool = False) -> GridBlock:
    return GridBlock(anchor, (Span(caption),) if caption else (), (1.0,), (), (), caption_below=below)


def figure(caption: str, anchor: str = "figure_1") -> FigureBlock:
    return FigureBlock(anchor, (Span(caption),) if caption else ())


def heading(text: str, level: int, number: str, *, listed: bool = True) -> Heading:
    return Heading(text, level, number, f"section_{number}", listed)


def refer(*anchors: str) -> Paragraph:
    return Paragraph(tuple(Span("جدول", anchor) for anchor in anchors))


def checked(*blocks: Block) -> list[Problem]:
    part = Part("body", "body", "متن گزارش", blocks=blocks)
    return list(check_document(Packet("case", "گزارش", "", (part,))))


def seen(problems: list[Problem]) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.item) for each in problems]


# ---------------------------------------------------------------- captions


def test_a_caption_that_repeats() -> None:
    problems = checked(table("جدول شماره ۱- خدمات سازمان"), table("جدول شماره ۲- خدمات  سازمان"))
    assert seen(problems) == [("caption-repeated", "جدول شماره ۲- خدمات  سازمان")]
    assert problems[0].severity is Severity.WARNING
    assert "جدول شماره ۱- خدمات سازمان" in problems[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (table("جدول شماره ۱- خدمات"), table("جدول شماره ۲- خدمات حضوری")),
        (table("جدول شماره ۱- خدمات"), figure("تصویر شماره ۱- خدمات")),
        (table("جدول شماره ۱- خدمات"), table("تصویر شماره ۱- خدمات", below=True)),
        (table("جدول شماره ۱- نمره ۱۳۹۸"), table("جدول شماره ۲- نمره ۱۳۹۹")),
        (table("جدول شماره ۱"), table("جدول شماره ۲")),
        (table(""), table("")),
    ],
)
def test_captions_that_do_not_repeat(one: Block, other: Block) -> None:
    assert seen(checked(one, other)) == []


@pytest.mark.parametrize("bare", ["", "تصویر شماره ۳", "تصویر شماره ۳- "])
def test_a_caption_that_is_missing(bare: str) -> None:
    blocks = (figure("تصویر شماره ۱- میز"), figure("تصویر شماره ۲- در"), heading("ساختمان", 1, "۱"), figure(bare))
    problems = checked(*blocks)
    assert seen(problems) == [("caption-missing", bare or "ساختمان")]
    assert problems[0].severity is Severity.INFORMATION


def test_a_chart_without_caption() -> None:
    captions = ((Span("نمودار شماره ۱- الف"),), (Span("نمودار شماره ۲- ب"),), ())
    charts = [ChartBlock("chart", caption, "pie", (), ()) for caption in captions]
    assert seen(checked(*charts)) == [("caption-missing", "متن گزارش")]


def test_tables_that_mostly_have_no_caption_are_meant_so() -> None:
    assert checked(table(""), table(""), table("جدول شماره ۱- خدمات")) == []
    assert checked(figure(""), table("جدول شماره ۱- خدمات")) == []


# ---------------------------------------------------------------- headings


def test_a_heading_that_repeats_under_the_same_heading() -> None:
    problems = checked(heading("فصل", 1, "۱"), heading("کلیات", 2, "۱-۱"), heading("كليات", 2, "۱-۲"))
    assert seen(problems) == [("heading-repeated", "كليات")]
    assert "۱-۱" in problems[0].message


@pytest.mark.parametrize(
    "headings",
    [
        (heading("یک", 1, "۱"), heading("مقدمه", 2, "۱-۱"), heading("دو", 1, "۲"), heading("مقدمه", 2, "۲-۱")),
        (heading("کلیات", 1, "۱"), heading("کلیات", 2, "۱-۱")),
        (heading("الف", 1, "", listed=False), heading("الف", 1, "", listed=False)),
        (heading("یک", 1, "۱"), heading("یک و دو", 1, "۲")),
    ],
)
def test_headings_that_may_stand(headings: tuple[Heading, ...]) -> None:
    assert checked(*headings) == []


def test_each_part_has_headings_of_its_own() -> None:
    parts = tuple(Part("body", name, name, blocks=(heading("کلیات", 1, "۱"),)) for name in ("a", "b"))
    assert list(check_document(Packet("case", "گزارش", "", parts))) == []


# ---------------------------------------------------------------- references


TABLES = tuple(table(f"جدول شماره {digit}- {word}", f"table_{word}") for digit, word in zip("۱۲۳", "abc", strict=True))


def test_a_table_no_text_refers_to() -> None:
    problems = checked(refer("table_a"), *TABLES, ListBlock((ListEntry("۱-", refer("table_b").text),)))
    assert seen(problems) == [("never-referred", "جدول شماره ۳- c")]
    assert problems[0].arguments["referred"] == 2


def test_references_may_stand_in_lists_cells_and_notes() -> None:
    inner = ListBlock((ListEntry("•", refer("table_a").text),))
    cell = GridCell((refer("table_b").text,))
    holder = GridBlock("table_d", (Span("جدول شماره ۴- d"),), (1.0,), (), ((cell,),), notes=(refer("table_c").text,))
    assert checked(*TABLES, holder, refer("table_d"), ListBlock((ListEntry("۱-", (), (inner,)),))) == []


def test_a_range_refers_to_what_lies_between() -> None:
    ends = Paragraph((Span("جداول "), Span("۱", "table_a"), Span("-"), Span("۳", "table_c")))
    assert checked(*TABLES, ends) == []
    apart = Paragraph((Span("۱", "table_a"), Span(" و "), Span("۳", "table_c")))
    assert seen(checked(*TABLES, apart)) == [("never-referred", "جدول شماره ۲- b")]


def test_where_most_are_never_referred_to_nothing_is_said() -> None:
    assert checked(refer("table_a"), *TABLES) == []
    assert checked(*TABLES) == []
