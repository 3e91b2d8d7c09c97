"""One fault of a cell is told once; a dash is no answer where a blank is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.persian import is_dash
from assembler.base.problems import Place, Problem, problem
from assembler.checks import told_once
from tests.building import World, codes, form_text


def at(code: str, column: str | None, place: int = 1, **evidence: object) -> Problem:
    return problem(code, Place("a.yaml", place, "x/a", "t", place, column), **evidence)


def test_what_another_finding_of_the_cell_says_is_not_told_again() -> None:
    broken = at("constraint", "score", message="m", label="l")
    elsewhere = at("constraint", "score", 2, message="m", label="l")
    above = at("above-cap", "score", value=5, cap=4)
    assert codes(told_once([above, broken])) == ["constraint"]
    assert codes(told_once([above, elsewhere])) == ["above-cap", "constraint"]


def test_a_row_that_repeats_another_in_several_columns_is_told_once() -> None:
    rows = [at("row-repeated", column, place, row=1) for column, place in (("a", 2), ("b", 2), ("b", 3))]
    assert [each.place.row for each in told_once(rows)] == [2, 3]


DASHES = [("-", True), ("—", True), ("ـ", True), ("- -", True), ("-۳", False), ("", False), (None, False)]


@pytest.mark.parametrize(("text", "dash"), DASHES)
def test_a_dash_is_told_from_an_answer(text: str | None, dash: bool) -> None:
    assert is_dash(text) is dash


FORM = """\
choices: {yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]}
items:
  - {name: done, type: select_one yes_no, label: انجام}
  - {name: why, type: text, label: دلیل, relevant: done == 'no'}
  - name: t
    type: table
    label: جدول
    columns:
      - {name: open, type: select_one yes_no, label: نشر}
      - {name: reason, type: text, label: دلیل, constraint: open == 'no', constraint_message: دلیل نباید باشد.}
      - {name: more, type: text, label: توضیح, relevant: open == 'no'}
rules: [{kind: expression, item: t, test: not filled(why), message: نباید}]
"""
TOLD = ["answer-contradicted", "answer-contradicts", "answer-contradicts", "constraint"]


@pytest.mark.parametrize(("cell", "expected"), [("'-'", []), ("محرمانه", TOLD)])
def test_a_dash_is_blank_where_a_blank_is_asked_for(tmp_path: Path, cell: str, expected: list[str]) -> None:
    answers = f"form: x/a\ndone: yes\nwhy: {cell}\nt: [{{open: yes, reason: {cell}, more: {cell}}}]\n"
    world = World(tmp_path, [form_text(FORM)], [answers])
    assert sorted(codes([*world.failed, *world.checked()])) == expected


@pytest.mark.parametrize("typed", ["به‌طور مداوم", "بطور مداوم", "به طور  مداوم", "بطورمداوم.", "درطول سال", "سه‌ماهه"])
def test_marks_are_known_however_they_are_spelled(tmp_path: Path, typed: str) -> None:
    form = form_text("items: [{name: day, type: date, label: روز, marks: [به طور مداوم, در طول سال, سه ماهه]}]")
    world = World(tmp_path, [form], [f"form: x/a\nday: {typed}\n"])
    assert world.read_problems == ()
    assert world.value("day") in ("به طور مداوم", "در طول سال", "سه ماهه")
