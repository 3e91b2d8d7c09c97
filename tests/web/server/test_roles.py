"""Who is let in where: a line for each address and way to ask it, a column for each role."""

from __future__ import annotations

import shutil
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from assembler.actions import intake_held
from assembler.web import jobs
from assembler.web.models import Comment, Entry, Job
from assembler.web.site import this_site
from assembler.web.urls import urlpatterns
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, PNG, Browser, Office

DATABASES = BOTH

ROLES = ("nobody", "officer", "department", "reviewer", "signer", "secretary", "admin", "stranger")
# «in»: sent to sign in; «401» where a script asks. A stranger is of another case: for him this one is not there, as for
# an administrator, who opens none.
TABLE = """
                    nobody officer department reviewer signer secretary admin stranger
cases          GET  in     200     200        200      200    200       200   200
new-case       GET  in     200     403        403      403    403       403   403
new-case       POST in     302     403        403      403    403       403   403
case           GET  in     200     200        200      200    200       404   404
card           GET  in     200     200        200      200    200       404   404
persons        GET  in     200     403        200      200    200       403   403
persons        POST in     422     403        403      403    403       403   403
intake         GET  in     200     403        403      403    403       403   403
intake         POST in     422     403        403      403    403       403   403
intake-held    GET  in     200     403        403      403    403       403   403
intake-say     POST in     302     403        403      403    403       403   403
intake-write   POST in     409     403        403      403    403       403   403
form           GET  in     200     200        200      200    200       404   404
since          GET  401    200     200        200      200    200       404   404
past           GET  401    200     200        200      200    200       404   404
file           GET  in     200     404        200      200    200       404   404
attach         POST 401    200     422        422      422    422       404   404
undo           POST 401    200     200        200      200    200       404   404
act            POST 401    200     200        422      422    422       404   404
comments       GET  401    200     200        200      200    200       404   404
add-comment    POST 401    200     200        200      200    200       404   404
settle-comment POST 401    200     200        200      200    200       404   404
review         POST in     403     403        302      403    403       403   403
begin-job      POST 401    200     403        403      403    200       403   403
job            GET  401    200     403        200      200    200       403   403
made           GET  in     200     403        200      200    200       403   403
events         GET  401    200     200        200      200    200       404   404
people         GET  in     403     403        403      403    403       200   403
add-person     POST in     403     403        403      403    403       200   403
person         GET  in     403     403        403      403    403       200   403
person         POST in     403     403        403      403    403       302   403
audit          GET  in     403     403        403      403    403       200   403
audit-file     GET  in     403     403        403      403    403       200   403
password       GET  in     200     200        200      200    200       200   200
password       POST in     422     422        422      422    422       422   422
sign-out       POST in     302     302        302      302    302       302   302
sign-in        GET  200    200     200        200      200    200       200   200
sign-in        POST 403    403     403        403      403    403       403   403
start          GET  404    404     404        404      404    404       404   404
start          POST 404    404     404        404      404    404       404   404
local          GET  404    404     404        404      404    404       404   404
language       POST 302    302     302        302      302    302       302   302
alive          GET  200    200     200        200      200    200       200   200
static         GET  200    200     200        200      200    200       200   200
"""
LINES = [line.split() for line in TABLE.strip().splitlines()[1:]]
HELD = "0" * 24  # the key of a file that is held
BY_SCRIPTS = ("since", "past", "attach", "undo", "act", "comments", "add-comment", "settle-comment", "begin-job", "job",
              "events")  # fmt: skip


