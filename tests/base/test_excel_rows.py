"""Foreign workbooks are streamed row by row, and what would fill the memory is refused before it is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from assembler.base.excel_rows import SheetRows, has_cells, refusal, source_of
from assembler.base.problems import AssemblerError
from assembler.cases.letters.lists import read_list


def book(path: Path) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for number in range(3):
        sheet.append([f"ردیف {number}", number, f"=B{number + 1}*2"])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
    made.create_chartsheet("نمودار").add_chart(chart)
    made.save(path)
    return path


def packed(path: Path, name: str, size: int) -> Path:
    """A workbook with one part of so many like bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"\0" * size)
    return path


def test_rows_come_one_by_one_with_their_numbers(tmp_path: Path) -> None:
    opened = openpyxl.load_workbook(book(tmp_path / "a.xlsx"), read_only=True)
    first, chart = opened.worksheets[0], opened["نمودار"]
    with source_of(first) as source:
        rows = SheetRows(opened, first, source, results=False)
        read = [rows.cells(element) for element in rows.elements()]
    assert [number for number, _ in read] == [1, 2, 3]
    assert [cell["value"] for cell in read[1][1]] == ["ردیف 1", 1, "=B2*2"]
    assert (has_cells(first), has_cells(chart)) == (True, False)
    opened.close()


@pytest.mark.parametrize(
    ("name", "size", "most", "is_refused"),
    [
        ("xl/worksheets/sheet1.xml", 1 << 20, 2 << 20, False),
        ("xl/worksheets/sheet1.xml", 3 << 20, 2 << 20, True),
        ("xl/sharedStrings.xml", 65 << 20, 1 << 30, True),
    ],
)
def test_what_would_fill_the_memory_is_refused(
    tmp_path: Path, name: str, size: int, most: int, is_refused: bool
) -> None:
    found = refusal(packed(tmp_path / "a.xlsx", name, size), most)
    assert (found is not None) == is_refused
    assert found is None or str(found) == f"it would unpack to {size >> 20} MB"


def test_a_list_of_units_is_no_bomb(tmp_path: Path) -> None:
    with pytest.raises(AssemblerError) as caught:
        read_list(packed(tmp_path / "units.xlsx", "xl/sharedStrings.xml", 65 << 20))
    assert "65 MB" in caught.value.problems[0].message
