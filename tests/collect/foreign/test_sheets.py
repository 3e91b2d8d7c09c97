"""Tables of workbooks as departments make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from assembler.collect.foreign.grids import ForeignFile
from assembler.collect.foreign.reading import read_foreign


def read(folder: Path, fill: Callable[[Any], None]) -> ForeignFile:
    book = openpyxl.Workbook()
    fill(book.active)
    book.save(folder / "scrap.xlsx")
    return read_foreign(folder / "scrap.xlsx")


def texts(file: ForeignFile, number: int = 0) -> list[list[str]]:
    return [[each.text if each else "·" for each in line] for line in file.grids[number].matrix]


def test_several_tables_stand_below_and_beside_one_another(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for line in (["جدول یک"], ["نام", "تعداد"], ["الف", 1], [], ["جدول دو"], ["کد", "روز"], ["ب", 2]):
            sheet.append(line)
        sheet["E2"], sheet["F2"], sheet["E3"], sheet["F3"] = "سو", "کنار", "پ", 3

    file = read(tmp_path, fill)
    assert [texts(file, at) for at in range(len(file.grids))] == [
        [["جدول یک", ""], ["نام", "تعداد"], ["الف", "1"]],
        [["سو", "کنار"], ["پ", "3"]],
        [["جدول دو", ""], ["کد", "روز"], ["ب", "2"]],
    ]


def test_a_blank_row_within_a_table_parts_nothing(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for line in (["نام", "تعداد"], ["الف", 1], [], ["ب", 2]):
            sheet.append(line)

    assert texts(read(tmp_path, fill)) == [["نام", "تعداد"], ["الف", "1"], ["", ""], ["ب", "2"]]


def test_numbers_come_as_they_look(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["کد", "سهم", "مبلغ"])
        sheet.append([7, 0.25, 12500])
        sheet["A2"].number_format, sheet["B2"].number_format, sheet["C2"].number_format = "0000", "0%", "#,##0"

    assert texts(read(tmp_path, fill))[1] == ["0007", "25٪", "12٬500"]


def test_hidden_rows_columns_and_sheets_are_known(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for line in (["نام", "تعداد", "روز"], ["الف", 1, 2], ["ب", 3, 4]):
            sheet.append(line)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        other = sheet.parent.create_sheet("پنهان")
        other.append(["راز", "دیگر"])
        other.sheet_state = "hidden"

    file = read(tmp_path, fill)
    assert (file.grids[0].hidden_rows, file.grids[0].hidden_columns, file.hidden) == ({1}, {1}, ("پنهان",))
    assert len(file.grids) == 1


def test_merged_cells_are_one_cell(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for line in (["نام", "شمار", None], [None, "مرد", "زن"], ["الف", 1, 2]):
            sheet.append(line)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:C1")

    assert texts(read(tmp_path, fill)) == [["نام", "شمار", "شمار"], ["نام", "مرد", "زن"], ["الف", "1", "2"]]


def test_a_day_excel_took_for_its_own_is_a_fault(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["نام", "روز"])
        sheet.append(["الف", datetime(1998, 1, 2)])

    assert [each.fault for each in read(tmp_path, fill).grids[0].cells] == ["", "", "", "workbook-excel-date"]
