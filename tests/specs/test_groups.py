"""Groups of questions: one heading, one condition."""

from __future__ import annotations

from pathlib import Path

from assembler.model.blocks import QuestionsSpec, SubheadingSpec
from assembler.packet.answers import answers
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
    assert "دفتر استانی" not in [block.text for block in answers(closed) if isinstance(block, SubheadingSpec)]
