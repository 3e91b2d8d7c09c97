"""What reviewers decide: an approval is of what a form then said, and falls when it says something else."""

from __future__ import annotations

import pytest

from assembler.web.models import Entry, Review
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, SECOND, Office

DATABASES = BOTH

APPROVED, RETURNED, FALLEN = "review approved", "review returned", "review fallen"


def stands(office: Office, form: str = FORM) -> str:
    """How the page of a form says that it stands."""
    text = office.browser("signer").see("form", CASE, form).content.decode()
    return next((each for each in (APPROVED, RETURNED, FALLEN) if each in text), "")


def decide(office: Office, does: str, reason: str = "", form: str = FORM) -> int:
    return office.browser("reviewer").submit("review", CASE, form, does=does, reason=reason).status_code


def test_an_approval_falls_with_an_answer_and_stands_again(office: Office) -> None:
    officer = office.browser("officer")
    assert decide(office, "approved") == 302
    assert stands(office) == APPROVED
    officer.act("write", item="score", typed="6", base="5")
    assert stands(office) == FALLEN
    assert "state fallen" in officer.see("case", CASE).content.decode()
    officer.act("write", item="score", typed="5", base="6")
    assert stands(office) == APPROVED


@pytest.mark.parametrize("change", ["row", "cell", "file"])
def test_an_approval_falls_with_rows_cells_and_files_changed_beside(office: Office, change: str) -> None:
    officer = office.browser("officer")
    decide(office, "approved")
    if change == "row":
        officer.act("insert", item="services")
    elif change == "cell":
        row = next(item for item in officer.page_of()["page"]["items"] if item["name"] == "services")["table"]["rows"][
            0
        ]
        officer.act("write", item="services", row=row["key"], column="count", typed="13", base="12")
    else:
        text = office.answers().replace("بازدید نخست", "بازدید دوم")
        (office.case / "answers" / "visit.yaml").write_text(text, encoding="utf-8")
    assert stands(office) == FALLEN


def test_an_approval_stays_when_another_form_changes(office: Office) -> None:
    decide(office, "approved")
    office.browser("officer").act("insert", SECOND, item="bands")
    assert stands(office) == APPROVED
    assert stands(office, SECOND) == ""


def test_a_form_is_returned_with_a_reason_and_a_decision_taken_back(office: Office) -> None:
    assert decide(office, "returned", " ") == 404
    assert decide(office, "returned", "پیوست نیست") == 302
    assert stands(office) == RETURNED
    assert "پیوست نیست" in office.browser("officer").see("form", CASE, FORM).content.decode()
    assert decide(office, "withdrawn") == 302
    assert not Review.objects.exists()
    assert list(Entry.objects.values_list("kind", flat=True)) == ["returned", "withdrawn"]


@pytest.mark.parametrize(("does", "form"), [("issued", FORM), ("", FORM), ("approved", "demo/nothing")])
def test_nothing_else_is_decided(office: Office, does: str, form: str) -> None:
    assert decide(office, does, "x", form) == 404
    assert not Entry.objects.exists()
