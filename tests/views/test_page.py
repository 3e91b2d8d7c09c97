"""The page of a form: every kind of question, and tables as the guidance prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.write import write
from assembler.base.messages import choose
from assembler.model.acts import Target
from assembler.model.page import FormPage, PageTable
from assembler.model.row_keys import KeysInMemory
from assembler.views.page_delta import page_delta, seen_page
from tests.actions.desk.desks import OFFICER, attached, written
from tests.conftest import Workplace, make_workplace, write_answers, write_form

FORM = """\
form: demo/visit
title: همه
source: {document: demo, clause: [بند ۱], note: بازخوانی}
choices:
  kinds: [{name: new, label: نو}, {name: old, label: کهنه، فرسوده}]
items:
  - {name: line, type: integer, label: متن, unit: متر, marks: ['-']}
  - {name: lines, type: text, label: متن بلند, appearance: multiline}
  - {name: listed, type: text, label: فهرست, appearance: numbered}
  - {name: whole, type: integer, label: عدد}
  - {name: year, type: year, label: سال}
  - {name: part, type: decimal, label: اعشاری}
  - {name: share, type: percent, label: درصد}
  - {name: day, type: date, label: روز, format: d/m/yy}
  - {name: one, type: select_one kinds, label: یک گزینه}
  - {name: many, type: select_multiple kinds, label: چند گزینه, appearance: boxes}
  - {name: story, type: narrative, label: شرح}
  - {name: proof, type: file, label: مستند}
  - {name: said, type: note, label: یادداشت}
  - {name: sum, type: calculate, label: جمع, calculation: whole * 2}
  - {name: helper, type: calculate, label: کمکی, calculation: whole, appearance: hidden}
  - name: grid
    type: table
    label: جدول
    heading: سرجدول
    footnote: زیر جدول
    notes: [یادداشت جدول]
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - label: مشخصات
        columns:
          - {name: name, type: text, label: نام, footnote: نام رسمی}
          - {name: level, type: select_one kinds, label: نوع, appearance: ticks}
      - {name: cost, type: decimal, label: هزینه, width: 3, unit: ریال}
    footer:
      - {label: جمع کل, cells: {cost: "total(grid, 'cost')"}}
"""
ANSWERS = """\
form: demo/visit
line: '-'
lines: |
  الف
  ب
listed: [یکم, دوم]
whole: 12500
year: 1399
part: 7.5
share: 72
day: 1399/02/03
one: new
many: [new, old]
story:
  - بند
  - numbered: [یکم, دوم]
proof: plan.pdf
grid:
  - {name: نخست, level: old, cost: 10.126}
doubts:
  line: نامطمئن
