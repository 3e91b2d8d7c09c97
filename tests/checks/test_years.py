"""What belongs to a year: known values, those of another year, dates outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.base.problems import Place, Problem
from assembler.checks import check_years
from assembler.evaluate import evaluate_case, evaluate_year_dates, in_year
from assembler.pipeline import check_years_of_form, judge_at
from tests.building import form_text, sound_specs, write_case

FORM = form_text(
    """\
    items:
      - {name: staff, type: integer, label: 'تعداد کارکنان سال {{ case.year }}'}
      - {name: sent, type: date, label: تاریخ}
      - name: t
        type: table
        caption: 'جلسات {{ case.year }}'
        columns: [{name: day, type: date, label: 'روز {{ case.motto }}'}]
    """
)
REPORT = """\
report: r
title: گزارش
source: {document: d}
case:
  - {name: year, type: year, label: سال}
  - {name: motto, type: text, label: شعار}
  - {name: due, type: date, label: مهلت}
years:
  field: year
  kit: [motto, due]
  known:
    1398: {motto: رونق, due: 1399/02/31}
    1399: {motto: جهش}
  dates: [{of: [x/a.sent, x/a.t.day], from: "'1398/01/01'", to: "last_day(case.year, 12)"}]
parts:
  - {body: b, title: ب, template: body, content: [{answers: x/a}]}
"""


def found_in(folder: Path, fields: str, answers: str = "") -> tuple[list[Problem], dict[str, object]]:
    """What is found in a case, and its fields."""
    specs = sound_specs(folder / "specs", FORM, REPORT)
    case, problems = read_case(write_case(folder / "case", f"form: x/a\n{answers}", case=f"report: r\n{fields}"), specs)
    assert case is not None
    assert problems == ()
    report = specs.reports["r"]
    forms, _ = evaluate_case(case, report, specs)
    found = list(check_years(case, report, forms, evaluate_year_dates(case, report, specs)))
    return found, {name: item.value for name, item in forms["case"].items.items()}


def codes(found: list[Problem]) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.item) for each in found]


def test_what_is_known_of_the_year_needs_no_answer(tmp_path: Path) -> None:
    found, fields = found_in(tmp_path, "year: ۱۳۹۸\n")
    assert found == []
    assert (fields["motto"], str(fields["due"])) == ("رونق", "1399-02-31")


def test_a_case_may_say_what_is_known_itself(tmp_path: Path) -> None:
    assert found_in(tmp_path, "year: 1398\nmotto: رونق\ndue: 1399/02/31\n")[0] == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year: 1398\nmotto: جهش\n", [("year-other", "motto")]),
        ("year: 1398\nmotto: دیگر\n", [("year-differs", "motto")]),
        ("year: 1398\ndue: 1399/03/31\n", [("year-differs", "due")]),
        ("year: 1399\ndue: 1399/02/31\n", [("year-other", "due")]),
        ("year: 1399\ndue: 1400/02/31\n", []),
        ("year: 1402\nmotto: مهار\ndue: 1403/02/31\n", [("year-unknown", "year")]),
        ("year: 1402\nmotto: رونق\n", [("year-unknown", "year"), ("year-other", "motto")]),
        ("motto: جهش\n", []),
    ],
)
def test_what_is_not_of_the_year_is_told(tmp_path: Path, fields: str, expected: list[tuple[str, str]]) -> None:
    assert codes(found_in(tmp_path, fields)[0]) == expected


def test_dates_outside_are_told_where_they_stand(tmp_path: Path) -> None:
    answers = "sent: 1397/12/29\nt: [{day: 1398/01/01}, {day: 1398/12/29}, {day: 1399/01/01}]\n"
    found, _ = found_in(tmp_path, "year: 1398\n", answers)
    assert [(each.code, each.place.item, each.place.row, each.place.column) for each in found] == [
        ("year-date", "sent", None, None),
        ("year-date", "t", 3, "day"),
    ]
    assert found[0].message.endswith("from ۱۳۹۸/۰۱/۰۱ to ۱۳۹۸/۱۲/۲۹.")


def test_dates_outside_are_told_in_one_form_alone(tmp_path: Path) -> None:
    """While a form is being answered, without the rest of the case."""
    specs = sound_specs(tmp_path / "specs", FORM, REPORT)
    answers = "form: x/a\nsent: 1397/12/29\nt: [{day: 1399/01/01}]\n"
    case, _ = read_case(write_case(tmp_path / "case", answers, case="report: r\nyear: 1398\nmotto: جهش\n"), specs)
    assert case is not None
    forms, _ = evaluate_case(case, specs.reports["r"], specs)
    told = {name: codes(list(check_years_of_form(name, forms, case, specs))) for name in ("x/a", "case")}
    assert told == {"x/a": [("year-date", "sent"), ("year-date", "t")], "case": [("year-other", "motto")]}
    found, _ = judge_at(Place(form="x/a"), forms, case, (), specs)
    assert [each.place.column for each in found if each.code == "year-date"] == [None, "day"]


def test_forms_speak_of_the_year_of_their_case(tmp_path: Path) -> None:
    specs = sound_specs(tmp_path / "specs", FORM, REPORT)
    case, _ = read_case(write_case(tmp_path / "case", case="report: r\nyear: 1399\n"), specs)
    assert case is not None
    form = in_year(case, specs).forms["x/a"]
    assert (form.item("staff").label, form.item("t").caption) == ("تعداد کارکنان سال ۱۳۹۹", "جلسات ۱۳۹۹")
    assert form.item("t").column("day").label == "روز جهش"
    assert in_year(case, specs).reports["r"].case.item("motto").default == "جهش"
    assert specs.forms["x/a"].item("staff").label == "تعداد کارکنان سال {{ case.year }}"


def test_what_nobody_said_yet_is_left_open(tmp_path: Path) -> None:
    specs = sound_specs(tmp_path / "specs", FORM, REPORT)
    case, _ = read_case(write_case(tmp_path / "case", case="report: r\n"), specs)
    assert case is not None
    assert in_year(case, specs).forms["x/a"].item("staff").label == "تعداد کارکنان سال …"
