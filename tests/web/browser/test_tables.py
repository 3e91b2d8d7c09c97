"""Tables under the hands of who knows Excel: keys that lead from right to left, rows, blocks that are pasted, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.web.browser.test_answers import given, on_disk
from tests.web.browser.visitors import Visitor

NAMES = ["صدور گواهی", "پاسخ به شکایت", "مشاوره"]


def names_on_disk(case: Path) -> list[str]:
    return [row.get("name", "") for row in on_disk(case)["services"]]


def preview(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name="آنچه چسبانده می‌شود")


def agree(visitor: Visitor) -> None:
    preview(visitor).get_by_role("button", name="چسباندن").click()
    expect(preview(visitor)).to_have_count(0)


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize(
    ("begins", "keys", "ends"),
    [
        ((1, "name"), ["Enter"], (2, "name")),
        ((2, "name"), ["Shift+Enter"], (1, "name")),
        ((1, "name"), ["ArrowDown", "ArrowDown"], (3, "name")),
        ((3, "name"), ["ArrowUp"], (2, "name")),
        ((1, "name"), ["Control+a", "ArrowLeft"], (1, "count")),
        ((1, "count"), ["Control+a", "ArrowRight"], (1, "name")),
        ((1, "share"), ["ArrowLeft"], (1, "kind")),
        ((1, "kind"), ["ArrowLeft"], (1, "place")),
        ((1, "kind"), ["ArrowRight"], (1, "share")),
        ((1, "kind"), ["Enter"], (2, "kind")),
        ((2, "place"), ["ArrowDown"], (3, "place")),
        ((1, "day"), ["ArrowLeft"], (1, "online")),
        ((1, "day"), ["ArrowRight"], (1, "place")),
        ((1, "name"), ["Tab", "Tab"], (1, "share")),
        ((2, "name"), ["Shift+Tab", "Shift+Tab"], (1, "online")),
        ((1, "name"), ["End", "ArrowRight"], (1, "name")),  # within the text it is the caret that moves
    ],
)
def test_keys_lead_from_cell_to_cell_as_the_page_is_read(
    ali: Visitor, case: Path, begins: tuple[int, str], keys: list[str], ends: tuple[int, str]
) -> None:
    ali.open(case)
    ali.cell(*begins).first.focus()
    ali.press(*keys)
    assert ali.focused() == ends


def test_enter_in_the_last_row_begins_another_one(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.cell(3, "name").focus()
    ali.press("Enter")
    expect(ali.rows()).to_have_count(4)
    expect(ali.cell(4, "name")).to_be_focused()
    ali.page.keyboard.type("آموزش")
    ali.press("Enter")
    expect(ali.cell(5, "name")).to_be_focused()
    ali.press("Enter")  # a blank row begets none
    ali.saved()
    assert names_on_disk(case) == [*NAMES, "آموزش", ""]


def test_alt_and_enter_begin_a_line_in_a_cell_and_escape_gives_up_what_is_typed(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.cell(1, "name").focus()
    ali.press("End", "Alt+Enter")
    ali.page.keyboard.type("المثنی")
    expect(ali.cell(1, "name")).to_have_value("صدور گواهی\nالمثنی")
    ali.press("Escape")
    expect(ali.cell(1, "name")).to_have_value("صدور گواهی")
    ali.press("Tab")
    ali.saved()
    assert names_on_disk(case) == NAMES


# ---------------------------------------------------------------- rows


def test_rows_are_added_moved_and_taken_away_and_all_of_it_back(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.menu(1, "افزودن ردیف در زیر")
    expect(ali.rows()).to_have_count(4)
    expect(ali.cell(2, "name")).to_be_focused()
    ali.page.keyboard.type("آموزش")
    ali.press("Tab")
    ali.saved()
    assert names_on_disk(case) == [NAMES[0], "آموزش", *NAMES[1:]]
    ali.menu(2, "یک ردیف پایین‌تر")
    expect(ali.cell(3, "name")).to_have_value("آموزش")
    ali.menu(1, "حذف ردیف")
    expect(ali.rows()).to_have_count(3)
    assert ali.values("name") == [NAMES[1], "آموزش", NAMES[2]]
    ali.saved()
    assert names_on_disk(case) == [NAMES[1], "آموزش", NAMES[2]]
    for left in ([NAMES[0], NAMES[1], "آموزش", NAMES[2]], [NAMES[0], "آموزش", *NAMES[1:]]):
        ali.undo()
        expect(ali.rows()).to_have_count(4)
        expect(ali.cell(2, "name")).to_have_value(left[1])
        ali.saved()
        assert names_on_disk(case) == left
    assert given(case, 1)["kind"] == "phone"


def test_the_menu_of_a_row_is_opened_and_left_by_keys(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.cell(2, "count").focus()
    ali.press("Alt+r")
    expect(ali.page.get_by_role("menu")).to_be_visible()
    ali.press("Escape")
    expect(ali.page.get_by_role("menu")).to_have_count(0)
    assert ali.focused() == (2, "count")
    ali.press("Alt+r", "ArrowUp", "Enter")  # the last one: it takes the row away
    expect(ali.rows()).to_have_count(2)
    assert ali.values("name") == [NAMES[0], NAMES[2]]


def test_undo_takes_back_answers_one_by_one(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.cell(1, "count"), "20")
    ali.write(ali.field("title"), "بازدید دوم")
    ali.saved()
    ali.undo()
    expect(ali.field("title")).to_have_value("بازدید نخست")
    ali.field("remark").focus()
    ali.press("Control+z")
    expect(ali.cell(1, "count")).to_have_value("۱۲")
    ali.saved()
    assert (given(case, 1)["count"], on_disk(case)["title"]) == ("12", "بازدید نخست")
    ali.undo()
    expect(ali.page.locator("#said")).to_contain_text("نمانده است")
    assert given(case, 1)["count"] == "12"


def test_printed_rows_stay_and_bands_and_lent_rows_are_written(ali: Visitor, case: Path) -> None:
    ali.open(case, "demo/second")
    expect(ali.rows("printed")).to_have_count(3)
    expect(ali.rows("printed").first.locator("td, th")).to_have_count(2)  # nothing but what is printed
    ali.write(ali.cell(2, "value", "printed"), "۴")
    expect(ali.rows("lent")).to_have_count(3)
    ali.write(ali.cell(1, "note", "lent"), "برخط")
    ali.section("bands").get_by_role("button", name="افزودن سرگروه").click()
    expect(ali.rows("bands")).to_have_count(1)
    ali.page.keyboard.type("گروه نخست")
    ali.press("Tab")
    ali.saved()
    kept = on_disk(case, "second")
    assert kept["printed"]["r2"] == {"value": "4"}
    assert kept["lent"][0] == {"name": NAMES[0], "note": "برخط"}
    assert kept["bands"] == [{"group": {"name": "گروه نخست"}}]


# ---------------------------------------------------------------- blocks


def test_a_block_is_shown_before_it_is_pasted_and_bad_cells_are_told_and_good_ones_kept(
    ali: Visitor, case: Path
) -> None:
    ali.open(case)
    ali.paste(ali.cell(2, "name"), "پاسخ تلفنی\t۸\nپاسخ نامه\tهشت‌تا\nآموزش\t۱۰\n")
    expect(preview(ali)).to_contain_text("«هشت‌تا»")
    expect(preview(ali).locator("tbody tr")).to_have_count(3)
    expect(preview(ali).locator("td.bad")).to_have_text(["هشت‌تا"])
    assert names_on_disk(case) == NAMES
    agree(ali)
    expect(ali.rows()).to_have_count(4)
    assert ali.values("name") == [NAMES[0], "پاسخ تلفنی", "پاسخ نامه", "آموزش"]
    assert ali.values("count") == ["۱۲", "۸", "۷", "۱۰"]
    ali.saved()
    assert names_on_disk(case) == [NAMES[0], "پاسخ تلفنی", "پاسخ نامه", "آموزش"]
    ali.undo()
    expect(ali.rows()).to_have_count(3)
    ali.saved()
    assert names_on_disk(case) == NAMES


def test_a_block_that_is_let_be_changes_nothing(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.paste(ali.cell(1, "name"), "یک\t۱\nدو\t۲\n")
    preview(ali).get_by_role("button", name="انصراف").click()
    expect(preview(ali)).to_have_count(0)
    expect(ali.cell(1, "name")).to_be_focused()
    assert (ali.values("name"), names_on_disk(case)) == (NAMES, NAMES)


def test_one_row_is_pasted_at_once(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.paste(ali.cell(1, "name"), "صدور مجوز\t۱۵")
    expect(ali.cell(1, "count")).to_have_value("۱۵")
    ali.saved()
    assert (given(case, 1)["name"], given(case, 1)["count"]) == ("صدور مجوز", "15")


def test_a_table_of_word_is_pasted_by_its_header(ali: Visitor, case: Path) -> None:
    """A cell merged down covers those below it, and lines of a cell are words of their own."""
    ali.open(case)
    head = "<tr><td rowspan=2><p>ردیف</p></td><td colspan=2>خدمت</td></tr><tr><td>تعداد</td><td>نام<br>خدمت</td></tr>"
    rows = "<tr><td>۱</td><td>۵</td><td><p>صدور</p><p>مجوز</p></td></tr><tr><td>۲</td><td>۶</td><td>بازرسی</td></tr>"
    ali.paste(ali.cell(1, "name"), "صدور مجوز", f"<table>{head}{rows}</table>")
    agree(ali)
    expect(ali.cell(2, "name")).to_have_value("بازرسی")
    assert (ali.values("name"), ali.values("count")) == (["صدور مجوز", "بازرسی", NAMES[2]], ["۵", "۶", "۷"])
    ali.saved()
    assert names_on_disk(case) == ["صدور مجوز", "بازرسی", NAMES[2]]


def test_printed_headings_closed_and_reckoned_cells_are_passed_over_and_follow(ali: Visitor, case: Path) -> None:
    """What the circular prints is read, what it closes is not asked, what it reckons follows."""
    ali.open(case, "demo/second")
    rows = ali.rows("stock")
    expect(rows.locator("th.band")).to_have_text(["الف) آنچه در دست بود", "ب) آنچه مصرف شد"])
    for number, editors in ((1, 0), (2, 2), (3, 1), (4, 0), (5, 0), (6, 2)):
        expect(rows.nth(number - 1).locator("[data-at]")).to_have_count(editors)
    expect(rows.nth(2).locator("td.closed")).to_have_count(1)
    ali.cell(2, "one", "stock").focus()
    ali.page.keyboard.type("12")
    ali.press("Tab")
    ali.page.keyboard.type("5")
    ali.press("Enter")
    assert ali.focused() == (3, "two")
    ali.page.keyboard.type("4")
    ali.press("Enter")
    assert ali.focused() == (6, "two")
    expect(rows.nth(3).locator("td")).to_have_text(["جمع", "۱۲", "۹"])
    ali.saved()
    stock = on_disk(case, "second")["stock"]
    assert (stock["opening"], stock["borrowed"]["two"]) == ({"one": "12", "two": "5"}, "4")
    edge = rows.nth(0).locator("th.band")
    assert edge.evaluate("cell => parseFloat(getComputedStyle(cell).paddingInlineStart)") >= 4
