"""Tables of departments in the browser: seen before they are written, said again, settled, and nobody else's."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.actions.test_intake import HEAD, scrap
from tests.web.server.offices import CASE, FORM, Browser, Office

ASKED = (("نام خدمت", "چند بار؟"), ("بازدید", "۴"))


def given(browser: Browser, *paths: Path) -> str:
    """The address of what was given, as it is looked at."""
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    answer = browser.post(reverse("intake", args=[CASE]), {"files": files})
    assert answer.status_code == 302
    return str(answer["Location"])


def seen(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def base_of(text: str) -> str:
    (found,) = re.findall(r'name="base" value="(\w+)"', text)
    return str(found)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return scrap(tmp_path / "واحد مالی.docx", HEAD, ("۱", "استعلام", "۴"), ("جمع", "", "۴"), above="خدمات")


def test_it_is_seen_and_then_written(office: Office, table: Path) -> None:
    officer, before = office.browser("officer"), office.answers()
    address = given(officer, table)
    text = seen(officer, address)
    for told in ("واحد مالی.docx", "استعلام", "demo/visit.services", "جمع"):
        assert told in text
    assert office.answers() == before
    done = officer.post(f"{address}/write", {"base": base_of(text)})
    assert (done.status_code, reverse("form", args=[CASE, FORM]) in done.content.decode()) == (200, True)
    assert "{name: استعلام, count: 4}" in office.answers()
    assert officer.get(address).status_code == 404  # let go of
    assert "taken-in" in office.browser("admin").see("audit-file").getvalue().decode()


def test_what_is_said_of_a_table_and_its_columns_is_seen_at_once_and_remembered(office: Office, tmp_path: Path) -> None:
    officer = office.browser("officer")
    address = given(officer, scrap(tmp_path / "a.docx", *ASKED))
    assert 'name="column-2"' not in seen(officer, address)
    said = {"table": "a.docx:1", "target": "demo/visit.services", "was": ""}
    assert officer.post(f"{address}/say", said).status_code == 302
    assert 'name="column-2"' in seen(officer, address)
    officer.post(f"{address}/say", {**said, "was": "demo/visit.services", "column-2": "count"})
    text = seen(officer, address)
    assert officer.post(f"{address}/write", {"base": base_of(text)}).status_code == 200
    assert "{name: بازدید, count: 4}" in office.answers()
    assert "چند بار؟: count" in (office.case / "known-headers.yaml").read_text(encoding="utf-8")


def test_conflicts_are_settled_and_nothing_is_gone_over_unseen(office: Office, tmp_path: Path) -> None:
    officer = office.browser("officer")
    address = given(officer, scrap(tmp_path / "a.docx", HEAD, ("۱", "صدور گواهی", "۱۳"), above="خدمات"))
    text = seen(officer, address)
    place = "demo/visit.services:1.count"
    assert f'value="{place}"' in text
    assert officer.post(f"{address}/write", {"base": base_of(text)}).status_code == 409
    officer.post(f"{address}/say", {"place": place, "side": "a.docx"})
    base = base_of(seen(officer, address))
    path = office.case / "answers" / "visit.yaml"
    path.write_text(office.answers().replace("count: 12", "count: 99"), encoding="utf-8")  # somebody else, meanwhile
    again = officer.post(f"{address}/write", {"base": base})
    assert (again.status_code, "count: 99" in office.answers()) == (409, True)
    officer.post(f"{address}/write", {"base": base_of(unescape(again.content.decode()))})
    assert "count: 13" in office.answers()


def test_it_is_for_officers_and_what_one_gave_is_not_anothers(office: Office, table: Path) -> None:
    officer = office.browser("officer")
    address = given(officer, table)
    assert office.browser(office.person("other", "officer")).get(address).status_code == 404
    for role in ("department", "reviewer", "signer", "secretary"):
        browser = office.browser(role)
        assert browser.get(address).status_code == browser.get(reverse("intake", args=[CASE])).status_code == 403
    for key in ("../..", "0" * 24):
        assert officer.get(f"{reverse('intake', args=[CASE])}/{key}").status_code == 404


def test_what_is_no_table_is_told_and_names_cannot_lead_astray(office: Office) -> None:
    officer = office.browser("officer")
    assert officer.post(reverse("intake", args=[CASE]), {}).status_code == 422
    files = [SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n") for name in ("../../a=b:c.png", "<b>.docx")]
    answer = officer.post(reverse("intake", args=[CASE]), {"files": files})
    text = officer.get(answer["Location"]).content.decode()
    assert answer.status_code == 302
    assert "a-b-c.png" in text
    assert "<b>.docx" not in text
    assert officer.post(f"{answer['Location']}/say", {"table": "x"}).status_code == 400
