"""The list of cases reads only what it does not know: what it tells is true all the same."""

from __future__ import annotations

import re

import jdatetime
import pytest

from assembler.actions.desk.card import CaseCard, card_of, holds
from assembler.actions.desk.desk import Desk
from assembler.model.acts import CaseOverview, Due, Person
from assembler.web import cards
from assembler.web.models import KnownCard
from assembler.web.pages import cases
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, OTHER_CASE, Browser, Office

DATABASES = BOTH


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that are read from now on, by name."""
    read: list[str] = []

    was = cards.overview

    def told(desk: Desk, person: Person) -> CaseOverview:
        read.append(desk.folder.name)
        return was(desk, person)

    monkeypatch.setattr(cards, "overview", told)
    return read


def seen(browser: Browser, **asked: str) -> str:
    """The list, without what of a page is another one each time."""
    page = browser.get("/", asked).content.decode()
    return page.partition('<ul class="work">')[2].partition("</ul>\n</main>")[0]


def test_what_is_known_is_not_read_again_until_a_file_is_another(office: Office, unreadable: list[str]) -> None:
    browser = office.browser("officer")
    first = seen(browser)
    assert sorted(unreadable) == [CASE, OTHER_CASE]
    assert seen(browser) == first
    assert len(unreadable) == 2
    file = office.case / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("اداره نمونه", "اداره دیگر"), encoding="utf-8")
    assert "اداره دیگر" in seen(browser)
    assert unreadable[2:] == [CASE]


def test_each_kind_of_reader_has_cards_of_his_own(office: Office) -> None:
    seen(office.browser("officer"))
    seen(office.browser("reviewer"))
    assert KnownCard.objects.count() == 2
    department, stranger = office.browser("department"), office.browser("admin")
    assert seen(department) == seen(department)
    assert "/cases/" not in seen(stranger)
    assert KnownCard.objects.count() == 6


def test_what_there_is_no_time_for_comes_by_itself(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "_SECONDS", 0.0)
    browser = office.browser("officer")
    page = seen(browser)
    waiting = re.findall(r'data-unread="([^"]+)"', page)
    assert len(waiting) == 2
    assert "/cases/demo/card" in waiting
    assert "<progress" in browser.get("/cases/demo/card").content.decode()
    assert browser.get("/cases/demo/card", {"q": "نیست"}).status_code == 404
    assert len(re.findall("data-unread", seen(browser))) == 1
    assert len(re.findall("data-unread", seen(browser, q="نیست"))) == 1  # it may be called so


def test_comments_are_counted_also_of_what_is_known(office: Office) -> None:
    browser = office.browser("officer")
    seen(browser)
    office.browser("department").send("add-comment", CASE, FORM, told={"text": "؟", "item": "services"})
    assert "یادداشت" in seen(browser)
    assert "یادداشت" not in seen(office.browser("admin"))


def test_a_deadline_that_is_open_is_looked_at_anew_each_day() -> None:
    today, tomorrow = jdatetime.date(1399, 2, 1), jdatetime.date(1399, 2, 2)

    def made(standing: str) -> CaseCard:
        due = (Due("ارسال", "1399/02/05", 4, standing),)
        found = CaseOverview("x", "x", "demo", "1", (), 50, 0, 0, 0.0, due)
        return CaseCard.from_json(card_of(found, today).as_json())

    assert [holds(made("near"), day) for day in (today, tomorrow)] == [True, False]
    assert [holds(made("done"), day) for day in (today, tomorrow)] == [True, True]
