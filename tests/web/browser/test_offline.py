"""The line, the server or the session ends while somebody types: nothing he typed is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.browser.sites import PASSWORD, Site, served
from tests.web.browser.test_answers import given, on_disk
from tests.web.browser.visitors import Visitor, visiting


def test_without_a_line_answers_wait_in_the_browser_and_go_out_by_themselves(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.context.set_offline(True)
    ali.write(ali.field("title"), "بازدید دوم")
    ali.write(ali.cell(1, "count"), "20")
    expect(ali.state).to_have_class("offline")
    expect(ali.state).to_contain_text("در همین مرورگر")
    assert on_disk(case)["title"] == "بازدید نخست"
    ali.context.set_offline(False)
    ali.saved()
    assert (on_disk(case)["title"], given(case, 1)["count"]) == ("بازدید دوم", "20")
    ali.undo()  # nothing but what was typed is waiting
    expect(ali.cell(1, "count")).to_have_value("۱۲")


def test_what_was_typed_without_a_line_is_there_when_the_page_is_opened_again(
    ali: Visitor, sara: Visitor, case: Path
) -> None:
    """Over what it was typed is kept too: what Sara wrote there meanwhile is told, not gone over."""
    ali.expect_status(409)
    ali.open(case)
    sara.open(case)
    ali.context.set_offline(True)
    ali.field("title").fill("بازدید دوم")
    ali.write(ali.field("remark"), "دیده شد")
    expect(ali.state).to_have_class("offline")
    sara.write(sara.field("title"), "بازدید سوم")
    sara.saved()
    ali.page.goto("about:blank")
    ali.context.set_offline(False)
    ali.page.goto(f"/cases/{case.name}/forms/demo/visit")
    expect(ali.field("remark")).to_have_value("دیده شد")
    expect(ali.section("title").locator(".contest")).to_contain_text("سارا احمدی")
    expect(ali.field("title")).to_have_value("بازدید دوم")
    ali.section("title").get_by_role("button", name="پاسخ من").click()
    ali.saved()
    assert (on_disk(case)["title"], on_disk(case)["remark"]) == ("بازدید دوم", "دیده شد")


def test_what_was_too_much_at_once_waits_as_long_as_the_server_says_and_goes_out(ali: Visitor, case: Path) -> None:
    ali.expect_status(429)
    ali.open(case)
    asked: list[float] = []

    def too_much(route: Route) -> None:
        asked.append(time.monotonic())
        if len(asked) > 1:
            route.continue_()
        else:
            route.fulfill(status=429, headers={"Retry-After": "2"}, json={"problems": [{"message": "x", "hint": ""}]})

    ali.page.route("**/acts/write", too_much)
    ali.write(ali.field("title"), "بازدید دوم")
    expect(ali.state).to_have_class("waiting")
    expect(ali.state).to_contain_text("۲ ثانیه دیگر فرستاده می‌شود")
    assert on_disk(case)["title"] == "بازدید نخست"
    ali.saved()
    assert on_disk(case)["title"] == "بازدید دوم"
    assert asked[1] - asked[0] >= 2
    assert "offline" not in ali.states()


def test_a_file_waits_for_the_line(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.context.set_offline(True)
    ali.field("paper").set_input_files({"name": "سند.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"})
    expect(ali.section("paper").get_by_role("alert")).to_contain_text("سند.pdf")
    ali.context.set_offline(False)
    expect(ali.section("paper").get_by_role("link")).to_have_text("سند.pdf")
    ali.saved()
    assert on_disk(case)["paper"]


def test_a_comment_that_cannot_be_sent_stays_in_its_dialog(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.page.locator("#comments").get_by_role("button", name="یادداشت").click()
    dialog = ali.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("یک یادداشت بلند")
    ali.context.set_offline(True)
    dialog.get_by_role("button", name="فرستادن").click()
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    ali.context.set_offline(False)
    dialog.get_by_role("button", name="فرستادن").click()
    expect(ali.page.locator("#comments")).to_contain_text("یک یادداشت بلند")


# ---------------------------------------------------------------- refused


def test_what_was_refused_is_still_there_when_the_page_was_closed(ali: Visitor, case: Path) -> None:
    ali.expect_status(422)
    ali.open(case)
    ali.write(ali.cell(1, "count"), "دوازده‌تا")
    expect(ali.state).to_have_class("failed")
    expect(ali.rows().nth(0).get_by_role("alert")).to_be_visible()
    ali.page.reload()
    expect(ali.cell(1, "count")).to_have_value("دوازده‌تا")
    expect(ali.rows().nth(0).get_by_role("alert")).to_be_visible()
    expect(ali.state).to_have_class("failed")
    assert given(case, 1)["count"] == "12"
    ali.cell(1, "count").focus()
    ali.press("Escape")  # given up
    expect(ali.cell(1, "count")).to_have_value("۱۲")
    ali.saved()
    ali.page.reload()
    expect(ali.cell(1, "count")).to_have_value("۱۲")
    ali.saved()


@pytest.mark.parametrize("closed", [False, True])
def test_what_was_typed_in_a_row_that_is_gone_can_still_be_copied(
    ali: Visitor, sara: Visitor, case: Path, closed: bool
) -> None:
    ali.expect_status(422)  # when what waits goes out before the page heard that its row is gone
    ali.open(case)
    sara.open(case)
    ali.context.set_offline(True)
    ali.write(ali.cell(2, "name"), "پاسخ تلفنی به همه")
    expect(ali.state).to_have_class("offline")
    sara.menu(2, "حذف ردیف")
    expect(sara.rows()).to_have_count(2)
    if closed:
        ali.page.goto("about:blank")
    ali.context.set_offline(False)
    if closed:
        ali.page.goto(f"/cases/{case.name}/forms/demo/visit")
    homeless = ali.page.locator("#homeless")
    expect(homeless).to_contain_text("پاسخ تلفنی به همه")
    expect(ali.state).to_have_class("failed")
    homeless.get_by_role("button").click()
    expect(homeless).to_have_count(0)
    ali.saved()


def test_what_was_typed_where_nothing_is_asked_any_more_comes_back_with_the_question(
    ali: Visitor, sara: Visitor, case: Path
) -> None:
    ali.open(case)
    sara.open(case)
    sara.page.get_by_label("بازدید انجام شد؟: خیر").check()
    expect(ali.field("reason")).to_be_visible()
    ali.context.set_offline(True)
    ali.write(ali.field("reason"), "تعطیلی اداره")
    sara.page.get_by_label("بازدید انجام شد؟: بلی").check()
    sara.saved()
    ali.context.set_offline(False)
    expect(ali.section("reason")).to_be_hidden()
    sara.page.get_by_label("بازدید انجام شد؟: خیر").check()
    expect(ali.field("reason")).to_have_value("تعطیلی اداره")
    expect(ali.page.locator("#homeless")).to_have_count(0)
    ali.saved()
    assert on_disk(case)["reason"] == "تعطیلی اداره"


# ---------------------------------------------------------------- sessions


def test_a_session_that_ends_asks_for_the_password_in_place(ali: Visitor, case: Path) -> None:
    ali.expect_status(401, 403)
    ali.open(case)
    ali.lose_session()
    ali.write(ali.field("title"), "بازدید دوم")
    dialog = ali.page.get_by_role("dialog", name="ورود")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("نام")).to_have_value("ali")
    expect(ali.field("title")).to_have_value("بازدید دوم")
    dialog.get_by_label("گذرواژه").fill("نه این")
    ali.press("Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("گذرواژه").fill(PASSWORD)
    ali.press("Enter")
    expect(dialog).to_have_count(0)
    ali.saved()
    expect(ali.field("title")).to_have_value("بازدید دوم")
    assert on_disk(case)["title"] == "بازدید دوم"


def test_who_signs_in_again_in_another_window_goes_on_in_the_first(ali: Visitor, case: Path) -> None:
    """Signing in makes a new token: the page that is open has the one of before."""
    ali.expect_status(403)
    ali.open(case)
    other = ali.context.new_page()
    other.goto("/sign-in?next=/password")
    other.get_by_label("نام کاربری").fill("ali")
    other.get_by_label("گذرواژه").fill(PASSWORD)
    other.keyboard.press("Enter")
    other.wait_for_url(lambda url: "sign-in" not in url)
    ali.write(ali.field("title"), "بازدید دوم")
    ali.saved()
    assert on_disk(case)["title"] == "بازدید دوم"


# ---------------------------------------------------------------- the server is killed


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A site of the test's own, whose server it may kill."""
    with served() as made:
        yield made


def test_a_server_that_is_killed_loses_nothing(browser: Browser, own_site: Site) -> None:
    """What showed «saved» is on disk; what was typed after that goes out once the server is back."""
    case = own_site.new_case()
    with visiting(browser, own_site, "ali") as ali:
        ali.open(case)
        ali.write(ali.field("title"), "بازدید دوم")
        ali.saved()
        own_site.kill()
        assert on_disk(case)["title"] == "بازدید دوم"
        ali.write(ali.field("remark"), "دیده شد")
        ali.write(ali.cell(1, "count"), "20")
        expect(ali.state).to_have_class("offline")
        own_site.start()
        expect(ali.state).to_have_class("saved", timeout=30_000)
        assert (on_disk(case)["remark"], given(case, 1)["count"]) == ("دیده شد", "20")
        path = case / "answers" / "visit.yaml"
        path.write_text(path.read_text("utf-8").replace("بازدید دوم", "از ویرایشگر"), "utf-8")
        expect(ali.field("title")).to_have_value("از ویرایشگر")  # and it hears of others again
