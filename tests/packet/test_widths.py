"""Columns of text take the layout in which their rows are lowest."""

from __future__ import annotations

import pytest

from assembler.model.packet import GridCell, Span
from assembler.packet.widths import lowest

USUAL, WIDE_LABELS = (5.0, 11.0), (9.5, 6.5)


def pair(label: int, answer: int) -> tuple[GridCell, ...]:
    return GridCell(((Span("ل" * label),),), kind="label"), GridCell(((Span("پ" * answer),),))


@pytest.mark.parametrize(
    ("rows", "widths"),
    [
        ([pair(20, 5)], USUAL),
        ([pair(45, 5)], WIDE_LABELS),
        ([pair(45, 100)], USUAL),
        ([pair(45, 5), pair(10, 50), pair(10, 50)], USUAL),
        ([pair(45, 5)[:1], pair(45, 5)[:1]], USUAL),
        ([], USUAL),
    ],
)
def test_the_lowest_is_taken_and_the_usual_one_where_none_is(
    rows: list[tuple[GridCell, ...]], widths: tuple[float, ...]
) -> None:
    assert lowest(rows, (USUAL, WIDE_LABELS)) == widths
