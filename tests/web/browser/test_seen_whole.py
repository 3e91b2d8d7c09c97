"""What stands in a cell is seen to its end, however narrow its column is printed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.web.browser.visitors import Visitor


def test_a_date_is_seen_whole_beside_the_button_of_its_calendar(ali: Visitor, case: Path) -> None:
    ali.open(case)
    for typed in ("۱۳۹۹/۱۲/۲۸", "به طور مداوم"):
        cell = ali.cell(1, "day")
        cell.fill(typed)
        expect(cell).to_have_value(typed)
        assert cell.evaluate("input => input.scrollWidth <= input.clientWidth"), typed
