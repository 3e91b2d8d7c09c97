"""The database holds no answer: without it, and with another, all of them are there."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command

from assembler.web import desks, people
from assembler.web.models import User
from tests.web.server.conftest import BOTH
from tests.web.server.databases import Database
from tests.web.server.offices import FORM, PHRASE, PNG, Browser, Office

DATABASES = BOTH


def _without_a_database(database: Database) -> None:
    """Throws everything in it away, and begins as on the first day."""
    database.emptied()
    desks._open.clear()
    call_command("migrate", interactive=False, verbosity=0)


def _first_again(office: Office) -> Browser:
    office.known.clear()
    browser = office.browser()
    code = people.one_time_code(people.FIRST)
    fields = {"code": code, "name": "first", "shown": "نخست", "password": PHRASE, "again": PHRASE}
    assert browser.submit("start", **fields).status_code == 302
    return browser


def _rows(item: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item.get("table", {}).get("rows", [])
    return found


def test_losing_the_database_loses_no_answer(office: Office, database: Database) -> None:
    writer = office.browser("officer")
    row = writer.act("insert", item="services").json()["changes"][0]["at"]["row"]
    writer.act("write", item="services", row=row, column="name", typed="خدمت تازه", base="")
    writer.act("write", item="score", typed="9", base="5")
    writer.send("add-comment", "demo", FORM, told={"text": "؟"})
    before, page = office.answers(), writer.page_of()["page"]
    _without_a_database(database)
    assert not User.objects.exists()
    assert writer.see("cases").status_code == 302  # signed out with it
    again = _first_again(office)
    found = again.page_of()["page"]
    assert office.answers() == before
    for was, now in zip(page["items"], found["items"], strict=True):
        assert now["answer"] == was["answer"]
        assert [row["cells"] for row in _rows(now)] == [row["cells"] for row in _rows(was)]
    assert b"".join(again.see("file", "demo", FORM, data={"item": "photo"})) == PNG
    assert again.act("write", item="score", typed="8", base="9").status_code == 200
    assert "score: 8" in office.answers()


def test_rows_seen_before_are_still_known(office: Office, database: Database) -> None:
    """A page that was open meanwhile goes on: rows get the keys they had from what they say."""
    page = office.browser("officer").page_of()["page"]
    services = next(item for item in page["items"] if item["name"] == "services")
    keys = [row["key"] for row in services["table"]["rows"]]
    _without_a_database(database)
    again = _first_again(office)
    found = next(item for item in again.page_of()["page"]["items"] if item["name"] == "services")
    assert [row["key"] for row in found["table"]["rows"]] == keys
    sent = again.act("write", item="services", row=keys[0], column="count", typed="13", base="12")
    assert sent.status_code == 200
