"""Tables of web pages and of texts with tabs."""

from __future__ import annotations

from pathlib import Path

from assembler.collect.foreign.grids import ForeignFile
from assembler.collect.foreign.reading import read_foreign


def read(folder: Path, name: str, text: str, encoding: str = "utf-8") -> ForeignFile:
    (folder / name).write_bytes(text.encode(encoding))
    return read_foreign(folder / name)


def texts(file: ForeignFile, number: int = 0) -> list[list[str]]:
    return [[each.text if each else "·" for each in line] for line in file.grids[number].matrix]


def test_cells_span_rows_and_columns(tmp_path: Path) -> None:
    page = """<h2>خدمات</h2><table><tr><th rowspan=2>نام<th colspan=2>شمار<tr><th>مرد<th>زن
    <tr style="display: none"><td>نهان<td>۹<td>۹<tr><td>الف<br>ب<td>۱<td>۲</table>"""
    file = read(tmp_path, "a.html", page)
    assert texts(file) == [["نام", "شمار", "شمار"], ["نام", "مرد", "زن"], ["الف\nب", "۱", "۲"]]
    assert (file.grids[0].before, file.grids[0].headings) == (("خدمات",), ("خدمات",))


def test_a_table_within_a_cell_is_a_table(tmp_path: Path) -> None:
    page = "<table><tr><td>بیرون<table><tr><td>درون<td>۱</table><td>ب</table>"
    file = read(tmp_path, "a.html", page)
    assert [texts(file, at) for at in range(2)] == [[["بیرون", "ب"]], [["درون", "۱"]]]


def test_a_page_of_old_windows_is_read(tmp_path: Path) -> None:
    page = "<table><tr><td>نام خدمت<td>تعداد</table>"
    assert texts(read(tmp_path, "a.htm", page, "cp1256")) == [["نام خدمت", "تعداد"]]


def test_texts_hold_their_table_between_tabs(tmp_path: Path) -> None:
    file = read(tmp_path, "a.txt", 'جدول خدمات\nنام\tتعداد\n"الف\nب"\t۱\n')
    assert (texts(file), file.grids[0].before) == ([["نام", "تعداد"], ["الف\nب", "۱"]], ("جدول خدمات",))
