"""Lists that follow another answer, as long as the country is: by keyboard and by mouse, on the form and in a row."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.web.browser.forms import COUNTIES
from tests.web.browser.test_answers import offered, on_disk
from tests.web.browser.visitors import Visitor

FORM = "demo/lists"


def of_province(number: int) -> list[str]:
    return [label for of, label in COUNTIES if of == number]


def test_a_list_follows_another_answer_by_keyboard(ali: Visitor, case: Path) -> None:
    ali.open(case, FORM)
    county = ali.field("county")
    county.focus()
    ali.press("ArrowDown")
    expect(offered(ali).get_by_role("option")).to_have_count(len(COUNTIES))
    ali.press("Escape")
    ali.field("province").press_sequentially("07")  # its code
    expect(offered(ali).get_by_role("option")).to_have_text(["استان 7"])
    ali.press("Enter")
    expect(ali.field("province")).to_have_value("استان 7")
    ali.press("Tab")
    expect(county).to_be_focused()
    ali.press("ArrowDown")
    expect(offered(ali).get_by_role("option")).to_have_text(of_province(7))
    ali.press("Escape")
    wanted = of_province(7)[1]
    county.press_sequentially(wanted[:3])
    begun = [each for each in of_province(7) if each.startswith(wanted[:3])]
    expect(offered(ali).get_by_role("option")).to_have_text(begun)
    ali.press("Enter", "Tab")
    ali.saved()
    found = on_disk(case, "lists")
    assert (found["province"], COUNTIES[int(found["county"][1:]) - 1][1]) == ("p7", begun[0])


def test_a_list_follows_another_cell_of_its_row_by_mouse(ali: Visitor, case: Path) -> None:
    ali.open(case, FORM)
    adds = ali.section("offices").get_by_role("button", name="افزودن ردیف", exact=True)
    for number in (1, 2):
        adds.click()
        place, seat = ali.cell(number, "place", "offices"), ali.cell(number, "seat", "offices")
        place.click()
        offered(ali).get_by_role("option", name=f"استان {number}", exact=True).click()
        seat.click()
        expect(offered(ali).get_by_role("option")).to_have_text(of_province(number))
        offered(ali).get_by_role("option").nth(number).click()
        expect(seat).to_have_value(of_province(number)[number])
    ali.saved()
    rows = on_disk(case, "lists")["offices"]
    assert [COUNTIES[int(row["seat"][1:]) - 1] for row in rows] == [(n, of_province(n)[n]) for n in (1, 2)]


def test_what_belongs_elsewhere_is_told_once_the_other_answer_changed(ali: Visitor, case: Path) -> None:
    ali.open(case, FORM)
    ali.write(ali.field("province"), "استان 3")
    ali.write(ali.field("county"), of_province(3)[0])
    ali.saved()
    expect(ali.page.locator("#problems .error")).to_have_count(0)
    ali.write(ali.field("province"), "استان 4")
    ali.saved()
    expect(ali.section("county").locator(".problem.error")).to_be_visible()
    expect(ali.field("county")).to_have_value(of_province(3)[0])  # nobody takes it away
