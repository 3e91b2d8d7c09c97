"""Tables are real Word tables: merges, repeating headers, rows kept whole, widths of the page."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.columns import columns_of, too_wide
from assembler.documents.lengths import MARGINS, length
from assembler.documents.parting import parted
from assembler.documents.printing import print_copy
from assembler.documents.rows import parted_within, place
from assembler.documents.styles import TableLook, table_look
from assembler.documents.tables import table
from assembler.model.packet import Block, GridBlock, GridCell, Paragraph, Span, plain
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from assembler.pdf.merges import say_again
from tests.documents.conftest import TEMPLATES, Make, body_of, cell, edited, grid, text
from tests.office import standing


def made(make: Make, block: GridBlock) -> etree._Element:
    return docx.Document(str(make(block))).tables[0]._tbl


def test_headers_are_merged(make: Make) -> None:
    rows = made(make, grid()).tr_lst
    spans = [cell_.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell_ in rows[0].tc_lst]
    assert [None if span is None else span.get(qn("w:val")) for span in spans] == [None, "2"]
    assert merges(rows[0]) == ["restart", ""]
    assert merges(rows[1]) == ["continue", "", ""]
    assert merges(rows[2]) == ["restart", "", ""]
    assert merges(rows[3]) == ["continue", "", ""]


def merges(row: etree._Element) -> list[str]:
    found = [one.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") for one in row.tc_lst]
    return ["" if one is None else one.get(qn("w:val"), "continue") for one in found]


def test_header_rows_repeat_and_rows_stay_whole(make: Make) -> None:
    rows = made(make, replace(grid(rows=30), notes=())).tr_lst
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] * 2 + [False] * 30
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_every_row_is_as_wide_as_the_page() -> None:
    ragged = replace(grid(), body=((cell("یک"),), (cell("دو", columns=9),), ()))
    element = etree.fromstring(
        table(ragged, 9298, TableLook(), 14000).replace("<w:tbl>", f'<w:tbl xmlns:w="{qn("w:t")[1:-2]}">', 1)
    )
    columns = [int(one.get(qn("w:w"))) for one in element.iter(qn("w:gridCol"))]
    assert sum(columns) == 9298
    for row in element.iter(qn("w:tr")):
        assert sum(int(one.get(qn("w:w"))) for one in row.iter(qn("w:tcW"))) == 9298


def test_caption_above_notes_below(make: Make) -> None:
    """Notes stand in a closing row: a row stays with the next one on any page, while a table leaves what follows it."""
    body = list(docx.Document(str(make(grid()))).element.body)
    place = next(number for number, one in enumerate(body) if one.tag == qn("w:tbl"))
    assert "جدول شماره ۱" in "".join(body[place - 1].itertext())
    assert "یادداشت" in "".join(body[place].tr_lst[-1].itertext())
    below = list(docx.Document(str(make(replace(grid(), caption_below=True)))).element.body)
    assert below[0].tag == qn("w:tbl")


def test_notes_stand_by_rows_of_their_table(make: Make) -> None:
    """Up to almost half a page of notes in one row, tied to the last one: a page of notes alone says nothing."""
    notes = tuple(text("یادداشت بلند " * 20) for _ in range(5))
    rows = made(make, replace(grid(rows=30), notes=notes)).tr_lst
    assert len(list(rows[-1].iter(qn("w:p")))) == len(notes)
    assert all(len(list(cell.iter(qn("w:keepNext")))) == 1 for cell in rows[-2].iter(qn("w:tc")))


def test_kinds_of_cells_have_styles_and_shades_of_the_template(make: Make) -> None:
    rows = ((cell("گروه", columns=3, kind="group"),), (cell("جمع", columns=2, kind="footer"), cell("۲", kind="footer")))
    element = made(make, replace(grid(), body=rows))
    shades = [one.get(qn("w:fill")) for one in element.iter(qn("w:shd"))]
    told = table_look(docx.Document(str(TEMPLATES / "body.docx"))).shades
    assert all(f'w:fill="{shade}"' in "".join(told.values()) for shade in shades)
    used = [one.get(qn("w:val")) for one in element.iter(qn("w:pStyle"))]
    assert {"TableHead", "TableGroup", "TableFooter"} <= set(used)


def rules(file: Path) -> list[list[list[tuple[str, str | None]]]]:
    """The borders each cell of the first table draws itself, with their thickness."""
    return [
        [
            [
                (side.tag.split("}")[1], side.get(qn("w:sz")))
                for side in one.iterfind(f"{qn('w:tcPr')}/{qn('w:tcBorders')}/*")
            ]
            for one in row.tc_lst
        ]
        for row in docx.Document(str(file)).tables[0]._tbl.tr_lst
    ]


def test_headers_and_closing_rows_have_the_rules_of_the_template(make: Make, tmp_path: Path) -> None:
    closing = (cell("جمع", columns=2, kind="footer"), cell("۲", kind="footer"))
    block = grid()
    file = make(replace(block, body=(*block.body, closing, closing), notes=()))
    print_copy(file, tmp_path / "print.docx", first_page=1)
    editable, printed = rules(file), rules(tmp_path / "print.docx")
    rule, inner = ("bottom", "8"), ("bottom", "4")
    assert printed[0] == [[rule], [inner]]  # reaches down to the last header row; above others
    assert printed[1] == [[rule]] * 3
    assert editable[:2] == [[[], [inner]], [[]] * 3]  # the rule of the header comes from the style
    assert not any(cell for row in shaded(file)[:2] for cell in row)
    for shown in (printed, editable):
        assert shown[-2] == [[("top", "8")]] * 2
        assert not any(side for row in (*shown[2:-2], shown[-1]) for side in row)


def switches(file: Path) -> list[tuple[str | None, ...]]:
    looks = [table._tbl.tblPr.find(qn("w:tblLook")) for table in docx.Document(str(file)).tables]
    return [tuple(one.get(qn(f"w:{name}")) for name in ("firstRow", "lastRow", "firstColumn")) for one in looks]


def shaded(file: Path, table: int = 0) -> list[list[bool]]:
    """Which cells draw their shade themselves."""
    rows = docx.Document(str(file)).tables[table]._tbl.tr_lst
    return [[next(one.iter(qn("w:shd")), None) is not None for one in row.tc_lst] for row in rows]


HEAD = (cell("عنوان", kind="head"), cell("الف", kind="head"), cell("ب", kind="head"))
LABELLED = (cell("نام", kind="label"), cell("۱"), cell("۲"))
CLOSING = (cell("جمع", kind="footer"), cell("۱", kind="footer"), cell("۲", kind="footer"))


def test_totals_and_labels_have_their_look_from_the_style(make: Make, tmp_path: Path) -> None:
    """What lies in a row and a column of the style draws itself: programs differ in which of them wins."""
    file = make(replace(grid(), head=(HEAD,), body=(LABELLED, LABELLED, CLOSING), notes=()))
    print_copy(file, tmp_path / "print.docx", first_page=1)
    assert switches(file) == [("1", "1", "1")]
    assert shaded(file) == [[True, False, False], [False] * 3, [False] * 3, [True, False, False]]
    assert switches(tmp_path / "print.docx") == [("0", "0", "0")]
    assert shaded(tmp_path / "print.docx") == [[True] * 3, [True, False, False], [True, False, False], [True] * 3]
    assert rules(tmp_path / "print.docx")[-1] == [[("top", "8")]] * 3


@pytest.mark.parametrize(
    ("body", "notes", "wanted"),
    [
        ((LABELLED, CLOSING, CLOSING), (), ("1", "0", "1")),  # the style knows one last row
        ((LABELLED, CLOSING), (text("یادداشت"),), ("1", "0", "0")),  # notes stand in the last row
        ((LABELLED, (cell("متن"), cell("۱"), cell("۲"))), (), ("1", "0", "0")),  # not every row begins with a label
        ((LABELLED, (cell("گروه", columns=3, kind="group"),)), (), ("1", "0", "1")),  # a band draws itself
        (((cell("۱"), *CLOSING[1:]),), (), ("1", "0", "0")),
    ],
)
def test_what_the_style_cannot_tell_apart_stands_in_the_cells(
    make: Make, body: tuple[tuple[GridCell, ...], ...], notes: tuple[tuple[Span, ...], ...], wanted: tuple[str, ...]
) -> None:
    file = make(replace(grid(), head=(HEAD,), body=body, notes=notes))
    assert switches(file) == [wanted]
    drawn = shaded(file)[1 : 1 + len(body)]
    by_style = {"label": wanted[2] == "1", "footer": wanted[1] == "1", "body": True}
    for row, cells in zip(body, drawn, strict=True):
        assert cells == [not by_style.get(one.kind, False) or (one.kind == "footer") for one in row]


def test_a_condition_that_says_more_than_is_printed_is_left_to_the_cells(make: Make, tmp_path: Path) -> None:
    """White words by the style of tables would be dark in print: the same look is drawn everywhere."""
    white = ("<w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/>", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:tblPr/>')
    template = edited(TEMPLATES / "body.docx", tmp_path / "white.docx", white, name="word/styles.xml")
    file = make(replace(grid(), head=(HEAD,), body=(LABELLED, CLOSING), notes=()), template=template)
    assert switches(file) == [("0", "1", "1")]
    assert shaded(file) == [[True] * 3, [False] * 3, [True, False, False]]


def test_bold_is_said_once(make: Make) -> None:
    """To Word bold of the table's style and bold of the paragraph's is not bold."""
    for file, wanted in ((TEMPLATES / "body.docx", True), (make(grid()), False)):
        style = docx.Document(str(file)).styles["Report Table"].element
        told = {
            one.get(qn("w:type")): one.find(f"{qn('w:rPr')}/{qn('w:bCs')}") for one in style.iter(qn("w:tblStylePr"))
        }
        assert [told[name] is not None for name in ("firstRow", "lastRow", "firstCol")] == [wanted] * 3


def test_labels_look_like_headers_where_the_template_has_no_look_for_them(make: Make, tmp_path: Path) -> None:
    plainer = edited(TEMPLATES / "body.docx", tmp_path / "o.docx", ('"firstCol"', '"lastCol"'), name="word/styles.xml")
    for template in (TEMPLATES / "body.docx", plainer):
        look = table_look(docx.Document(str(template)))
        assert (look.shades["label"] == look.shades["head"]) == (template == plainer)
    used = body_of(make(replace(grid(), body=((cell("نام", kind="label"), cell("الف", columns=2)),))))
    assert "TableLabel" in {one.get(qn("w:val")) for one in used.iter(qn("w:pStyle"))}


def test_no_column_is_narrower_than_its_longest_word_where_there_is_room() -> None:
    head = (cell("ردیف", kind="head"), cell("شرح", kind="head"), cell("مبلغ", kind="head"))
    row = (cell("۱"), cell("متنی بلند"), cell("۱۲٬۵۰۰٬۰۰۰٬۰۰۰", align="center"))
    columns = columns_of(GridBlock("a", (), (0.2, 14.0, 0.8), (head,), (row,)), 9298)
    assert sum(columns.widths) == 9298
    assert columns.widths[0] >= 590  # 398 twips of «ردیف» in bold and the margins of the cell
    assert columns.widths[2] >= 11 * 113
    tight = columns_of(GridBlock("a", (), (1.0, 1.0, 2.0), (head,), (row,)), 900)
    assert tight.widths == (225, 225, 450)


def test_smaller_type_keeps_numbers_whole_and_words_where_the_table_is_to_shrink() -> None:
    row = tuple(cell("۱۲۳٬۴۵۶٬۷۸۹", align="center") for _ in range(8))
    numbers = columns_of(GridBlock("n", (), (1.0,) * 8, (), (row,)), 9298)
    assert 16 <= numbers.size < 21
    assert min(numbers.widths) >= 192 + 1119 * numbers.size / 21
    words = GridBlock("w", (), (1.0,) * 8, (), (tuple(cell("مسئولیت‌پذیر") for _ in range(8)),))
    assert columns_of(words, 9298).size == 0
    assert 0 < columns_of(replace(words, fit="shrink"), 9298).size < 21
    assert too_wide(words) is not None
    assert too_wide(replace(words, fit="shrink")) is None
    assert too_wide(GridBlock("s", (), (1.0,) * 3, (), (row[:3],))) is None


def test_a_table_too_wide_for_the_smallest_type_is_set_in_parts() -> None:
    """Each part begins with the first column; headings and bands over several parts stand in each."""
    head = (
        (cell("نام", rows=2, kind="head"), cell("سال‌ها", columns=29, kind="head")),
        tuple(cell(f"سال {number}", kind="head") for number in range(1, 30)),
    )
    row = (cell("یک"), *[cell("۱۲۳٬۴۵۶٬۷۸۹", align="center")] * 29)
    block = GridBlock("t", text("جدول"), (1.0,) * 30, head, (row, row), notes=(text("یادداشت"),))
    parts = parted(block, 9298, 21)
    assert len(parts) > 2
    assert sum(len(part.widths) - 1 for part in parts) == 29
    for number, part in enumerate(parts):
        width = len(part.widths)
        assert [one.columns for one in part.head[0]] == [1, width - 1]
        assert [plain(one.lines[0]) for one in part.body[0]] == ["یک", *["۱۲۳٬۴۵۶٬۷۸۹"] * (width - 1)]
        assert bool(part.anchor) == (number == 0)
        assert plain(part.caption) == ("جدول (ادامه)" if number else "جدول")
        assert bool(part.notes) == (number == len(parts) - 1)
        assert columns_of(part, 9298).size == 0
    assert parted(replace(block, widths=(1.0,) * 3, head=(), body=(row[:3],)), 9298, 21)[0].widths == (1.0,) * 3


def test_numbers_of_a_column_stand_unit_under_unit() -> None:
    def indents(*texts: str) -> list[int | None]:
        rows = tuple((cell("نام"), cell(one, align="center")) for one in texts)
        columns = columns_of(GridBlock("a", (), (1.0, 1.0), (), rows), 4000)
        return [columns.indent(row[1], 1) for row in rows]

    whole, longer, half, percent = indents("۷", "۱٬۲۰۰", "۰٫۵", "—")
    assert percent is None
    assert whole == longer
    assert half is not None
    assert whole is not None
    assert whole - half == 113 + 75
    assert indents("۱۲", "۳۴") == [None, None]  # as long as one another: they stay in the middle
    assert indents("۱۳۹۹/۰۱/۰۵", "۱۳۹۹/۱/۵") == [None, None]


def test_styles_of_a_restyled_template_are_found_by_name(make: Make, tmp_path: Path) -> None:
    renamed = edited(
        TEMPLATES / "body.docx",
        tmp_path / "other.docx",
        ('w:styleId="TableHead"', 'w:styleId="a17"'),
        name="word/styles.xml",
    )
    body = docx.Document(str(make(grid(), template=renamed))).element.body
    used = {one.get(qn("w:val")) for one in body.iter(qn("w:pStyle"))}
    assert "a17" in used
    assert "TableHead" not in used


def held(*blocks: Block, make: Make) -> list[bool]:
    """Whether each row of the table stays with the next one; behind it stands a page of text."""
    rows = docx.Document(str(make(*blocks, *[Paragraph(text("متن"))] * 40))).tables[0]._tbl.tr_lst
    return [all(is_kept(one) for one in row.iter(qn("w:p"))) for row in rows]


def is_kept(paragraph: etree._Element) -> bool:
    keep = paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}")
    return keep is not None and keep.get(qn("w:val")) != "0"


def test_merges_hold_their_rows_together(make: Make) -> None:
    found = held(grid(rows=40), make=make)
    assert found[:4] == [True, True, True, False]  # both headers, and the first row of the merged pair
    assert found[-4:] == [
        False,
        True,
        True,
        False,
    ]  # the last row does not stand alone behind a break, nor do its notes


def test_what_is_merged_over_much_of_a_page_may_be_cut(make: Make) -> None:
    """Two rows at least stand at either side of a break, and there is room for the label."""
    label, others = cell("معاونت توسعه", rows=30), [(cell(f"کار {number}"),) for number in range(1, 30)]
    tall = GridBlock("tall", text("جدول"), (1.0, 2.0), (), ((label, cell("کار ۰")), *others))
    assert [merges(row)[0] for row in made(make, tall).tr_lst][:30] == ["restart", *["continue"] * 29]
    assert [number for number, kept in enumerate(held(tall, make=make)[:29]) if kept] == [0, 28]
    long = GridCell((text("سطر"),) * 5, rows=30)
    high = replace(tall, body=((long, cell("کار ۰")), *others))
    assert [number for number, kept in enumerate(held(high, make=make)[:29]) if kept] == [*range(5), *range(24, 29)]


def test_merges_are_cut_where_no_other_is() -> None:
    """Each second row of a wide merge belongs to a pair: a break stands before pairs; beside a number it may too."""
    rows = [(cell("بخش", rows=40), cell("۱", rows=40), cell("دو", rows=2), cell("۰"))]
    for number in range(1, 40):
        rows.append((cell(str(number)),) if number % 2 else (cell("دو", rows=2), cell(str(number))))
    free = parted_within(place(rows, 4), (3000,) * 4, 3000)
    assert free == set(range(2, 39, 2))
    assert parted_within(place(rows, 4), (3000,) * 4, 30000) == set()


def test_a_merged_label_is_said_again_at_the_head_of_each_page(make: Make, tmp_path: Path) -> None:
    """There and nowhere else; what a number stands for is said again, the number as it is."""
    rows = ((cell("کار"),),) * 69
    label, number = cell("معاونت توسعه", rows=70), cell("۷", rows=70, align="center")
    tall = GridBlock("tall", text("جدول"), (1.0, 4.0, 4.0), (), ((number, label, cell("کار")), *rows))
    labels = print_copy(make(tall), tmp_path / "print.docx", first_page=1)
    (pdf,) = convert(
        probe(),
        [tmp_path / "print.docx"],
        tmp_path / "out",
        ahead=standing(),
        fonts=find_fonts(),
        timeout=120,
        work=tmp_path,
    )
    say_again(pdf, labels, find_fonts())
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) > 2
    assert [page.count("ادامه") for page in pages] == [0, *[1] * (len(pages) - 1)], pages
    assert [page.count("۷") for page in pages] == [1] * len(pages), pages
    assert sum(page.count("کار") for page in pages) == 70


def test_the_first_and_the_last_row_do_not_stand_alone(make: Make) -> None:
    def kept(*rows: GridCell) -> list[bool]:
        return held(GridBlock("rows", text("جدول"), (1.0,), (), tuple((one,) for one in rows)), make=make)

    low, high = cell("یک"), GridCell((text("سطر"),) * 9)
    assert kept(*[low] * 30) == [True, *[False] * 27, True, False]
    assert kept(high, *[low] * 30, high) == [False] * 32


def test_marks_of_footnotes_are_persian_and_apart_from_numbers(make: Make) -> None:
    caption = (*text("جدول سال ۱۴۰۴"), Span("۱", raised=True))
    head = (tuple(GridCell((text(label),), kind="head", mark="2") for label in ("ردیف ۷", "نامه")),)
    out = make(GridBlock("marks", caption, (1.0, 1.0), head, ((cell("الف"), cell("ب")),)))
    marked = [run for run in body_of(out).iter(qn("w:r")) if run.find(f".//{qn('w:rStyle')}") is not None]
    assert ["".join(node.text for node in run.iter(qn("w:t"))) for run in marked] == ["\u00a0۱", "\u00a0۲", "۲"]
    assert plain(caption) == "جدول سال ۱۴۰۴"


def test_a_band_stays_with_the_row_below_it(make: Make, tmp_path: Path) -> None:
    """Bands every third row of uneven tables: none is the last row of its page."""
    band = (cell("بند", columns=3, kind="group"),)
    files = []
    for lead in range(1, 7):
        rows = [(cell("ردیف"), cell("نامه"), cell("۱")) for _ in range(lead + 90)]
        body = tuple(row for at, one in enumerate(rows) for row in ((band, one) if at % 3 == lead % 3 else (one,)))
        head = (tuple(cell(name, kind="head") for name in ("الف", "ب", "پ")),)
        source = make(GridBlock("bands", text("جدول"), (1.0,) * 3, head, body), name=f"{lead}.docx")
        print_copy(source, tmp_path / f"print{lead}.docx", first_page=1)
        files.append(tmp_path / f"print{lead}.docx")
    ends = []
    for pdf in convert(
        probe(), files, tmp_path / "out", ahead=standing(), fonts=find_fonts(), timeout=120, work=tmp_path
    ):
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            ends += [page.get_textpage().get_text_range().split("\r\n") for page in document]
    assert len(ends) > 18
    assert not [page for page in ends if page[-1].strip() == "بند"], [page[-3:] for page in ends]


def test_labels_beside_answers_do_not_hold_a_table_together(make: Make, tmp_path: Path) -> None:
    """Below half a page of text stands the beginning of a table, though a band opens it and another comes later."""
    band, answer = (cell("بند", columns=2, kind="group"),), GridCell((text("پاسخ"),) * 4)
    rows = tuple((cell(f"پرسش {number}", kind="head"), answer) for number in range(9))
    sheet = GridBlock("sheet", text("برگه"), (1.0, 2.0), (), (band, *rows[:3], band, *rows[3:]))
    above = [Paragraph(text("متن"))] * 15
    print_copy(make(*above, sheet, *above), tmp_path / "print.docx", first_page=1)
    (pdf,) = convert(
        probe(),
        [tmp_path / "print.docx"],
        tmp_path / "out",
        ahead=standing(),
        fonts=find_fonts(),
        timeout=120,
        work=tmp_path,
    )
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        first = document[0].get_textpage().get_text_range()
    assert first.count("متن") == 15
    assert first.count("پرسش") == 2, first


def test_a_big_table_is_quick(make: Make) -> None:
    rows = tuple(tuple(cell(f"خانه {row}-{column}") for column in range(8)) for row in range(2000))
    start = time.process_time()
    out = make(GridBlock("big", text("جدول"), (1.0,) * 8, (), rows))
    assert time.process_time() - start < 5
    assert len(docx.Document(str(out)).tables[0]._tbl.tr_lst) == 2000


def test_a_header_has_its_look_from_the_style_and_when_printed_in_its_cells(make: Make, tmp_path: Path) -> None:
    one = replace(grid(anchor="one"), head=((cell("الف", columns=2, kind="head"), cell("ب", kind="head")),))
    file = make(one, grid(anchor="two"))
    print_copy(file, tmp_path / "print.docx", first_page=1)
    look = table_look(docx.Document(str(file)))
    wanted = re.findall('w:fill="(.*?)"', look.shades["head"])

    def shown(path: Path) -> list[tuple[str | None, list[str | None], int]]:
        tables = docx.Document(str(path)).tables
        rows = [
            (table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")), table._tbl.tr_lst[0]) for table in tables
        ]
        return [
            (told, [one.get(qn("w:fill")) for one in row.iter(qn("w:shd"))], len(list(row.iter(qn("w:tcBorders")))))
            for told, row in rows
        ]

    inner = 1  # of the heading the second row stands under
    assert shown(file) == [("1", [], 0), ("1", [], inner)]
    assert shown(tmp_path / "print.docx") == [("0", wanted * 2, 2), ("0", wanted * 2, 1 + inner)]


def test_a_number_over_several_columns_is_not_broken() -> None:
    """A table in a form of boxes shares its grid: a column of it is two where an edge of a box goes through."""
    number = cell("۹۱۲٬۳۴۵٬۶۷۸", columns=2, align="center")
    body = ((cell("نام", columns=2), cell("شماره", columns=3)), (cell("فصل اول"), number, number))
    block = GridBlock("t", text("فرم"), (6.0, 0.5, 0.5, 0.5, 0.5), (), body)
    widths = columns_of(block, 9298).widths
    assert min(sum(widths[1:3]), sum(widths[3:5])) >= MARGINS + length("۹۱۲٬۳۴۵٬۶۷۸")
    assert sum(widths) == 9298
    wide = replace(block, widths=(1.0,) * 41, body=((cell("فصل"), *[number] * 20),))
    assert too_wide(wide) is not None
