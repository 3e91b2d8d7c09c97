"""Numbers in Persian words; what is written is read back by whoever reads number words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.in_words import in_words, rials_in_words, tomans_in_words
from assembler.checks.words.number_words import number_in_words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "صفر"),
        (19, "نوزده"),
        (21, "بیست و یک"),
        (100, "یکصد"),
        (1250, "یک هزار و دویست و پنجاه"),
        (2_000_300, "دو میلیون و سیصد"),
        (1_500_000_000_000, "یک هزار و پانصد میلیارد"),
        (-3, "منفی سه"),
        (Decimal("2.5"), "دو و پنج دهم"),
        (Decimal("0.25"), "بیست و پنج صدم"),
        (Decimal("3.000"), "سه"),
        (Decimal("1.0004"), "یک"),
    ],
)
def test_a_number_in_words(number: int | Decimal, said: str) -> None:
    assert in_words(number) == said


@pytest.mark.parametrize(
    ("amount", "rials", "tomans"),
    [
        (1250, "یک هزار و دویست و پنجاه ریال", "یکصد و بیست و پنج تومان"),
        (1255, "یک هزار و دویست و پنجاه و پنج ریال", "یکصد و بیست و پنج تومان و پنج ریال"),
        (7, "هفت ریال", "هفت ریال"),
        (0, "صفر ریال", "صفر تومان"),
        (-20, "منفی بیست ریال", "منفی دو تومان"),
    ],
)
def test_amounts(amount: int, rials: str, tomans: str) -> None:
    assert (rials_in_words(amount), tomans_in_words(amount)) == (rials, tomans)


@given(st.integers(2, 10**12 - 1))
def test_what_is_written_is_read_back(number: int) -> None:
    assert number_in_words(in_words(number).replace("یکصد", "صد"), "", "جمع ") == number
