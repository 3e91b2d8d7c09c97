"""Rows that repeat."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.checks.rules.auditing import Row, answers, audit, banded_form, found

TITLES = banded_form("kind: duplicates, item: t, columns: [title]")
TWO = banded_form("kind: duplicates, item: t, columns: [title, unit]")
MERGED_TITLES = banded_form("kind: duplicates, item: t, columns: [title, unit]", merge=True)


def titled(*titles: object) -> list[Row]:
    return [{"title": title, "unit": f"واحد {number}"} for number, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("گزارش سالانه", "گزارش سالانه"), ("برنامه‌ریزی", "برنامه ریزی"), ("ارائه", "ارایه"), ("بند ۲", "بند 2")],
)
def test_rows_that_repeat(first: str, second: str) -> None:
    assert found(TITLES, titled(first, "دیگر", second)) == [("row-repeated", 3, "title")]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("صدور گواهی سکونت", "صدور گواهی‌های سکونت", True),
        ("بازرسی و نظارت", "نظارت و بازرسی", True),
        ("صدور گواهی سکونت", "تمدید گواهی سکونت", False),
        ("گزارش سال ۱۳۹۸", "گزارش سال ۱۳۹۹", False),
    ],
)
def test_rows_that_say_nearly_the_same(first: str, second: str, alike: bool) -> None:
    assert found(TITLES, titled(first, "دیگر", second)) == ([("row-alike", 3, "title")] if alike else [])


def test_rows_that_repeat_under_another_band() -> None:
    rows: list[Row] = [{"group": {"no": "الف"}}, {"title": "x"}, {"group": {"no": "ب"}}, {"title": "x"}]
    (problem,) = audit(TITLES, answers(rows))
    assert (problem.place.row, problem.message) == (4, "This row says the same as row 2.")


@pytest.mark.parametrize(
    "rows",
    [
        titled("گزارش فصلی", "گزارش سالانه"),
        titled(None, None),
        titled("شاخص‌های عمومی", "شاخص‌های اختصاصی"),
        [{"group": {"title": "x"}}, {"title": "x"}, {"group": {"title": "x"}}],
    ],
)
def test_rows_near_misses(rows: list[Row]) -> None:
    assert found(TITLES, rows) == []


def test_all_named_columns_must_be_alike_and_filled() -> None:
    assert found(TWO, titled("x", "x")) == []
    assert found(TWO, [{"title": "x", "no": 1}, {"title": "x", "no": 2}]) == []


def test_a_blank_cell_of_a_merging_column_says_what_stands_above() -> None:
    assert found(MERGED_TITLES, [{"title": "x", "unit": "a"}, {"unit": "b"}]) == []
    assert found(MERGED_TITLES, [{"title": "x", "unit": "a"}, {"unit": "a"}]) == [("row-repeated", 2, "title")]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 99), unique=True, min_size=2, max_size=10), st.data())
def test_one_planted_duplicate(names: list[int], data: st.DataObject) -> None:
    rows = titled(*(f"ردیف {name}" for name in names))
    assert found(TITLES, rows) == []
    copy = data.draw(st.sampled_from(rows))
    at = data.draw(st.integers(len(rows) // 2, len(rows)))
    assume(rows.index(copy) < at)
    rows.insert(at, dict(copy))
    assert found(TITLES, rows) == [("row-repeated", at + 1, "title")]
