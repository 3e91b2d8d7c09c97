"""What cuts rows of a text into cells, as spreadsheets, web forms and people write them."""

from __future__ import annotations

import gzip

import pytest

from assembler.base.foreign import UnreadableError
from assembler.base.separated import UNCUT, cells_of, cut_by, rows_of


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["نام,تعداد", "الف,۱", "ب,۲"], (",", 0)),
        (["نام;تعداد", "الف, ب;۱", "ج, د;۲"], (";", 0)),
        (["نام\tتعداد", "الف، ب\t۱"], ("\t", 0)),
        (["نام؛تعداد؛سهم", "الف؛۱؛۲"], ("؛", 0)),
        (["نام|متن", "الف|یک, دو, سه", "ب|چهار"], ("|", 0)),
        (["sep=;", "نام;تعداد"], (";", 1)),
        (["\ufeffSEP=|\r\n", "نام|تعداد\r\n"], ("|", 1)),
        (['"نام, کامل";متن', '"الف, ب, ج";x'], (";", 0)),
        (["فهرست واحدها، سال ۱۴۰۵", "تاریخ: ۱۴۰۵", "نام;تعداد;سهم", "الف;۱;۲"], (";", 0)),
        (["a;b;c", "x;y", "z;w"], (";", 0)),
        (["a;b;c", "x;y"], (";", 0)),
        (["نام", "اداره الف", "اداره ب, شعبه مرکزی", "اداره ج", "اداره د"], (UNCUT, 0)),
        (["۱۲٫۵;۳,۴", "۷;۸,۱", "۹;۲"], (";", 0)),
        ([], (",", 0)),
        (["", "  "], (",", 0)),
        (["نام"], (UNCUT, 0)),
    ],
)
def test_what_cuts_the_lines_is_found(lines: list[str], found: tuple[str, int]) -> None:
    assert cut_by(lines) == found


def test_an_inch_mark_is_one_where_no_quotes_are_meant() -> None:
    assert list(cells_of(['لوله ۲"\t۵', "x\ty"], "\t", quotes=False)) == [['لوله ۲"', "۵"], ["x", "y"]]
    assert list(cells_of(['"الف\n', 'ب"\t۵'], "\t")) == [["الف\nب", "۵"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-le", "cp1256"])
def test_rows_come_in_whatever_letters_they_were_saved(encoding: str) -> None:
    rows = list(rows_of('نام;کد\r\nاداره ي تهران، قم;007\r\n"دو\nخط";8'.encode(encoding)))
    assert rows == [(1, ["نام", "کد"]), (2, ["اداره ي تهران، قم", "007"]), (3, ["دو\nخط", "8"])]


def test_arabic_letters_of_iso_are_told_from_those_of_windows() -> None:
    text = "الاسم,العدد\nمديرية المياه والكهرباء,12\nقسم الهندسة,7\n"
    for encoding in ("iso8859-6", "cp1256"):
        assert [row for _, row in rows_of(text.encode(encoding))][1:] == [
            ["مديرية المياه والكهرباء", "12"],
            ["قسم الهندسة", "7"],
        ]


def test_a_line_that_says_what_cuts_is_no_row() -> None:
    assert list(rows_of(b"sep=|\na|b,c\n1|2")) == [(2, ["a", "b,c"]), (3, ["1", "2"])]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(b"a,b\n" * 50, mtime=0), "packed file; unpack it first"),
        (b"SQLite format 3\0" + bytes(range(256)) * 8, "database; export the list"),
        (b"%PDF-1.7\n%", "PDF; ask for the workbook"),
        (b"MZ\x90\0\3" + bytes(400), "a program"),
        (bytes(range(256)) * 40, "no text"),
        (b'a,b\n"open,1\n', "quotation mark"),
    ],
)
def test_what_is_no_text_of_rows_is_called_what_it_is(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        list(rows_of(data))
    assert says in str(refused.value.reason)
