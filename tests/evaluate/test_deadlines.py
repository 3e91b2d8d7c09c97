"""Deadlines and their days: written out, answered, blank, unreadable, and only for some cases."""

from __future__ import annotations

from pathlib import Path

import jdatetime
import pytest

from assembler.base.problems import Problem
from assembler.evaluate import evaluate_deadlines
from assembler.model.filled import FilledDeadline
from tests.building import World, codes, form_text, report_text

FORM = form_text(
    """\
    summary: {status: answer}
    items:
      - {name: answer, type: select_one yes_no}
      - {name: sent, type: date}
      - {name: note, type: text}
    choices:
      yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
    """
)
FIELDS = """\
  - {name: national, type: select_one yes_no}
  - {name: due, type: date}
  - {name: said, type: text}
  - {name: number, type: integer}
  - {name: sent, type: date}
parts:
"""
CHOICES = "choices: {yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]}\n"
STATUSES = "statuses: [{name: yes, label: بلی}, {name: no, label: خیر}, {name: open, label: بدون پاسخ}]\n"


def deadlines(
    folder: Path, line: str, *, case: str = "", answers: str = ""
) -> tuple[tuple[FilledDeadline, ...], tuple[Problem, ...]]:
    """The deadlines of a report with one deadline, written as ``line``, for a case of such fields and answers."""
    report = report_text("x/a", more=f"{CHOICES}{STATUSES}deadlines:\n  - {{label: گزارش, {line}}}\n")
    report = report.replace("parts:\n", FIELDS, 1)
    given = [f"form: x/a\n{answers}"] if answers else []
    world = World(folder, [FORM], given, report=report, case=f"report: r\n{case}")
    return evaluate_deadlines(world.case, world.report, world.library)


def test_a_written_day(tmp_path: Path) -> None:
    (found,), problems = deadlines(tmp_path, "date: \"'1399/02/31'\"")
    assert (found.due, found.done) == (jdatetime.date(1399, 2, 31), None)
    assert (found.spec.notice, problems) == (14, ())


@pytest.mark.parametrize("typed", ["1399/02/31", "۱۳۹۹/۰۲/۳۱", "۱۳۹۹/۲/۳۱"])
@pytest.mark.parametrize("field", ["due", "said"])
def test_an_answered_day_in_any_digits(tmp_path: Path, typed: str, field: str) -> None:
    (found,), problems = deadlines(tmp_path, f"date: case.{field}", case=f"{field}: {typed}\n")
    assert (found.due, problems) == (jdatetime.date(1399, 2, 31), ())


def test_a_day_nobody_has_said_stands_where_it_would_be_said(tmp_path: Path) -> None:
    (found,), problems = deadlines(tmp_path, "date: case.due")
    assert (found.due, problems) == (None, ())
    assert (Path(found.place.file or "").name, found.place.form, found.place.item) == ("case.yaml", "case", "due")


def test_a_day_to_be_done_stands_where_its_doing_is_said(tmp_path: Path) -> None:
    line = "date: case.due, done: \"form('x/a').sent\""
    (found,), _ = deadlines(tmp_path, line, case="due: 1399/02/31\n", answers="note: ب\n")
    assert (found.place.form, found.place.item) == ("x/a", "sent")
    assert Path(found.place.file or "").name == "0.yaml"


def test_a_form_nobody_has_answered_has_no_file_to_stand_in(tmp_path: Path) -> None:
    (found,), _ = deadlines(tmp_path, "date: case.due, done: \"form('x/a').sent\"", case="due: 1399/02/31\n")
    assert found.place == (None, None, "x/a", "sent", None, None)


def test_a_written_day_that_is_never_done_stands_in_the_report(tmp_path: Path) -> None:
    (found,), _ = deadlines(tmp_path, "date: \"'1399/02/31'\"")
    assert (Path(found.place.file or "").parent.name, found.place.line) == ("specs", found.spec.place.line)
    assert found.place.line


def test_the_day_it_was_done(tmp_path: Path) -> None:
    (found,), _ = deadlines(tmp_path, "date: case.due, done: case.sent", case="due: 1399/02/31\nsent: 1399/03/02\n")
    assert found.done == jdatetime.date(1399, 3, 2)


@pytest.mark.parametrize(
    ("field", "typed", "shown"), [("said", "پایان اردیبهشت", "پایان اردیبهشت"), ("number", "1399", "۱٬۳۹۹")]
)
def test_what_is_no_day_is_told_and_counts_as_not_said(tmp_path: Path, field: str, typed: str, shown: str) -> None:
    (found,), problems = deadlines(tmp_path, f"date: case.{field}", case=f"{field}: {typed}\n")
    assert (found.due, codes(problems)) == (None, ["deadline-unreadable"])
    assert f"«{shown}»" in problems[0].message
    assert problems[0].place.item == field


def test_a_written_day_that_is_none_is_told_where_it_is_written(tmp_path: Path) -> None:
    (found,), (told,) = deadlines(tmp_path, "date: \"'1399/07/31'\"")
    assert (found.due, told.code, told.place) == (None, "deadline-unreadable", found.spec.place)


@pytest.mark.parametrize(
    ("condition", "case", "count"),
    [
        ("case.national == 'yes'", "national: yes\n", 1),
        ("case.national == 'yes'", "national: no\n", 0),
        ("case.national == 'yes'", "", 0),
        ("case.national != 'yes'", "", 0),
    ],
)
def test_only_the_cases_it_is_for(tmp_path: Path, condition: str, case: str, count: int) -> None:
    found, _ = deadlines(tmp_path, f'date: case.due, when: "{condition}"', case=case)
    assert len(found) == count


@pytest.mark.parametrize(("answers", "count"), [("answer: yes\n", 1), ("answer: no\n", 0), ("", 0)])
def test_a_condition_may_ask_how_many_forms_have_a_status(tmp_path: Path, answers: str, count: int) -> None:
    found, problems = deadlines(tmp_path, 'date: case.due, when: "summary.yes > 0"', answers=answers)
    assert (len(found), problems) == (count, ())
