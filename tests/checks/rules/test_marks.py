"""Boxes of which one may be marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building import form_text, read_specs
from tests.checks.rules.auditing import Row, answers, audit, found, table_form

COLUMNS = [
    "name: title, type: text",
    "name: open, type: select_one tick, label: قابل انتشار",
    "name: secret, type: select_one tick, label: محرمانه",
    "name: other, type: text, label: سایر, marks: ['-']",
]
CHOICES = "choices:\n  tick: [{name: yes, label: بله}, {name: no, label: خیر}]\n"


def form_of(rule: str, columns: str = "[open, secret, other]") -> str:
    form = table_form(f"kind: {rule}, item: t, columns: {columns}", COLUMNS)
    return form.replace("items:\n", CHOICES + "items:\n", 1)


ONE, MOST = form_of("exactly_one"), form_of("at_most_one")
BOTH = ("several-marked", 1, "secret")
NONE = ("none-marked", 1, "open")


@pytest.mark.parametrize(
    ("row", "one", "most"),
    [
        ({"open": "yes", "secret": "yes"}, [BOTH], [BOTH]),
        ({"open": "yes", "secret": "yes", "other": "x"}, [BOTH], [BOTH]),
        ({"open": "no", "other": "-"}, [NONE], []),
        ({}, [NONE], []),
        ({"open": "yes"}, [], []),
        ({"open": "yes", "secret": "no", "other": "-"}, [], []),
        ({"other": "x"}, [], []),
    ],
)
def test_the_boxes_of_a_row(row: Row, one: list[object], most: list[object]) -> None:
    rows = [{"title": "x", **row}]
    assert found(ONE, rows) == one
    assert found(MOST, rows) == most


def test_a_row_without_anything_is_no_answer() -> None:
    assert found(ONE, [{"title": None, "open": None}]) == []


def test_the_labels_are_the_evidence() -> None:
    (problem,) = audit(MOST, answers([{"title": "x", "open": "yes", "secret": "yes"}]))
    assert "«قابل انتشار»، «محرمانه»." in problem.message


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["open", "secret"]), min_size=1, max_size=6), st.booleans(), st.data())
def test_one_planted_mark(marks: list[str], both: bool, data: st.DataObject) -> None:
    rows: list[dict[str, object]] = [{"title": "x", name: "yes"} for name in marks]
    assert found(ONE, rows) == []
    at = data.draw(st.integers(0, len(rows) - 1))
    rows[at] = {"title": "x", "open": "yes", "secret": "yes"} if both else {"title": "x"}
    assert found(ONE, rows) == [("several-marked", at + 1, "secret") if both else ("none-marked", at + 1, "open")]


ITEMS = form_text(
    """\
    items:
      - {name: a, type: text, label: الف}
      - {name: b, type: text, label: ب}
      - {name: c, type: text, label: ج, relevant: a == 'x'}
    rules:
      - {kind: exactly_one, items: [a, b, c], message: یکی بس است.}
    """
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: y\nb: y", [("several-marked", "b")]),
        ("{}", []),
        ("a: y", []),
        ("b: y", []),
        ("a: x\nc: y", [("several-marked", "c")]),
        ("a: ''\nb: ''", [("none-marked", "a")]),
    ],
)
def test_items(text: str, expected: list[object]) -> None:
    problems = audit(ITEMS, f"form: x/a\n{text}\n" if text != "{}" else "form: x/a\nb: y\n")
    assert [(each.code, each.place.item) for each in problems] == expected
    assert all(each.message.endswith("یکی بس است.") for each in problems)


@pytest.mark.parametrize(
    "broken", [ONE.replace("[open, secret", "[opem, secret"), ITEMS.replace("items: [a, b", "items: [a, d")]
)
def test_a_name_nobody_has_is_an_error_of_the_spec(tmp_path: Path, broken: str) -> None:
    _, problems = read_specs(tmp_path, broken)
    assert [problem.code for problem in problems] == ["unknown-item"]
