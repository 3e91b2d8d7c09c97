"""What is asked for in a workbook follows the answers that are typed into it, as the program itself decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jdatetime
import openpyxl
import pytest

from assembler.actions.export import export
from assembler.actions.new import begin
from assembler.actions.open_case import OpenCase
from assembler.base.settings import Settings
from assembler.collect.workbook import SheetPlan, plan_sheet
from assembler.collect.workbook.gates import gates
from assembler.collect.workbook.plans import BaseRow
from assembler.collect.workbook.scopes import CLOSED
from assembler.collect.workbook.styles import INK
from tests.collect.workbook.calc import saved_by_calc
from tests.collect.workbook.office import Office, answer, column, marks, moved, set_cell, sheet_of
from tests.conftest import REPOSITORY, Workplace, make_workplace
from tests.test_remarks import specs

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
TODAY = jdatetime.date(1399, 2, 1)
FORM = """\
form: demo/visit
title: بازدید
source: {document: demo}
choices:
  answers: [{name: yes, label: بلی}, {name: no, label: خیر}, {name: never, label: عدم مصداق}]
  ways: [{name: site, label: تارنما}, {name: phone, label: تلفن، نمابر}]
items:
  - {name: held, type: select_one answers, label: برگزار شد, required: true}
  - {name: count, type: integer, label: تعداد}
  - {name: ways, type: select_multiple ways, label: راه‌ها}
  - {name: when, type: date, label: روز}
  - {name: why, type: text, label: چرا, relevant: held == 'no'}
  - {name: because, type: text, label: زیرا, relevant: filled(why)}
  - {name: other, type: text, label: جز این, relevant: held != 'yes'}
  - {name: unless, type: text, label: مگر, relevant: not (held == 'yes' and count > 3)}
  - {name: either, type: text, label: یا این, relevant: "held in ['no', 'never'] or count > 3"}
  - {name: neither, type: text, label: نه این, relevant: "held not in ['no', 'never']"}
  - {name: some, type: text, label: اگر باشد, relevant: count}
  - {name: none, type: text, label: اگر نباشد, relevant: not filled(count)}
  - {name: number, type: text, label: شماره, relevant: "selected(ways, 'phone')"}
  - {name: address, type: text, label: نشانی, relevant: "'site' in ways"}
  - {name: elsewhere, type: text, label: جای دیگر, relevant: "'site' not in ways"}
  - {name: quiet, type: text, label: بی‌صدا, relevant: "not selected(ways, 'phone')"}
  - {name: case_field, type: text, label: از پرونده, relevant: "case.agency == 'اداره نمونه'"}
  - {name: listed, type: text, label: فهرست شد, relevant: count(services) > 1}
  - {name: costly, type: text, label: گران است, relevant: "total(services, 'price') > 10"}
  - {name: twice, type: integer, label: دو برابر, calculation: count * 2, relevant: held == 'yes'}
  - {name: late, type: text, label: دیر, relevant: when > '1399/01/01'}
  - name: services
    type: table
    label: خدمات
    relevant: held == 'yes'
    min_rows: 7
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت, required: true}
      - {name: paid, type: select_one answers, label: با هزینه}
      - {name: price, type: integer, label: هزینه, relevant: paid == 'yes'}
