"""Scores against caps, parts against their whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.rules.auditing import Found, Row, answers, audit, found, table_form

SCORES = "kind: scores, item: t, value: score, cap: most"
COLUMNS = ["name: score, type: decimal, label: امتیاز, marks: ['-']", "name: most, type: decimal"]
FORM = table_form(SCORES, COLUMNS)
MERGED = table_form(SCORES, [COLUMNS[0], "name: most, type: decimal, merge: true"])
WHOLE = "kind: parts, item: t, column: n, whole: '{}'"


def scored(*pairs: tuple[object, object]) -> list[Row]:
    return [{"score": score, "most": most} for score, most in pairs]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (scored(("۰٫۸", "۰٫۶"), ("۰٫۵", "۱")), [("above-cap", 1, "score")]),
        (scored((1, 1), (2, "1.99")), [("above-cap", 2, "score")]),
        # The total is above that of the caps as well, but putting the one score right settles it.
        (scored((1, 1), (2, 1), (1, 1)), [("above-cap", 2, "score")]),
        (
            scored(("0.8", "0.6"), ("0.8", "0.6"), ("0.8", "0.8")),
            [("above-cap", 1, "score"), ("above-cap", 2, "score"), ("total-above-cap", None, "score")],
        ),
        (scored((1, 1), (1, None)), [("total-above-cap", None, "score")]),
        (scored((None, 1), (None, 1)), [("column-empty", None, "score")]),
    ],
)
def test_found(rows: list[Row], expected: Found) -> None:
    assert found(FORM, rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        scored((1, 1), ("0.80", "0.8"), ("۰,۸", "۰٫۸")),
        scored((0, 1), (None, 1)),
        scored(("-", 1), ("-", 1)),
        scored(("-", "0.5"), ("0.5", "0.5")),
        scored((3, None), (2, None)),
        [],
    ],
)
def test_near_misses(rows: list[Row]) -> None:
    assert found(FORM, rows) == []


def test_a_cap_may_cover_several_rows() -> None:
    assert found(MERGED, scored((1, 2), (1, None), (1, 1))) == []
    assert found(MERGED, scored((1, 2), (2, None), (0, 1))) == [("above-cap", 2, "score")]


def test_an_empty_column_whose_cells_are_required_is_not_said_twice() -> None:
    form = table_form(SCORES, ["name: score, type: decimal, required: true", COLUMNS[1]])
    assert found(form, scored((None, 1), (None, 1))) == [("required", 1, "score"), ("required", 2, "score")]


def test_the_evidence() -> None:
    problems = audit(FORM, answers(scored(("0.8", "0.6"), ("0.8", "0.6"))))
    assert "0.8" in problems[0].message
    assert "0.6" in problems[0].message
    assert "add up to 1.6" in problems[2].message
    assert "1.2" in problems[2].message


tenths = st.integers(0, 20).map(lambda number: Decimal(number) / 10)
scores_within = st.lists(st.tuples(tenths, tenths).map(sorted), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None)
@given(scores_within, st.data())
def test_one_planted_score(pairs: list[list[Decimal]], data: st.DataObject) -> None:
    rows = [{"score": score, "most": most} for score, most in pairs]
    assert found(FORM, rows) == []
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place]["score"] = rows[place]["most"] + data.draw(st.integers(1, 30)) / Decimal(10)
    assert found(FORM, rows) == [("above-cap", place + 1, "score")]


# ---------------------------------------------------------------- parts


def parts_form(whole: str, kind: str = "integer") -> str:
    return table_form(WHOLE.format(whole), [f"name: n, type: {kind}, marks: ['-']", "name: other, type: text"])


def parts_of(*numbers: object) -> list[Row]:
    return [{"n": number, "other": "x"} for number in numbers]


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (parts_form("32"), parts_of(14, 12, 5)),
        (parts_form("32"), parts_of(33)),
        (parts_form("100", "percent"), parts_of("33.3", "33.3", "33.1")),
        (parts_form("100", "percent"), parts_of(50, 48)),
        (parts_form("1", "decimal"), parts_of("0.3", "0.3", "0.3")),
    ],
)
def test_parts_that_do_not_add_up(form: str, rows: list[Row]) -> None:
    assert found(form, rows) == [("parts-sum", None, "n")]


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (parts_form("32"), parts_of(14, 12, 6)),
        (parts_form("32"), parts_of(14, None)),
        (parts_form("32"), parts_of(14, "-")),
        (parts_form("32"), []),
        (parts_form("100", "percent"), parts_of("33.3", "33.3", "33.3")),
        (parts_form("100", "percent"), parts_of(33, 33, 33)),
        (parts_form("1", "decimal"), parts_of("0.1", "0.2", "0.7")),
    ],
)
def test_parts_near_misses(form: str, rows: list[Row]) -> None:
    assert found(form, rows) == []


def test_parts_of_a_blank_whole() -> None:
    form = parts_form("most").replace("items:", "items:\n  - {name: most, type: integer}")
    assert found(form, parts_of(1, 2)) == []
    assert [each.code for each in audit(form, answers(parts_of(1, 2)) + "most: 4\n")] == ["parts-sum"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=10), st.data())
def test_one_planted_part(numbers: list[int], data: st.DataObject) -> None:
    form = parts_form(str(sum(numbers)))
    assert found(form, parts_of(*numbers)) == []
    place = data.draw(st.integers(0, len(numbers) - 1))
    numbers[place] += data.draw(st.integers(1, 9))
    assert found(form, parts_of(*numbers)) == [("parts-sum", None, "n")]
