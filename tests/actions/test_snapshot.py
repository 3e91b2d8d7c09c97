"""One form judged by itself: what it says is what the judgement of the whole case says of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assembler.actions.open_case import OpenCase
from assembler.actions.snapshot import Snapshot
from assembler.base.settings import Settings
from assembler.evaluate import Evaluation
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from tests.conftest import REPOSITORY, Workplace, write_answers, write_form, write_report

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
SAMPLES = sorted(path.parent.name for path in (REPOSITORY / "samples").glob("*/case.yaml"))
LINKED = """\
form: demo/{name}
title: {name}
source: {{document: demo}}
items:
  - name: rows
    type: table
    label: ردیف‌ها
    {prefill}
    columns: [{{name: name, type: text, label: نام}}]
"""
REPORT = """\
report: demo
title: گزارش
source: {document: demo}
case: [{name: agency, type: text, label: نام دستگاه}]
parts:
  - body: report
    title: گزارش
    template: body
    content: [{table: demo/lent.rows}, {table: demo/taken.rows}]
"""


def without_first_cell(row: AnsweredRow) -> AnsweredRow:
    return replace(row, cells=dict(list(row.cells.items())[1:]))


def without_first_values(form: AnsweredForm) -> AnsweredForm:
    """The form with something missing: its first value, and the first cell of each table."""
    values = {name: answer for at, (name, answer) in enumerate(form.values.items()) if at}
    tables = {name: tuple(map(without_first_cell, rows)) for name, rows in form.tables.items()}
    return replace(form, values=values, tables=tables)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("spoilt", [False, True])
def test_a_form_is_judged_as_within_its_case(sample: str, spoilt: bool) -> None:
    case = OpenCase.read(REPOSITORY / "samples" / sample, SETTINGS)
    if spoilt:
        forms = {name: without_first_values(form) for name, form in case.case.forms.items()}
        case.case = replace(case.case, forms=forms)
    whole = case.judged().problems
    assert len(whole) > 5 or not spoilt
    for name in case.specs:
        assert list(case.view(name).judged()) == [found for found in whole if found.place.form == name]


def test_one_form_is_checked_without_deciding_others(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a table that takes its rows from another one, that is looked at; the rest of the case is left alone."""
    prefill = "prefill: {from: [demo/lent.rows], cells: {name: name}, key: name}"
    for name, words in (("lent", ""), ("taken", prefill), ("other", "")):
        write_form(workplace.folder, LINKED.format(name=name, prefill=words), name)
        write_answers(workplace.folder, f"form: demo/{name}\nrows: [{{name: {name}}}]\n", name)
    (workplace.specs / "demo" / "visit.yaml").unlink()
    (workplace.case / "answers" / "visit.yaml").unlink()
    write_report(workplace.folder, REPORT.replace("[{table: demo/lent", "[{table: demo/other.rows}, {table: demo/lent"))
    case = OpenCase.read(workplace.case, workplace.settings)
    decided: list[str] = []
    deciding = Evaluation.filled_item

    def filled_item(self: Evaluation, form: str, item: object) -> object:
        decided.append(form)
        return deciding(self, form, item)

    monkeypatch.setattr(Evaluation, "filled_item", filled_item)
    codes = [found.code for found in Snapshot(case.case, case.problems, case.library).form("demo/taken").problems()]
    assert codes == ["row-not-taken-over", "row-of-its-own"]
    assert decided == ["demo/taken"]


def test_a_change_is_judged_with_what_a_rule_elsewhere_says_of_it(tmp_path: Path) -> None:
    """In the sample, rules of form 07 hold the names of all forms side by side."""
    case = tmp_path / "case"
    shutil.copytree(REPOSITORY / "samples" / "tehran-1399", case, ignore=shutil.ignore_patterns("output"))
    opened = OpenCase.read(case, SETTINGS)
    problems = [found for found in opened.judged().problems if found.code == "names-differ"]
    (known,) = (found for found in problems if (found.place.form, found.place.item) == ("tehran-1399/01", "plan"))
    row = opened.case.forms["tehran-1399/01"].tables["plan"][known.place.row - 1]
    said = row.cells["action"].value
    place = f"tehran-1399/01.plan:{known.place.row}.action"
    assert "names-differ" not in [found.code for found in opened.set(place, "اقدام").problems]
    assert "names-differ" in [found.code for found in opened.set(place, str(said)).problems]


def test_problems_of_reading_are_not_told_twice(workplace: Workplace) -> None:
    """A required answer that cannot be read is not missing besides."""
    answers = (workplace.case / "answers" / "visit.yaml").read_text(encoding="utf-8")
    write_answers(workplace.folder, answers.replace("title: بازدید از ساختمان", "title: [بازدید]"))
    case = OpenCase.read(workplace.case, workplace.settings)
    assert [found.code for found in case.view("demo/visit").judged()] == ["not-text"]
    assert [found.code for found in case.view("demo/visit").problems()] == []
    form = case.case.forms["demo/visit"]
    tried = replace(form, values={**form.values, "score": Answer(11)})
    assert [found.code for found in case.tried(tried).problems()] == ["constraint"]
