"""Letters cited with two dates in texts of two forms, without a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import Place, problem
from assembler.checks import check_citations, told_once
from tests.building import World, form_text

FORM = form_text("items:\n  - {name: story, type: text, label: شرح}\n")
FIRST = "به استناد نامه شماره ۹۹/۱۲۳۴۵ مورخ ۱۳۹۹/۰۴/۱۲ انجام شد"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("پیرو نامه شماره ۹۹/۱۲۳۴۵ تاریخ ۱۳۹۹/۰۴/۲۱", ["x/b"]),
        ("پیرو نامه شماره ۹۹/۱۲۳۴۵ تاریخ ۹۹/۴/۱۲", []),
        ("پیرو نامه شماره ۹۹/۱۲۳۴۶ تاریخ ۱۳۹۹/۰۴/۲۱", []),
        ("پیرو نامه شماره ۹۹/۱۲۳۴۵ که در ۱۳۹۹/۰۴/۲۱ رسید", []),
    ],
)
def test_a_letter_has_one_date_in_all_forms(tmp_path: Path, other: str, expected: list[str]) -> None:
    specs = [FORM, FORM.replace("x/a", "x/b")]
    world = World(tmp_path, specs, [f"form: x/a\nstory: '{FIRST}'\n", f"form: x/b\nstory: '{other}'\n"])
    found = list(check_citations(world.forms, ("x/a", "x/b")))
    assert [(each.code, each.place.form) for each in found] == [("citation-differs", form) for form in expected]


@pytest.mark.parametrize(("date", "told"), [("۱۳۹۸/۰۴/۱۲", True), ("۱۳۹۹/۰۴/۱۲", False)])
def test_what_a_field_says_of_a_letter_holds_for_texts(tmp_path: Path, date: str, told: bool) -> None:
    fields = ("{name: order, type: text, label: شماره}", "{name: order_date, type: date, label: تاریخ}")
    items = "".join(f"  - {field}\n" for field in (*fields, "{name: story, type: text, label: شرح}"))
    spec = form_text(f"items:\n{items}")
    text = f"دستور شماره ۹۹/۱۲۳۴۵ مورخ {date} و دوباره شماره ۹۹/۱۲۳۴۵ مورخ {date}"
    world = World(tmp_path, [spec], [f"form: x/a\norder: ۹۹/۱۲۳۴۵\norder_date: 1399/04/12\nstory: '{text}'\n"])
    found = list(check_citations(world.forms, ("x/a",)))
    assert [(each.code, each.place.item, f"{each.arguments['other']}{each.arguments['where']}") for each in found] == [
        ("citation-differs", "story", "۱۳۹۹/۰۴/۱۲ («تاریخ»)")
    ] * told


def test_what_a_rule_tells_of_a_letter_is_not_told_again() -> None:
    said = dict.fromkeys(("date", "other", "where"), "")
    one, other = (
        problem("citation-differs", Place(form="x/a", item="story"), number=number, others=1, **said)
        for number in ("۱", "۲")
    )
    assert list(told_once([one, other, one])) == [one, other]
