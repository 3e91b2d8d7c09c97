"""Choices in the dialogue: long lists by first letters, codes, those of another choice, words beside one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.messages import choose
from tests.collect.fill.filling import Driver
from tests.collect.workbook.office import REPORT
from tests.conftest import make_workplace, write_answers, write_form, write_report

NAMES = ("آبادان", "آباده", "اهواز", "اصفهان", "اراک", "بم", "بابل", "تهران", "تبریز", "ری", "رشت", "ساری", "سنندج",
         "شیراز", "قم", "کرج", "کرمان", "مشهد", "یزد", "بندر عباس")  # fmt: skip
TOWNS = ", ".join(f"{{name: t{number}, label: {name}}}" for number, name in enumerate(NAMES, start=1))
CODED = ", ".join(f"{{name: t{number}, label: {name}, code: '{100 + number}'}}" for number, name in enumerate(NAMES, 1))
FORM = f"""\
form: demo/visit
title: شهرها
source: {{document: demo}}
choices:
  towns: [{TOWNS}]
  coded: [{CODED}]
  sides: [{{name: east, label: خاور}}, {{name: west, label: باختر}}]
  parts:
    - {{name: a, label: الف, within: east}}
    - {{name: b, label: ب, within: west}}
    - {{name: c, label: ج, within: west}}
  ways: [{{name: by_road, label: راه}}, {{name: other, label: سایر, ask: کدام؟}}]
items:
  - {{name: town, type: select_one towns, label: شهر}}
  - {{name: coded, type: select_one coded, label: شهر با کد}}
  - {{name: side, type: select_one sides, label: سو}}
  - {{name: part, type: select_one parts, label: بخش, within: side}}
  - {{name: way, type: select_one ways, label: شیوه}}
  - name: rows
    type: table
    label: ردیف‌ها
    columns:
      - {{name: side, type: select_one sides, label: سو}}
      - {{name: part, type: select_one parts, label: بخش, within: side}}
"""


@pytest.fixture
def driver(tmp_path: Path) -> Driver:
    choose("fa")
    workplace = make_workplace(tmp_path)
    write_form(tmp_path, FORM)
    write_report(tmp_path, REPORT)
    write_answers(tmp_path, "form: demo/visit\n")
    return Driver(workplace)


def answer(driver: Driver, name: str) -> object:
    given = driver.case.answered("demo/visit").values.get(name)
    return given.value if given else None


def test_a_long_list_is_asked_for_by_first_letters(driver: Driver) -> None:
    assert "۲۰ گزینه" in driver.text
    assert "اهواز" not in driver.text
    text = driver.say("ا")
    assert [name for name in NAMES if name in text] == ["آبادان", "آباده", "اهواز", "اصفهان", "اراک"]
    assert "۴) اصفهان" in text
    driver.say("اص")
    assert answer(driver, "town") == "t4"


@pytest.mark.parametrize(
    ("typed", "town"), [("۸", "t8"), ("تهران", "t8"), ("t9", "t9"), ("عباس", "t20"), ("كرج", "t16"), ("بم", "t6")]
)
def test_it_is_answered_by_number_name_or_a_word(driver: Driver, typed: str, town: str) -> None:
    driver.say(typed)
    assert answer(driver, "town") == town


def test_what_is_in_no_list_is_told_shortly(driver: Driver) -> None:
    text = driver.say("لندن")
    assert "✗" in text
    assert text.count("(") < 20
    assert answer(driver, "town") is None


def test_where_there_are_codes_a_number_is_one(driver: Driver) -> None:
    driver.say("برو visit.coded")
    assert "۱۰۱) آبادان" in driver.say("آب")
    assert "✗" in driver.say("۸")
    driver.say("۱۰۸")
    assert answer(driver, "coded") == "t8"


def test_only_what_belongs_to_another_answer_is_offered(driver: Driver) -> None:
    driver.say("برو visit.side", "باختر")
    assert "۱) ب" in driver.text
    assert "الف" not in driver.text
    driver.say("۲")
    assert answer(driver, "part") == "c"


def test_so_it_is_in_rows(driver: Driver) -> None:
    driver.say("برو visit.rows", "", "خاور")
    assert "۱) الف" in driver.text
    assert "۲)" not in driver.text


def test_words_are_asked_beside_a_choice(driver: Driver) -> None:
    driver.say("برو visit.way", "سایر")
    assert "کدام؟ *" in driver.text
    driver.say("کشتی")
    assert answer(driver, "way_other") == "کشتی"
