"""Numbers in words: every one a text may say, and words that only look like one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assembler.checks.words.number_words import number_in_words, number_words
from tests.checks.rules.test_numbers_said import found

UNITS = [
    *("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"),
    *("یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"),
]
TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"]
HUNDREDS = ["", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"]


def spelled(number: int) -> str:
    """A number from 1 to 999999 as Persian says it."""
    thousands, rest = divmod(number, 1000)
    parts = ["هزار" if thousands == 1 else f"{spelled(thousands)} هزار"] if thousands else []
    hundreds, rest = divmod(rest, 100)
    parts += [HUNDREDS[hundreds]] if hundreds else []
    tens, units = (0, rest) if rest < 20 else divmod(rest, 10)
    parts += [TENS[tens]] if tens else []
    parts += [UNITS[units]] if units else []
    return " و ".join(parts)


@given(some.integers(2, 999_999))
def test_every_number_reads_back(number: int) -> None:
    text = spelled(number)
    match = re.search(number_words(), f"شمار {text} خدمت")
    assert match is not None
    assert match.group() == text
    assert number_in_words(text, "", "") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("بیست‌وچهار", 24),
        ("بیست‌ و ‌چهار", 24),
        ("شش‌صد و دو", 602),
        ("یکصد و بیست", 120),
        ("هیجده", 18),
        ("یک هزار و دویست", 1200),
        ("دو میلیون و سه هزار و پنج", 2_003_005),
        ("دو سه", None),
        ("بیست چهار", None),
        ("بیست و ده", None),
        ("چهار و بیست", None),
        ("سه و هزار", None),
        ("صد و دویست", None),
        ("هزار هزار", None),
        ("دو هزار و سه میلیون", None),
    ],
)
def test_what_words_make(text: str, number: int | None) -> None:
    assert number_in_words(text, "", "") == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("تعداد بیست و سه خدمت", 23),
        ("تعداد یک خدمت", 1),
        ("تعداد صد و بیست و سه خدمت", 123),
        ("به تعداد بیست‌وسه خدمت‌ها", 23),
    ],
)
def test_a_count_in_words_that_differs(tmp_path: Path, text: str, said: int) -> None:
    (problem,) = found(tmp_path, story=f"['{text}']", n=24)
    assert (problem.code, problem.arguments["said"], problem.arguments["counted"]) == ("count-differs", said, 24)


@pytest.mark.parametrize(
    "text",
    [
        "بیست و چهار خدمت",
        "بیست‌وچهار خدمت",
        "حدود بیست و پنج خدمت",
        "بیش از بیست خدمت",
        "یک خدمت دیگر نیز",  # a service
        "هر دو خدمت",
        "این سه خدمت",
        "یک یا دو خدمت",
        "دو سه خدمت",
        "بیست تا بیست و سه خدمت",
        "ده‌ها خدمت",
        "۲ هزار خدمت",
        "بیست و سه (۲۳) خدمت",
        "خدمت دوم خدمت",
        "سیستم خدمت",
        "شماره‌ده خدمت",
        "چند هزار خدمت",
    ],
)
def test_near_misses(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, n=24, t=f"[{{a: {text}}}]") == []


def test_a_percentage_in_words(tmp_path: Path) -> None:
    assert found(tmp_path, note="هفتاد و دو درصد از ملاقات‌ها", n=23, of=32) == []
    (problem,) = found(tmp_path / "b", note="هفتاد و پنج درصد از ملاقات‌ها", n=23, of=32)
    assert (problem.code, problem.arguments["said"]) == ("percent-wrong", 75)


def test_a_phrase_before_the_number_does_not_hide_it(tmp_path: Path) -> None:
    assert [each.arguments["said"] for each in found(tmp_path, story="[در این تعداد پنج خدمت]", n=24)] == [5]
