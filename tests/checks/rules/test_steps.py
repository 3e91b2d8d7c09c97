"""Steps that begin before those they rest on end, and the overlaps that nothing forbids."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.checks.rules.steps import _circles
from tests.building import read_specs
from tests.checks.rules.auditing import Row, answers, audit, found, table_form

COLUMNS = [
    "name: no, type: text",
    "name: action, type: text, label: اقدام",
    "name: start, type: date, label: شروع",
    "name: end, type: date, label: پایان",
    "name: after, type: text, label: پس از, marks: ['-']",
]
BANDS = "group_rows: {columns: [no]}"
KIND = "kind: order, item: t, start: start, end: end"
FORM = table_form(f"{KIND}, rests_on: after, columns: [no, action]", COLUMNS, BANDS)
PLACES = table_form(f"{KIND}, rests_on: after", COLUMNS, BANDS)
IN_TURN = table_form(KIND, COLUMNS, BANDS)
MERGED = table_form(
    f"{KIND}, rests_on: after, columns: [no]", ["name: no, type: text, merge: true", *COLUMNS[1:]], BANDS
)


def step(no: object, start: int | None, end: int | None, after: object = None, action: str | None = None) -> Row:
    """A row whose dates are days of one month."""
    days = {"start": start, "end": end}
    dates = {name: f"1399/10/{day:02d}" for name, day in days.items() if day is not None}
    return {"no": no, "action": action or f"کار {no}", **dates, "after": after}


EARLY = ("step-too-early", "start")


def where(form: str, rows: list[Row]) -> list[tuple[str, int | None]]:
    known = (EARLY, ("step-unknown", "after"), ("step-circle", "after"))
    assert all((code, column) in known for code, _, column in found(form, rows))
    return [(code, row) for code, row, _ in found(form, rows)]


AFTER_THE_FIRST = [
    *(
        "۱",
        "1",
        " ۱ ",
        "۱.",
        "ردیف ۱",
        "پس از ردیف ۱",
        "پس از ۱",
        "۱ و ۲",
        "۲، ۱",
        "۲,۱",
        "گام‌های ۱ و ۲",
        "۱ تا ۲",
        "۱-۲",
    ),
    *("طراحی و تدوین برنامه", "طراحی وتدوین برنامه و ۲", "۲، طراحی و تدوین برنامه", "بعد از طراحی و تدوین برنامه"),
]


@pytest.mark.parametrize("after", AFTER_THE_FIRST)
def test_a_step_before_the_end_of_the_one_it_rests_on(after: str) -> None:
    rows = [step("۱", 1, 20, action="طراحی و تدوین برنامه"), step("۲", 1, 10), step("۳", 15, 30, after)]
    assert where(FORM, rows) == [("step-too-early", 3)]


def test_both_dates_are_the_evidence() -> None:
    rows = [step("۱", 1, 20), step("۲", 15, 30, "۱")]
    (problem,) = audit(FORM, answers(rows))
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith("۱۳۹۹/۱۰/۱۵ («شروع») comes before the end")
    assert "row 1: ۱۳۹۹/۱۰/۲۰" in problem.message
    messages.choose("fa")
    assert "ردیف ۱" in problem.message


def test_of_several_the_one_that_ends_last_is_told() -> None:
    rows = [step("۱", 1, 12), step("۲", 1, 20), step("۳", 10, 30, "۱ و ۲")]
    (problem,) = audit(FORM, answers(rows))
    assert problem.arguments["row"] == 2


@pytest.mark.parametrize(
    "rows",
    [
        [step("۱", 1, 20), step("۲", 20, 30, "۱")],  # handed over on one day
        [step("۱", 1, 20), step("۲", 21, 30, "۱")],
        [step("۱", 1, 20), step("۲", 5, 30)],  # at the same time
        [step("۱", 1, 20), step("۲", 5, 30, "-")],
        [step("۱", 1, 20), step("۲", 5, 30, "ندارد")],
        [step("۱", 1, None), step("۲", 5, 30, "۱")],
        [step("۱", 1, 20), step("۲", None, 30, "۱")],
        [step("۱", 20, 30, "۲"), step("۲", 1, 10)],  # printed before what it rests on
        [step("۱", 1, 20), step("۱۱", 1, 5), step("۱۲", 6, 30, "۱۱")],
        # «۱» is that of its own band.
        [{"group": {"no": "الف"}}, step("۱", 1, 30), {"group": {"no": "ب"}}, step("۱", 1, 5), step("۲", 6, 9, "۱")],
    ],
)
def test_near_misses(rows: list[Row]) -> None:
    assert where(FORM, rows) == []


def test_a_step_of_another_band() -> None:
    rows = [{"group": {"no": "الف"}}, step("۱", 1, 30), {"group": {"no": "ب"}}, step("۲", 6, 9, "۱")]
    assert where(FORM, rows) == [("step-too-early", 4)]


@pytest.mark.parametrize("after", ["۷", "۱ و ۷", "کاری دیگر", "۳ تا ۵"])
def test_a_step_nobody_knows(after: str) -> None:
    assert where(FORM, [step("۱", 1, 9), step("۲", 10, 30, after)]) == [("step-unknown", 2)]


def test_the_columns_may_be_numbers() -> None:
    columns = ["name: no, type: integer", *COLUMNS[1:4], "name: after, type: decimal"]
    form = table_form(f"{KIND}, rests_on: after, columns: [no]", columns)
    assert where(form, [step(1, 1, 20), step(2, 15, 30, "1.0")]) == [("step-too-early", 2)]
    assert where(form, [step(1, 1, 9), step(2, 15, 30, "7")]) == [("step-unknown", 2)]


@pytest.mark.parametrize(
    ("afters", "path"),
    [(("۱", None, None), "1 ← 1"), (("۳", "۱", "۲"), "1 ← 3 ← 2 ← 1"), ((None, "۳", "۲"), "2 ← 3 ← 2")],
)
def test_a_circle_is_one_finding(afters: tuple[str | None, ...], path: str) -> None:
    rows = [step(no, day, day + 5, after) for no, day, after in zip("۱۲۳", (1, 2, 3), afters, strict=True)]
    (problem,) = audit(FORM, answers(rows))
    assert (problem.code, problem.arguments["path"]) == ("step-circle", path)


def test_two_ways_to_one_step_are_no_circle() -> None:
    rows = [step("۱", 1, 2), step("۲", 3, 4, "۱"), step("۳", 3, 4, "۱"), step("۴", 5, 6, "۲ و ۳")]
    assert where(FORM, rows) == []


def test_without_naming_columns_a_step_goes_by_its_place() -> None:
    rows = [step("الف", 1, 20), step("ب", 15, 30, "۱")]
    assert where(PLACES, rows) == [("step-too-early", 2)]


def test_a_merged_number_calls_all_its_rows() -> None:
    rows = [step("۱", 1, 5), step(None, 5, 20), step("۲", 10, 30, "۱")]
    assert where(MERGED, rows) == [("step-too-early", 3)]
    assert where(FORM, rows) == []
    rows = [step("۱", 1, 5), step(None, 5, 10), step("۲", 10, 30, "۱")]
    assert where(MERGED, rows) == []


def test_steps_in_turn() -> None:
    assert where(IN_TURN, [step("۱", 1, 9), step("۲", 9, 12), step("۳", 11, 20)]) == [("step-too-early", 3)]
    assert where(IN_TURN, [step("۱", 1, 9), step("۲", None, None), step("۳", 8, 20)]) == [("step-too-early", 3)]
    bands: list[Row] = [{"group": {"no": "الف"}}, step("۱", 1, 9), {"group": {"no": "ب"}}, step("۱", 2, 5)]
    assert where(IN_TURN, bands) == []


def test_a_column_nobody_has_is_an_error_of_the_spec(tmp_path: Any) -> None:
    _, problems = read_specs(tmp_path, FORM.replace("rests_on: after", "rests_on: before"))
    assert [problem.code for problem in problems] == ["unknown-item"]


@settings(max_examples=20, deadline=None)
@given(some.integers(2, 9), some.data())
def test_one_planted_step(count: int, data: some.DataObject) -> None:
    rows = [step(n, 2 * n, 2 * n + 2, data.draw(some.integers(1, n - 1)) if n > 1 else None) for n in range(1, count)]
    rows.append(step(count, 2 * count, 2 * count + 2, count - 1))
    assert where(FORM, rows) == []
    rows[-1] = step(count, 2 * count - 1, 2 * count + 2, count - 1)
    assert where(FORM, rows) == [("step-too-early", count)]


def test_long_chains_take_little_time() -> None:
    begin = time.process_time()
    chain = {at: [at - 1] if at else [] for at in range(50_000)}
    assert _circles(chain) == []
    assert len(_circles({**chain, 0: [49_999]})) == 1
    assert time.process_time() - begin < 5
