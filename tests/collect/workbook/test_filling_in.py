"""What officers do to a workbook: typing, sorting, inserting, clearing, and what Excel makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from assembler.actions.open_case import OpenCase
from assembler.collect.workbook.layout import plan_sheet
from tests.collect.workbook.office import ANSWERS, REPORT, Office, answer, column, marks, moved, set_cell, sheet_of
from tests.conftest import Workplace, write_answers, write_form, write_report

TABLES = """\
form: demo/visit
title: بازدید
source: {document: demo}
items:
  - name: wide
    type: table
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام}
      - {name: count, type: integer, label: تعداد}
      - {name: note, type: text, label: توضیح}
  - name: narrow
    type: table
    columns: [{name: title, type: text, label: عنوان}, {name: file, type: file, label: فایل}]
  - {name: free, type: table, columns: [{name: title, type: text, label: عنوان}]}
  - name: printed
    type: table
    columns: [{name: title, type: text, label: عنوان}, {name: value, type: integer, label: شمار}]
    rows: [{name: one, cells: {title: یک}}]
"""


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace)


def put(item: str, value: object, number_format: str = "") -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        cell = answer(sheet, item)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


@pytest.mark.parametrize(
    ("item", "typed", "line"),
    [
        ("title", "عنوان تازه", "title: عنوان تازه"),
        ("title", "علي كريمي", "title: علی کریمی"),
        ("held", "خیر", "held: no"),
        ("held", False, "held: no"),
        ("score", "۱۲٬۵۰۰", "score: 12500"),
        ("score", 9.0, "score: 9"),
        ("sum", "۷/۵", "sum: '7.5'"),
        ("sum", 0.1, "sum: '0.1'"),
        ("share", "۷۲٪", "share: 72"),
        ("day", "1399/02/31", "day: ۱۳۹۹/۰۲/۳۱"),
        ("day", "٩٩/٢/٣", "day: ۱۳۹۹/۰۲/۰۳"),
        ("day", 13990231, "day: ۱۳۹۹/۰۲/۳۱"),
        ("day", 990231, "day: ۱۳۹۹/۰۲/۳۱"),
        ("day", datetime.datetime(2020, 5, 20), "day: ۱۳۹۹/۰۲/۳۱"),
        ("ways", "تلفن", "ways: [phone]"),
    ],
)
def test_an_answer_may_be_typed_in_many_ways(office: Office, item: str, typed: object, line: str) -> None:
    imported = office.take(office.edited(put(item, typed)))
    assert imported.problems == ()
    assert [change.item for change in imported.changes] == [item]
    before = office.text.splitlines()
    after = office.write(imported).splitlines()
    assert len([each for each in after if each not in before]) == 1
    changed = next(each for each in after if each not in before)
    assert changed.split(": ", 1)[0] == line.split(": ", 1)[0]
    reread = {change.new for change in imported.changes}
    assert reread
    assert office.take(office.export()).changes == ()


def test_percent_cells_hold_hundredths(office: Office) -> None:
    assert list(moved(office.take(office.edited(put("share", 0.725, "0.0%"))))) == [("share", "۴۵", "۷۲٫۵")]
    assert list(moved(office.take(office.edited(put("share", 0.45, "0%"))))) == []
    assert list(moved(office.take(office.edited(put("share", 0.45, '0.00"%"'))))) == [("share", "۴۵", "۰٫۴۵")]


@pytest.mark.parametrize(
    ("item", "typed", "code"),
    [
        ("score", "چند", "not-a-number"),
        ("score", 1.5, "not-an-integer"),
        ("share", 120, "percent-range"),
        ("day", "1399/13/01", "not-a-date"),
        ("day", datetime.datetime(1999, 2, 5), "workbook-excel-date"),
        ("title", datetime.datetime(2020, 5, 12), "workbook-excel-date"),
        ("held", "شاید", "not-a-choice"),
        ("picture", "nowhere.pdf", "attachment-missing"),
        ("score", "=1+1", "workbook-no-value"),
    ],
)
def test_what_cannot_be_read_is_told_with_sheet_and_cell(office: Office, item: str, typed: object, code: str) -> None:
    def change(sheet: Any) -> None:
        put(item, typed)(sheet)
        address.append(answer(sheet, item).coordinate)

    address: list[str] = []
    imported = office.take(office.edited(change))
    assert [each.code for each in imported.problems] == [code]
    assert f"a.xlsx, sheet «بازدید», cell {address[0]}" in str(imported.problems[0].place.file)
    assert imported.changes == ()
    assert not imported.clean


def test_an_error_of_a_cell_is_no_answer(office: Office) -> None:
    def change(sheet: Any) -> None:
        cell = answer(sheet, "score")
        cell.value, cell.data_type = "#N/A", "e"

    assert [each.code for each in office.take(office.edited(change)).problems] == ["workbook-cell-error"]


def test_a_cleared_cell_is_a_blank_answer(office: Office) -> None:
    imported = office.take(office.edited(put("score", None)))
    assert list(moved(imported)) == [("score", "۷", "")]
    assert "score" not in office.write(imported) or "score:\n" in office.text


def test_a_narrative_may_be_edited(office: Office) -> None:
    def change(sheet: Any) -> None:
        cell = answer(sheet, "story")
        cell.value = cell.value.replace("یکم", "یکم تازه") + "\nبند دیگر."

    imported = office.take(office.edited(change))
    text = office.write(imported)
    assert "یکم تازه" in text
    assert "بند دیگر." in text
    assert "# این یکی هر ماه" in text
    assert office.take(office.export()).changes == ()


# ---------------------------------------------------------------- tables


def test_rows_below_are_added(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "services", 3, "نام خدمت", "مشاوره")
        set_cell(sheet, "services", 3, "تعداد", "۴")
        set_cell(sheet, "services", 6, "نام خدمت", "آموزش")

    imported = office.take(office.edited(change))
    assert [each.new for each in imported.changes] == ["مشاوره | ۴", "آموزش"]
    assert all(each.where.startswith("بازدید!C") for each in imported.changes)
    text = office.write(imported)
    assert text.index("بازدید, mode") < text.index("مشاوره") < text.index("آموزش")
    assert "# این یکی هر ماه" in text


def test_rows_between_are_added(office: Office) -> None:
    def change(sheet: Any) -> None:
        second = marks(sheet, "row|services|1")[0]
        sheet.merged_cells.ranges = {area for area in sheet.merged_cells.ranges if area.min_row < second}
        sheet.insert_rows(second)
        sheet.cell(second, column(sheet, "services", "نام خدمت")).value = "میانی"

    text = office.write(office.take(office.edited(change)))
    assert text.index("صدور گواهی") < text.index("میانی") < text.index("پاسخ به شکایت")


def test_a_cleared_row_is_deleted(office: Office) -> None:
    def change(sheet: Any) -> None:
        for cell in sheet[marks(sheet, "row|services|1")[0]][1:]:
            cell.value = None

    imported = office.take(office.edited(change))
    assert [each.kind for each in imported.changes] == ["deleted"]
    text = office.write(imported)
    assert "پاسخ به شکایت" not in text
    assert "{name: صدور گواهی, count: 12, mode: site}" in text


@pytest.mark.parametrize("with_marks", [True, False])
def test_sorted_rows_are_the_same_rows(office: Office, with_marks: bool) -> None:
    def change(sheet: Any) -> None:
        rows = marks(sheet, "row|services|")
        first = 1 if with_marks else 2
        taken = [[cell.value for cell in sheet[row]][first - 1 :] for row in rows]
        for row, values in zip(rows, reversed(taken), strict=True):
            for at, value in enumerate(values, start=first):
                sheet.cell(row, at).value = value

    imported = office.take(office.edited(change))
    assert [each.kind for each in imported.changes] == ["order"]
    text = office.write(imported)
    assert text.index("name: بازدید") < text.index("پاسخ به شکایت") < text.index("صدور گواهی")


def test_ticks_are_moved_and_two_are_refused(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "services", 0, "تارنما", None)
        set_cell(sheet, "services", 0, "تلفن", "x")

    def twice(sheet: Any) -> None:
        set_cell(sheet, "services", 0, "تلفن", True)

    assert list(moved(office.take(office.edited(change)))) == [("services:1.mode", "تارنما", "تلفن")]
    assert [each.code for each in office.take(office.edited(twice)).problems] == ["one-choice"]


def test_printed_rows_take_answers_and_no_more_rows(office: Office) -> None:
    def change(sheet: Any) -> None:
        set_cell(sheet, "levels", 1, "شمار", 8)

    def added(sheet: Any) -> None:
        end = marks(sheet, "end|levels")[0]
        sheet.insert_rows(end)
        sheet.cell(end, column(sheet, "levels", "شمار")).value = 3

    imported = office.take(office.edited(change))
    assert list(moved(imported)) == [("levels:2.value", "", "۸")]
    assert "low: {value: 8}" in office.write(imported)
    assert "workbook-printed-row" in [each.code for each in office.take(office.edited(added)).problems]


def test_a_cell_merged_over_rows_is_the_answer_of_each(office: Office) -> None:
    def change(sheet: Any) -> None:
        rows, at = marks(sheet, "row|services|"), column(sheet, "services", "تعداد")
        for row in rows[1:]:
            sheet.cell(row, at).value = None
        sheet.merge_cells(start_row=rows[0], end_row=rows[2], start_column=at, end_column=at)

    imported = office.take(office.edited(change))
    assert [change.new for change in imported.changes] == ["۱۲", "۱۲"]


def test_what_the_guidance_prints_is_shown_in_words_and_persian_digits(workplace: Workplace) -> None:
    form = TABLES.replace("شمار}]", "شمار}, {name: kind, type: select_one kinds, label: نوع 2}]")
    form = form.replace("{title: یک}", "{title: ماده 1 از ISO 9001, kind: act}")
    office = Office(
        workplace, form.replace("items:", "choices: {kinds: [{name: act, label: اقدام}]}\nitems:"), "form: demo/visit\n"
    )
    texts = {cell.value for row in sheet_of(openpyxl.load_workbook(office.export())).iter_rows() for cell in row}
    assert {"نوع ۲", "ماده ۱ از ISO 9001", "اقدام"} <= texts
    assert office.take(office.export()).changes == ()


# ---------------------------------------------------------------- sheets


def test_sheets_are_known_whatever_their_names_and_order(office: Office) -> None:
    def change(sheet: Any) -> None:
        put("score", 3)(sheet)
        sheet.title = "چیز دیگر"
        sheet.parent.move_sheet(sheet, -1)

    assert list(moved(office.take(office.edited(change)))) == [("score", "۷", "۳")]


def test_a_deleted_sheet_or_table_changes_nothing(office: Office) -> None:
    def drop(sheet: Any) -> None:
        sheet.parent.remove(sheet)

    def cut(sheet: Any) -> None:
        first, last = marks(sheet, "head|services")[0], marks(sheet, "end|services")[0]
        sheet.delete_rows(first, last - first + 1)

    assert office.take(office.edited(drop)).changes == ()
    assert office.take(office.edited(cut)).changes == ()


def test_a_sheet_that_claims_all_rows_is_read_to_its_end(office: Office) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(1_048_576, 3).value = "دور"

    assert office.take(office.edited(change)).changes == ()


def test_a_copied_sheet_is_told(office: Office) -> None:
    def change(sheet: Any) -> None:
        sheet.parent.copy_worksheet(sheet)

    assert [each.code for each in office.take(office.edited(change)).problems] == ["workbook-sheet-twice"]


def test_a_sheet_that_was_deleted_is_told(office: Office) -> None:
    def change(sheet: Any) -> None:
        sheet.parent.remove(sheet)

    imported = office.take(office.edited(change))
    assert [each.code for each in imported.problems] == ["workbook-sheet-gone"]
    assert (imported.changes, imported.clean) == ((), True)


def test_rows_that_may_be_sorted_have_no_merged_cells(workplace: Workplace) -> None:
    """Excel sorts no rows whose merged cells differ in size, and pastes no block over them."""
    write_answers(workplace.folder, "form: demo/visit\n")
    write_form(workplace.folder, TABLES)
    write_report(workplace.folder, REPORT)
    opened = OpenCase.read(workplace.case, workplace.settings)
    filled = opened.view("demo/visit").filled()
    plan = plan_sheet("برگه", opened.specs["demo/visit"], None, filled, opened.specs)
    at = {name: [leaf.at for leaf in region.leaves] for name, region in plan.regions.items()}
    assert at == {"wide": [2, 3, 4, 5], "narrow": [3, 4], "free": [3], "printed": at["printed"]}
    assert {leaf.span for name in ("wide", "narrow", "free") for leaf in plan.regions[name].leaves} == {1}
    assert sum(leaf.span for leaf in plan.regions["printed"].leaves) == plan.columns
    assert plan.widths[0] < min(plan.widths[1:])


# ---------------------------------------------------------------- files, findings


def test_a_file_beside_the_workbook_is_taken_in(office: Office) -> None:
    (office.workplace.folder / "سند.pdf").write_bytes(b"%PDF-1.4")
    imported = office.take(office.edited(put("picture", "سند.pdf")))
    assert list(moved(imported)) == [("picture", "", "سند.pdf")]
    assert not list((office.workplace.case / "attachments").iterdir())
    assert "picture: سند.pdf" in office.write(imported)
    assert (office.workplace.case / "attachments" / "سند.pdf").read_bytes() == b"%PDF-1.4"


def test_findings_stand_at_their_cells(workplace: Workplace) -> None:
    office = Office(workplace, answers=ANSWERS.replace("score: ۷", "score: 70").replace("name: بازدید, ", ""))
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    assert "بیش از ۱۰ است." in answer(sheet, "score").comment.text
    row, at = marks(sheet, "row|services|2")[0], column(sheet, "services", "نام خدمت")
    assert sheet.cell(row, at).comment is not None


def test_what_is_not_asked_says_why(office: Office) -> None:
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    row = answer(sheet, "why").row
    assert any("«خیر»" in str(cell.value) for cell in sheet[row])


def test_a_column_is_as_wide_as_its_longest_number(workplace: Workplace) -> None:
    """A number wider than its column is shown as ### by Excel; a sum is longer than what it adds up."""
    write_form(
        workplace.folder,
        "form: demo/visit\ntitle: بازدید\nsource: {document: d}\nitems:\n  - name: t\n"
        "    type: table\n    label: جدول\n"
        "    columns: [{name: n, type: integer, label: ع, width: 1}, {name: m, type: decimal, label: م, width: 1}]\n",
    )
    rows = ", ".join("{n: 987654321, m: 12.25}" for _ in range(2))
    write_answers(workplace.folder, f"form: demo/visit\nt: [{rows}]\n")
    write_report(workplace.folder, REPORT)
    opened = OpenCase.read(workplace.case, workplace.settings)
    filled = opened.view("demo/visit").filled()
    leaves = plan_sheet("برگه", opened.specs["demo/visit"], None, filled, opened.specs).regions["t"].leaves
    assert leaves[0].width > len("۱٬۹۷۵٬۳۰۸٬۶۴۲") > leaves[1].width > len("۲۴٫۲۵")
