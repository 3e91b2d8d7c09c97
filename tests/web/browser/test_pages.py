"""Every page for whoever reads it: with a screen reader, by keyboard, enlarged twice, on a telephone, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.web.browser.sites import served
from tests.web.browser.test_together import both_write
from tests.web.browser.visitors import DESKTOP, PHONE, Visitor, visiting

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ENLARGED = (640, 450)  # what a screen of 1280 shows of a page at 200 %
PAGES = {
    "cases": "/",
    "new-case": "/new-case",
    "case": "/cases/{case}",
    "fields": "/cases/{case}/forms/case",
    "form": "/cases/{case}/forms/demo/visit",
    "tables": "/cases/{case}/forms/demo/second",
    "lists": "/cases/{case}/forms/demo/lists",
    "people": "/people",
    "person": "/people/sara",
    "audit": "/audit",
    "password": "/password",
    "nothing": "/cases/no-such-case",
}
OUTSIDE = {"sign-in": "/sign-in?next=/audit", "start": "/start?code=wrong"}
Comes = Callable[..., Visitor]


def violations(visitor: Visitor) -> list[str]:
    """What axe finds against the standard, each with the first element."""
    found: Any = Axe().run(visitor.page, options={"runOnly": STANDARD}).response
    assert found["passes"]  # it looked at something
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


def come_to(visitor: Visitor, address: str, case: Path) -> None:
    visitor.expect_status(404)
    visitor.page.goto(address.format(case=case.name))
    if "/forms/" in address:
        visitor.saved()


def is_too_wide(visitor: Visitor) -> bool:
    """Whether the page as a whole has to be moved sideways to be read."""
    return bool(visitor.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("name", [*PAGES, *OUTSIDE])
def test_a_page_holds_the_standard_and_fits(comes: Comes, case: Path, name: str) -> None:
    visitor = comes("admin" if name in PAGES else None)
    if name == "audit":
        visitor.open(case)
        visitor.write(visitor.field("title"), "یک عنوان تازه برای این بازدید")
        visitor.saved()
    for language in ("en", "fa"):
        visitor.speak(language)
        come_to(visitor, (PAGES | OUTSIDE)[name], case)
        expect(visitor.page.locator("html")).to_have_attribute("lang", language)
        for width, height in (PHONE, ENLARGED, DESKTOP):
            visitor.page.set_viewport_size({"width": width, "height": height})
            assert not is_too_wide(visitor), (language, width)
    assert violations(visitor) == []


def test_axe_sees_what_is_wrong(ali: Visitor, case: Path) -> None:
    """Else the other tests would prove nothing."""
    ali.open(case)
    ali.page.evaluate("() => document.getElementById('sheet').append(document.createElement('textarea'))")
    assert [found.partition(":")[0] for found in violations(ali)] == ["label"]


# ---------------------------------------------------------------- what is open on the page of a form


def calendar(visitor: Visitor) -> None:
    visitor.field("day").focus()
    visitor.press("Alt+ArrowDown")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def choices(visitor: Visitor) -> None:
    visitor.cell(1, "place").press_sequentially("خ")
    expect(visitor.page.get_by_role("listbox")).to_be_visible()


def menu(visitor: Visitor) -> None:
    visitor.cell(1, "name").focus()
    visitor.press("Alt+r")
    expect(visitor.page.get_by_role("menu")).to_be_visible()


def problems(visitor: Visitor) -> None:
    visitor.expect_status(422)
    visitor.write(visitor.field("score"), "11")
    visitor.write(visitor.cell(1, "count"), "2000")
    visitor.write(visitor.cell(2, "count"), "بسیار")
    visitor.write(visitor.cell(3, "name"), "")
    expect(visitor.page.locator("#problems .error")).to_have_count(2)
    expect(visitor.rows().get_by_role("alert")).to_have_count(1)


def preview(visitor: Visitor) -> None:
    visitor.paste(visitor.cell(2, "name"), "یک\t۱\nدو\tبسیار\nسه\t۳\n")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def comment(visitor: Visitor) -> None:
    visitor.cell(1, "name").focus()
    visitor.press("Alt+c")
    visitor.page.get_by_role("dialog").get_by_role("textbox").fill("از کجاست؟")
    visitor.page.get_by_role("dialog").get_by_role("button", name="فرستادن").click()
    expect(visitor.page.locator("#comments li")).to_have_count(1)
    visitor.press("Alt+c")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def history(visitor: Visitor) -> None:
    visitor.write(visitor.field("title"), "بازدید دوم")
    visitor.saved()
    visitor.field("title").focus()
    visitor.press("Alt+h")
    expect(visitor.page.get_by_role("dialog").locator("li")).to_have_count(1)


def signed_out(visitor: Visitor) -> None:
    visitor.expect_status(401)
    visitor.lose_session()
    visitor.write(visitor.field("title"), "بازدید دوم")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def without_a_line(visitor: Visitor) -> None:
    visitor.context.set_offline(True)
    visitor.write(visitor.field("title"), "بازدید دوم")
    expect(visitor.state).to_have_class("offline")


@pytest.mark.parametrize(
    "opens", [calendar, choices, menu, problems, preview, comment, history, signed_out, without_a_line]
)
def test_what_opens_on_a_form_holds_the_standard_and_fits(
    ali: Visitor, case: Path, opens: Callable[[Visitor], None]
) -> None:
    ali.open(case)
    opens(ali)
    assert violations(ali) == []
    for width, height in (DESKTOP, PHONE):
        ali.page.set_viewport_size({"width": width, "height": height})
        assert not is_too_wide(ali), width


def test_contested_answers_hold_the_standard(ali: Visitor, sara: Visitor, case: Path) -> None:
    both_write(ali, sara, case)
    ali.press("Tab")
    expect(ali.page.locator(".contest")).to_be_visible()
    assert violations(ali) == []


# ---------------------------------------------------------------- the other pages at work


def test_the_first_administrator_begins_with_the_code_of_the_console(browser: Browser) -> None:
    with served(with_people=False) as fresh, visiting(browser, fresh, None) as visitor:
        visitor.page.goto(fresh.told)
        assert violations(visitor) == []
        visitor.page.get_by_label("نام کاربری").fill("Modir")
        visitor.page.get_by_label("نامی که دیگران می‌بینند").fill("مدیر سامانه")
        for field in visitor.page.locator('[type="password"]').all():
            field.fill("یک جمله برای ورود")
        visitor.press("Enter")
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("پرونده‌ها")
        visitor.page.goto("/people")
        expect(visitor.page.locator("main tbody tr")).to_have_text(["modirمدیر سامانهکارشناس، راهبرفعال"])


def test_a_check_goes_on_though_the_page_is_loaded_anew(ali: Visitor, case: Path) -> None:
    path = case / "answers" / "visit.yaml"
    path.write_text(path.read_text("utf-8").replace("count: 12", "count: 2000"), "utf-8")
    ali.page.goto(f"/cases/{case.name}")
    ali.page.get_by_role("button", name="بررسی همه پرونده").click()
    expect(ali.page.locator("#job")).not_to_be_empty()
    ali.page.reload()
    expect(ali.page.locator("#job .problems li").first).to_be_visible(timeout=30_000)
    assert violations(ali) == []
    ali.page.locator("#job details").get_by_role("link", name="تعداد زیاد است.").click()
    expect(ali.page.get_by_role("heading", level=1)).to_have_text("بازدید از اداره")


def test_the_list_of_cases_says_in_words_how_each_stands(ali: Visitor, case: Path) -> None:
    ali.page.goto("/")
    work = ali.page.locator("main li.paper", has_text=case.name)
    expect(work).to_contain_text("۲ روز دیرتر انجام شد")
    work.get_by_role("link", name="گزارش اداره نمونه").click()
    ali.page.wait_for_url(f"**/cases/{case.name}")
    expect(ali.page.locator(".due li")).to_have_text("ارسال گزارش ۲ روز دیرتر انجام شد")
    expect(ali.page.locator("tr", has_text="بازدید از اداره")).to_contain_text("کامل")


def test_all_is_reached_by_keyboard_alone(ali: Visitor, case: Path) -> None:
    """From the list of cases to an answer that is saved, no mouse at hand."""
    ali.page.goto("/")
    ali.press("Tab")
    expect(ali.page.locator(".skip")).to_be_focused()
    ali.press("Enter")
    while not ali.page.evaluate("name => document.activeElement.href?.endsWith('/cases/' + name)", case.name):
        ali.press("Tab")
    ali.press("Enter")
    ali.page.wait_for_url(f"**/cases/{case.name}")
    while not ali.page.evaluate("() => document.activeElement.href?.endsWith('/demo/visit')"):
        ali.press("Tab")
    ali.press("Enter")
    ali.saved()
    while ali.focused() != (0, "title"):
        ali.press("Tab")
    ali.page.keyboard.type("بازدید دوم")
    ali.press("Tab")
    ali.saved()
    expect(ali.field("title")).to_have_value("بازدید دوم")


def test_on_a_telephone_texts_in_a_table_have_room(comes: Comes, case: Path) -> None:
    """The table moves sideways, the page does not."""
    visitor = comes("ali", PHONE)
    visitor.open(case)
    for column in ("name", "kind", "place"):
        box = visitor.cell(1, column).bounding_box()
        assert box is not None
        assert box["width"] >= 115, column
    assert not is_too_wide(visitor)


def test_on_paper_stands_the_form_without_its_tools(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.page.emulate_media(media="print")
    for tool in (".bar", "#side", ".adders", ".row-menu", ".open-calendar", ".drop label", ".options .clear"):
        for each in ali.page.locator(tool).all():
            expect(each).to_be_hidden()
    expect(ali.page.get_by_role("heading", level=1)).to_be_visible()
    expect(ali.cell(1, "name")).to_be_visible()
    printed = ali.page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
