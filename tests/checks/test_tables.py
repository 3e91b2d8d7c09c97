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


def test_a_rule_about_other_columns_leaves_codes_to_be_looked_at(tmp_path: Path) -> None:
    rows = ["code: '12', title: صدور گواهی", "code: '13', title: صدور مجوز", "code: '12', title: بازدید از کارگاه"]
    rule = "rules: [{kind: duplicates, item: t, columns: [title, actor]}]\n"
    assert found(tmp_path / "a", rows, spec=FORM + rule) == [("code-shared", 3, "code")]
    assert found(tmp_path / "b", rows, spec=FORM + rule.replace("[title, actor]", "[code]")) == []


def test_a_thing_of_two_codes(tmp_path: Path) -> None:
    twice = [f"code: '12', title: صدور گواهی, people: {number}" for number in (1, 2)] + ["code: '13', title: صدور مجوز"]
    assert found(tmp_path / "a", [*twice, "code: '15', title: صدور مجوز"]) == [("pair-differs", 4, "code")]
    assert found(tmp_path / "b", [*twice, "code: '13', title: صدور مجوز"]) == []
    subordinate = ["code: '12', title: صدور گواهی", "code: '13', title: صدور گواهی"]  # codes of parts of it
    assert found(tmp_path / "c", subordinate) == []


def test_codes_and_spellings_over_tables(tmp_path: Path) -> None:
    columns = "[{name: code, type: text, label: کد خدمت}, {name: title, type: text, label: عنوان خدمت}]"
    names = ("t", "u", "v")
    tables = "".join(f"  - {{name: {name}, type: table, label: جدول, columns: {columns}}}\n" for name in names)

    def told(folder: Path, rows: dict[str, str]) -> list[tuple[str, str | None, str | None]]:
        world = World(folder, [form_text(f"items:\n{tables}")], [f"form: x/a\n{yaml_of(rows)}"])
        problems = [each for check in CHECKS for each in check(world.forms, ("x/a",))]
        return [(each.code, each.place.item, each.place.column) for each in problems]

    def yaml_of(rows: dict[str, str]) -> str:
        return "".join(f"{name}: [{{{row}}}]\n" for name, row in rows.items())

    same = dict.fromkeys(names, "code: '12', title: صدور گواهی")
    assert told(tmp_path / "a", same) == []
    assert told(tmp_path / "b", {**same, "v": "code: '21', title: صدور گواهی"}) == [("pair-differs", "v", "code")]
    assert told(tmp_path / "c", {**same, "v": "code: '12', title: صدور گواهی بنا"}) == []
    assert told(tmp_path / "d", {**same, "u": "title: صدور گواهیی"}) == []  # an ending may make another word
    assert told(tmp_path / "e", {**same, "u": "title: صدر گواهی"}) == []  # short words a letter apart are two
    misspelt = dict.fromkeys(names, "title: بازدید کارشناسی") | {"u": "title: بازدید کاشناسی"}
    assert told(tmp_path / "f", misspelt) == [("names-differ", "u", "title")]


@pytest.mark.parametrize(("end", "told"), [("1397/03/01", True), ("1397/04/12", False), ("1397/04/11", False)])
def test_an_end_before_its_start(tmp_path: Path, end: str, told: bool) -> None:
    spec = FORM.replace(
        "{name: date, type: date, label: تاریخ}",
        "{name: date, type: date, label: تاریخ شروع}\n      - {name: until, type: date, label: تاریخ پایان}",
    )
    rows = [f"title: کار, date: 1397/04/11, until: {end}"]
    assert found(tmp_path / "a", rows, spec=spec) == [("end-before-start", 1, "until")] * told
    ruled = "rules: [{kind: durations, item: t, start: date, end: until}]\n"
    assert found(tmp_path / "b", rows, spec=spec + ruled) == []  # the rule speaks of it


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
