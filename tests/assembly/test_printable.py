"""Tables whose columns need more than their page is wide are told before anything is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.assembly.printable import check_widths
from assembler.base.problems import Problem
from tests.building import World, form_text, report_text


def told(folder: Path, columns: int, words: str = "") -> list[Problem]:
    names = [f"c{number}" for number in range(columns)]
    asked = ", ".join(f"{{name: {name}, type: integer, label: مبلغ}}" for name in names)
    form = form_text(f"items:\n  - {{name: t, type: table, label: جدول مبلغ‌ها, {words}columns: [{asked}]}}\n")
    answers = "form: x/a\nt: [{" + ", ".join(f"{name}: 123456789" for name in names) + "}]\n"
    report = report_text("x/a", parts="  - {body: b, title: متن, template: body, content: [{table: x/a.t}]}\n")
    world = World(folder, [form], [answers], report=report)
    packet, _ = world.packet()
    return list(check_widths(packet, world.forms))


@pytest.mark.parametrize(
    ("columns", "words", "is_told"),
    [
        (4, "", False),
        (8, "", True),
        (8, "page: landscape, ", False),
        (8, "fit: shrink, ", False),
        (30, "fit: shrink, ", True),
    ],
)
def test_what_is_too_wide_is_told_with_its_table(tmp_path: Path, columns: int, words: str, is_told: bool) -> None:
    found = told(tmp_path, columns, words)
    assert [(one.code, one.place.form, one.place.item) for one in found] == [("table-too-wide", "x/a", "t")] * is_told
    assert all(str(one.arguments["name"]) == "جدول مبلغ‌ها" for one in found)
