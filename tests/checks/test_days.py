"""Days of the week beside dates they are not of, and days off on which something is planned, without a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks import check_days
from tests.building import World, form_text

FORM = """\
items:
  - {name: text, type: narrative, label: شرح}
  - {name: held, type: date, label: تاریخ جلسه}
  - {name: letter, type: date, label: تاریخ نامه معرفی}
  - {name: born, type: date, label: تاریخ تولد}
  - name: visits
    type: table
    label: بازدیدها
    columns: [{name: day, type: text, label: روز}, {name: date, type: date, label: تاریخ}]
  - name: letters
    type: table
    label: نامه‌ها
    columns: [{name: date, type: date, label: تاریخ}, {name: to, type: text, label: گیرنده}]
"""


def found(folder: Path, answers: str, spec: str = FORM) -> list[Problem]:
    world = World(folder, [form_text(spec)], [f"form: x/a\n{answers}\n"])
    assert not world.read_problems
    return list(check_days(world.forms, (*world.report.used_forms, "case")))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("در روز شنبه مورخ ۱۳۹۹/۰۷/۰۸ دیدار شد.", "سه‌شنبه"),
        ("روز دوشنبه ۱۳۹۹/۰۷/۰۸ دیدار شد.", "سه‌شنبه"),
        ("۱۳۹۹/۰۷/۰۸ (دوشنبه) دیدار شد.", "سه‌شنبه"),
        ("چهار شنبه، ۸ مهر ۱۳۹۹ دیدار شد.", "سه‌شنبه"),
        ("روز جمعه هشتم مهرماه ۱۳۹۹ دیدار شد.", "سه‌شنبه"),
        ("We met on Monday, 5 August 2025.", "Tuesday"),
        ("We met on Friday August 5th, 2025.", "Tuesday"),
        ("روز سه‌شنبه ۱۳۹۹/۰۷/۰۸ دیدار شد.", ""),
        ("روز سه شنبه مورخ ۹۹/۷/۸ و چهارشنبه ۹۹/۷/۹ دیدار شد.", ""),
        ("روزهای شنبه و دوشنبه ۱۳۹۹/۰۷/۰۵ و ۱۳۹۹/۰۷/۰۷ دیدار شد.", ""),
        ("از شنبه تا چهارشنبه کار می‌کند؛ نامه ۱۳۹۹/۰۷/۰۸ رسید.", ""),
        ("We met on Tuesday, 5 August 2025.", ""),
    ],
)
def test_a_day_of_the_week_beside_another_date(tmp_path: Path, text: str, day: str) -> None:
    problems = found(tmp_path, f"text: ['{text}']")
    told = [(each.code, each.arguments["day"]) for each in problems if each.code != "holiday"]
    assert told == ([("weekday-differs", day)] if day else [])
    assert all(each.severity is Severity.ERROR for each in problems if each.code == "weekday-differs")


def test_a_column_of_days_beside_the_dates(tmp_path: Path) -> None:
    rows = "visits: [{day: شنبه, date: 1399/07/05}, {day: یکشنبه, date: 1399/07/08}, {day: صبح, date: 1399/07/09}]"
    (wrong,) = found(tmp_path, rows)
    assert (wrong.code, wrong.place.row, wrong.place.column) == ("weekday-differs", 2, "day")


@pytest.mark.parametrize(
    ("answers", "places"),
    [
        ("held: 1399/07/11", [("held", None)]),  # a Friday
        ("held: 1400/01/01", [("held", None)]),  # Nowruz
        ("held: 1399/07/12", []),
        ("letter: 1399/07/11\nborn: 1370/07/12", []),  # a letter and a birth may be of any day
        ("visits: [{date: 1399/07/11}, {date: 1399/07/12}]", [("visits", 1)]),
        ("letters: [{date: 1399/07/11, to: سازمان}]", []),
        ("text: ['جلسه بعدی در ۱۳۹۹/۰۷/۱۱ برگزار می‌شود.']", [("text", None)]),
        ("text: ['بازدید ۱۱ مهر ۱۳۹۹ برنامه‌ریزی شده است.']", [("text", None)]),
        ("text: ['نامه مورخ ۱۳۹۹/۰۷/۱۱ رسید.']", []),
        ("text: ['A visit is planned for 2 October 2020.']", [("text", None)]),
    ],
)
def test_days_off_wherever_a_day_is_planned(tmp_path: Path, answers: str, places: list[tuple[str, int | None]]) -> None:
    problems = found(tmp_path, answers)
    assert [(each.place.item, each.place.row) for each in problems if each.code == "holiday"] == places
    assert all(each.severity is Severity.INFORMATION for each in problems)


def test_where_a_rule_looks_nothing_is_told_twice(tmp_path: Path) -> None:
    rules = (
        "rules:\n  - {kind: holidays, item: visits, columns: [date]}\n"
        "  - {kind: weekdays, item: visits, date: date, column: day}\n"
    )
    assert found(tmp_path, "visits: [{day: شنبه, date: 1399/07/11}]", FORM + rules) == []
