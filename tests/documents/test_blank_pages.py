"""No page stays empty behind a table, whatever room the table leaves on its page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest

from assembler.model.packet import GridBlock, Paragraph
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from tests.office import standing

from .conftest import Make, cell, edited, text

_HEAD = ((cell("ردیف", kind="head"), cell("خدمت", kind="head")),)


def table(rows: int, page: Literal["portrait", "landscape"]) -> GridBlock:
    body = tuple((cell(str(number)), cell("نامه")) for number in range(rows))
    return GridBlock(f"{page}{rows}", text(f"جدول {rows}"), (1.0, 3.0), _HEAD, body, page=page)


def pages(out: Path, *files: Path) -> list[list[str]]:
    """The text of each page of each file, but for the title of the report that stands on all."""
    found = []
    for pdf in convert(probe(), files, out, ahead=standing(), fonts=find_fonts(), timeout=120, work=out):
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        found.append([shown.replace("گزارش", "").replace("سازمان", "").strip() for shown in texts])
    return found


def test_tables_of_any_length_leave_no_empty_page(make: Make, tmp_path: Path) -> None:
    tables = (table(rows, turned) for rows in range(25, 61, 3) for turned in ("portrait", "landscape"))
    (found,) = pages(tmp_path / "out", make(*tables))
    assert len(found) >= 2 * len(range(25, 61, 3))
    assert all(found)


@pytest.mark.parametrize("after", [(), (Paragraph(text("پایان")),)])
def test_a_table_that_fills_its_page_leaves_no_empty_page(
    make: Make, tmp_path: Path, after: tuple[Paragraph, ...]
) -> None:
    """One row grows by a third of a millimetre at a time until the last one moves to the next page."""
    made = make(table(14, "landscape"), *after)
    row = '<w:cantSplit/><w:trHeight w:val="{}" w:hRule="exact"/>'
    grown = (
        edited(made, tmp_path / f"{height}.docx", ("<w:cantSplit/>", row.format(height)))
        for height in range(2700, 3500, 40)
    )
    found = pages(tmp_path / "out", *grown)
    assert {len(one) for one in found} == {1 + len(after), 2 + len(after)}
    assert all(all(one) for one in found)
