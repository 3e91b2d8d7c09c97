"""Checks and builds from the page of a case: they outlive the page that asked, are told when they died, and what they
made can be taken.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest

from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.conftest import write_answers
from tests.web.processes.clients import CASE, Client
from tests.web.processes.serving import Served, living, serving, until

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
pytestmark = office
WHOLE = """\
form: demo/visit
title: بازدید
visited: yes
services:
  - {name: صدور گواهی, count: 12}
"""
SECOND = """\
form: demo/second
printed:
  r1: {value: 5}
  r2: {value: 6}
lent:
  - {name: صدور گواهی}
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "site") as served:
        yield served


def test_a_case_with_errors_is_built_as_a_draft_only(site: Served) -> None:
    ali = site.client("ali")
    failed = ended(ali, begun(ali, "build"))
    assert failed["state"] == "failed"
    assert failed["counts"]["error"] == len([each for each in failed["problems"] if each["severity"] == "error"]) > 0
    assert "demo/visit" in {each["form"] for each in failed["problems"]}
    assert taken(ali) == {}
    assert ended(ali, begun(ali, "build", draft=True))["state"] == "done"
    assert {place.split("/")[0] for place in taken(ali)} == {"draft"}


def test_what_was_built_is_taken_as_it_was_made(site: Served) -> None:
    write_answers(site.place.folder, WHOLE)
    write_answers(site.place.folder, SECOND, "second")
    ali = site.client("ali")
    made = ended(ali, begun(ali, "build"))
    assert made["state"] == "done", made
    files = taken(ali)
    assert set(files) == {"final/demo.pdf", "final/report.docx"}
    assert len(pypdfium2.PdfDocument(files["final/demo.pdf"])) == made["pages"]
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(files["final/report.docx"])).namelist()


def test_a_build_goes_on_while_the_page_is_loaded_anew(site: Served) -> None:
    ali, sara = site.client("ali"), site.client("sara")
    job = begun(ali, "build", draft=True)
    assert begun(sara, "build", draft=True)["id"] == job["id"]
    steps = set()

    def told_on_page() -> bool:
        shown = of_page(sara)
        assert (shown["id"], shown["who"]) == (job["id"], "Ali")
        steps.add((shown["state"], shown["step"]))
        return shown["state"] == "done"

    until(told_on_page, 120)
    assert len({step for state, step in steps if state == "running" and step}) > 1


def test_a_build_that_died_with_the_server_is_told_and_can_be_asked_for_again(site: Served) -> None:
    ali = site.client("ali")
    begun(ali, "build", draft=True)
    until(lambda: any("soffice" in command for command in living(site.temporary).values()), 60)
    left = set(site.temporary.glob("assembler-office-*"))
    site.kill()
    until(lambda: not living(site.temporary), 10, "LibreOffice outlived the server")
    site.start()
    ali = site.client("ali")
    assert of_page(ali)["state"] == "died"
    assert ended(ali, begun(ali, "build", draft=True))["state"] == "done"
    assert not left & set(site.temporary.glob("assembler-office-*"))


def begun(client: Client, kind: str, *, draft: bool = False) -> dict[str, Any]:
    answer = client.post(f"/cases/{CASE}/jobs/begin/{kind}", draft=draft)
    assert answer.status == 200, answer.text
    job: dict[str, Any] = answer.told["job"]
    return job


def ended(client: Client, job: dict[str, Any]) -> dict[str, Any]:
    def over() -> dict[str, Any] | None:
        told: dict[str, Any] = client.get(f"/cases/{CASE}/jobs/{job['id']}").told["job"]
        return told if told["state"] not in ("waiting", "running") else None

    found = until(over, 120)
    assert isinstance(found, dict)
    return found


def of_page(client: Client) -> dict[str, Any]:
    """The newest job as the page of the case has it when it is loaded."""
    page = client.get(f"/cases/{CASE}", "text/html").text
    (told,) = re.findall(r'<script type="application/json" id="told">(.*?)</script>', page)
    job: dict[str, Any] = json.loads(told)["job"]
    return job


def taken(client: Client) -> dict[str, bytes]:
    """All that the page gives to be taken, by where it stands."""
    page = client.get(f"/cases/{CASE}", "text/html").text
    found = {}
    for place in re.findall(rf'href="/cases/{CASE}/made/([^"]+)" download', page):
        answer = client.get(f"/cases/{CASE}/made/{place}", "text/html")
        assert answer.status == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        found[unquote(place)] = answer.body
    return found
