"""Blocks from the clipboard whose header is not ours to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.collect.fill.pasted import pasted_rows
from assembler.model.specs import Item
from tests.building import form_text, report_text, sound_specs

_TABLE = """\
items:
  - name: services
    type: table
    label: خدمات
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام خدمت}
      - {name: count, type: integer, label: تعداد مراجعان (نفر)}
"""


@pytest.fixture
def services(tmp_path: Path) -> Item:
    return sound_specs(tmp_path, form_text(_TABLE), report_text("x/a")).forms["x/a"].item("services")


def said(block: str, item: Item) -> tuple[list[dict[str, object]], bool, int]:
    found = pasted_rows(block, item, "x/a", Path("/nowhere"), 1)
    assert found.problems == ()
    return [{name: cell.value for name, cell in row.cells.items()} for row in found.rows], found.headed, found.aside


def test_a_title_and_a_sum_are_left_out_and_counted(services: Item) -> None:
    block = "خدمات سال\t\t\nتعداد مراجعان\tنام خدمات\tملاحظات\n۱۲\tصدور گواهی\t-\n۳\tاستعلام\t\n15\tجمع\t\n"
    rows = [{"name": "صدور گواهی", "count": 12}, {"name": "استعلام", "count": 3}]
    assert said(block, services) == (rows, True, 2)


def test_rows_without_a_header_are_taken_in_order(services: Item) -> None:
    rows = [{"name": "صدور گواهی", "count": 12}, {"name": "استعلام", "count": 3}]
    assert said("صدور گواهی\t۱۲\nاستعلام\t۳\n", services) == (rows, False, 0)
