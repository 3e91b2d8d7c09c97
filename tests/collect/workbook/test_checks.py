"""Lists of choices in a workbook: those that belong to what another cell says, and codes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.collect.workbook.office import FORM, Office, answer
from tests.collect.workbook.test_filling_in import put
from tests.conftest import make_workplace

PARTS = """\
  sides: [{name: east, label: خاور, code: "1"}, {name: west, label: باختر, code: "2"}]
  parts: [{name: b, label: ب, within: west}, {name: a, label: الف, within: east}, {name: c, label: ج, within: west}]
items:
  - {name: side, type: select_one sides, label: سو}
  - {name: part, type: select_one parts, label: بخش, within: side}
  - {name: year, type: year, label: سال}
  - name: places
    type: table
    label: جاها
    columns:
      - {name: "side", type: select_one sides, label: سو}
      - {name: "part", type: select_one parts, label: "(AP/S)*W", within: side}
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(make_workplace(tmp_path), form=FORM.replace("items:\n", PARTS))


def test_a_list_follows_the_cell_it_belongs_to(office: Office) -> None:
    book = openpyxl.load_workbook(office.export())
    sheet = book.worksheets[2]
    side, part = answer(sheet, "side"), answer(sheet, "part")
    lists = {
        str(check.sqref): check.formula1 for check in sheet.data_validations.dataValidation if check.type == "list"
    }
    own = next(told for cells, told in lists.items() if part.coordinate in cells.split())
    assert own.startswith("OFFSET('_lists'!$")
    assert f"${side.column_letter}${side.row}" in own
    in_rows = [told for told in lists.values() if told.startswith("OFFSET") and told != own]
    assert len(in_rows) == 1
    assert "$" + in_rows[0].split("MATCH($")[1][0] in in_rows[0]
    texts = [[cell.value for cell in column if cell.value] for column in book["_lists"].columns]
    assert ["خاور", "باختر", "باختر"] in texts
    assert ["الف", "ب", "ج"] in texts


def test_a_year_is_a_number_of_four_digits(office: Office) -> None:
    sheet = openpyxl.load_workbook(office.export()).worksheets[2]
    year = answer(sheet, "year")
    assert "#,##0" not in year.number_format
    check = next(each for each in sheet.data_validations.dataValidation if year.coordinate in str(each.sqref).split())
    assert (check.type, check.formula1, check.formula2) == ("whole", "1300", "1499")
    imported = office.take(office.edited(put("year", 1402)))
    assert [(change.item, change.new) for change in imported.changes] == [("year", "۱۴۰۲")]


def test_a_code_is_taken(office: Office) -> None:
    imported = office.take(office.edited(put("side", 2)))
    assert imported.problems == ()
    office.write(imported)
    assert "side: west" in office.text


def test_headers_hold_formulas_together(office: Office) -> None:
    sheet = openpyxl.load_workbook(office.export()).worksheets[2]
    assert any(cell.value == "\u200e(AP/S)*W\u200e" for row in sheet.iter_rows() for cell in row)
