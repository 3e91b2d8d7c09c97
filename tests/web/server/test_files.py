"""What is sent to be saved: no browser opens it here, and it goes out piece by piece."""

from __future__ import annotations

import warnings
from pathlib import Path
from urllib.parse import unquote

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from django.urls import reverse

from assembler.records.receipt import PartRecord, Receipt, write_receipt
from tests.web.server.offices import CASE, FORM, PNG, Browser, Office

SANDBOX = "sandbox; default-src 'none'"
TITLE, AGENCY = "گزارش سال 1405 ", "اداره نمونه"


def made(office: Office, name: str, data: bytes = b"PK") -> Path:
    folder = office.case / "output" / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


async def taken(browser: Browser, address: str) -> list[bytes]:
    """The pieces of what a server that does several things at once sends."""
    client = AsyncClient()
    client.cookies = browser.cookies
    answer = await client.get(address)
    assert answer.status_code == 200
    pieces = [piece async for piece in answer]
    answer.close()
    return pieces


@pytest.mark.filterwarnings("error")
def test_files_go_out_in_pieces(office: Office) -> None:
    """A server that gathers a whole file first, or blocks all others while it reads, warns."""
    made(office, "report.docx", b"x" * 700_000)
    browser = office.browser("officer")
    pieces = async_to_sync(taken)(browser, reverse("made", args=[CASE, "final", "report.docx"]))
    assert b"".join(pieces) == b"x" * 700_000
    assert len(pieces) == 3
    file = reverse("file", args=[CASE, FORM]) + "?item=photo"
    assert b"".join(async_to_sync(taken)(browser, file)) == PNG
    audit = async_to_sync(taken)(office.browser("admin"), reverse("audit-file"))
    assert len(audit) > 1
    assert audit[0].startswith("\ufeff".encode())


def test_what_is_sent_is_saved_and_not_shown(office: Office) -> None:
    made(office, "report.docx", b"<script>alert(1)</script>")
    answers = [
        office.browser("officer").see("made", CASE, "final", "report.docx"),
        office.browser("officer").see("file", CASE, FORM, data={"item": "photo"}),
        office.browser("admin").see("audit-file"),
    ]
    for answer in answers:
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == SANDBOX
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Type"] in ("application/octet-stream", "text/csv; charset=utf-8")
        answer.close()


def test_a_name_cannot_write_another_header(office: Office) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made(office, 'a"; filename="b.html\u202e.docx')
        answer = office.browser("officer").see("made", CASE, "final", 'a"; filename="b.html\u202e.docx')
    assert answer.status_code == 200
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''a%22%3B")
    answer.close()


def test_what_was_made_is_saved_under_the_names_of_report_agency_and_part(office: Office) -> None:
    for name in ("demo.docx", "letter.docx", "letter (edited 1).docx", "of-before.docx"):
        made(office, name)
    (office.case / "output" / "demo.pdf").write_bytes(b"%PDF")
    parts = [
        PartRecord(name, title, "body", "", "", 1, 1, 1) for name, title in (("demo", TITLE), ("letter", "نامه/۱"))
    ]
    receipt = Receipt(CASE, "demo", TITLE, False, "1", {}, {}, "", "demo.pdf", "", 1, tuple(parts))
    write_receipt(receipt, office.case / "output" / "receipt.json")
    browser = office.browser("officer")
    names = {}
    for name in ("demo.pdf", "demo.docx", "letter.docx", "letter (edited 1).docx", "of-before.docx"):
        answer = browser.see("made", CASE, "final", name)
        answer.close()
        names[name] = unquote(answer["Content-Disposition"].removeprefix("attachment; filename*=utf-8''"))
    report = f"گزارش سال ۱۴۰۵ - {AGENCY}"
    assert names == {
        "demo.pdf": f"{report}.pdf",
        "demo.docx": f"{report}.docx",
        "letter.docx": f"نامه ۱ - {report}.docx",
        "letter (edited 1).docx": f"نامه ۱ - {report} (ویرایش‌شده ۱).docx",
        "of-before.docx": 'attachment; filename="of-before.docx"',
    }
    assert f"<bdi>{report}.pdf</bdi>" in browser.see("case", CASE).content.decode()


def test_a_draft_says_so_in_its_name_and_no_name_is_too_long(office: Office) -> None:
    folder = office.site.home / "drafts" / CASE
    folder.mkdir(parents=True)
    (folder / "demo.pdf").write_bytes(b"%PDF")
    write_receipt(
        Receipt(CASE, "demo", TITLE * 20, True, "1", {}, {}, "", "demo.pdf", "", 1, ()), folder / "receipt.json"
    )
    answer = office.browser("officer").see("made", CASE, "draft", "demo.pdf")
    answer.close()
    name = unquote(answer["Content-Disposition"].partition("''")[2])
    assert name.startswith("پیش‌نویس - گزارش سال ۱۴۰۵")
    assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    "name", ["../case.yaml", "..%2fcase.yaml", "%2e%2e/case.yaml", "case.yaml", "a\\..\\b", "\0", "link.docx"]
)
@pytest.mark.parametrize("which", ["final", "draft", "..", "parts"])
def test_only_what_was_made_is_taken(office: Office, name: str, which: str) -> None:
    """Files are looked up by their names; no name is joined to a folder, and no link is followed."""
    made(office, "report.docx").with_name("link.docx").symlink_to(office.case / "case.yaml")
    assert office.browser("officer").get(f"/cases/{CASE}/made/{which}/{name}").status_code == 404


@pytest.mark.parametrize(
    "case", ["..", ".", ".site", "demo%2f..%2fdemo", "%00", "DEMO", "demo ", "../cases/demo", "linked"]
)
def test_only_cases_that_are_there_are_opened(office: Office, case: str) -> None:
    (office.site.cases / "linked").symlink_to(office.case)
    browser = office.browser("officer")
    for address in ("", "/events", f"/forms/{FORM}", f"/forms/{FORM}/comments", "/made/final/report.docx"):
        assert browser.get(f"/cases/{case}{address}").status_code == 404
