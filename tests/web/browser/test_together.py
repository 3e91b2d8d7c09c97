"""Two people at one form, each in a browser of his own: they see each other, and neither's answer is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.web.browser.test_answers import given, on_disk
from tests.web.browser.visitors import Visitor


def contest(visitor: Visitor) -> Locator:
    """What is told where two wrote at one place."""
    return visitor.page.locator(".told.contest")


def both_write(ali: Visitor, sara: Visitor, case: Path) -> None:
    """Ali is still typing where Sara's answer arrives; then he goes on to the next cell."""
    ali.expect_status(409)
    ali.open(case)
    sara.open(case)
    ali.cell(2, "name").fill("پاسخ تلفنی")
    ali.page.route("**/acts/write", lambda route: route.abort())  # what he types is not on its way yet
    sara.write(sara.cell(2, "name"), "پاسخ نامه")
    sara.saved()
    ali.page.unroute("**/acts/write")


def test_people_see_who_is_here_and_what_they_change(ali: Visitor, sara: Visitor, case: Path) -> None:
    ali.open(case)
    sara.open(case)
    expect(ali.page.locator("#people")).to_contain_text("سارا احمدی")
    expect(sara.page.locator("#people")).to_contain_text("علی رضایی")
    for number, name in ((1, "صدور مجوز"), (2, "پاسخ تلفنی")):
        ali.write(ali.cell(number, "name"), name)
        expect(sara.cell(number, "name")).to_have_value(name)
        expect(ali.page.locator(".flash")).to_have_count(0)  # what is one's own needs no mark
        expect(sara.rows().nth(number - 1).locator('[data-by="علی رضایی"]')).to_have_count(1)
    sara.context.close()
    expect(ali.page.locator("#people")).not_to_contain_text("سارا احمدی")


def test_authors_are_named_also_when_changes_follow_one_another(ali: Visitor, sara: Visitor, case: Path) -> None:
    """The name of whoever wrote is kept for each change by itself, however long the page was busy before."""
    ali.open(case)
    sara.open(case)
    ali.page.clock.install()
    sara.write(sara.cell(1, "name"), "صدور مجوز")
    expect(ali.rows().nth(0).locator('[data-by="سارا احمدی"]')).to_have_count(1)
    ali.page.clock.run_for(3500)
    sara.write(sara.cell(3, "name"), "آموزش")
    ali.page.clock.run_for(1000)
    expect(ali.rows().nth(2).locator('[data-by="سارا احمدی"]')).to_have_count(1)


def test_rows_that_come_go_and_move_are_followed(ali: Visitor, sara: Visitor, case: Path) -> None:
    ali.open(case)
    sara.open(case)
    sara.cell(3, "count").click()
    ali.menu(1, "حذف ردیف")
    expect(sara.rows()).to_have_count(2)
    assert sara.focused() == (2, "count")
    ali.menu(2, "یک ردیف بالاتر")
    expect(sara.cell(1, "name")).to_have_value("مشاوره")
    assert sara.focused() == (1, "count")
    ali.section("services").get_by_role("button", name="افزودن ردیف", exact=True).click()
    expect(sara.rows()).to_have_count(3)
    sara.write(sara.cell(1, "count"), "70")
    sara.saved()
    assert given(case, 1)["count"] == "70"


def test_what_is_being_typed_is_not_written_over(ali: Visitor, sara: Visitor, case: Path) -> None:
    ali.open(case)
    sara.open(case)
    ali.field("title").fill("بازدید دو")
    sara.write(sara.field("remark"), "دیده شد")
    expect(ali.field("remark")).to_have_value("دیده شد")
    expect(ali.field("title")).to_have_value("بازدید دو")
    ali.field("title").press_sequentially("م")
    ali.press("Tab")
    ali.saved()
    assert (on_disk(case)["title"], on_disk(case)["remark"]) == ("بازدید دوم", "دیده شد")


