"""Where a block that is pasted ends: quotation marks are of cells, or of inches."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assembler.collect.fill.pasted import block_lines, is_whole
from assembler.collect.fill.pasting import _typed


def typed(lines: Sequence[str]) -> tuple[str, int]:
    """The block, and how many of the lines it took."""
    asking = _typed()
    next(asking)
    for number, line in enumerate(lines, 1):
        try:
            asking.send(line)
        except StopIteration as ended:
            return str(ended.value), number
    raise AssertionError("it goes on")


@pytest.mark.parametrize(
    ("text", "whole", "cells"),
    [
        ('لوله 2"\t5', True, [['لوله 2"', "5"]]),
        ('لوله\t2"', True, [["لوله", '2"']]),
        ('"یک\n\nدو"\t5', True, [["یک\n\nدو", "5"]]),
        ('a\t"24"" پهن"', True, [["a", '24" پهن']]),
        ('"24\t5', False, [['"24', "5"]]),
    ],
)
def test_a_mark_opens_a_cell_only_where_it_begins(text: str, whole: bool, cells: list[list[str]]) -> None:
    assert (is_whole(text), list(block_lines(text))) == (whole, cells)


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        (['لوله 2"\t5', "", "next"], 2),
        (['"یک', "", 'دو"\t5', "", "next"], 4),  # Excel puts cells of several lines between marks
        (['"24\t5', "x\t3", "", "", "next"], 4),
    ],
)
def test_nothing_typed_after_a_block_is_taken(lines: list[str], taken: int) -> None:
    block, number = typed(lines)
    assert (number, "next" in block) == (taken, False)
