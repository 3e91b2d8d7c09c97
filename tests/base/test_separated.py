"""What cuts rows of a text into cells, as spreadsheets, web forms and people write them."""

from __future__ import annotations

import pytest

from assembler.base.separated import UNCUT, cells_of, cut_by


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
