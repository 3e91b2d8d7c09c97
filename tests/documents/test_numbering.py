"""Word numbers headings and lists as the report does, and the copy that is printed says the same as text."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import section_number
from assembler.base.tongue import Tongue, printed_in
from assembler.documents.counting import labels
from assembler.documents.printing import print_copy
from assembler.model.packet import Block, Heading, ListBlock, ListEntry, PageBreak, Paragraph
from tests.documents.conftest import TEMPLATES, Make, all_text, body_of, edited, letter, member, text
from tests.documents.test_ooxml import assert_valid

ENGLISH_PAPER = Tongue("en", "gregorian", "latin")


def heading(*numbers: int, level: int = 0) -> Heading:
    number = section_number(numbers)
    return Heading(f"بخش {number}", level or len(numbers) or 1, number, f"section_{'_'.join(map(str, numbers))}")


def listed(*marks: str) -> ListBlock:
    return ListBlock(tuple(ListEntry(mark, text(f"مورد {mark}")) for mark in marks))


def counted(file: Path) -> list[str]:
    """What Word prints before the paragraphs it numbers."""
    return [one.text for one in labels(docx.Document(str(file)))]


def printed(file: Path) -> Path:
    out = file.with_name(f"print {file.name}")
    print_copy(file, out, first_page=1)
    return out


def lines(file: Path) -> list[str]:
    return [line.replace("\u00a0", " ") for line in all_text(file).split("\n") if line]


@pytest.mark.parametrize(
    "numbers",
    [
        [(1,), (1, 1), (1, 1, 1), (1, 1, 2), (1, 2), (2,), (2, 1), (2, 1, 1)],
        [(3,), (3, 7), (3, 8), (4,), (4, 5), (4, 7), (4, 7, 2)],  # as a circular numbers what it asks for
        [(1,), (1, 1), (1, 1, 1, 1, 1, 1), (2,), (2, 1)],  # deeper than there are styles, and without what is between
    ],
    ids=["in order", "skipping", "deep"],
)
def test_headings_have_the_numbers_of_the_report(make: Make, numbers: list[tuple[int, ...]]) -> None:
    blocks = [heading(*one) for one in numbers]
    file = make(*blocks)
    wanted = [f"{one.number}- {one.text}" for one in blocks]
    assert lines(file) == wanted
    assert lines(printed(file)) == wanted
    typed = [one for one in numbers if len(one) == 6]
    assert counted(file) == [f"{section_number(one)}-" for one in numbers if one not in typed]
    assert_valid(file, printed(file))


def test_a_heading_added_by_hand_is_numbered_with_the_others(make: Make, tmp_path: Path) -> None:
    """The styles number: a new heading needs nothing but its style, and those behind it count on."""
    file = make(heading(1), heading(1, 1), heading(1, 2), heading(2))
    fresh = '<w:p><w:pPr><w:pStyle w:val="Heading2"/><w:bidi/></w:pPr><w:r><w:t>تازه</w:t></w:r></w:p>'
    first = member(file, "word/document.xml").decode()
    second = first.index("<w:p>", first.index("section_1_1"))
    changed = edited(
        file, tmp_path / "by hand.docx", (first[second : second + 400], fresh + first[second : second + 400])
    )
    assert counted(changed) == ["۱-", *(f"{section_number((1, each))}-" for each in (1, 2, 3)), "۲-"]


def test_headings_without_a_number_have_none_in_word(make: Make) -> None:
    bare = Heading("پیش‌گفتار", 1, "", "unnumbered_0")
    nested = heading(1, level=2)  # in a section without a number
    file = make(bare, nested, heading(1), Heading("ریزتر", 2, "", "x", listed=False))
    wanted = ["پیش‌گفتار", "۱- بخش ۱", "۱- بخش ۱", "ریزتر"]
    assert lines(file) == lines(printed(file)) == wanted
    assert counted(file) == ["۱-", "۱-"]


def test_a_new_page_before_a_numbered_heading(make: Make) -> None:
    file = make(Paragraph(text("متن")), PageBreak(), heading(1))
    (mark,) = body_of(file).iter(qn("w:pageBreakBefore"))
    assert "بخش" in "".join(mark.getparent().getparent().itertext())
    assert_valid(file)


@pytest.mark.parametrize(
    ("blocks", "typed"),
    [
        ([listed("۱-", "۲-", "۳-"), listed("۱-", "۲-")], False),
        ([listed("۳-", "۴-")], False),
        ([listed("•", "•"), listed("-", "-"), listed("▪")], False),
        ([listed("الف-", "ب-"), listed("۱-", "۳-")], True),
    ],
    ids=["numbers", "from three", "marks", "letters and gaps"],
)
def test_lists_are_counted_by_word_where_it_can(make: Make, blocks: list[Block], typed: bool) -> None:
    file = make(*blocks)
    marks = [entry.mark for block in blocks if isinstance(block, ListBlock) for entry in block.entries]
    wanted = [f"{mark}\tمورد {mark}" for mark in marks]
    assert lines(file) == lines(printed(file)) == wanted
    assert counted(file) == ([] if typed else marks)
    assert_valid(file)


def test_lists_in_lists(make: Make) -> None:
    inner = listed("۱-", "۲-")
    outer = ListBlock((ListEntry("۱-", text("یک"), (inner,)), ListEntry("۲-", text("دو"), (inner, listed("•")))))
    file = make(outer)
    assert counted(file) == ["۱-", "۱-", "۲-", "۲-", "۱-", "۲-", "•"]
    assert_valid(file)


def test_the_printed_copy_has_no_lists_of_ours(make: Make) -> None:
    """Letters can then be converted together; lists of the template stay."""
    blocks = (heading(1), listed("۱-", "۲-"))
    copy = printed(make(*blocks))
    assert not list(body_of(copy).iter(qn("w:numPr")))
    assert "/word/numbering.xml" not in [one.partname for one in docx.Document(str(copy)).part.package.parts]
    sent = printed(make(part=letter(listed("۱-", "۲-")), template=TEMPLATES / "letterhead.docx", name="letter.docx"))
    assert "w:numPr" not in member(sent, "word/document.xml").decode() + member(sent, "word/styles.xml").decode()


def test_lists_of_the_template_are_counted_apart(make: Make, tmp_path: Path) -> None:
    own = docx.Document(str(make(heading(1), listed("•"))))
    mark = own.element.body[0]
    for child in list(own.element.body)[1:-1]:
        own.element.body.remove(child)
    for child in list(mark)[1:]:
        mark.remove(child)
    own.paragraphs[0].add_run("{{ body }}")
    own.save(str(tmp_path / "own.docx"))
    file = make(heading(4), listed("•", "•"), template=tmp_path / "own.docx", name="twice.docx")
    assert counted(file) == ["۴-", "•", "•"]
    assert_valid(file)


def test_english_headings_and_lists_are_numbered_by_word_too(make: Make) -> None:
    numbers = [(1,), (1, 1), (1, 2), (3,), (3, 1)]
    with printed_in(ENGLISH_PAPER):
        blocks = [heading(*one) for one in numbers]
        file = make(*blocks, listed("1.", "2."), listed("a.", "b.", "c."), listed("•", "•"), listed("x.", "y."))
        paper = printed(file)
    entries = ["1.", "2.", "a.", "b.", "c.", "•", "•"]
    assert counted(file) == ["1.", "1.1.", "1.2.", "3.", "3.1.", *entries]
    shown = lines(paper)
    assert shown[:5] == ["1. بخش 1", "1.1. بخش 1.1", "1.2. بخش 1.2", "3. بخش 3", "3.1. بخش 3.1"]
    assert [line.split("\t")[0] for line in shown[5:]] == [*entries, "x.", "y."]
    assert counted(paper) == []
    assert {one.get(qn("w:val")) for one in numbering(file).iter(qn("w:rtl"))} == {"0"}
    assert_valid(file, paper)


def numbering(file: Path) -> etree._Element:
    return etree.fromstring(member(file, "word/numbering.xml"))
