"""The period of a case: from its fields, its unit, and why it cannot be told."""

from __future__ import annotations

from pathlib import Path

import jdatetime
import pytest

from assembler.base.periods import Period
from assembler.base.problems import Problem
from assembler.evaluate import evaluate_period
from assembler.model.filled import FilledPeriod
from tests.building import World, codes, form_text, read_specs, report_text

FORM = form_text("items: [{name: a, type: integer}]\n")
FIELDS = """\
  - {name: unit, type: text, label: واحد}
  - {name: year, type: integer, label: سال}
  - {name: turn, type: integer, label: شماره دوره}
  - {name: cadence, type: integer, label: ماه‌ها}
parts:
"""
WORDS = 'year: case.year, number: case.turn, unit: "{{ case.agency }} – {{ case.unit }}"'
CASE = "agency: سازمان\nunit: شوش\nyear: ۱۴۰۳\nturn: 6\n"


def report(words: str) -> str:
    text = report_text("x/a", more=f"periods: {{{words}}}\n" if words else "")
    return text.replace("parts:\n", FIELDS, 1)


def period(folder: Path, words: str, case: str = CASE) -> tuple[FilledPeriod | None, tuple[Problem, ...]]:
    world = World(folder, [FORM], [], report=report(words), case=f"report: r\n{case}")
    return evaluate_period(world.case, world.report, world.library)


def test_two_months_from_farvardin_are_the_rule(tmp_path: Path) -> None:
    found, problems = period(tmp_path, WORDS)
    assert (found, problems) == (FilledPeriod("سازمان – شوش", Period(1403, 6)), ())
    assert found is not None
    assert found.due == jdatetime.date(1403, 12, 30)


def test_cadence_start_and_days_are_data(tmp_path: Path) -> None:
    words = f"{WORDS}, months: case.cadence, start: 7, days: 5 + 5"
    found, problems = period(tmp_path, words, CASE.replace("turn: 6", "turn: 2") + "cadence: 6\n")
    assert problems == ()
    assert found is not None
    assert found.period == Period(1403, 2, 6, 7)
    assert found.due == jdatetime.date(1404, 7, 10)


def test_a_report_may_have_none(tmp_path: Path) -> None:
    assert period(tmp_path, "") == (None, ())


@pytest.mark.parametrize(
    ("lost", "label"), [("year: ۱۴۰۳\n", "سال"), ("turn: 6\n", "شماره دوره"), ("agency: سازمان\nunit: شوش\n", "")]
)
def test_what_is_blank_is_named(tmp_path: Path, lost: str, label: str) -> None:
    found, problems = period(tmp_path, WORDS.replace(" – ", ""), CASE.replace(lost, ""))
    assert (found, codes(problems)) == (None, ["period-unsaid"])
    assert label in problems[0].message
    assert problems[0].place.file == str(tmp_path / "case" / "case.yaml")


@pytest.mark.parametrize(("turn", "line"), [(7, 5), (0, 5)])
def test_a_period_there_is_none_of(tmp_path: Path, turn: int, line: int) -> None:
    found, (problem,) = period(tmp_path, WORDS, CASE.replace("turn: 6", f"turn: {turn}"))
    assert (found, problem.code, problem.place.line, problem.place.item) == (None, "period-wrong", line, "turn")
    assert "1403" in problem.message


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (WORDS.replace("case.turn", "case.tern"), "expression-unknown-name", "turn"),
        (WORDS.replace("case.agency", "case.agancy"), "expression-unknown-name", "agency"),
        (WORDS.replace("case.year", "form('x/b').a"), "unknown-form", "x/b"),
        (WORDS.replace("case.year", "packet.annexes"), "unknown-form", "packet"),
        ("year: case.year, number: case.turn", "missing-key", "unit"),
        (WORDS + ", moths: 2", "unknown-key", "months"),
        (WORDS + ", months: 2 +", "expression-broken", ""),
    ],
)
def test_its_words_are_checked_when_the_spec_is_read(tmp_path: Path, words: str, code: str, says: str) -> None:
    _, problems = read_specs(tmp_path, FORM, report(words))
    assert codes(problems) == [code]
    assert says in problems[0].message + problems[0].hint
