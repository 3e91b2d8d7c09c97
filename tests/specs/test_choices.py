"""Lists of choices: from files, with codes, belonging to other choices, asking for words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.model.types import Worded
from assembler.model.values import printed, shown
from tests.building import World, codes, form_text, read_specs, sound_specs

PLACES = """\
choices:
  provinces: {from: lists/provinces.csv}
  counties: {from: lists/counties.csv}
  reasons: [{name: cost, label: هزینه}, {name: other, label: سایر, ask: نام ببرید}]
items:
  - {name: province, type: select_one provinces, label: استان}
  - {name: county, type: select_one counties, label: شهرستان, within: province}
  - {name: reason, type: select_one reasons, label: دلیل, appearance: boxes}
  - {name: many, type: select_multiple reasons, label: دلایل}
  - {name: why, type: text, relevant: reason == 'other'}
  - name: offices
    type: table
    columns:
      - {name: place, type: select_one provinces, label: استان}
      - {name: seat, type: select_one counties, label: مرکز, within: place}
      - {name: why, type: select_one reasons, label: چرا}
"""
PROVINCES = "name,label,code\nqom,قم,25\ntehran,تهران,23\n"
COUNTIES = "name,label,code,within\nqom_city,قم,2501,qom\nrey,ری,2303,tehran\nvaramin,ورامین,2305,tehran\n"


def lists(folder: Path, provinces: str = PROVINCES, counties: str = COUNTIES) -> Path:
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "lists" / "provinces.csv").write_text(provinces, encoding="utf-8-sig")
    (folder / "lists" / "counties.csv").write_text(counties, encoding="utf-8")
    return folder


def places(folder: Path, answers: str) -> World:
    lists(folder / "specs")
    return World(folder, [form_text(PLACES)], [f"form: x/a\n{answers}"])


def test_a_list_is_read_from_a_file(tmp_path: Path) -> None:
    form = sound_specs(lists(tmp_path), form_text(PLACES)).forms["x/a"]
    assert [(each.name, each.label, each.code) for each in form.item("province").choices] == [
        ("qom", "قم", "25"), ("tehran", "تهران", "23"),
    ]  # fmt: skip
    assert [each.within for each in form.item("county").choices] == ["qom", "tehran", "tehran"]
    assert [item.name for item in form.items] == [
        "province", "county", "reason", "reason_other", "many", "many_other", "why", "offices",
    ]  # fmt: skip
    assert form.item("reason_other").label == "نام ببرید"


@pytest.mark.parametrize(
    ("provinces", "code", "line"),
    [
        ("", "missing-key", 1),
        ("name,label\n", "choices-file", None),
        ("name,title\nqom,قم\n", "unknown-key", 1),
        ("name,code\nqom,25\n", "missing-key", 1),
        ("name,label\nqom,قم\nتهران,تهران\n", "bad-name", 3),
        ("name,label\nqom,قم\ntehran,\n", "missing-key", 3),
        ("name,label\nqom,قم,25\n", "choices-file", 2),
        ("name,label\nqom,قم\nqom,تهران\n", "duplicate-name", 3),
        ("name,label,code\nqom,قم,25\ntehran,تهران,۲۵\n", "duplicate-name", 3),
        ("name,label,code\nqom,قم,25\ntehran,25,7\n", "duplicate-name", 2),
        ("name,label,code\nqom,قم,25\ntehran,تهران,\n", "missing-key", 3),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    tmp_path: Path, provinces: str, code: str, line: int | None
) -> None:
    text = "choices: {provinces: {from: lists/provinces.csv}}\nitems: [{name: p, type: select_one provinces}]\n"
    _, problems = read_specs(lists(tmp_path, provinces), form_text(text))
    assert codes(problems)[:1] == [code]
    assert line is None or problems[0].place.line == line


@pytest.mark.parametrize("name", ["../x.csv", "lists/none.csv", "lists/provinces.txt", "/etc/passwd"])
def test_a_file_is_one_of_the_specifications(tmp_path: Path, name: str) -> None:
    text = f"choices: {{c: {{from: {name}}}}}\nitems: [{{name: p, type: select_one c}}]\n"
    _, problems = read_specs(lists(tmp_path), form_text(text))
    assert codes(problems) == ["choices-file"]
    assert name in problems[0].message


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("{name: n, type: integer, within: province}", "word-unfit"),
        ("{name: c, type: select_one counties, within: nowhere}", "unknown-item"),
        ("{name: c, type: select_one counties, within: c}", "unknown-item"),
        ("{name: c, type: select_one provinces, within: county}", "choice-within"),
        ("{name: reason_other, type: text}", "duplicate-name"),
    ],
)
def test_what_choices_belong_to_is_a_choice(tmp_path: Path, more: str, code: str) -> None:
    text = PLACES.replace("  - name: offices", f"  - {more}\n  - name: offices")
    assert codes(read_specs(lists(tmp_path), form_text(text))[1]) == [code]


def test_one_choice_of_a_list_asks_for_words(tmp_path: Path) -> None:
    text = PLACES.replace("label: هزینه", "label: هزینه, ask: چند؟")
    assert codes(read_specs(lists(tmp_path), form_text(text))[1]) == ["choices-ask"]


@pytest.mark.parametrize(
    ("answered", "named"),
    [("reason: {other: باران}", "reason_other"), ("many: [cost, {other: باران}]", "many_other")],
)
def test_words_behind_a_choice_are_told_where_they_belong(tmp_path: Path, answered: str, named: str) -> None:
    told = places(tmp_path, f"{answered}\n").read_problems
    assert (codes(told), named in told[0].message) == (["words-apart"], True)


def test_a_choice_is_answered_by_its_code(tmp_path: Path) -> None:
    found = places(tmp_path, "province: ۲۳\ncounty: 2303\noffices: [{place: 25, seat: 2501}]\n")
    assert (found.value("province"), found.value("county")) == ("tehran", "rey")
    assert found.column("offices", "seat") == ["qom_city"]
    assert found.checked() == []


def test_a_choice_that_belongs_elsewhere_is_told(tmp_path: Path) -> None:
    found = places(
        tmp_path, "province: qom\ncounty: rey\noffices: [{place: qom, seat: ری}, {place: tehran, seat: rey}]\n"
    )
    told = found.checked()
    assert [(each.code, each.place.item, each.place.row) for each in told] == [
        ("choice-outside", "county", None),
        ("choice-outside", "offices", 1),
    ]
    assert all("ری" in each.message and "قم" in each.message for each in told)


def test_words_stand_behind_the_choice_that_asks_for_them(tmp_path: Path) -> None:
    answers = "reason: other\nreason_other: دوری راه\nmany: [cost, other]\nmany_other: سرما\nwhy: خ\n"
    found = places(tmp_path, answers + "offices: [{why: other, why_other: نزدیکی}, {why: cost}]\n")
    form = found.forms["x/a"]
    reason, many = form.items["reason"], form.items["many"]
    assert reason.value == "other"
    assert isinstance(reason.value, Worded)
    assert printed(reason.value, reason.spec) == "☐ هزینه    ☑ سایر: دوری راه"
    assert shown(many.value, many.spec) == "هزینه، سایر: سرما"
    column = form.items["offices"].spec.column("why")
    texts = [printed(row.cells["why"].value, column) for row in form.items["offices"].rows]
    assert texts == ["سایر: نزدیکی", "هزینه"]
    assert found.checked() == []


CONTRADICTED = ["answer-contradicts", "answer-contradicted"]  # told at both answers


def test_words_are_asked_of_whoever_makes_the_choice(tmp_path: Path) -> None:
    assert codes(places(tmp_path / "a", "reason: other\nwhy: خ\n").checked()) == ["required"]
    assert codes(places(tmp_path / "b", "reason: cost\nreason_other: خ\n").checked()) == CONTRADICTED
