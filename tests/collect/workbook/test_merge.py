"""Two sides of a case: what each changed is taken, what both changed differently is a conflict."""

from __future__ import annotations

from typing import Any

import pytest

from assembler.actions.import_ import Imported, merge_books, read_books
from assembler.collect.workbook.preferred import Preferred
from tests.collect.workbook.office import ANSWERS, Office, answer, marks, moved, set_cell
from tests.conftest import Workplace, write_answers


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace)


def scored(value: object) -> Any:
    def change(sheet: Any) -> None:
        answer(sheet, "score").value = value

    return change


def changed_case(office: Office, old: str, new: str) -> None:
    assert old in ANSWERS
    write_answers(office.workplace.folder, ANSWERS.replace(old, new))


def test_what_the_case_changed_meanwhile_stays(office: Office) -> None:
    path = office.edited(scored(9))
    changed_case(office, "share: 45", "share: 46")
    imported = office.take(path)
    assert list(moved(imported)) == [("score", "۷", "۹")]
    assert "share: 46" in office.write(imported)


def test_both_changed_the_same_to_the_same(office: Office) -> None:
    path = office.edited(scored(9))
    changed_case(office, "score: ۷", "score: 9")
    assert (office.take(path).changes, office.take(path).conflicts) == ((), ())


def conflict(office: Office, prefer: str = "") -> Imported:
    path = office.edited(scored(9))
    changed_case(office, "score: ۷", "score: 8")
    return office.take(path, prefer=prefer and (str(path) if prefer == "file" else prefer))


def test_a_conflict_is_told_with_both_sides_and_not_written(office: Office) -> None:
    imported = conflict(office)
    assert [text for _, text in imported.conflicts[0].sides] == ["۸", "۹"]
    assert imported.conflicts[0].base == "۷"
    assert not imported.clean
    assert "score: 8" in office.write(imported)


def test_a_conflict_is_settled_by_name(office: Office) -> None:
    assert conflict(office, "case").changes == ()
    imported = conflict(office, "file")
    assert imported.conflicts == ()
    assert list(moved(imported)) == [("score", "۸", "۹")]


def test_two_workbooks_meet(office: Office) -> None:
    def second(sheet: Any) -> None:
        answer(sheet, "share").value = 50
        set_cell(sheet, "services", 1, "تعداد", 30)
        set_cell(sheet, "services", 3, "نام خدمت", "ب‌ردیف")

    def first(sheet: Any) -> None:
        answer(sheet, "score").value = 9
        set_cell(sheet, "services", 1, "میانگین", 2.5)
        set_cell(sheet, "services", 3, "نام خدمت", "الف‌ردیف")

    imported = office.take(office.edited(first, "1.xlsx"), office.edited(second, "2.xlsx"))
    assert imported.conflicts == ()
    text = office.write(imported)
    assert text.index("name: بازدید") < text.index("الف‌ردیف") < text.index("ب‌ردیف")
    assert "count: 30" in text
    assert "mean: '2.5'" in text or "mean: 2.5" in text


def test_two_workbooks_that_differ_are_a_conflict_and_neither_is_taken(office: Office) -> None:
    one, two = office.edited(scored(8), "1.xlsx"), office.edited(scored(9), "2.xlsx")
    imported = office.take(one, two)
    assert [text for _, text in imported.conflicts[0].sides] == ["۸", "۹"]
    assert imported.changes == ()
    assert "score: ۷" in office.write(imported)
    assert list(moved(office.take(one, two, prefer=str(one)))) == [("score", "۷", "۸")]
    assert list(moved(office.take(one, two, prefer=str(two)))) == [("score", "۷", "۹")]


def test_the_same_row_from_both_comes_once(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "services", 3, "نام خدمت", "همانند")

    imported = office.take(office.edited(change, "1.xlsx"), office.edited(change, "2.xlsx"))
    assert office.write(imported).count("همانند") == 1


def test_a_row_one_deleted_and_the_other_changed_is_a_conflict(office: Office) -> None:
    def clear(sheet: Any) -> None:
        for cell in sheet[marks(sheet, "row|services|1")[0]][1:]:
            cell.value = None

    path = office.edited(clear)
    changed_case(office, "count: ۳", "count: 33")
    imported = office.take(path)
    assert len(imported.conflicts) == 1
    assert "پاسخ به شکایت" in office.write(imported)


def test_rows_the_case_got_meanwhile_stay(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "services", 0, "تعداد", 13)

    path = office.edited(change)
    changed_case(office, "  - {name: بازدید, mode: site}", "  - {name: بازدید, mode: site}\n  - {name: نو}")
    imported = office.take(path)
    assert list(moved(imported)) == [("services:1.count", "۱۲", "۱۳")]
    assert "name: نو" in office.write(imported)


def test_a_row_the_case_deleted_and_the_workbook_changed_is_a_conflict(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "services", 2, "تعداد", 13)

    path = office.edited(change)
    changed_case(office, "  - {name: بازدید, mode: site}\n", "")
    assert len(office.take(path).conflicts) == 1


def test_lent_rows_that_are_changed_become_answers(workplace: Workplace) -> None:
    form = """\
form: demo/visit
title: بازدید
source: {document: demo}
items:
  - name: services
    type: table
    label: خدمات
    columns:
      - {name: name, type: text, label: نام خدمت}
  - name: marks
    type: table
    label: نشان‌ها
    prefill: {from: [demo/visit.services], cells: {name: name}}
    columns:
      - {name: name, type: text, label: نام}
      - {name: mark, type: integer, label: نشان}
"""
    office = Office(workplace, form, "form: demo/visit\nservices: [{name: یک}, {name: دو}]\n")
    assert office.take(office.export()).changes == ()

    def change(sheet: Any) -> None:
        set_cell(sheet, "marks", 1, "نشان", 4)

    text = office.write(office.take(office.edited(change)))
    assert "marks:" in text
    assert text.count("یک") == 2
    assert office.take(office.export()).changes == ()


def test_a_side_is_preferred_in_one_cell(office: Office) -> None:
    def second(sheet: Any) -> None:
        answer(sheet, "score").value = 9
        answer(sheet, "share").value = 51
        set_cell(sheet, "services", 1, "تعداد", 31)

    def first(sheet: Any) -> None:
        answer(sheet, "score").value = 8
        answer(sheet, "share").value = 50
        set_cell(sheet, "services", 1, "تعداد", 30)

    one, two = office.edited(first, "1.xlsx"), office.edited(second, "2.xlsx")
    places = {"demo/visit.score": str(two), "demo/visit.services:2.count": str(one)}
    opened = office.open()
    imported = merge_books(opened, *read_books(opened, [one, two]), Preferred(places=places))
    assert [found.item for found in imported.conflicts] == ["share"]
    assert {place: new for place, _, new in moved(imported)} == {"score": "۹", "services:2.count": "۳۰"}
    widest = Preferred("case", {"demo/visit": str(one), "demo/visit.services:2": str(two)})
    imported = merge_books(opened, *read_books(opened, [one, two]), widest)
    assert {place: new for place, _, new in moved(imported)} == {
        "score": "۸",
        "share": "۵۰",
        "services:2.count": "۳۱",
    }
