"""Every kind of question, answered as a person answers it: what he sees is what is on disk once «saved» shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Locator, expect

from assembler.actions.open_case import OpenCase
from assembler.base.scripts import readable
from assembler.base.settings import Settings
from assembler.model.carried import fingerprint
from tests.web.browser.sites import Site
from tests.web.browser.visitors import Visitor

ZWNJ = "\u200c"
RLM = "\u200f"  # holds a percent sign at the left of its number, as it is printed
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
PNG += b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"


def on_disk(case: Path, form: str = "visit") -> dict[str, Any]:
    """A file of answers, each as the text that stands in it."""
    texts = [path.read_text("utf-8") for path in (case / "answers").glob("*.yaml")]
    text = next(each for each in texts if f"form: demo/{form}\n" in each)
    found: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it reads nothing but texts
    return found


def given(case: Path, number: int) -> dict[str, Any]:
    """A row of the services on disk."""
    found: dict[str, Any] = on_disk(case)["services"][number - 1]
    return found


# ---------------------------------------------------------------- items


@pytest.mark.parametrize(
    ("item", "typed", "shown", "kept"),
    [
        ("title", "بازدید دوم", "بازدید دوم", "بازدید دوم"),
        ("year", "1398", "۱۳۹۸", "1398"),
        ("staff", "12500", "۱۲٬۵۰۰", "12500"),
        ("staff", "۱۲۵۰۰", "۱۲٬۵۰۰", "12500"),
        ("staff", "١٢٥٠٠", "۱۲٬۵۰۰", "12500"),
        ("rate", "٧٫٥", "۷٫۵", "7.5"),
        ("share", "25", f"۲۵{RLM}٪", "25"),
        ("share", "۱۲٫۵٪", f"۱۲٫۵{RLM}٪", "12.5"),
        ("day", "1399/2/3", "۱۳۹۹/۰۲/۰۳", "1399/02/03"),
        ("remark", "سطر نخست\nسطر دوم", "سطر نخست\nسطر دوم", "سطر نخست\nسطر دوم"),
        ("story", "یک بند\n- یک\n- دو", "یک بند\n- یک\n- دو", ["یک بند", {"dashed": ["یک", "دو"]}]),
    ],
)
def test_what_is_typed_is_shown_as_it_is_printed_and_is_on_disk_once_saved_shows(
    ali: Visitor, case: Path, item: str, typed: str, shown: str, kept: object
) -> None:
    ali.open(case)
    ali.write(ali.field(item), typed)
    expect(ali.field(item)).to_have_value(shown)
    ali.saved()
    assert ali.states() == ["saving", "saved"]
    assert on_disk(case)[item] == kept


def test_calculations_follow_and_conditions_ask(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.field("staff"), "12500")
    expect(ali.section("half").locator("output")).to_have_text("۶٬۲۵۰")
    expect(ali.section("reason")).to_be_hidden()
    ali.field("visited").and_(ali.page.get_by_label("خیر")).check()
    expect(ali.section("reason")).to_be_visible()
    ali.write(ali.field("reason"), "تعطیلی")
    ali.saved()
    assert (on_disk(case)["visited"], on_disk(case)["reason"]) == ("no", "تعطیلی")


def test_a_radio_button_is_let_go_by_a_button_that_says_so(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.page.get_by_role("button", name="پاک‌کردن پاسخ: بازدید انجام شد؟").click()
    for radio in ali.field("visited").all():
        expect(radio).not_to_be_checked()
    ali.saved()
    assert not on_disk(case)["visited"]


def test_ticks(ali: Visitor, case: Path) -> None:
    ali.open(case)
    for day in ("شنبه", "دوشنبه"):
        ali.page.get_by_label(f"روزها: {day}", exact=True).check()
    ali.saved()
    assert on_disk(case)["days"] == ["sat", "mon"]
    ali.page.get_by_label("روزها: شنبه", exact=True).uncheck()
    ali.saved()
    assert on_disk(case)["days"] == ["mon"]


def test_zwnj_is_typed_with_the_shift_or_the_control_key(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.field("title").fill("")
    ali.field("title").press_sequentially("می")
    ali.press("Shift+Space")
    ali.field("title").press_sequentially("شود خانه")
    ali.press("Control+Space")
    ali.field("title").press_sequentially("ها")
    ali.press("Tab")
    expect(ali.field("title")).to_have_value(f"می{ZWNJ}شود خانه{ZWNJ}ها")
    ali.saved()
    assert on_disk(case)["title"] == f"می{ZWNJ}شود خانه{ZWNJ}ها"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_texts_are_shown_as_they_are_printed_from_right_to_left(ali: Visitor, case: Path, language: str) -> None:
    """Whatever language the site speaks, a circular is Persian."""
    ali.speak(language)
    ali.open(case)
    expect(ali.page.locator("#sheet")).to_have_css("direction", "rtl")
    expect(ali.section("title").locator(".hint").first).to_have_text(readable("نام کامل اداره (تلفن 021-88881234)"))
    ali.write(ali.cell(1, "count"), "2000")
    expect(ali.page.locator("#problems .error")).to_contain_text("۱" if language == "fa" else "1")
    ali.cell(1, "name").focus()
    ali.press("Control+a", "ArrowLeft")
    assert ali.focused() == (1, "count")


# ---------------------------------------------------------------- many choices


def offered(visitor: Visitor) -> Locator:
    """The list under a line of many choices."""
    return visitor.page.get_by_role("listbox")


def test_typing_narrows_many_choices_and_a_key_takes_one(ali: Visitor, case: Path) -> None:
    ali.open(case)
    place = ali.field("place")
    place.press_sequentially("كرم")  # as an Arabic keyboard writes it
    expect(offered(ali).get_by_role("option")).to_have_text(["کرمان"])
    ali.press("Enter")
    expect(place).to_have_value("کرمان")
    expect(ali.page.get_by_role("listbox")).to_have_count(0)
    ali.saved()
    assert on_disk(case)["place"] == "p9"


def test_arrows_go_through_many_choices_and_escape_leaves_them(ali: Visitor, case: Path) -> None:
    ali.open(case)
    place = ali.field("place")
    place.focus()
    ali.press("ArrowDown")
    expect(offered(ali).get_by_role("option")).to_have_count(10)
    ali.press("Escape")
    expect(offered(ali).get_by_role("option")).to_have_count(0)
    ali.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(offered(ali).get_by_role("option", selected=True)).to_have_text("اردبیل")
    ali.press("Tab")
    expect(place).to_have_value("اردبیل")
    ali.saved()
    assert on_disk(case)["place"] == "p2"


def test_a_choice_of_many_is_clicked_and_cleared(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.field("place").click()
    offered(ali).get_by_role("option", name="فارس").click()
    expect(ali.field("place")).to_have_value("فارس")
    ali.saved()
    assert on_disk(case)["place"] == "p7"
    ali.write(ali.field("place"), "")
    ali.saved()
    assert not on_disk(case)["place"]


def test_what_is_none_of_many_choices_is_told_and_stays(ali: Visitor, case: Path) -> None:
    ali.expect_status(422)
    ali.open(case)
    ali.write(ali.field("place"), "مریخ")
    expect(ali.section("place").get_by_role("alert")).to_be_visible()
    expect(ali.state).to_have_class("failed")
    expect(ali.field("place")).to_have_value("مریخ")
    assert "place" not in on_disk(case)


def test_ticks_among_many_are_looked_for(ali: Visitor, case: Path) -> None:
    ali.open(case)
    tours = ali.section("tours")
    tours.get_by_role("searchbox").fill("خ")
    expect(tours.locator("label:visible")).to_have_text(["خراسان رضوی", "خوزستان"])
    tours.get_by_label("خوزستان").check()
    tours.get_by_role("searchbox").fill("قم")
    expect(tours.locator("label:visible")).to_have_text(["خوزستان", "قم"])
    tours.get_by_label("قم").check()
    ali.saved()
    assert on_disk(case)["tours"] == ["p6", "p8"]


# ---------------------------------------------------------------- dates, files


def test_a_day_is_chosen_from_the_calendar_by_keyboard(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.field("day"), "1399/12/29")
    ali.saved()
    ali.field("day").focus()
    ali.press("Alt+ArrowDown")
    dialog = ali.page.get_by_role("dialog")
    expect(dialog).to_contain_text("اسفند ۱۳۹۹")
    ali.press("ArrowLeft", "Enter")  # 1399 is a leap year: from the 29th, not the last day, to the 30th
    expect(dialog).to_have_count(0)
    expect(ali.field("day")).to_have_value("۱۳۹۹/۱۲/۳۰")
    expect(ali.field("day")).to_be_focused()
    ali.saved()
    assert on_disk(case)["day"] == "1399/12/30"


def test_a_file_is_chosen_taken_and_taken_away(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.field("photo").set_input_files({"name": "نما.png", "mimeType": "image/png", "buffer": PNG})
    expect(ali.section("photo").get_by_role("link")).to_have_text("نما.png")
    ali.saved()
    assert (case / "attachments" / on_disk(case)["photo"]).read_bytes() == PNG
    with ali.page.expect_download() as taken:
        ali.section("photo").get_by_role("link").click()
    assert taken.value.path().read_bytes() == PNG
    ali.section("photo").get_by_role("button", name="برداشتن").click()
    expect(ali.section("photo").get_by_role("link")).to_have_count(0)
    ali.saved()
    assert not on_disk(case)["photo"]


def test_a_file_that_was_chosen_is_not_typed_when_one_goes_on(ali: Visitor, case: Path) -> None:
    """Its editor has the focus when the file is taken: it is drawn anew, and is nothing that was typed."""
    ali.open(case)
    ali.cell(1, "paper").focus()
    ali.cell(1, "paper").set_input_files({"name": "سند.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n"})
    expect(ali.rows().first.get_by_role("link")).to_have_text("سند.pdf")
    ali.press("Tab", "Tab")
    ali.write(ali.field("title"), "بازدید دوم")
    ali.saved()
    expect(ali.rows().first.get_by_role("alert")).to_have_count(0)
    assert given(case, 1)["paper"]


@pytest.mark.parametrize("where", ["item", "cell"])
def test_a_file_is_dragged_in(ali: Visitor, case: Path, where: str) -> None:
    ali.open(case)
    zone = ali.section("paper") if where == "item" else ali.rows().nth(1)
    transfer = ali.page.evaluate_handle(
        "bytes => { const data = new DataTransfer();"
        " data.items.add(new File([new Uint8Array(bytes)], 'سند.pdf')); return data; }",
        list(b"%PDF-1.4\n%%EOF\n"),
    )
    zone.locator(".drop").dispatch_event("drop", {"dataTransfer": transfer})
    expect(zone.get_by_role("link")).to_have_text("سند.pdf")
    ali.saved()
    kept = on_disk(case)["paper"] if where == "item" else given(case, 2)["paper"]
    assert (case / "attachments" / kept).read_bytes().startswith(b"%PDF")


# ---------------------------------------------------------------- cells


def test_every_kind_of_cell(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.cell(2, "name"), "پاسخ به نامه")
    ali.write(ali.cell(2, "count"), "۱۲۵")
    ali.write(ali.cell(2, "share"), "40")
    ali.cell(2, "kind").select_option("حضوری")
    ali.cell(2, "place").press_sequentially("تهر")
    ali.press("Tab")
    ali.write(ali.cell(2, "day"), "1399/2/3")
    ali.cell(2, "online").nth(1).check()
    expect(ali.cell(2, "share")).to_have_value(f"۴۰{RLM}٪")
    expect(ali.cell(2, "place")).to_have_value("تهران")
    expect(ali.cell(2, "day")).to_have_value("۱۳۹۹/۰۲/۰۳")
    expect(ali.rows().nth(1).locator("output").last).to_have_text("۲۵۰")
    expect(ali.page.locator('table[data-table="services"] tfoot')).to_contain_text("۱۴۴")
    ali.saved()
    assert given(case, 2) == {
        "name": "پاسخ به نامه", "count": "125", "share": "40", "kind": "person", "place": "p4", "day": "1399/02/03",
        "online": "no",
    }  # fmt: skip


def test_a_mark_by_mistake_is_let_go_when_it_is_pressed_again(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.cell(1, "online").first.click()
    ali.saved()
    assert given(case, 1)["online"] == "yes"
    ali.cell(1, "online").first.click()
    expect(ali.cell(1, "online").first).not_to_be_checked()
    ali.saved()
    assert not given(case, 1)["online"]


# ---------------------------------------------------------------- problems


def test_problems_stand_at_their_place_and_in_a_list_that_leads_there(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.cell(3, "count"), "2000")
    expect(ali.page.locator("#problems .error .jump")).to_have_text(["تعداد زیاد است."])
    expect(ali.cell(3, "count")).to_have_attribute("aria-invalid", "true")
    expect(ali.rows().nth(2)).to_contain_text("تعداد زیاد است.")
    ali.field("title").focus()
    ali.page.locator("#problems .jump").click()
    expect(ali.cell(3, "count")).to_be_focused()
    ali.write(ali.cell(3, "count"), "20")
    expect(ali.page.locator("#problems")).to_have_text("ایرادی نیست")
    expect(ali.cell(3, "count")).not_to_have_attribute("aria-invalid", "true")


def test_what_is_needed_and_still_blank_is_no_alarm(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.cell(3, "name"), "")
    expect(ali.rows().nth(2).locator(".problem")).to_have_text("الزامی؛ هنوز خالی است")
    expect(ali.rows().nth(2).locator(".has-error")).to_have_count(0)


def test_the_number_of_problems_is_that_of_the_list_below_it(ali: Visitor, case: Path) -> None:
    """What stands for a reason, and what is only remarked, has a number of its own."""
    ali.open(case)
    ali.write(ali.field("score"), "11")
    ali.write(ali.cell(3, "count"), "2000")
    expect(ali.page.locator("#count")).to_have_text("۲")
    expect(ali.page.locator("#problems > li")).to_have_count(2)
    ali.page.locator("#problems .warning").get_by_role("button", name="پذیرفتن با دلیل").click()
    dialog = ali.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("به تأیید کمیته رسیده است")
    dialog.get_by_role("button", name="پذیرفتن با دلیل").click()
    expect(ali.page.locator("#count")).to_have_text("۱")
    expect(ali.page.locator("#problems > li")).to_have_count(1)
    expect(ali.page.locator("#standing summary")).to_have_text("پذیرفته‌شده با دلیل: ۱")


def test_a_problem_may_stand_for_a_reason(ali: Visitor, case: Path) -> None:
    ali.open(case)
    ali.write(ali.field("score"), "11")
    ali.page.locator("#problems").get_by_role("button", name="پذیرفتن با دلیل").click()
    dialog = ali.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("به تأیید کمیته رسیده است")
    dialog.get_by_role("button", name="پذیرفتن با دلیل").click()
    expect(ali.page.locator("#problems")).to_have_text("ایرادی نیست")
    ali.page.locator("#standing summary").click()
    expect(ali.page.locator("#standing .accepted")).to_contain_text("به تأیید کمیته رسیده است")
    ali.saved()
    assert "به تأیید کمیته رسیده است" in "".join(path.read_text("utf-8") for path in case.glob("*.yaml"))


# ---------------------------------------------------------------- carried answers

CARRIED = """\
form: demo/visit
title: بازدید پارسال
staff: 12
score: 3
"""


def carried(site: Site) -> Path:
    """A case that took its answers over from another one."""
    case = site.new_case()
    write = (case / "answers" / "visit.yaml").write_text
    write(CARRIED, encoding="utf-8")
    settings = Settings(site.folder / "form_specs", site.folder / "letter_templates")
    form = OpenCase.read(case, settings).answered("demo/visit")
    assert form is not None
    prints = "".join(f"  {name}: '{fingerprint(form, name)}'\n" for name in ("title", "staff", "score"))
    write(f"{CARRIED}carried:\n  from-case: demo-1398\n{prints}", encoding="utf-8")
    return case


def test_an_answer_that_came_for_its_like_label_is_told_apart(ali: Visitor, site: Site) -> None:
    case = carried(site)
    file = case / "answers" / "visit.yaml"
    file.write_text(re.sub("  title: '(.*)'", r"  title: '\1 alike'", file.read_text("utf-8")), encoding="utf-8")
    ali.open(case)
    expect(ali.section("title").locator(".carried")).to_contain_text("تنها عنوان مشابه است")
    expect(ali.section("staff").locator(".carried")).not_to_contain_text("تنها عنوان مشابه است")


def test_carried_answers_are_grey_until_a_key_confirms_them(ali: Visitor, site: Site) -> None:
    case = carried(site)
    ali.open(case)
    grey = ali.field("title").evaluate("each => getComputedStyle(each).color")
    assert grey != ali.field("remark").evaluate("each => getComputedStyle(each).color")
    expect(ali.section("title").locator(".carried")).to_contain_text("demo-1398")
    ali.field("title").focus()
    ali.press("Alt+Enter")
    expect(ali.section("title").locator(".carried")).to_have_count(0)
    assert grey != ali.field("title").evaluate("each => getComputedStyle(each).color")
    ali.saved()
    assert set(on_disk(case)["carried"]) == {"from-case", "staff", "score"}


def test_all_carried_answers_are_confirmed_at_once(ali: Visitor, site: Site) -> None:
    case = carried(site)
    ali.open(case)
    expect(ali.page.locator("#items")).to_contain_text("در انتظار تأیید است: ۳")
    ali.page.get_by_role("button", name="تأیید همه پاسخ‌های این فرم").click()
    expect(ali.page.locator(".carried:visible")).to_have_count(0)
    ali.saved()
    assert "carried" not in on_disk(case)


def test_another_answer_confirms_and_the_former_one_stays_in_sight(ali: Visitor, site: Site) -> None:
    case = carried(site)
    ali.open(case)
    ali.write(ali.field("staff"), "15")
    expect(ali.section("staff").locator(".former")).to_have_text("در پرونده demo-1398: ۱۲")
    expect(ali.section("staff").locator(".carried")).to_have_count(0)
    ali.saved()
    assert (on_disk(case)["staff"], "staff" in on_disk(case)["carried"]) == ("15", False)
    ali.open(case)
    expect(ali.section("staff").locator(".former")).to_have_text("در پرونده demo-1398: ۱۲")
    ali.undo()
    expect(ali.field("staff")).to_have_value("۱۲")
    expect(ali.section("staff").locator(".former")).to_have_count(0)
