"""Lists of units, however they were made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from assembler.assembly.converting import as_workbook
from assembler.base.problems import AssemblerError
from assembler.base.settings import Settings
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


def test_what_merged_cells_say_holds_for_their_rows_and_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["حوزه", "نام", "کد"], ["شمال", "یک", 7], [None, "دو", 8], ["جنوب", "سه", 9], [None, "چهار", 10]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    read = read_list(tmp_path / "a.xlsx")
    assert [row.cells.get(1) for row in read.rows] == ["شمال", "شمال", "جنوب", None]
    assert [(told.code, told.place.row) for told in read.remarks] == [("list-hidden-columns", None), ("list-merged", 3)]
    assert "حوزه" in read.remarks[1].message
    assert "کد" in read.remarks[0].message


_NAMES = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for each, name in (
    ("office", "office"), ("table", "table"), ("text", "text"), ("number", "datastyle"), ("style", "style"),
))  # fmt: skip


def _calc(path: Path) -> Path:
    """A workbook of Calc: a code with zeros in front, a share, a hidden row."""
    styles = (
        '<number:number-style style:name="n">'
        '<number:number number:decimal-places="0" number:min-integer-digits="4"/></number:number-style>'
        '<number:percentage-style style:name="p"><number:number number:decimal-places="1" '
        'number:min-decimal-places="1"/><number:text>%</number:text></number:percentage-style>'
        '<style:style style:name="code" style:family="table-cell" style:data-style-name="n"/>'
        '<style:style style:name="share" style:family="table-cell" style:data-style-name="p"/>'
    )

    def cell(text: str, kind: str = "string", value: str = "", style: str = "") -> str:
        named = f' table:style-name="{style}"' if style else ""
        told = f' office:value="{value}"' if value else ""
        return f'<table:table-cell{named} office:value-type="{kind}"{told}><text:p>{text}</text:p></table:table-cell>'

    rows = f"<table:table-row>{cell('نام')}{cell('کد')}{cell('سهم')}</table:table-row>"
    for number, seen in ((1, ""), (2, ' table:visibility="collapse"')):
        code, share = cell(f"000{number}", "float", str(number), "code"), cell("۱", "percentage", "0.125", "share")
        rows += f"<table:table-row{seen}>{cell(f'واحد {number}')}{code}{share}</table:table-row>"
    content = (
        f'<office:document-content {_NAMES} office:version="1.3"><office:automatic-styles>{styles}'
        f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="فهرست">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return path


_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def test_a_workbook_of_calc_is_read_as_one_of_excel_whatever_it_is_called(tmp_path: Path) -> None:
    turned = partial(as_workbook, settings=Settings(tmp_path, tmp_path, engine="draft"))
    read = read_list(_calc(tmp_path / "units.csv"), turned=turned)
    assert [row.cells for row in read.rows] == [
        {1: "واحد 1", 2: "0001", 3: "12٫5٪"},
        {1: "واحد 2", 2: "0002", 3: "12٫5٪"},
    ]
    assert (read.sheet, [told.code for told in read.remarks]) == ("فهرست", ["list-hidden-rows"])
    with pytest.raises(AssemblerError) as refused:  # nobody turns it
        read_list(tmp_path / "units.csv")
    assert "OpenDocument workbook (.ods); save it as .xlsx" in refused.value.problems[0].message
