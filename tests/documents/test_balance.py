"""Tables of ours are as low as widths can make them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assembler.documents.columns import Needs, columns_of
from assembler.documents.lengths import STANDARD
from assembler.documents.rows import heights, place
from assembler.model.packet import GridBlock, GridCell
from tests.documents.conftest import cell

WIDTH = 9298
LONG = "رعایت کرامت انسانی و رفتار محترمانه و اسلامی با مراجعین موضوع ماده سه تصویب‌نامه حقوق شهروندی در نظام اداری"
HEAD = tuple(cell(word, kind="head") for word in ("ردیف", "عنوان", "سقف", "نهایی"))


def row(title: GridCell, number: str = "3") -> tuple[GridCell, ...]:
    return (cell(number), title, cell(number), cell(number))


GRID = GridBlock("a", (), (1.1, 3.0, 5.0, 5.0), (HEAD,), (row(cell(LONG)), row(cell(LONG))))


def high(grid: GridBlock) -> int:
    return sum(heights(place((*grid.head, *grid.body), 4), columns_of(grid, WIDTH).widths))


def test_text_takes_the_room_that_numbers_do_not_need() -> None:
    flexible = replace(GRID, flexible=True)
    assert high(flexible) < high(GRID)
    assert sum(columns_of(flexible, WIDTH).widths) == WIDTH


def test_no_column_becomes_narrower_than_its_words() -> None:
    _, words = Needs.of((*GRID.head, *GRID.body), 4).sized(STANDARD)
    widths = columns_of(replace(GRID, flexible=True), WIDTH).widths
    assert all(width >= word for width, word in zip(widths, words, strict=True))


def test_given_widths_stay_where_others_make_nothing_lower() -> None:
    short = replace(GRID, body=(row(cell("کوتاه")),))
    assert columns_of(replace(short, flexible=True), WIDTH) == columns_of(short, WIDTH)


@pytest.mark.parametrize("rows", [1, 2])
def test_merged_cells_count(rows: int) -> None:
    """A title over two rows has their room: it needs less width than in one."""
    title = replace(cell(LONG), rows=rows)
    below = (cell("4"), cell("4"), cell("4")) if rows == 2 else row(cell(""))
    grid = replace(GRID, body=(row(title), below), flexible=True)
    assert high(grid) < high(replace(grid, flexible=False))
