"""A question as plain data, which files, dialogue, workbooks and pages render alike."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assembler.base.messages import spoken
from assembler.collect.asking import Condition, Question, column_of, condition_sentences, question_of
from assembler.collect.files.skeleton import form_file
from assembler.collect.fill.telling import question_lines
from assembler.collect.workbook import Guide, Memory, plan_sheet, write_workbook
from assembler.model.reports import Library
from tests.building import World, form_text, report_text, sound_specs

FORM = form_text(
    """\
    choices:
      answers: [{name: yes, label: بلی}, {name: no, label: خیر}]
    items:
      - {name: answer, type: select_one answers, label: آیا انجام شده است؟, hint: راهنما., required: true}
      - {name: reason, type: text, label: دلیل, relevant: answer == 'no', required: true, appearance: multiline}
      - {name: day, type: date, label: روز, required: answer == 'yes', default: 1399/01/01, footnote: زیرنویس.}
      - name: odd
        type: integer
        label: شمار
        unit: نفر
        relevant: count(rows) + 1 > 3
        marks: ['-']
        doubt: ناخواناست
      - {name: points, type: text, label: موارد, appearance: numbered, inferred: افتاده است}
      - name: rows
        type: table
        label: ردیف‌ها
        min_rows: 2
        max_rows: 9
        columns:
          - {name: no, type: integer, label: شماره, calculation: position}
          - label: هدف
            columns: [{name: title, type: text, label: عنوان, hint: کوتاه بنویسید., footnote: زیرنویس., required: true}]
          - {name: done, type: select_one answers, label: وضعیت, relevant: filled(title)}
    """
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, report_text("x/a"))


def asked(library: Library, name: str, language: str = "fa") -> Question:
    form = library.forms["x/a"]
    with spoken(language):
        return question_of(form.item(name), form, library.forms)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("answer", "یک گزینه"),
        ("reason", "متن چندسطری"),
        ("day", "تاریخ، مانند ۱۳۹۹/۱۲/۰۵"),
        ("odd", "عدد صحیح (نفر)"),
        ("points", "فهرست"),
        ("rows", ""),
    ],
)
def test_what_an_answer_is(library: Library, name: str, kind: str) -> None:
    assert asked(library, name).kind == kind


def test_it_speaks_the_language_of_the_reader(library: Library) -> None:
    assert asked(library, "odd", "en").kind == "a whole number (نفر)"
    assert asked(library, "odd", "en").notes == ("Doubtful: ناخواناست",)


def test_what_helps_to_answer_it(library: Library) -> None:
    day, odd = asked(library, "day"), asked(library, "odd")
    assert (day.label, day.helps, day.default, day.notes) == ("روز", ("زیرنویس.",), "1399/01/01", ())
    assert (odd.marks, odd.unit, odd.notes) == (("-",), "نفر", ("محل تردید: ناخواناست",))
    assert asked(library, "points").notes == ("بازسازی‌شده: افتاده است",)
    assert [(each.name, each.label) for each in asked(library, "answer").choices] == [("yes", "بلی"), ("no", "خیر")]


def test_when_it_is_asked_and_when_it_is_required(library: Library) -> None:
    no, yes = (Condition(f"پاسخ «آیا انجام شده است؟» «{word}» باشد", "") for word in ("خیر", "بلی"))
    reason, day, odd = (asked(library, name) for name in ("reason", "day", "odd"))
    assert (reason.required, reason.asked_when) == (False, reason.required_when)
    assert reason.asked_when == Condition(no.words, "answer == 'no'")
    assert (day.asked_when, day.required_when) == (None, Condition(yes.words, "answer == 'yes'"))
    assert odd.asked_when == Condition("", "count(rows) + 1 > 3")
    assert asked(library, "answer").required


def test_conditions_as_sentences(library: Library) -> None:
    with spoken("fa"):
        told = {name: list(condition_sentences(asked(library, name))) for name in ("answer", "reason", "odd", "points")}
    assert told["answer"] == [("پاسخ الزامی است", "")]
    assert told["reason"] == [("وقتی پاسخ «آیا انجام شده است؟» «خیر» باشد، پاسخ الزامی است", "")]
    ((sentence, source),) = told["odd"]
    assert (sentence[-1], source) == (":", "count(rows) + 1 > 3")
    assert told["points"] == []


def test_a_table_has_the_columns_somebody_answers(library: Library) -> None:
    table = asked(library, "rows")
    assert [(column.name, column.label) for column in table.columns] == [("title", "هدف › عنوان"), ("done", "وضعیت")]
    assert table.rows == ("دست‌کم ۲ ردیف", "دست‌بالا ۹ ردیف")
    assert table.columns[1].asked_when == Condition("«عنوان» پر شده باشد", "filled(title)")


def test_file_dialogue_and_workbook_tell_the_same(library: Library, tmp_path: Path) -> None:
    """The help of every question and column stands in each of them."""
    form = library.forms["x/a"]
    items = [item for item in form.items if not item.is_table]
    helps = {text for item in items for text in (*asked(library, item.name).helps, *asked(library, item.name).notes)}
    in_columns = {text for column in asked(library, "rows").columns for text in column.helps}
    assert len(helps) == 4
    assert in_columns == {"کوتاه بنویسید.", "زیرنویس."}

    text = form_file(form, library.forms).replace("\u200f", "")
    assert all(each in text for each in helps | in_columns)

    table = form.item("rows")
    cells = [column for column in table.columns if column.is_asked]
    with spoken("fa"):
        told = [(item, question_of(item, form, library.forms)) for item in items]
        told += [(column, column_of(column, table, form, library.forms)) for column in cells]
        lines = [line.text for field, one in told for line in question_lines(field, one, required=False)]
    assert all(any(each in line for line in lines) for each in helps | in_columns)

    filled = World(tmp_path, [FORM], ["form: x/a\nanswer: yes\nday: 1399/01/02\n"]).forms["x/a"]
    plan = plan_sheet("برگه", form, None, filled, library.forms)
    path = tmp_path / "book.xlsx"
    write_workbook(path, [plan], Memory("case", "r", "", ""), Guide("عنوان", "case"), lambda form: ())
    sheet = openpyxl.load_workbook(path)["برگه"]
    written = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert all(each in written for each in helps)
    prompts = "\n".join(str(check.prompt) for check in sheet.data_validations.dataValidation if check.prompt)
    assert all(each in prompts for each in in_columns)
