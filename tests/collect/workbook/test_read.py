"""Files that are no workbook of ours, and those somebody meant harm with."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from assembler.actions.import_ import Imported, merge_books, read_books
from assembler.actions.open_case import OpenCase
from tests.collect.workbook.office import FORM, Office, answer, moved, set_cell, sheet_of
from tests.conftest import Workplace, write_form

# The form of old.xlsx, a workbook from before conditions lived in it: it has 30 blank rows and nothing behind the grid.
OLD_FORM = """\
form: demo/visit
title: بازدید
source: {document: demo}
choices:
  answers: [{name: yes, label: بلی}, {name: no, label: خیر}]
items:
  - {name: held, type: select_one answers, label: برگزار شد}
  - {name: why, type: text, label: چرا, relevant: held == 'no'}
  - name: services
    type: table
    label: خدمات
    relevant: held == 'yes'
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت}
      - {name: count, type: integer, label: تعداد}
"""
OLD_ANSWERS = "form: demo/visit\nheld: yes\nservices:\n  - {name: صدور گواهی, count: 12}\n"


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace)


def codes(imported: Imported) -> list[str]:
    return [each.code for each in imported.problems]


@pytest.mark.parametrize("head", [b"", b"not a workbook", b"\xd0\xcf\x11\xe0 old or encrypted", b"PK\x03\x04 torn"])
def test_what_is_no_workbook_is_refused(office: Office, tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(head)
    assert codes(office.take(path)) == ["workbook-unreadable"]


def test_a_bomb_is_refused(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(80):
            part.write(bytes(1 << 20))
    assert codes(office.take(path)) == ["workbook-unreadable"]


def test_a_workbook_of_somebody_else_is_refused(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    assert codes(office.take(path)) == ["workbook-foreign"]


def test_a_damaged_memory_is_refused(office: Office) -> None:
    path = office.export()
    book = openpyxl.load_workbook(path)
    book["_assembler"]["A3"].value = "AAAA" + str(book["_assembler"]["A3"].value)[4:]
    book.save(path)
    assert codes(office.take(path)) == ["workbook-unreadable"]


def test_a_workbook_of_another_case_is_refused(office: Office) -> None:
    path = office.export()
    other = office.workplace.case.with_name("other")
    shutil.copytree(office.workplace.case, other)
    opened = OpenCase.read(other, office.workplace.settings)
    books, problems = read_books(opened, [path])
    assert books == ()
    assert [each.code for each in problems] == ["workbook-other-case"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("report: demo\nagency: اداره نمونه\n", ["workbook-renamed"]),
        ("report: demo\nagency: اداره‌ نمونه \n", ["workbook-renamed"]),
        ("report: demo\nagency: اداره دیگر\n", ["workbook-other-case"]),
        ("report: demo\n", ["workbook-other-case"]),
    ],
)
def test_a_renamed_folder_takes_its_workbooks_back(office: Office, fields: str, codes: list[str]) -> None:
    path = office.edited(lambda sheet: set_cell(sheet, "services", 0, "تعداد", 13))
    renamed = office.workplace.case.rename(office.workplace.case.with_name("demo نهایی"))
    (renamed / "case.yaml").write_text(fields, encoding="utf-8")
    opened = OpenCase.read(renamed, office.workplace.settings)
    books, problems = read_books(opened, [path])
    assert ([each.code for each in problems], len(books)) == (codes, codes == ["workbook-renamed"])
    assert [len(merge_books(opened, books).changes)] == ([1] if books else [0])


def test_what_nobody_asked_for_is_named(office: Office) -> None:
    """A sheet of somebody's own, remarks beside and below the form; a blank sheet and the guide say nothing."""
    path = office.export()
    book = openpyxl.load_workbook(path)
    sheet = sheet_of(book)
    last, width = sheet.max_row, sheet.max_column
    sheet.cell(5, width + 2).value = "چرا؟"
    sheet.cell(last + 3, 3).value = "جمع"
    book.create_sheet("محاسبات")["B2"].value = 12
    book.create_sheet("Sheet2")
    book.save(path)
    problems = office.take(path).problems
    assert [each.code for each in problems] == ["workbook-cells-left", "workbook-sheet-left"]
    assert str(problems[0].arguments["cells"]).split("، ")[1] == f"C{last + 3}"
    assert problems[1].arguments["name"] == "محاسبات"


def test_a_form_that_asks_for_something_else_now_is_refused(office: Office) -> None:
    path = office.export()
    write_form(
        office.workplace.folder,
        FORM.replace("name: why, type: text", "name: why, type: integer").replace(", appearance: multiline", ""),
    )
    imported = office.take(path)
    assert codes(imported) == ["workbook-other-version"]
    assert imported.changes == ()


def test_other_words_for_the_same_question_do_no_harm(office: Office) -> None:
    path = office.export()
    write_form(office.workplace.folder, FORM.replace("label: چرا", "label: به چه دلیل"))
    assert codes(office.take(path)) == []


def test_texts_that_look_like_formulas_stay_texts(office: Office) -> None:
    for text in ("=1+1", "+98", "-5", "@x", "_x0041_"):
        path = office.export()
        book = openpyxl.load_workbook(path)
        cell = answer(sheet_of(book), "title")
        cell.value, cell.data_type = text.replace("_x", "_x005F_x"), "s"
        book.save(path)
        office.write(office.take(path))
        assert office.take(office.export()).changes == ()
        assert text in office.text


def test_a_workbook_of_an_earlier_version_is_read(workplace: Workplace) -> None:
    office, path = Office(workplace, OLD_FORM, OLD_ANSWERS), workplace.folder / "old.xlsx"
    shutil.copy(Path(__file__).with_name("old.xlsx"), path)
    assert office.take(path).changes == ()
    book = openpyxl.load_workbook(path)
    answer(sheet_of(book), "held").value = "خیر"
    answer(sheet_of(book), "why").value = "تعطیل بود"
    set_cell(sheet_of(book), "services", 29, "نام خدمت", "بازدید")
    book.save(path)
    imported = office.take(path)
    assert [each[0] for each in moved(imported)] == ["held", "why", "services"]
    assert "بازدید" in office.write(imported)