"""


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    workplace = make_workplace(tmp_path)
    write_form(tmp_path, FORM)
    report = workplace.specs / "demo" / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("demo/visit.title", "demo/visit.line").replace("services", "grid"), encoding="utf-8")
    write_answers(tmp_path, ANSWERS)
    attached(workplace, "plan.pdf", b"%PDF-1.7\n")
    return workplace


def desk_of(place: Workplace) -> Desk:
    return Desk(place.case, place.settings, KeysInMemory())


def page_of(place: Workplace) -> FormPage:
    return desk_of(place).page(OFFICER, "demo/visit")


def table_of(page: FormPage) -> PageTable:
    table = page.item("grid").table
    assert table is not None
    return table


def test_answers_are_shown_as_they_are_typed(place: Workplace) -> None:
    page = page_of(place)
    assert {item.field.name: item.answer.typed for item in page.items if item.field.asked and not item.table} == {
        "line": "-",
        "lines": "الف\nب",
        "listed": "یکم\nدوم",
        "whole": "۱۲٬۵۰۰",
        "year": "۱۳۹۹",
        "part": "۷٫۵",
        "share": "۷۲٪",
        "day": "۳/۲/۹۹",
        "one": "نو",
        "many": "نو، کهنه، فرسوده",
        "story": page.item("story").answer.typed,
        "proof": "plan.pdf",
    }
    assert page.item("sum").answer == page.item("sum").answer._replace(typed="", shown="۲۵٬۰۰۰", open=False)
    assert [item.field.name for item in page.items if item.field.name == "helper"] == []
    assert page.item("line").doubts == ("نامطمئن",)
    assert (page.item("line").field.marks, page.item("line").field.unit) == (("-",), "متر")
    assert page.source == "بند ۱، بازخوانی"


@pytest.mark.parametrize(
    "item", ["line", "lines", "listed", "whole", "year", "part", "share", "day", "one", "story", "proof"]
)
def test_what_is_typed_again_changes_nothing(place: Workplace, item: str) -> None:
    desk = desk_of(place)
    answer = desk.page(OFFICER, "demo/visit").item(item).answer
    assert answer.exact
    if item != "proof":
        assert written(write(desk, OFFICER, Target("demo/visit", item), answer.typed, answer.typed)).changes == ()


def test_an_answer_that_cannot_be_typed_says_so(place: Workplace) -> None:
    """A label with a comma would be two when it is typed; its names say which choices are meant."""
    answer = page_of(place).item("many").answer
    assert (answer.exact, answer.chosen) == (False, ("new", "old"))


def test_a_table_has_the_heads_the_guidance_prints(place: Workplace) -> None:
    table = table_of(page_of(place))
    assert [[(box.text, box.columns, box.rows) for box in row] for row in table.head] == [
        [("سرجدول", 5, 1)],
        [("ردیف", 1, 3), ("مشخصات", 3, 1), ("هزینه", 1, 3)],
        [("نام", 1, 2), ("نوع", 2, 1)],
        [("نو", 1, 1), ("کهنه، فرسوده", 1, 1)],
    ]
    assert table.head[2][0].mark == "۱"
    assert table.notes == ("۱- نام رسمی", "یادداشت جدول", "زیر جدول")
    assert [(leaf.column, leaf.choice) for leaf in table.leaves] == [
        ("no", ""),
        ("name", ""),
        ("level", "new"),
        ("level", "old"),
        ("cost", ""),
    ]
    assert table.leaves[-1].width == 3
    assert [(box.text, box.columns) for box in table.foot[0]] == [("جمع کل", 4), ("۱۰٫۱۳", 1)]
    assert table.columns[1].heads == ("مشخصات", "نام")


def test_cells_are_whole_and_calculated_ones_as_they_are_printed(place: Workplace) -> None:
    (row,) = table_of(page_of(place)).rows
    assert {name: (cell.typed, cell.shown, cell.open) for name, cell in row.cells.items()} == {
        "no": ("", "۱", False),
        "name": ("نخست", "نخست", True),
        "level": ("کهنه، فرسوده", "کهنه، فرسوده", True),
        "cost": ("۱۰٫۱۲۶", "۱۰٫۱۲۶", True),
    }
    assert row.cells["level"].chosen == ("old",)
    assert row.title == "نخست"


def test_rows_that_say_the_same_are_the_very_same(place: Workplace) -> None:
    desk = desk_of(place)
    before = desk.page(OFFICER, "demo/visit")
    written(write(desk, OFFICER, Target("demo/visit", "line"), "12", "-"))
    after = desk.page(OFFICER, "demo/visit")
    assert table_of(after).rows[0] is table_of(before).rows[0]
    assert list(page_delta(before, after).answers) == ["line"]
    assert page_delta(before, after).tables == {}


def test_nothing_hidden_is_on_the_page_of_another(place: Workplace) -> None:
    page = page_of(place)
    seen = seen_page(page, {"line", "grid"}.__contains__, {"line"}.__contains__)
    assert [item.field.name for item in seen.items] == ["line", "grid"]
    assert seen.item("line").answer.open
    assert not any(cell.open for row in table_of(seen).rows for cell in row.cells.values())
    assert table_of(seen).rows[0].cells["name"].typed == "نخست"
