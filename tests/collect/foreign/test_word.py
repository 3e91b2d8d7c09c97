"""Tables of Word files as people leave them."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from assembler.base.problems import AssemblerError
from assembler.collect.foreign.grids import ForeignFile
from assembler.collect.foreign.reading import read_foreign

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(inside: str, properties: str = "") -> str:
    inside = inside if inside.startswith("<") else f"<w:p>{run(inside)}</w:p>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(folder: Path, body: str) -> ForeignFile:
    path = folder / "scrap.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>")
    return read_foreign(path)


def texts(file: ForeignFile, number: int = 0) -> list[list[str]]:
    grid = file.grids[number]
    return [[each.text if each else "·" for each in line] for line in grid.matrix]


def test_what_wraps_cells_is_looked_through(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtContent>{cell('در کنترل')}</w:sdtContent></w:sdt>"
    inserted = f"<w:p><w:ins>{run('افزوده')}</w:ins><w:del><w:r><w:delText>رفته</w:delText></w:r></w:del></w:p>"
    file = read(tmp_path, table(row("الف", "ب"), row(control, cell(inserted))))
    assert texts(file) == [["الف", "ب"], ["در کنترل", "افزوده"]]


def test_deleted_rows_and_hidden_texts_are_not_read(tmp_path: Path) -> None:
    hidden = f"<w:p>{run('دیده', '')}{run('نادیده', '<w:vanish/>')}</w:p>"
    gone = row("حذف", "شده", properties="<w:del/>")
    assert texts(read(tmp_path, table(row(cell(hidden), "ب"), gone))) == [["دیده", "ب"]]


def test_cells_go_on_below_and_beside(tmp_path: Path) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    file = read(tmp_path, table(row(cell("الف", down), cell("پهن", wide)), row(cell("", on), "ب", "پ")))
    assert texts(file) == [["الف", "پهن", "پهن"], ["الف", "ب", "پ"]]
    assert [(each.rows, each.columns) for each in file.grids[0].cells] == [(2, 1), (1, 2), (1, 1), (1, 1)]


def test_a_row_may_begin_behind_a_gap(tmp_path: Path) -> None:
    gap = row("ب", properties='<w:gridBefore w:val="1"/>')
    assert texts(read(tmp_path, table(row("الف", "سر"), gap))) == [["الف", "سر"], ["·", "ب"]]


def test_tables_within_cells_and_text_boxes_are_tables(tmp_path: Path) -> None:
    inner = cell(f"<w:p>{run('بیرون')}</w:p>{table(row('درون', 'یک'))}<w:p/>")
    box = f"<w:p><w:r><w:pict><w:txbxContent>{table(row('کادر', 'دو'))}</w:txbxContent></w:pict></w:r></w:p>"
    file = read(tmp_path, table(row(inner, "ب")) + box)
    assert [texts(file, at) for at in range(3)] == [[["بیرون", "ب"]], [["درون", "یک"]], [["کادر", "دو"]]]


def test_what_stands_before_a_table_is_kept(tmp_path: Path) -> None:
    caption = f"<w:p>{run('جدول ۱- خدمات')}</w:p>"
    file = read(tmp_path, caption + table(row("الف", "ب")) + table(row("پ", "ت")))
    assert [grid.before for grid in file.grids] == [("جدول ۱- خدمات",), ()]


def test_raised_digits_are_none_of_a_number(tmp_path: Path) -> None:
    looks = '<w:vertAlign w:val="superscript"/>'
    raised = f"<w:p>{run('۴۵')}{run('۲', looks)}</w:p>"
    assert texts(read(tmp_path, table(row(cell(raised), "ب"))))[0][0] == "۴۵²"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x1f\x8b packed"])
def test_a_broken_file_is_its_own_problem(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "scrap.docx").write_bytes(data)
    with pytest.raises(AssemblerError) as refusal:
        read_foreign(tmp_path / "scrap.docx")
    assert [each.code for each in refusal.value.problems] == ["intake-unreadable"]


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("راز", encoding="utf-8")
    head = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file://{secret}">]>'
    path = tmp_path / "scrap.docx"
    body = table(row(cell("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"), "ب"))
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>")
    try:
        said = [cell_.text for grid in read_foreign(path).grids for cell_ in grid.cells]
    except AssemblerError:
        said = []
    assert "راز" not in "".join(said)


def test_a_text_called_word_is_read_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "scrap.docx").write_text("نام\tتعداد\nالف\t۳\n")
    read_as = read_foreign(tmp_path / "scrap.docx")
    assert [cell_.text for cell_ in read_as.grids[0].cells] == ["نام", "تعداد", "الف", "۳"]
    assert str(read_as.taken_for) == "it is a text"
