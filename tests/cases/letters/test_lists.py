"""Lists of units, however they were made."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from assembler.base.problems import AssemblerError
from assembler.cases.letters.lists import read_list


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("نام;عدد\nالف;۱\n\nب;۲\n".encode("utf-8-sig"), [(2, "الف"), (4, "ب")]),
        ('نام,متن\n"الف\nب",x\nج,y\n'.encode("utf-16"), [(2, "الف\nب"), (3, "ج")]),
        ("نام,متن\nالف,x\n".encode("utf-16-le"), [(2, "الف")]),
        ("نام,متن\nالف,x\n".encode("utf-32"), [(2, "الف")]),
        ("نام,متن\nسازمان,x\n".encode("cp1256"), [(2, "سازمان")]),
        ("sep=;\nنام;متن، دیگر\nالف;x,y\n".encode(), [(3, "الف")]),
        ("sep=|\r\nنام|متن\r\nالف|x\r\n".encode("utf-16"), [(3, "الف")]),
        ("BMI,متن\nالف,x\n".encode(), [(2, "الف")]),
        ("نام|متن\nالف|x\n".encode(), [(2, "الف")]),
        ('"نام, کامل";متن\nالف;x\n'.encode(), [(2, "الف")]),
    ],
)
def test_lists_of_any_making_are_read(data: bytes, rows: list[tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_bytes(data)
    assert [(row.number, row.cells[1]) for row in read_list(tmp_path / "units.csv").rows] == rows


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"\xff"),
        ("a.xlsx", b"PK"),
        ("a.csv", b"only,head\n"),
        ("a.csv", b"%PDF-1.7"),
        ("a.csv", b"<html><table>"),
    ],
)
def test_a_list_that_is_none_says_so(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AssemblerError):
        read_list(tmp_path / name)


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["نام", "کد", "سهم", "مبلغ", "حاصل"])
    sheet.append(["الف", 12345670, 0.15, 1234567.5, "=1/0"])
    for cell, shown in zip(sheet[2][1:4], ("0000000000", "0%", "#,##0.00"), strict=True):
        cell.number_format = shown
    sheet.append(["ب", None, None, None, None])
    sheet["B3"].value, sheet["B3"].data_type = "#REF!", "e"
    book.save(tmp_path / "a.csv")  # what it is, its bytes say
    first, second = read_list(tmp_path / "a.csv").rows
    assert [first.cells[at] for at in (2, 3, 4)] == ["0012345670", "15٪", "1٬234٬567٫50"]
    assert (first.faults, second.faults) == ({5: "workbook-no-value"}, {2: "workbook-cell-error"})
