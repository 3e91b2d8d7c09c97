"""The page of a case says of its problems what they are of."""

from __future__ import annotations

from tests.web.server.offices import CASE, Office


def test_problems_of_no_form_stand_by_themselves_whatever_they_are(office: Office) -> None:
    browser = office.browser("officer")
    assert "<h2>درباره کل پرونده</h2>" not in browser.see("case", CASE).content.decode()
    (office.case / "answers" / "other.yaml").write_text("form: demo/unknown\n", encoding="utf-8")
    _, head, rest = browser.see("case", CASE).content.decode().partition("<h2>درباره کل پرونده</h2>")
    assert head
    assert "demo/unknown" in rest.partition("</section>")[0]
