"""Files of responses as they come: encodings, delimiters, damage and traps."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from assembler.base.problems import AssemblerError
from assembler.collect.survey.files import detect_encoding, open_tables, shielded, unshielded
from tests.collect.survey.surveys import HEAD, Desk, csv_file, csv_text, response, workbook

ROWS = [HEAD, response("زياد", "كم", comment="گفت: «خوب»، بود"), response("خیلی‌کم", "متوسط", sex="مرد")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def codes(error: pytest.ExceptionInfo[AssemblerError]) -> list[str]:
    return [found.code for found in error.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found_out(desk: Desk, tmp_path: Path, encoding: str, delimiter: str) -> None:
    found = desk.take(csv_file(tmp_path / "r.csv", ROWS, delimiter, encoding))
    assert (found.tally.whole.responses, found.tally.set_aside) == (2, 0)
    assert desk.rows("questions")[1]["low"] == 1
    assert desk.rows("comments")[0]["text"] == "گفت: «خوب»، بود"


def test_the_arabic_encoding_of_windows_is_read(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    text = csv_text(ROWS).translate(str.maketrans("یک", "يك"))
    path.write_bytes(text.encode("cp1256"))
    assert detect_encoding(path) == "cp1256"
    assert desk.take(path).tally.whole.responses == 2
    assert desk.rows("comments")[0]["text"] == "گفت: «خوب»، بود"


def test_a_separator_line_of_excel_is_obeyed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("sep=;\r\n" + csv_text([*ROWS, response("؟")], ";"), encoding="utf-8-sig")
    found = desk.take(path)
    assert found.tally.whole.responses == 2
    assert found.tally.shown[0].place.line == 5


def test_broken_bytes_set_their_row_aside_as_they_came(desk: Desk, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [*ROWS, response("کم", comment="XX")])
    path.write_bytes(path.read_bytes().replace(b"XX", b"\xff\xfe"))
    found = desk.take(path)
    assert (found.tally.whole.responses, found.tally.set_aside) == (2, 1)
    assert found.tally.shown[0].code == "survey-broken-text"
    assert b"\xff\xfe" in (desk.folder / "set-aside.csv").read_bytes()


def test_numbers_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append([12345670, 0.15, 1234567.5, 7, 7.0, 0.5])
    for cell, shown in zip(sheet[1], ("0000000000", "0%", "#,##0.00"), strict=False):
        cell.number_format = shown
    book.save(tmp_path / "r.xlsx")
    read = [chunk.rows for table in open_tables(tmp_path / "r.xlsx") for chunk in table.chunks]
    assert read == [[["0012345670", "15٪", "1٬234٬567٫50", "7", "7", "0.5"]]]


def test_lines_are_told_past_cells_of_several_lines(desk: Desk, tmp_path: Path) -> None:
    rows = [HEAD, response("کم", comment="یک\nدو\nسه"), response("کم"), response("نه")]
    found = desk.take(csv_file(tmp_path / "r.csv", rows))
    assert [(each.place.line, each.code) for each in found.tally.shown] == [(6, "not-a-choice")]


def test_a_cell_of_ten_megabytes_is_set_aside(desk: Desk, tmp_path: Path) -> None:
    rows = [HEAD, response("کم", comment="ا" * 10_000_000), response("کم"), response("ا" * 1_000_000)]
    found = desk.take(csv_file(tmp_path / "r.csv", rows))
    assert (found.tally.whole.responses, found.tally.set_aside) == (1, 2)
    assert [each.code for each in found.tally.shown] == ["text-too-long", "not-a-choice"]
    assert len(found.tally.shown[1].message) < 200
    assert csv.field_size_limit() == 131_072


def test_a_quotation_mark_never_closed_loses_no_rows_unsaid(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(csv_text([HEAD, *[response("کم")] * 500]) + '"کم,' + csv_text([response("کم")] * 500), "utf-8")
    with pytest.raises(AssemblerError) as error:
        desk.take(path)
    assert codes(error) == ["survey-open-quote"]
    assert not (desk.folder / "answers" / "survey.yaml").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old Office, or one with a password"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"1,2,3\n" + b"a" * 5000 + b"\0", "no text"),
    ],
)
def test_what_is_no_list_of_responses_is_refused(desk: Desk, tmp_path: Path, data: bytes, said: str) -> None:
    """Whatever a file is called: these are named .csv or .xlsx by mistake."""
    path = tmp_path / "r.xlsx"
    path.write_bytes(data)
    with pytest.raises(AssemblerError) as error:
        desk.take(path)
    assert codes(error) == ["survey-unreadable"]
    assert said in error.value.problems[0].message


def test_a_file_without_a_question_is_refused(desk: Desk, tmp_path: Path) -> None:
    for path in (csv_file(tmp_path / "r.csv", [["نام", "سن"], ["الف", "۳"]]), csv_file(tmp_path / "e.csv", [])):
        with pytest.raises(AssemblerError) as error:
            desk.take(path)
        assert codes(error) == ["survey-no-columns"]


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+1", "-1", "@x", "'=x", "'", "ساده", "", "\tx"])
def test_cells_shielded_against_formulas_come_back(cell: str) -> None:
    assert unshielded(shielded(cell)) == cell
    assert not shielded(cell).startswith(("=", "+", "-", "@", "\t"))


def test_formulas_are_never_written_as_such(desk: Desk, tmp_path: Path) -> None:
    rows = [HEAD, response("=cmd|'/c calc'!A1", "کم"), response("کم", comment="=HYPERLINK(1)")]
    desk.take(csv_file(tmp_path / "r.csv", rows))
    assert desk.aside()[1][3] == "'=cmd|'/c calc'!A1"
    assert desk.rows("comments")[0]["text"] == "=HYPERLINK(1)"


# ---------------------------------------------------------------- workbooks


def test_a_workbook_is_read_as_its_rows(desk: Desk, tmp_path: Path) -> None:
    """Numbers, numbers stored as text, and rows that end early."""
    rows: list[list[object]] = [list(HEAD), [1, "2", 3.0, "۴", None, "کم"], [4], [" "], ["5"], [True]]
    found = desk.take(workbook(tmp_path / "r.xlsx", rows))
    assert (found.tally.whole.responses, found.tally.set_aside, found.tally.blank_rows) == (2, 2, 1)
    assert [each.place.line for each in found.tally.shown] == [5, 6]
    assert desk.rows("questions")[0]["very_low"] == 1
    assert desk.rows("questions")[2]["low"] == 1


def test_a_workbook_called_csv_is_still_one(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ROWS).rename(tmp_path / "r.csv")
    assert desk.take(path).tally.whole.responses == 2


def test_sheets_are_the_first_or_those_named(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ROWS, "یک")
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("دو")
    for row in ROWS:
        second.append(row)
    book.save(path)
    found = desk.take(path)
    assert [each.code for each in found.remarks if each.code == "survey-other-sheets"]
    assert found.tally.whole.responses == 2
    assert desk.take(path, sheets=["یک", "دو"]).tally.whole.responses == 4
    with pytest.raises(AssemblerError) as error:
        desk.take(path, sheets=["سه"])
    assert codes(error) == ["survey-unknown-sheet"]


def test_formulas_of_a_workbook_are_no_answers(desk: Desk, tmp_path: Path) -> None:
    """What they came to may be missing, and would pass for a blank."""
    found = desk.take(workbook(tmp_path / "r.xlsx", [HEAD, ["=1+1"], ["کم"]]))
    assert (found.tally.whole.responses, found.tally.set_aside) == (1, 1)


def test_merged_cells_set_their_rows_aside_and_hidden_rows_are_told(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [["نظرسنجی"], HEAD, ["کم"], ["کم"], ["زیاد"], ["زیاد"]])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[6].hidden = True
    book.save(path)
    found = desk.take(path)
    assert (found.tally.whole.responses, found.tally.set_aside) == (2, 2)
    assert {each.code for each in found.tally.shown} == {"survey-merged"}
    hidden = [each.arguments["count"] for each in found.remarks if each.code == "survey-hidden-rows"]
    assert hidden == [1]


def test_a_dimension_that_lies_hides_no_rows(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", [HEAD, *[["کم"]] * 30])
    _replace(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'ref="A1:V31"', b'ref="A1:B2"'))
    assert desk.take(path).tally.whole.responses == 30


def test_a_bomb_is_refused_before_it_unpacks(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ROWS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.xml", "w") as part:
        for _ in range(100):
            part.write(b"\0" * (1 << 20))
    with pytest.raises(AssemblerError) as error:
        desk.take(path)
    assert "100 MB" in error.value.problems[0].message


def test_a_damaged_sheet_is_refused_whole(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", ROWS)
    _replace(path, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) // 2])
    with pytest.raises(AssemblerError) as error:
        desk.take(path)
    assert codes(error) == ["survey-unreadable"]
    assert list(desk.folder.glob("*.part")) == list(desk.folder.glob(".*.part")) == []


def test_rows_are_read_chunk_by_chunk(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "r.csv", [HEAD, *[response("کم")] * 25_000])
    (table,) = [list(table.chunks) for table in open_tables(path)]
    assert [len(chunk.rows) for chunk in table] == [20, 10_000, 10_000, 4981]
    assert table[-1].lines[-1] == 25_001


def _replace(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
