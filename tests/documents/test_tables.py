"""Tables are real Word tables: merges, repeating headers, rows kept whole, widths of the page."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.styles import table_shades
from assembler.documents.tables import table
from assembler.model.packet import GridBlock
from tests.documents.conftest import TEMPLATES, Make, cell, edited, grid, text


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
    rows = made(make, grid(rows=30)).tr_lst
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] * 2 + [False] * 30
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_every_row_is_as_wide_as_the_page() -> None:
    ragged = replace(grid(), body=((cell("یک"),), (cell("دو", columns=9),), ()))
    element = etree.fromstring(table(ragged, 9298, {}).replace("<w:tbl>", f'<w:tbl xmlns:w="{qn("w:t")[1:-2]}">', 1))
    columns = [int(one.get(qn("w:w"))) for one in element.iter(qn("w:gridCol"))]
    assert sum(columns) == 9298
    for row in element.iter(qn("w:tr")):
        assert sum(int(one.get(qn("w:w"))) for one in row.iter(qn("w:tcW"))) == 9298


def test_caption_above_notes_below(make: Make) -> None:
    body = list(docx.Document(str(make(grid()))).element.body)
    place = next(number for number, one in enumerate(body) if one.tag == qn("w:tbl"))
    assert "جدول شماره ۱" in "".join(body[place - 1].itertext())
    assert "یادداشت" in "".join(body[place + 1].itertext())
    below = list(docx.Document(str(make(replace(grid(), caption_below=True)))).element.body)
    assert below[0].tag == qn("w:tbl")


def test_kinds_of_cells_have_styles_and_shades_of_the_template(make: Make) -> None:
    rows = ((cell("گروه", columns=3, kind="group"),), (cell("جمع", columns=2, kind="footer"), cell("۲", kind="footer")))
    element = made(make, replace(grid(), body=rows))
    shades = [one.get(qn("w:fill")) for one in element.iter(qn("w:shd"))]
    told = table_shades(docx.Document(str(TEMPLATES / "body.docx")))
    assert all(f'w:fill="{shade}"' in "".join(told.values()) for shade in shades)
    used = [one.get(qn("w:val")) for one in element.iter(qn("w:pStyle"))]
    assert {"TableHead", "TableGroup", "TableFooter"} <= set(used)


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


def test_short_merges_hold_their_rows_together(make: Make) -> None:
    rows = made(make, grid(rows=40)).tr_lst
    held = [all(one.pPr.find(qn("w:keepNext")) is not None for one in row.iter(qn("w:p"))) for row in rows]
    assert held[:4] == [True, True, True, False]  # both headers, and the first row of the merged pair


def test_a_big_table_is_quick(make: Make) -> None:
    rows = tuple(tuple(cell(f"خانه {row}-{column}") for column in range(8)) for row in range(2000))
    start = time.perf_counter()
    out = make(GridBlock("big", text("جدول"), (1.0,) * 8, (), rows))
    assert time.perf_counter() - start < 5
    assert len(docx.Document(str(out)).tables[0]._tbl.tr_lst) == 2000
