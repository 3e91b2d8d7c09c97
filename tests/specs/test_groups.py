"""Groups of questions: one heading, one condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.model.blocks import QuestionsSpec, SubheadingSpec
from assembler.packet.answers import answers
from assembler.packet.sheets import sheet
from tests.building import World, codes, form_text

FORM = form_text(
    """\
    choices: {yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]}
    items:
      - {name: has, type: select_one yes_no, label: دفتر استانی دارد؟}
      - group: دفتر استانی
        relevant: has == 'yes'
        items:
          - {name: staff, type: integer, label: کارکنان, required: true}
          - {name: why, type: text, label: چرا کم, relevant: staff < 3, required: true}
      - {group: دیگر, items: [{name: remark, type: text, label: توضیح}]}
    """
)


def made(folder: Path, answered: str) -> World:
    return World(folder, [FORM], [f"form: x/a\n{answered}"])


def test_the_condition_of_a_group_holds_for_all(tmp_path: Path) -> None:
    assert codes(made(tmp_path / "a", "has: no\n").checked()) == []
    assert codes(made(tmp_path / "b", "has: yes\n").checked()) == ["required"]
    assert codes(made(tmp_path / "c", "has: yes\nstaff: 2\n").checked()) == ["required"]
    assert codes(made(tmp_path / "d", "has: no\nstaff: 2\n").checked()) == ["answer-contradicts", "answer-contradicted"]


def test_headings_stand_over_their_questions(tmp_path: Path) -> None:
    form = made(tmp_path, "has: yes\nstaff: 5\n").forms["x/a"]
    told = [
        block.text if isinstance(block, SubheadingSpec) else block.items
        for block in answers(form)
        if isinstance(block, SubheadingSpec | QuestionsSpec)
    ]
    assert told == [("has",), "دفتر استانی", ("staff", "why"), "دیگر", ("remark",)]
    closed = made(tmp_path / "closed", "has: no\n").forms["x/a"]
    headings = [block.text for block in answers(closed, fold=True) if isinstance(block, SubheadingSpec)]
    assert headings == ["دیگر"]


ENDED = form_text(
    """\
    choices: {yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]}
    items:
      - {name: has, type: select_one yes_no, label: دفتر دارد؟}
      - group: دفتر
        relevant: has == 'yes'
        items: [{name: staff, type: integer, label: کارکنان}, {name: where, type: text, label: نشانی}]
      - {name: count, type: integer, label: شمار, appearance: hidden, calculation: staff}
      - {name: whole, type: integer, label: همه کارکنان}
      - {group: تماس, items: [{name: phone, type: text, label: تلفن}]}
      - {name: t, type: table, label: نشست‌ها, columns: [{name: a, type: text, label: موضوع}]}
    """
)


OTHERS = "پرسش‌های دیگر"
BEHIND = [("whole",), "تماس", ("phone",), OTHERS]


@pytest.mark.parametrize(
    ("answered", "fold", "told"),
    [
        ("has: yes", True, [("has",), "دفتر", ("staff", "where"), OTHERS, *BEHIND]),
        ("has: no", True, [("has",), *BEHIND]),
        ("has: no", False, [("has",), "دفتر", ("staff", "where"), OTHERS, *BEHIND]),
    ],
)
def test_what_stands_behind_a_group_does_not_stand_under_its_heading(
    tmp_path: Path, answered: str, fold: bool, told: list[object]
) -> None:
    form = World(tmp_path, [ENDED], [f"form: x/a\n{answered}\nt: [{{a: ب}}]"]).forms["x/a"]
    found = [
        block.text if isinstance(block, SubheadingSpec) else block.items
        for block in answers(form, fold=fold)
        if isinstance(block, SubheadingSpec | QuestionsSpec)
    ]
    assert found == told


def test_a_printed_form_shows_a_heading_over_its_rows_and_nothing_hidden(tmp_path: Path) -> None:
    form = World(tmp_path, [ENDED], ["form: x/a\nhas: yes\nstaff: 5\nt: [{a: ب}]"]).forms["x/a"]
    rows = sheet(form, "f", (), caption_below=False).body
    told = ["".join(span.text for line in row[0].lines for span in line) for row in rows]
    assert told == ["دفتر دارد؟", "دفتر", "کارکنان", "نشانی", "پرسش‌های دیگر", "همه کارکنان", "تماس", "تلفن"]


def test_what_a_form_takes_over_may_end_in_a_group(tmp_path: Path) -> None:
    extending = "form: x/b\ntitle: b\nsource: {document: د}\nextends: x/a\nitems: [{name: own, type: text, label: خود}]"
    form = World(tmp_path, [FORM, extending], []).library.forms["x/b"]
    assert [item.name for item in form.items][-3:] == ["remark", "over_own", "own"]
