"""What stands before a new page holds together, so that no page is almost empty."""

from __future__ import annotations

import docx
from docx.oxml.ns import qn

from assembler.model.packet import Block, GridBlock, Heading, PageBreak, Paragraph

from .conftest import Make, cell, text

_NEXT = (PageBreak(), Heading("فصل", 1, "۲", "two"), *[Paragraph(text("پس"))] * 60)


def kept(*blocks: Block, make: Make) -> list[bool]:
    """Whether each paragraph and row before the second chapter stays with what follows it."""
    found = []
    for child in docx.Document(str(make(*blocks, *_NEXT))).element.body:
        if child.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            return found
        for unit in child.tr_lst if child.tag == qn("w:tbl") else [child]:
            found.append(unit.find(f".//{qn('w:keepNext')}") is not None)
    raise AssertionError("no second chapter")


def test_about_a_quarter_of_a_page_stays_together(make: Make) -> None:
    found = kept(*[Paragraph(text("یک سطر"))] * 60, make=make)
    held = found.index(True)
    assert found == [False] * held + [True] * (59 - held) + [False]
    assert 5 <= 60 - held <= 10


def test_a_table_and_what_stands_above_it_stay_together(make: Make) -> None:
    rows = tuple((cell(str(number)), cell("نامه")) for number in range(60))
    last = GridBlock("last", text("جدول"), (1.0, 3.0), (), rows[:3])
    found = kept(GridBlock("long", text("جدول"), (1.0, 3.0), (), rows), last, make=make)
    assert all(found[-5:-1])  # the caption and three rows; behind them stands what parts the table from the text
    assert found[-10:-5].count(True) >= 3  # rows of the table above it
    assert not all(found[1:40])


def test_what_is_high_is_let_go(make: Make) -> None:
    """A long paragraph at the end is no reason to leave half a page empty."""
    long = Paragraph(text("متن بلند " * 400))
    assert kept(Paragraph(text("پیش")), long, make=make) == [False, False]
