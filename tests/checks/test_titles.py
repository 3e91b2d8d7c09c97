"""A letter does not say «جناب آقای» to whom the report calls «خانم»."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.checks.titles import check_titles
from tests.building import World, form_text, report_text

FORM = form_text("items: [{name: to, type: text}, {name: body, type: narrative}]")
PARTS = """\
  - letter: ask
    title: نامه درخواست
    template: letterhead
    form: x/a
    fields: {addressee: "{{ form('x/a').to }}", subject: موضوع}
"""


def told(folder: Path, to: str, body: str) -> list[tuple[str, object, object]]:
    world = World(folder, [FORM], [f"form: x/a\nto: {to}\nbody: [{body}]\n"], report=report_text("x/a", parts=PARTS))
    found = check_titles(world.packet()[0], world.forms, ("x/a",))
    return [(one.code, one.arguments["name"], one.arguments["other"]) for one in found]


@pytest.mark.parametrize(
    ("to", "body", "name", "other"),
    [
        ("جناب آقای پ. نمونه", "پاسخ سرکار خانم پ. نمونه رسید.", "پ. نمونه", "خانم"),
        ("سرکار خانم دکتر مریم کریمی", "آقای مریم کریمی، رئیس سازمان، حکم داد.", "مریم کریمی", "آقای"),
    ],
)
def test_the_other_title_of_the_same_person_is_told(tmp_path: Path, to: str, body: str, name: str, other: str) -> None:
    assert told(tmp_path, to, body) == [("letter-title-differs", name, other)]


@pytest.mark.parametrize(
    ("to", "body"),
    [
        ("جناب آقای پ. نمونه", "پاسخ جناب آقای دکتر پ. نمونه رسید."),
        ("جناب آقای پ. نمونه", "پاسخ سرکار خانم ت. نمونه رسید."),
        ("جناب آقای کریمی", "پاسخ خانم کریمی رسید."),  # a family name is that of many
        ("رئیس محترم سازمان", "پاسخ خانم کریمی رسید."),
    ],
)
def test_another_person_is_none(tmp_path: Path, to: str, body: str) -> None:
    assert told(tmp_path, to, body) == []
