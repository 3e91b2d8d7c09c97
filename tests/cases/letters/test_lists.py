"""Lists of units, however they were made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

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


def _saved(rows: Sequence[Sequence[object]], path: Path, *hidden: int) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def test_titles_sums_and_hidden_rows_are_told(tmp_path: Path) -> None:
    """A title over the list, a line of the date, the list, its sum; one unit is filtered out of sight."""
    rows = [["فهرست واحدها"], [], ["تاریخ: ۱۴۰۵"], ["نام", "تعداد"], ["الف", 1], ["ب", 2], ["جمع کل:", 3]]
    read = read_list(_saved(rows, tmp_path / "a.xlsx", 6))
    assert (read.head, dict(read.labels)) == (4, {1: "نام", 2: "تعداد"})
    assert [row.cells[1] for row in read.rows] == ["الف", "ب"]
    told = [(found.code, found.place.row) for found in read.remarks]
    assert told == [("list-title", 1), ("list-title", 3), ("list-sum", 7), ("list-hidden-rows", 6)]


def test_the_sheet_that_holds_a_list_is_read_and_others_are_told(tmp_path: Path) -> None:
    """A chart and a blank sheet stand before it, another list behind."""
    book = Workbook()
    book.worksheets[0].title = "خالی"
    for name in ("واحدها", "قدیم"):
        sheet = book.create_sheet(name)
        for row in (["نام", "تعداد"], [name, 1]):
            sheet.append(row)
    book.create_chartsheet("نمودار", 0).add_chart(BarChart())
    book.save(tmp_path / "a.xlsx")
    read = read_list(tmp_path / "a.xlsx")
    assert (read.sheet, [row.cells[1] for row in read.rows]) == ("واحدها", ["واحدها"])
    assert [(each.code, each.arguments["names"]) for each in read.remarks] == [("list-other-sheets", "قدیم")]
    named = read_list(tmp_path / "a.xlsx", "قدیم")
    assert ([row.cells[1] for row in named.rows], named.remarks) == (["قدیم"], ())


def test_a_list_of_one_column_has_no_title_and_a_unit_in_the_middle_is_no_sum(tmp_path: Path) -> None:
    assert [row.cells[1] for row in read_list(_saved([["نام"], ["الف"], ["ب"]], tmp_path / "a.xlsx")).rows] == [
        "الف",
        "ب",
    ]
    rows = [["نام", "تعداد"], ["جمع", 1], ["الف", 2]]
    read = read_list(_saved(rows, tmp_path / "b.xlsx"))
    assert ([row.cells[1] for row in read.rows], read.remarks) == (["جمع", "الف"], ())


def test_a_title_does_not_hide_what_cuts_the_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("فهرست واحدها\n\nنام؛تعداد\nالف؛۱\n", encoding="utf-8")
    read = read_list(tmp_path / "a.csv")
    assert (dict(read.labels), [dict(row.cells) for row in read.rows]) == ({1: "نام", 2: "تعداد"}, [{1: "الف", 2: "۱"}])


@pytest.mark.parametrize("packed", [False, True])
def test_a_list_of_endless_rows_is_refused_before_it_is_read(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assembler.cases.letters.lists._MOST_ROWS", 5)
    rows = [["نام", "تعداد"], *([f"واحد {number}", number] for number in range(6))]
    path = tmp_path / "a.csv"
    if packed:
        _saved(rows, path)
    else:
        path.write_text("\n".join(f"{name},{count}" for name, count in rows), encoding="utf-8")
    with pytest.raises(AssemblerError) as caught:
        read_list(path)
    assert [found.code for found in caught.value.problems] == ["file-unreadable"]
    assert "more than 5 rows" in caught.value.problems[0].message
