"""Cells of a terminal: how wide they are, how they stand under one another, where they are cut."""

from __future__ import annotations

import pytest
from wcwidth import wcwidth

from assembler.cli.table import LEAST, aligned, cut, width, widths


@pytest.mark.parametrize(
    ("text", "columns"),
    [("می‌روم", 5), ("ه‍م", 2), ("سلامِ", 4), ("لا", 2), ("۱۲٬۵۰۰", 6), ("中文", 4), ("", 0), ("a\tb", 2)],
)
def test_joiners_and_vowel_signs_take_no_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_cells_stand_under_one_another() -> None:
    rows = [["خانه‌ها", "۷", "x"], ["باغ", "۱۲", ""]]
    assert widths(rows) == [6, 2, 1]
    assert [aligned(row, widths(rows), right=[1]) for row in rows] == [["خانه‌ها", " ۷", "x"], ["باغ   ", "۱۲", " "]]


def test_a_text_is_cut_by_its_columns_and_keeps_enough_to_be_told() -> None:
    assert cut("کوتاه", 1) == "کوتاه"
    assert cut("الف " * 20, LEAST + 6) == "الف " * 7 + "ا…"
    assert width(cut("中" * 40, 31)) == 31
    assert width(cut("می‌رود " * 20, 0)) <= LEAST


def test_what_is_measured_without_tables_is_as_wide_as_they_say() -> None:
    for letter in map(chr, range(0x20, 0x3000)):
        assert width(letter) == max(wcwidth(letter), 0), hex(ord(letter))
