"""What is answered and printed nowhere is told: a form's items, the fields of the case, whole tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.model.packet import GridBlock, plain
from assembler.pipeline import judged_at
from tests.building import sound_specs, write_case

FORM = """\
form: x/a
title: فرم
source: {document: d}
items:
  - {name: shown, type: text, label: عنوان}
  - {name: gate, type: integer, label: تعداد}
  - {name: lost, type: text, label: توضیح}
  - {name: aside, type: text, label: یادداشت, appearance: hidden}
  - {name: file, type: file, label: سند}
  - name: amounts
    type: table
    label: مبلغ‌ها
    columns: [{name: n, type: integer, label: مبلغ}]
"""
ANSWERS = """\
form: x/a
shown: الف
gate: 3
lost: ب
aside: پ
amounts: [{n: 10}]
"""
REPORT = """\
report: r
title: گزارش
source: {{document: d}}
case:
  - {{name: agency, type: text, label: دستگاه}}
  - {{name: city, type: text, label: شهر}}
author: "{{{{ case.agency }}}}"
forms: [x/a]
parts:
  - body: b
    title: متن
    template: body
    content:
      - {{text: x/a.shown}}
      - paragraph: "{{{{ form('x/a').gate }}}} مورد"
{more}
"""


def told(folder: Path, more: str = "", answers: str = ANSWERS, form: str = FORM) -> list[str]:
    """The names of the answers that are said to be printed nowhere."""
    specs = sound_specs(folder / "specs", form, REPORT.format(more=more))
    case = write_case(folder / "case", answers, case="report: r\nagency: سازمان\ncity: شیراز\n")
    problems = judged_at(case, specs).problems
    return [str(found.arguments["name"]) for found in problems if found.code == "answer-unprinted"]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ("", ["توضیح", "مبلغ‌ها", "شهر"]),
        ("      - {text: x/a.lost}", ["مبلغ‌ها", "شهر"]),
        ("      - {table: x/a.amounts}", ["توضیح", "شهر"]),
        ("      - {answers: x/a}", ["شهر"]),
        ("      - paragraph: \"{{ total(form('x/a').amounts, 'n') }} در {{ case.city }}\"", ["توضیح"]),
        ("      - {text: x/a.lost, when: \"form('x/a').gate > 5\"}", ["توضیح", "مبلغ‌ها", "شهر"]),
    ],
)
def test_what_no_part_prints_is_told(tmp_path: Path, more: str, left: list[str]) -> None:
    assert told(tmp_path, more) == left


def test_nothing_is_told_of_what_nobody_answered(tmp_path: Path) -> None:
    assert told(tmp_path, answers="form: x/a\nshown: الف\n") == ["شهر"]


def test_what_something_printed_rests_on_is_not_lost(tmp_path: Path) -> None:
    form = FORM.replace("label: عنوان}", "label: عنوان, relevant: lost != ''}")
    assert told(tmp_path, form=form) == ["مبلغ‌ها", "شهر"]


def test_a_column_kept_out_of_print_is_asked_and_not_printed(tmp_path: Path) -> None:
    form = FORM.replace("label: مبلغ}", "label: مبلغ}, {name: aside, type: text, label: یادداشت, appearance: hidden}")
    specs = sound_specs(tmp_path / "specs", form, REPORT.format(more="      - {table: x/a.amounts}"))
    case = write_case(tmp_path / "case", ANSWERS.replace("{n: 10}", "{n: 10, aside: راز}"))
    (part,) = judged_at(case, specs).packet.parts
    (table,) = [block for block in part.blocks if isinstance(block, GridBlock)]
    assert [[plain(line) for cell in row for line in cell.lines] for row in (*table.head, *table.body)] == [
        ["مبلغ"],
        ["۱۰"],
    ]


TABLE = FORM.replace(
    "columns: [{name: n, type: integer, label: مبلغ}]",
    "columns: [{name: n, type: integer, label: مبلغ}, {name: why, type: text, label: بابت}, "
    "{name: own, type: text, label: نهان, appearance: hidden}, {name: at, type: date, label: روز}]",
)
ROWS = "form: x/a\nshown: الف\namounts: [{n: 10, why: کاغذ, own: نه}]\n"


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ('      - {list: x/a.amounts, entry: "{{ row.n }}"}', ["بابت"]),
        ('      - {list: x/a.amounts, entry: "{{ row.n }} {{ row.why }}"}', []),
        ("      - {chart: x/a.amounts, label: why, value: n, caption: نمودار}", []),
        ('      - {list: x/a.amounts, entry: "{{ row.why }}"}', ["مبلغ"]),
        (
            '      - {list: x/a.amounts, entry: "{{ row.why }}"}\n'
            "      - paragraph: \"{{ total(form('x/a').amounts, 'n') }}\"",
            [],
        ),
        ('      - {list: x/a.amounts, entry: "{{ row.why }}"}\n      - {table: x/a.amounts}', []),
    ],
)
def test_a_column_that_no_list_prints_is_told(tmp_path: Path, more: str, left: list[str]) -> None:
    assert told(tmp_path, more, ROWS, TABLE) == [*left, "شهر"]
