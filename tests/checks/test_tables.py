"""Rows of tables against one another, without a rule: what is told, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.checks import check_amounts, check_spellings, check_tables
from tests.building import World, form_text

FORM = """\
items:
  - {name: minutes, type: integer, label: تعداد دقیقه‌ها}
  - {name: change, type: integer, label: تغییر تعداد کارکنان}
  - name: t
    type: table
    label: کارها
    columns:
      - {name: code, type: text, label: کد خدمت}
      - {name: title, type: text, label: عنوان خدمت}
      - {name: actor, type: text, label: مجری}
      - {name: date, type: date, label: تاریخ}
      - {name: people, type: integer, label: تعداد افراد}
      - {name: most, type: decimal, label: سقف امتیاز}
      - {name: score, type: decimal, label: امتیاز}
"""
DUPLICATES = "rules: [{kind: duplicates, item: t, columns: [title]}]\n"
CHECKS = (check_tables, check_spellings, check_amounts)


def found(folder: Path, rows: list[str], more: str = "", spec: str = FORM) -> list[tuple[str, int | None, str | None]]:
    listed = "t:\n" + "".join(f"  - {{{row}}}\n" for row in rows) if rows else ""
    world = World(folder, [form_text(spec)], [f"form: x/a\n{more}{listed}"])
    assert not world.read_problems
    problems = [each for check in CHECKS for each in check(world.forms, (*world.report.used_forms, "case"))]
    assert all(each.message and each.hint and "{" not in each.message for each in problems)
    return [(each.code, each.place.row, each.place.column) for each in problems]


def titled(*titles: str) -> list[str]:
    return [f"title: {title}, actor: واحد {number}" for number, title in enumerate(titles, 1)]


def test_a_row_that_stands_twice(tmp_path: Path) -> None:
    row = "code: '12', title: صدور گواهی, actor: واحد فنی"
    other = "code: '13', title: صدور مجوز, actor: واحد فنی"
    assert found(tmp_path / "a", [row, other, row]) == [("row-repeated", 3, "code")]
    assert found(tmp_path / "b", [row, other]) == []
    assert found(tmp_path / "c", ["title: گواهی", "title: گواهی"]) == []  # too little to tell
    assert found(tmp_path / "d", [row, row], spec=FORM + DUPLICATES) == []  # the rule speaks of it


def test_a_code_of_two_things(tmp_path: Path) -> None:
    rows = ["code: '۱۲', title: صدور گواهی", "code: '13', title: صدور مجوز", "code: '12', title: بازدید از کارگاه"]
    assert found(tmp_path / "a", rows) == [("code-shared", 3, "code")]
    same = ["code: '12', title: صدور گواهی, people: 1", "code: '12', title: صدورگواهی, people: 2"]
    assert found(tmp_path / "b", [*same, rows[1]]) == []  # one thing, twice
    unit = [f"code: '{1 + number % 2}', title: کار {number}" for number in range(8)]
    assert found(tmp_path / "c", unit) == []  # a code of units, not of things


@pytest.mark.parametrize(
    ("dates", "row"),
    [
        (["1397/01/15", "1397/03/01", "1397/05/10", "1396/07/01", "1397/08/20", "1397/10/01"], 4),
        (["1397/01/15", "1397/03/01", "1398/05/10", "1397/07/01", "1397/08/20", "1397/06/01"], 3),
        (["1397/01/15", "1397/03/01", "1397/05/10", "1397/07/01", "1397/08/20", "1397/12/01"], None),
        (["1397/01/15", "1398/03/01", "1399/05/10", "1396/01/01", "1400/08/20", "1401/12/01"], None),  # over years
        (["1397/01/15", "1396/03/01", "1397/05/10"], None),  # too few to tell
    ],
)
def test_a_date_a_year_off(tmp_path: Path, dates: list[str], row: int | None) -> None:
    rows = [f"title: کار {number}, date: {date}" for number, date in enumerate(dates)]
    assert found(tmp_path, rows) == ([("year-off", row, "date")] if row else [])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("کمیته حمایت", "کمیته حمیت", True),
        ("برای اطلاع واحد", "برای اطاع واحد", True),
        ("Cold chain manager", "Cold chain manaer", True),
        ("آقای صالحی", "آقای صاحی", True),
        ("کمیته حمایت", "کمیته‌ حمايت", False),  # one spelling, as it is compared
        ("خانم حسنی", "خانم حسینی", False),  # two families
        ("مرحله یک کار", "مرحله سه کار", False),
        ("واحد فنی ۱ استان", "واحد فنی ۲ استان", False),
        ("خدمت الکترونیک", "خدمت الکترونیکی", False),
        ("District expert", "District experts", False),
        ("مدیر", "مدرر", False),  # too short to tell
        ("کارگروه نوبت دوم", "کارگروه نوبت سوم", False),
        ("شعبه مرکزی ب", "شعبه مرکزی ج", False),
        ("شعبه مرکزی ب", "شعبه مرکی ب", True),
    ],
)
def test_an_answer_a_letter_off(tmp_path: Path, one: str, other: str, told: bool) -> None:
    rows = [f"title: کار {number}, actor: {actor}" for number, actor in enumerate((one, one, other, one))]
    assert found(tmp_path, rows) == ([("names-differ", 3, "actor")] if told else [])


def test_a_column_of_many_answers_is_left_alone(tmp_path: Path) -> None:
    letters = "ابپتجچحخدذرزژسشصضطظعغفقکگلمن"
    rows = [f"actor: عنوان {a}{b} کار" for a in letters[:20] for b in letters[:21]]
    assert found(tmp_path, rows) == []


def test_numbers_that_cannot_be(tmp_path: Path) -> None:
    assert found(tmp_path / "a", [], "minutes: -3\n") == [("below-zero", None, None)]
    assert found(tmp_path / "b", [], "change: -3\n") == []
    assert found(tmp_path / "c", ["people: -1", "people: 0"]) == [("below-zero", 1, "people")]
    assert found(tmp_path / "d", ["most: 4, score: 5", "most: 4, score: 4", "score: 9"]) == [("above-cap", 1, "score")]
    assert found(tmp_path / "e", ["most: 4, score: -2"]) == [("below-zero", 1, "score")]