@pytest.fixture
def furnished(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office in which there is something at every address."""
    monkeypatch.setattr(jobs, "_run", lambda job, folder, where: None)
    officer = office.of_role("officer")
    office.of_role("admin")
    office.person("other-admin", "admin")
    monkeypatch.setattr(intake_held, "token_hex", lambda _: HELD)
    table = "نام خدمت,چند بار؟\nبازدید,۴\n".encode()
    shutil.rmtree(this_site().home / "intake", ignore_errors=True)
    intake_held.hold(this_site().home / "intake" / CASE, officer.username, [("scrap.csv", table)])
    Comment.objects.create(case=CASE, form=FORM, item="services", text="؟", who=officer)
    Job.objects.create(id=uuid.UUID(int=1), case=CASE, kind="check", state="done", who=officer)
    made = office.case / "output" / "parts"
    made.mkdir(parents=True)
    (made / "report.docx").write_bytes(b"PK")
    return office


def places(name: str) -> tuple[object, ...]:
    """What stands in the address of a name."""
    in_form = {"act": ("insert",), "settle-comment": (Comment.objects.earliest("pk").pk,)}
    if name in ("form", "since", "past", "file", "attach", "undo", "comments", "add-comment", "review", *in_form):
        return (CASE, FORM, *in_form.get(name, ()))
    if name.startswith("intake-"):
        return (CASE, HELD)
    return {
        "case": (CASE,), "card": (CASE,), "persons": (CASE,), "intake": (CASE,), "events": (CASE,),
        "begin-job": (CASE, "check"), "job": (CASE, uuid.UUID(int=1)), "made": (CASE, "final", "report.docx"),
        "person": ("other-admin",), "static": ("site.css",), "local": ("token",),
    }.get(name, ())  # fmt: skip


def asked(browser: Browser, name: str, method: str) -> HttpResponse:
    """What somebody gets who asks with what would be taken of one who may."""
    address, script = reverse(name, args=places(name)), {"Accept": "application/json"}
    headers = script if name in BY_SCRIPTS else {}
    if name == "attach":
        file = SimpleUploadedFile("map.png", PNG)
        return browser.post(address, {"item": "photo", "base": "plan.png", "file": file}, headers=headers)
    if name in BY_SCRIPTS and method == "POST":
        return browser.send(name, *places(name), told={"text": "چرا؟", "settled": True, "item": "services"})
    fields = {
        "review": {"does": "approved"}, "new-case": {"report": "demo", "name": "new"} if method == "POST" else {},
        "add-person": {"name": "new", "roles": ["officer"]}, "person": {"does": "sign-out"},
        "intake-say": {"table": "scrap.csv:1", "target": "-", "was": ""},
        "past": {"item": "services"}, "file": {"item": "photo"}, "language": {"language": "en"},
    }.get(name, {})  # fmt: skip
    return browser.get(address, fields, headers=headers) if method == "GET" else browser.post(address, fields)


def told(answer: HttpResponse) -> str:
    """The status, or «in» of an answer that sends to sign in."""
    is_sent = answer.status_code == 302 and answer["Location"].startswith(reverse("sign-in") + "?")
    return "in" if is_sent or answer.headers.get("Location") == reverse("sign-in") else str(answer.status_code)


@pytest.mark.parametrize("line", LINES, ids=lambda line: "-".join(line[:2]))
def test_who_gets_what(furnished: Office, line: list[str]) -> None:
    name, method, *expected = line
    browsers = [furnished.browser(None if role == "nobody" else role) for role in ROLES]
    found = [told(asked(browser, name, method)) for browser in browsers]
    if name == "sign-out":
        found = ["302" if role != "nobody" else each for role, each in zip(ROLES, found, strict=True)]
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


def test_every_address_has_a_line() -> None:
    assert sorted({line[0] for line in LINES}) == sorted(each.name for each in urlpatterns)
    assert all(each.name for each in urlpatterns)


@pytest.mark.parametrize("name", sorted({line[0] for line in LINES}))
def test_no_other_way_of_asking_does_anything(furnished: Office, name: str) -> None:
    """Nor one that is hidden in a header or a field."""
    ways = {line[1] for line in LINES if line[0] == name}
    address = reverse(name, args=places(name))
    browser = furnished.browser("officer")
    others = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"} - ways
    before = Entry.objects.count()
    for method in others:
        answer = browser.generic(method, address, headers={"Accept": "application/json"})
        assert answer.status_code in (403, 405), (method, answer.status_code)
    if "POST" not in ways:
        hidden = browser.post(address, {"_method": "GET"}, headers={"X-HTTP-Method-Override": "GET"})
        assert hidden.status_code == 405
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", sorted({line[0] for line in LINES if line[1] == "GET"}))
def test_only_the_head_of_a_page_is_asked_for_like_the_page(furnished: Office, name: str) -> None:
    for role in ("officer", "department", "admin"):
        browser, address = furnished.browser(role), reverse(name, args=places(name))
        headers = {"Accept": "application/json"} if name in BY_SCRIPTS else {}
        fields = {"past": {"item": "services"}, "file": {"item": "photo"}}.get(name, {})
        whole, head = browser.get(address, fields, headers=headers), browser.head(address, fields, headers=headers)
        assert (head.status_code, head.headers.get("Location")) == (whole.status_code, whole.headers.get("Location"))