@pytest.mark.parametrize(("chosen", "stands"), [("پاسخ من", "پاسخ تلفنی"), ("پاسخ او", "پاسخ نامه")])
def test_two_answers_at_one_place_are_both_shown_with_names_and_one_is_chosen(
    ali: Visitor, sara: Visitor, case: Path, chosen: str, stands: str
) -> None:
    both_write(ali, sara, case)
    ali.press("Tab")
    expect(contest(ali)).to_contain_text("سارا احمدی")
    expect(contest(ali).get_by_role("button")).to_have_text(["پاسخ او: پاسخ نامه", "پاسخ من: پاسخ تلفنی"])
    expect(ali.state).to_have_class("contested")
    expect(ali.cell(2, "name")).to_have_value("پاسخ تلفنی")
    assert given(case, 2)["name"] == "پاسخ نامه"
    contest(ali).get_by_role("button", name=chosen).click()
    ali.saved()
    for visitor in (ali, sara):
        expect(visitor.cell(2, "name")).to_have_value(stands)
    assert given(case, 2)["name"] == stands
    ali.cell(2, "name").focus()
    ali.press("Alt+h")
    history = ali.page.get_by_role("dialog").locator("li")
    expect(history.first).to_contain_text(re.compile("سارا احمدی|علی رضایی"))
    expect(ali.page.get_by_role("dialog")).to_contain_text("پاسخ نامه")


def test_a_contested_answer_is_still_there_when_the_page_was_closed(ali: Visitor, sara: Visitor, case: Path) -> None:
    both_write(ali, sara, case)
    ali.press("Tab")
    expect(contest(ali)).to_be_visible()
    ali.page.reload()
    expect(contest(ali)).to_contain_text("سارا احمدی")
    expect(ali.cell(2, "name")).to_have_value("پاسخ تلفنی")
    contest(ali).get_by_role("button", name="پاسخ من").click()
    ali.saved()
    assert given(case, 2)["name"] == "پاسخ تلفنی"


def test_undo_leaves_what_others_wrote(ali: Visitor, sara: Visitor, case: Path) -> None:
    ali.open(case)
    sara.open(case)
    ali.write(ali.cell(1, "count"), "20")
    expect(sara.cell(1, "count")).to_have_value("۲۰")
    sara.write(sara.cell(1, "count"), "30")
    expect(ali.cell(1, "count")).to_have_value("۳۰")
    ali.undo()
    expect(ali.page.locator("#said")).to_contain_text("همان‌گونه ماند")
    assert given(case, 1)["count"] == "30"


def test_a_file_that_is_written_beside_the_site_is_seen(ali: Visitor, case: Path) -> None:
    ali.open(case)
    path = case / "answers" / "visit.yaml"
    path.write_text(path.read_text("utf-8").replace("بازدید نخست", "از ویرایشگر"), "utf-8")
    expect(ali.field("title")).to_have_value("از ویرایشگر")


def test_comments_are_addressed_answered_and_settled(ali: Visitor, sara: Visitor, case: Path) -> None:
    ali.open(case)
    sara.open(case)
    ali.cell(1, "count").focus()
    ali.press("Alt+c")
    dialog = ali.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("از کجاست؟")
    dialog.get_by_role("combobox").select_option("سارا احمدی")
    dialog.get_by_role("button", name="فرستادن").click()
    expect(dialog).to_have_count(0)
    expect(ali.cell(1, "count")).to_be_focused()
    comments = sara.page.locator("#comments .comments > li")
    expect(comments).to_contain_text("از کجاست؟")
    expect(sara.rows().nth(0).locator(".commented")).to_have_count(1)
    comments.locator(".jump").click()
    expect(sara.cell(1, "count")).to_be_focused()
    comments.get_by_role("button", name="پاسخ").click()
    sara.page.get_by_role("dialog").get_by_role("textbox").fill("از سامانه خدمات")
    sara.page.get_by_role("dialog").get_by_role("button", name="فرستادن").click()
    expect(ali.page.locator("#comments")).to_contain_text("از سامانه خدمات")
    ali.page.locator("#comments").get_by_role("button", name="حل شد").click()
    expect(sara.page.locator("#comments .settled")).to_have_count(1)
    expect(sara.rows().nth(0).locator(".commented")).to_have_count(0)
