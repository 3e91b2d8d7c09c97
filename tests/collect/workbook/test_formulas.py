"""Functions of the language as formulas: Calc comes to what the program does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.collect.workbook.calc import saved_by_calc
from tests.collect.workbook.office import Office, answer, column, marks, sheet_of
from tests.conftest import make_workplace

FORM = """\
form: demo/visit
title: بازدید
source: {document: demo}
items:
  - {name: city, type: text, label: شهر}
  - {name: street, type: text, label: خیابان}
  - {name: whole, type: text, label: نشانی, calculation: "joined('، ', city, street)"}
  - {name: long, type: integer, label: درازا, calculation: length(city)}
  - {name: most, type: integer, label: بیشترین, calculation: "greatest(t, 'n')"}
  - {name: fewest, type: integer, label: کمترین, calculation: "least(t, 'n')"}
  - {name: first, type: date, label: نخستین, calculation: "least(t, 'day')"}
  - {name: amount, type: text, label: به حروف, calculation: "rials(total(t, 'n'))"}
  - name: t
    type: table
    label: ردیف‌ها
    columns:
      - {name: n, type: integer, label: شمار}
      - {name: day, type: date, label: روز}
      - {name: sum, type: integer, label: تجمعی, calculation: "running(t, 'n')"}
"""
ANSWERS = "form: demo/visit\ncity: قم\nstreet: آزادی\nt: [{n: 30, day: 1403/02/01}, {day: 1402/01/01}, {n: 12}]\n"
LIVE = ("whole", "long", "most", "fewest")
STILL = ("first", "amount")  # what no formula of Excel says stands there as it was calculated


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(make_workplace(tmp_path), FORM, ANSWERS)


def test_what_excel_can_say_lives(office: Office) -> None:
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    assert [answer(sheet, name).data_type for name in LIVE] == ["f"] * len(LIVE)
    assert [answer(sheet, name).value for name in STILL] == ["۱۴۰۲/۰۱/۰۱", "چهل و دو ریال"]


def test_calc_comes_to_what_the_program_does(office: Office, tmp_path: Path) -> None:
    (saved,) = saved_by_calc(tmp_path, office.export())
    sheet = sheet_of(openpyxl.load_workbook(saved, data_only=True))
    assert [answer(sheet, name).value for name in LIVE] == ["قم، آزادی", 2, 30, 12]
    at = column(sheet, "t", "تجمعی")
    assert [sheet.cell(row, at).value or None for row in marks(sheet, "row|t")] == [30, None, 42]
