"""The page of the persons letters go to: officers change it, and nobody writes over what he did not see."""

from __future__ import annotations

import re

from assembler.model.folders import CaseFolder
from assembler.web.models import Entry
from tests.web.server.offices import CASE, Browser, Office


def sent(browser: Browser, *rows: tuple[str, str, str, str], version: str = "") -> int:
    shown = browser.see("persons", CASE).content.decode()
    told = re.search(r'name="version" value="([^"]+)"', shown)
    assert told
    columns = dict(zip(("entry", "title", "name", "post"), map(list, zip(*rows, strict=True)), strict=True))
    return browser.post(f"/cases/{CASE}/persons", {"version": version or told[1], **columns}).status_code


def test_officers_add_change_and_take_out_persons(office: Office) -> None:
    browser, path = office.browser("officer"), CaseFolder(office.case).persons_file
    assert sent(browser, ("", "جناب آقای", "پ. نمونه", "رئیس"), ("", "", "", "")) == 302
    assert path.read_text(encoding="utf-8") == "- {title: جناب آقای, name: پ. نمونه, post: رئیس}\n"
    path.write_text("# ما\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert sent(browser, ("0", "", "پ. نمونه", "معاون"), ("", "", "ت. نمونه", "رئیس")) == 302
    now = "# ما\n- {name: پ. نمونه, post: معاون}\n- {name: ت. نمونه, post: رئیس}\n"
    assert path.read_text(encoding="utf-8") == now
    assert "معاون" in browser.see("persons", CASE).content.decode()
    assert Entry.objects.filter(kind="persons", case=CASE).count() == 2
    assert sent(browser, ("0", "", "", ""), ("1", "", "ت. نمونه", "رئیس")) == 302
    assert path.read_text(encoding="utf-8") == "# ما\n- {name: ت. نمونه, post: رئیس}\n"


def test_nothing_is_written_over_or_told_twice(office: Office) -> None:
    browser, path = office.browser("officer"), CaseFolder(office.case).persons_file
    path.write_text("- {name: پ. نمونه, post: رئیس}\n", encoding="utf-8")
    assert sent(browser, ("0", "", "پ. نمونه", "معاون"), version="0" * 16) == 422
    assert sent(browser, ("0", "", "پ. نمونه", "رئیس"), ("", "", "ت. نمونه", "رئیس")) == 422
    assert sent(browser, ("7", "", "پ. نمونه", "رئیس")) == 422
    assert sent(office.browser("secretary"), ("0", "", "پ. نمونه", "معاون")) == 403
    assert path.read_text(encoding="utf-8") == "- {name: پ. نمونه, post: رئیس}\n"
