"""Numbers of English sentences against one another: what cannot be, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.checks.figures.arithmetic import wrong_in
from assembler.checks.figures.english import wrong_in_english
from assembler.checks.figures.reading import sentences
from assembler.checks.rules.numbers_said import folded


def codes(text: str) -> list[str]:
    read = [*sentences(folded(text))]
    return [found.code for sentence in read for found in (*wrong_in(sentence), *wrong_in_english(sentence))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17 resolutions out of 15 were carried out", "part-above-whole"),
        ("17 of the 15 files were closed", "part-above-whole"),
        ("Twelve of ten units replied", "part-above-whole"),
        ("twenty-five of twenty-one centres were visited", "part-above-whole"),
        ("3 of 5 units (70 percent) replied", "percent-wrong"),
        ("70% (3 of 5 units) replied", "percent-wrong"),
        ("Of 240 visitors, 216 (80%) were content", "percent-wrong"),
        ("three of five units, that is seventy per cent, replied", "percent-wrong"),
        ("21 letters (13 sent and 9 received) were registered", "parts-above-total"),
        ("184 complaints (96 online, 58 by phone and 33 in person)", "parts-above-total"),
        ("17 employees (10 men and 6 women)", "parts-below-total"),
        ("30 staff members, of whom 20 permanent and 12 temporary", "parts-above-total"),
        ("15 letters (8 from units and 9 from citizens)", "parts-above-total"),
        ("four units (finance, staff and law)", "listed-differs"),
        ("two departments (finance, law, and staff)", "listed-differs"),
        ("53 proposals, of which 71 were accepted", "part-above-whole"),
        ("between 8 and 5 meetings were held", "range-backwards"),
    ],
)
def test_what_cannot_be(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "17 of 20 files were closed",
        "12 teams of 5 people went out",
        "twenty boxes of six doses",
        "3 of 5 units (60 percent) replied",
        "21 letters (13 sent and 8 received)",
        "184 complaints (96 online, 58 by phone and 30 in person)",
        "In May of 2024 five of eight units replied",
        "between 8 and 12 meetings",
        "5 courses (20 hours and 3 teachers)",
        "20 minutes of 3 hours",
        "90% of 12450 children",
        "three units (finance, staff and law)",
        "three units (such as finance, staff and law)",
        "12 rooms (two with a view)",
        "40 visits (30 by experts)",
        "53 proposals, of which 17 were accepted",
        "12 visits, of which 40 percent were late",
        "form 12 of 5 pages",
        "more than 6 hours of 24 were lost",
    ],
)
def test_what_only_looks_wrong(text: str) -> None:
    assert codes(text) == []


@given(st.integers(2, 60), st.integers(2, 60))
def test_a_sum_is_told_if_and_only_if_it_differs(sent: int, received: int) -> None:
    assert codes(f"{sent + received} letters ({sent} sent and {received} received)") == []
    assert codes(f"{sent + received} letters ({sent + 1} sent and {received} received)") == ["parts-above-total"]