"""


REPORTS = sorted(specs().reports)
SAMPLES = ("annual-1398-national", "service-desk-province-1405-1", "tehran-1399", "performance-1397")
Filling = Mapping[str, object]  # what is typed, by item; of the table its rows by header
FILLINGS: tuple[Filling, ...] = (
    {},
    {"held": "بلی", "count": 5, "ways": "تلفن، نمابر"},
    {"held": "بلی", "count": 3, "ways": "تارنما\nتلفن، نمابر", "services": [{"نام خدمت": "یک"}, {"نام خدمت": "دو"}]},
    {"held": "خیر", "why": "بی‌دلیل", "because": "بسته نیست", "ways": "تارنما"},
    {"held": "بلی", "why": "بسته", "because": "بسته", "count": 0},
    {"held": "عدم مصداق", "count": 1},
    {"held": "بلی", "services": [{"نام خدمت": "یک", "با هزینه": "خیر", "هزینه": 50}]},
    {"held": "بلی", "services": [{"نام خدمت": "یک", "با هزینه": "بلی", "هزینه": 50}, {"نام خدمت": "دو"}]},
    {"held": "بلی", "services": [{"نام خدمت": "یک"}, {"نام خدمت": "میانی", "ردیف": None}, {"نام خدمت": "دو"}]},
)


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace, FORM, "form: demo/visit\n")


def plans_of(opened: OpenCase) -> dict[str, SheetPlan]:
    """The sheets of a case as they are planned now."""
    judged = opened.judged().forms
    return {
        spec.id: plan_sheet(spec.id, spec, opened.answered(spec.id), judged[spec.id], opened.specs)
        for spec in opened.specs.values()
    }


def gated(plan: SheetPlan, plans: Mapping[str, SheetPlan]) -> dict[tuple[int, int], str]:
    """The formulas of hidden cells, by row and column."""
    return {(row, gate.column): told for gate in gates(plan, plans) for row, told in gate.formulas.items()}


def conditions(plan: SheetPlan) -> Iterator[tuple[int, int, str, int, str]]:
    """Each condition of a sheet: its hidden cell, and the item, row (-1 of none) and column it decides on."""
    for item in plan.form.items:
        region, single = plan.regions.get(item.name), plan.answers.get(item.name)
        if item.relevant and (region or single):
            yield region.head if region else single[0] if single else 0, plan.aside, item.name, -1, ""
        rows = plan.base_rows.get(item.name, ())
        for each in item.columns if region else ():
            for number, row in enumerate(rows):
                if region and each.relevant and not row.group:
                    aside = plan.aside_of(region, each.relevant.source)
                    yield region.first + number, aside, item.name, number, each.name


def agreed(opened: OpenCase, book: Any, plans: Mapping[str, SheetPlan]) -> int:
    """Holds every condition of a calculated workbook to what the program decides; how many there were."""
    seen = 0
    for plan in plans.values():
        sheet, view, told = sheet_of(book, plan.form.id), opened.view(plan.form.id), gated(plan, plans)
        for row, at, item, number, name in conditions(plan):
            if (row, at) not in told:
                continue
            asked = view.cell_relevant(item, number, name) if name else view.relevant(item)
            assert (sheet.cell(row, at).value or "") == ("" if asked else CLOSED), (plan.form.id, item, number, name)
            seen += 1
    return seen


# ---------------------------------------------------------------- in Calc


def typed_into(office: Office, path: Path, filling: Filling) -> None:
    """A fresh workbook with a filling typed into it."""

    def change(sheet: Any) -> None:
        for item, typed in filling.items():
            if isinstance(typed, list):
                for row, cells in enumerate(typed):
                    for label, value in cells.items():
                        set_cell(sheet, item, row, label, value)
            else:
                answer(sheet, item).value = typed

    office.edited(change, path.name)


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Office, Path]]:
    """Each filling in a case of its own, with the workbook as Calc saves it."""
    folder = tmp_path_factory.mktemp("gates")
    offices, paths = [], []
    for number, filling in enumerate(FILLINGS):
        workplace = make_workplace(folder / str(number))
        offices.append(Office(workplace, FORM, "form: demo/visit\n"))
        paths.append(workplace.folder / f"{number}.xlsx")
        typed_into(offices[-1], paths[-1], filling)
    return list(zip(offices, saved_by_calc(folder, *paths), strict=True))


@pytest.mark.parametrize("number", range(len(FILLINGS)))
def test_conditions_follow_what_is_typed(calculated: list[tuple[Office, Path]], number: int) -> None:
    office, path = calculated[number]
    planned = plans_of(office.open())
    book = openpyxl.load_workbook(path, data_only=True)
    office.write(office.take(path))
    answered = office.open().answered("demo/visit")
    rows = [BaseRow({}) for _ in (answered.tables.get("services", ()) if answered else ())]
    planned["demo/visit"].base_rows["services"] = rows
    assert agreed(office.open(), book, planned) == 17 + len(rows)


def test_what_is_calculated_is_blank_while_it_is_closed(calculated: list[tuple[Office, Path]]) -> None:
    def twice(number: int) -> object:
        return answer(sheet_of(openpyxl.load_workbook(calculated[number][1], data_only=True)), "twice").value

    assert [twice(number) or None for number in (0, 1, 5)] == [None, 10, None]


def test_a_row_put_between_counts_though_it_has_no_formula(calculated: list[tuple[Office, Path]]) -> None:
    sheet = sheet_of(openpyxl.load_workbook(calculated[-1][1], data_only=True))
    at = column(sheet, "services", "ردیف")
    assert [sheet.cell(row, at).value or None for row in marks(sheet, "new|services")[:4]] == [1, None, 3, None]


def test_the_conditions_of_samples_come_to_what_the_program_decides(tmp_path: Path) -> None:
    paths = [export(REPOSITORY / "samples" / name, tmp_path / f"{name}.xlsx", SETTINGS, TODAY).path for name in SAMPLES]
    seen = 0
    for name, saved in zip(SAMPLES, saved_by_calc(tmp_path, *paths), strict=True):
        opened = OpenCase.read(REPOSITORY / "samples" / name, SETTINGS)
        seen += agreed(opened, openpyxl.load_workbook(saved, data_only=True), plans_of(opened))
    assert seen > 300


def test_a_blank_aggregate_asks_for_what_its_letter_needs(tmp_path: Path) -> None:
    """The recipient is chosen in the workbook: who signs is asked for with any letter, the province with one."""
    begin("service-desk-aggregate", tmp_path / "case", SETTINGS).start()
    recipients = {"بدون نامه": [True, True, True], "سازمان اداری و استخدامی کشور": [True, False, False]}
    recipients["شورای راهبری توسعه مدیریت استان"] = [False, False, False]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(recipients))]
    for chosen, path in zip(recipients, paths, strict=True):
        book = openpyxl.load_workbook(export(tmp_path / "case", path, SETTINGS, TODAY).path)
        answer(sheet_of(book, "case"), "recipient").value = chosen
        book.save(path)
    plan = plans_of(OpenCase.read(tmp_path / "case", SETTINGS))["case"]
    for expected, saved in zip(recipients.values(), saved_by_calc(tmp_path, *paths), strict=True):
        sheet = sheet_of(openpyxl.load_workbook(saved, data_only=True), "case")
        rows = [marks(sheet, f"item|{name}")[0] for name in ("province", "head", "head_post")]
        assert [sheet.cell(row, plan.aside).value == CLOSED for row in rows] == expected


# ---------------------------------------------------------------- as it is written


@pytest.mark.parametrize("report", REPORTS)
def test_nothing_of_a_blank_case_is_greyed_for_good(report: str, tmp_path: Path) -> None:
    begin(report, tmp_path / "case", SETTINGS).start()
    opened = OpenCase.read(tmp_path / "case", SETTINGS)
    plans = plans_of(opened)
    book = openpyxl.load_workbook(export(opened.folder, tmp_path / "a.xlsx", SETTINGS, TODAY).path)
    for plan in plans.values():
        sheet, told = sheet_of(book, plan.form.id), gated(plan, plans)
        inks = {sheet.cell(box.row, box.column).fill.fgColor.rgb for box in plan.boxes if box.kind == "answer"}
        assert inks <= {INK["answer"]}, plan.form.id
        assert [each for each in conditions(plan) if each[:2] not in told] == [], plan.form.id
        for (row, at), formula in told.items():
            assert str(sheet.cell(row, at).value).startswith(formula[:20])
            assert sheet.column_dimensions[sheet.cell(row, at).column_letter].hidden


def test_a_condition_no_formula_says_leaves_the_question_open_and_says_it(office: Office) -> None:
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    cell = answer(sheet, "late")
    assert all(cell.coordinate not in each.sqref for each in sheet.conditional_formatting)
    assert cell.fill.fgColor.rgb == INK["answer"]
    assert any("when > '1399/01/01'" in str(each.value) for each in sheet[cell.row])


def test_a_condition_on_answers_of_others_leaves_the_question_open(office: Office) -> None:
    units = "فناوری: [demo/visit.why, demo/visit.case_field]\n"
    (office.workplace.case / "units.yaml").write_text(units, encoding="utf-8")
    path = office.workplace.folder / "unit.xlsx"
    export(office.workplace.case, path, office.workplace.settings, TODAY, unit="فناوری")
    sheet = sheet_of(openpyxl.load_workbook(path))
    assert not [each for each in sheet.conditional_formatting if answer(sheet, "why").coordinate in each.sqref]
    assert any("«خیر»" in str(cell.value) for cell in sheet[answer(sheet, "why").row])


def test_when_columns_are_filled_in_is_said_above_their_table(office: Office) -> None:
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("«هزینه» تنها اگر پاسخ «با هزینه» «بلی» باشد پر می‌شود." in text for text in texts), texts


def test_a_table_has_the_rows_it_needs_and_else_a_few(office: Office) -> None:
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    assert len(marks(sheet, "new|services")) == 7
    office.workplace.case.joinpath("answers", "visit.yaml").write_text(
        "form: demo/visit\nheld: yes\nservices:\n" + "  - {name: یک}\n" * 6, encoding="utf-8"
    )
    sheet = sheet_of(openpyxl.load_workbook(office.export()))
    assert len(marks(sheet, "new|services")) == 5


# ---------------------------------------------------------------- taken back


def test_what_is_typed_into_closed_cells_is_taken_and_told(office: Office) -> None:
    def change(sheet: Any) -> None:
        answer(sheet, "held").value = "خیر"
        answer(sheet, "twice").value = 8
        answer(sheet, "either").value = "خواسته"
        answer(sheet, "neither").value = "ناخواسته"
        set_cell(sheet, "services", 0, "نام خدمت", "صدور")
        set_cell(sheet, "services", 0, "هزینه", 5)

    imported = office.take(office.edited(change))
    assert {place for place, _, _ in moved(imported)} == {"held", "either", "neither", "services"}
    told = {(each.code, each.place.item, each.place.column) for each in imported.problems}
    assert told == {("not-relevant", "neither", None), ("answer-contradicts", "services", None)}
    assert imported.clean
    assert "ناخواسته" in office.write(imported)
    assert office.take(office.export()).problems == ()


def test_what_stood_there_unasked_before_is_not_told_again(office: Office) -> None:
    answers = office.workplace.case / "answers" / "visit.yaml"
    answers.write_text("form: demo/visit\nheld: yes\nwhy: کهنه\n", encoding="utf-8")
    assert office.take(office.edited(lambda sheet: set_cell(sheet, "services", 0, "نام خدمت", "یک"))).problems == ()
