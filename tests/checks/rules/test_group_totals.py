"""Totals of groups."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from tests.checks.rules.auditing import Row, answers, audit, banded_form, found

TOTALS = banded_form("kind: group_totals, item: t, quantity: quantity, unit: unit")
PLAIN = banded_form("kind: group_totals, item: t, quantity: quantity")


def group(given_: object, *rows: object, unit: str | None = "گزارش") -> list[Row]:
    """A band and its rows: numbers, or (number, unit)."""
    cells: list[Row] = [{"group": {"no": "الف", "quantity": given_, "unit": unit}}]
    for row in rows:
        number, own = row if isinstance(row, tuple) else (row, unit)
        cells.append({"title": "x", "quantity": number, "unit": own})
    return cells


TOTAL, RULE = ("group-total", "quantity"), ("group-rule", "quantity")


def where(rows: list[Row], form: str = TOTALS) -> list[tuple[str, int | None]]:
    return [(code, row) for code, row, column in found(form, rows) if column == "quantity"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (group(4, 1, 2) + group(5, 2, 3), [("group-total", 1)]),
        (group(3, 1, 2) + group(9, 2, 3) + group(7, 3, 4), [("group-total", 4)]),
        (group(24, 24, 24) + group(8, 8, 1) + group(5, 5, 6), [("group-total", 7)]),
        # Two groups say the sum, one the greatest: none of them is wrong, the rule is not uniform.
        (group(3, 1, 2) + group(9, 4, 5) + group(24, 24, 24), [("group-rule", None)]),
        # The bands of the Tehran plan: those of one row say nothing of the rule.
        (
            group(24, 24, 24, 24) + group(5, 1, 1, 1, 1, 1) + group(2, 2, 1) + group(20, 20) + group(4, 4),
            [("group-rule", None)],
        ),
        # Four say the sum; that 7 is the greatest of the fifth does not make it right.
        (
            [row for _ in range(4) for row in group(3, 1, 2)] + group(7, 7, 2),
            [("group-total", 13)],
        ),
        (group(70, 1, 2) + group(90, 4, 5), [("group-rule", None)]),
        # The rule is not uniform, but whatever it is, one row of 20 does not make 22.
        (
            group(24, 24, 24, 24) + group(5, 1, 1, 1, 1, 1) + group(2, 2, 1) + group(22, 20),
            [("group-total", 14), ("group-rule", None)],
        ),
        (group(24, 24, 24) + group(9, 4, 5) + group(3, 1, 2) + group(6, 6, 5, 4), [("group-rule", None)]),
        (group(3, 1, 2) + group(7, 4), [("group-total", 4)]),
    ],
)
def test_totals_found(rows: list[Row], expected: list[tuple[str, int | None]]) -> None:
    assert where(rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        group(3, 1, 2) + group(9, 4, 5),
        group(24, 24, 24) + group(8, 8, 1),
        group(2, 30, 30) + group(3, 1, 7, 8),
        group(5, 9, 7, 5) + group(3, 8, 3),
        group(20, 20) + group(4, 4) + group(3, 1, 2),
        group(20, 20) + group(4, 4),
        group(3, 1, 2, (50, "نامه")) + group(9, 9),
        group(4, (3, "استاندارد"), (4, "قرارداد بیمه"), unit="قرارداد"),
        group(20, 20, (1, "گزارش"), unit="قرارداد"),
        group(None, 1, 2),
        group(7),
        group(7, None, 3),
        group(7, (1, "نامه")),
        group(3, (1, "نفر‌ساعت"), (2, "نفر ساعت"), unit="نفرساعت"),
    ],
)
def test_totals_near_misses(rows: list[Row]) -> None:
    assert found(TOTALS, rows) == []


def test_totals_without_units_count_every_row() -> None:
    assert found(PLAIN, group(6, (1, "الف"), (2, "ب"), (3, "ج"))) == []
    assert where(group(7, (1, "الف"), (2, "ب"), (3, "ج")), PLAIN) == [("group-total", 1)]


def test_the_computation_is_said_in_the_language_of_the_message() -> None:
    (total,) = audit(TOTALS, answers(group(3, 1, 2) + group(9, 4, 5) + group(47, 24, 24)))
    assert total.message == "The group says 47; from its rows it is 48 (sum: 24, 24)."
    messages.choose("fa")
    assert total.message == "عدد گروه ۴۷ است؛ از ردیف‌های آن ۴۸ به دست می‌آید (جمع: ۲۴، ۲۴)."


def test_every_group_is_evidence_that_the_rule_is_not_uniform() -> None:
    (rule,) = audit(TOTALS, answers(group(3, 1, 2) + group(30, 24, 30) + group(8, 1, 2) + group(5, 5)))
    assert rule.severity is Severity.WARNING
    start, _, evidence = rule.message.partition(": ")
    assert start == "No one rule makes the numbers of the groups of their rows"
    assert evidence == "«الف» 3 = sum (1, 2); «الف» 30 = greatest or last (24, 30); «الف» 8 = no rule (1, 2)."
    messages.choose("fa")
    assert rule.message.endswith("«الف» ۳۰ = بیشترین یا آخرین (۲۴، ۳۰)؛ «الف» ۸ = هیچ روشی (۱، ۲).")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=5), min_size=3, max_size=5),
    st.sampled_from([sum, max, len]),
    st.data(),
)
def test_one_planted_total(numbers: list[list[int]], rule: object, data: st.DataObject) -> None:
    assert callable(rule)
    totals = [int(rule(each)) for each in numbers]
    assert (
        found(TOTALS, [row for each, total in zip(numbers, totals, strict=True) for row in group(total, *each)]) == []
    )
    at = data.draw(st.integers(0, len(totals) - 1))
    totals[at] += 200
    rows = [row for each, total in zip(numbers, totals, strict=True) for row in group(total, *each)]
    place = 1 + sum(len(each) + 1 for each in numbers[:at])
    assert where(rows) == [("group-total", place)]
