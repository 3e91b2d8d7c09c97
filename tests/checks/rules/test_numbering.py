"""Printed row numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base.catalogue.entries import Severity
from assembler.base.persian import persian_digits
from tests.checks.rules.auditing import Row, answers, audit, banded_form, found, table_form

NUMBERS = banded_form("kind: row_numbers, item: t, column: 'no'")
MERGED = banded_form("kind: row_numbers, item: t, column: 'no'", merge=True)
INTEGERS = table_form("kind: row_numbers, item: t, column: 'no'", ["name: no, type: integer", "name: x, type: text"])


def numbered(*numbers: object) -> list[Row]:
    """Rows by their printed numbers; a text in brackets is the letter of a band."""
    rows: list[Row] = []
    for number in numbers:
        band = isinstance(number, str) and number.startswith("[")
        rows.append({"group": {"no": str(number)[1:-1]}} if band else {"no": number, "title": "x"})
    return rows


REPEATED, MISSING, ORDER = "number-repeated", "number-missing", "number-order"


@pytest.mark.parametrize(
    ("numbers", "code", "row"),
    [
        (("۱", "۲", "۲"), REPEATED, 3),
        ((1, 2, 2, 3, 4), REPEATED, 3),
        ((1, 2, 7, 4, 5, 6, 7), REPEATED, 3),
        ((1, 1), REPEATED, 2),
        ((1, 2, 4), MISSING, 3),
        ((2, 3, 4), MISSING, 1),
        ((1, 2, 3, 9), MISSING, 4),
        ((1, 3, 2, 4), ORDER, 2),
        ((1, 5, 2, 3, 4, 6), ORDER, 2),
        ((1, 2, 30, 4, 5), ORDER, 3),
        ((1, 2, 3, 9, 5), ORDER, 4),
        ((9, 2, 3), ORDER, 1),
        (("[الف]", 1, 2, "[ب]", 1, 3), MISSING, 6),
        (("[الف]", 1, 2, "[ب]", 3, 5), MISSING, 6),
        (("[الف]", 1, 2, "[ب]", 1, 1), REPEATED, 6),
        (("[الف]", 1, 2, 3, "[ب]", 3, 4, "[ج]", 5, 6), REPEATED, 6),
        ((1, None, 3), MISSING, 2),
    ],
)
def test_one_number_found(numbers: tuple[object, ...], code: str, row: int) -> None:
    assert found(NUMBERS, numbered(*numbers)) == [(code, row, "no")]


def test_repeats_explain_the_jump_after_them() -> None:
    numbers = [persian_digits(str(number)) for number in (*range(1, 14), 12, 13, 16, 17)]
    assert found(NUMBERS, numbered(*numbers)) == [(REPEATED, 14, "no"), (REPEATED, 15, "no")]


@pytest.mark.parametrize(
    "numbers",
    [
        ("۱", "2", "٣"),
        ("۱-", "۲.", "(۳)"),
        (11, 12, 13),
        ("[الف]", 1, 2, "[۵]", 1, 2),
        ("[الف]", 1, 2, "[ب]", 3, 4),
        ("[الف]", 1, 2, "[ب]", 1, "[ج]", 2, 3),
        (1, "۱-۱", "۱-۲", 2),
        ("الف", "ب", "الف"),
        (None, None),
        (1, None, 2),
        (),
    ],
)
def test_numbers_near_misses(numbers: tuple[object, ...]) -> None:
    assert found(NUMBERS, numbered(*numbers)) == []


def test_blank_cells_of_a_merging_column_belong_to_the_row_above() -> None:
    assert found(MERGED, numbered("[الف]", 1, None, 2, None, "[ب]", 1, None)) == []
    assert found(MERGED, numbered(1, None, 3)) == [(MISSING, 3, "no")]


def test_number_messages() -> None:
    (repeat,) = audit(NUMBERS, answers(numbered(1, 2, 2)))
    assert repeat.severity is Severity.ERROR
    assert "2" in repeat.message
    (gap,) = audit(NUMBERS, answers(numbered(1, 2, 6)))
    assert gap.severity is Severity.WARNING
    assert gap.message == "After the row number 2 comes 6; missing between them: 3."


counts = st.lists(st.integers(3, 9), min_size=1, max_size=4)


def banded(sizes: list[int], restart: bool) -> list[Row]:
    rows: list[Row] = []
    number = 0
    for size in sizes:
        rows.append({"group": {"no": "الف"}})
        number = 0 if restart else number
        for _ in range(size):
            number += 1
            rows.append({"no": persian_digits(str(number)), "title": "x"})
    return rows


@settings(max_examples=20, deadline=None)
@given(counts, st.booleans(), st.data())
def test_one_planted_number(sizes: list[int], restart: bool, data: st.DataObject) -> None:
    rows = banded(sizes, restart)
    assert found(NUMBERS, rows) == []
    inner = [at for at in range(2, len(rows) - 1) if all("no" in rows[near] for near in (at - 1, at, at + 1))]
    at = data.draw(st.sampled_from(inner))
    if data.draw(st.booleans()):
        rows[at] = {**rows[at], "no": rows[at - 1]["no"]}
        assert found(NUMBERS, rows) == [(REPEATED, at + 1, "no")]
    else:
        del rows[at]
        assert found(NUMBERS, rows) == [(MISSING, at + 1, "no")]


@settings(max_examples=10, deadline=None)
@given(st.integers(3, 12), st.data())
def test_two_rows_exchanged(size: int, data: st.DataObject) -> None:
    numbers = list(range(1, size + 1))
    at = data.draw(st.integers(0, size - 2))
    numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
    rows = [{"no": number, "x": "x"} for number in numbers]
    ((code, row, _),) = found(INTEGERS, rows)
    assert (code, row) == (ORDER, at + 1)
