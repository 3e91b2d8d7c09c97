"""What is sent that no page of ours sends: from other sites, too much, broken, to be run by somebody else."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, MutableMapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.asgi import get_asgi_application
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from assembler.actions.desk.attach import MOST_BYTES
from assembler.actions.desk.table import MOST_ROWS
from assembler.web import people, rates
from assembler.web.bounds import bounded
from assembler.web.middleware import POLICY
from assembler.web.models import Comment, Entry, User
from assembler.web.site import LARGEST_BODY
from assembler.web.urls import urlpatterns
from tests.conftest import write_form
from tests.web.server.offices import CASE, FORM, PHRASE, PNG, SECOND, Office
from tests.web.server.test_roles import LINES, places

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`"
ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "http:/evil.example", "http:evil.example",
    " //evil.example", "\x00//evil.example",
    "https:evil.example", "data:text/html,x", "evil.example", "@evil.example", "/%09/evil.example/../..//evil.example",
]  # fmt: skip


# ---------------------------------------------------------------- to and from other sites


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere(office: Office, address: str) -> None:
    user = office.person("ali", "officer")
    people.give_password(user, PHRASE, chosen=True)
    sent = [
        office.browser().submit("sign-in", name="ali", password=PHRASE, next=address),
        office.browser().submit("language", language="en", next=address),
    ]
    for answer in sent:
        place = answer.headers.get("Location", "/")
        assert place == "/" or re.match(r"/(?![/\\])[^\t\n\\]*$", place), place
        assert answer.status_code in (302, 404)
    page = office.browser().get(reverse("sign-in"), {"next": address})
    assert page.status_code == 404 or 'name="next" value="/' in page.content.decode()


def test_one_is_sent_back_to_where_he_was(office: Office) -> None:
    wanted = reverse("form", args=[CASE, FORM])
    answer = office.browser().get(wanted)
    assert answer["Location"] == f"/sign-in?next={wanted}"


WAYS = [(line[0], line[1]) for line in LINES if line[1] == "POST"]


@pytest.fixture
def settled(office: Office) -> Office:
    Comment.objects.create(case=CASE, form=FORM, text="؟", who=office.of_role("officer"))
    office.person("other-admin", "admin")
    return office


@pytest.mark.parametrize("name", [name for name, _ in WAYS])
def test_nothing_is_done_for_another_site(settled: Office, name: str) -> None:
    """Neither without our token nor where the browser says that it was sent from elsewhere."""
    user = settled.person("all", "officer", "reviewer", "admin")
    address, before, answers = reverse(name, args=places(name)), Entry.objects.count(), settled.answers()
    checking = settled.browser(user, enforce_csrf_checks=True)
    assert checking.post(address).status_code == 403
    assert checking.post(address, headers={"Accept": "application/json"}).status_code == 403
    for said in ("cross-site", "same-site"):
        assert settled.browser(user, headers={"Sec-Fetch-Site": said}).post(address).status_code == 403
    assert (Entry.objects.count(), settled.answers()) == (before, answers)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil", "", "a b", "[::1"])
def test_another_name_is_no_name_of_the_site(office: Office, host: str) -> None:
    for address in ("/", "/sign-in", "/alive", "/static/site.css", "/nothing"):
        answer = office.browser(headers={"Host": host}).get(address)
        assert (answer.status_code, answer["Content-Security-Policy"]) == (400, POLICY)
        assert host not in answer.content.decode() or not host


def test_a_name_the_request_tells_beside_is_not_believed(office: Office) -> None:
    answer = office.browser(headers={"X-Forwarded-Host": "evil.example", "X-Original-URL": "/audit"}).get("/")
    assert answer["Location"] == "/sign-in?next=/"


# ---------------------------------------------------------------- what a browser may do with an answer


def _pages(office: Office) -> Iterator[HttpResponse]:
    everyone = office.browser(office.person("all", "officer", "reviewer", "admin"))
    for line in LINES:
        if line[1] == "GET":
            yield everyone.get(reverse(line[0], args=places(line[0])))
    yield office.browser().get("/")
    yield office.browser().get("/nothing")
    yield everyone.get("/nothing", headers={"Accept": "application/json"})
    yield everyone.post("/")
    yield everyone.send("act", CASE, FORM, "write", told=[])
    yield office.browser("department").see("audit")


def test_no_page_may_run_frame_or_ask_for_anything_else(settled: Office) -> None:
    statuses = set()
    for answer in _pages(settled):
        statuses.add(answer.status_code)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cache-Control"] in ("no-store", "no-cache")
        assert "Server" not in answer.headers
        assert not any(name.startswith("Access-Control") for name in answer.headers)
        if answer["Content-Type"].startswith("text/html"):
            _nothing_inline(answer.content.decode())
    assert statuses == {200, 302, 400, 403, 404, 405}


class _Tags(HTMLParser):
    """What of a page a browser would run, or ask elsewhere for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        is_ours = tag == "script" and (told.get("type") == "application/json" or told.get("src"))
        if tag in ("style", "base", "iframe", "object", "embed", "img") or (tag == "script" and not is_ours):
            self.found.append(tag)
        self.found += [name for name in told if name == "style" or name.startswith("on")]
        places = (told[name] or "" for name in ("src", "href", "action", "formaction") if name in told)
        self.found += [place for place in places if not re.match(r"/(?!/)|#|\?", place)]


def _nothing_inline(text: str) -> None:
    assert _Tags(text).found == []


def test_a_fault_of_the_site_tells_nothing_of_its_inside(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*told: object) -> None:
        raise ValueError(f"{office.case} secret-key")

    monkeypatch.setattr("assembler.web.pages.case.overview", broken)
    browser = office.browser("officer", raise_request_exception=False)
    answer = browser.see("case", CASE)
    assert answer.status_code == 500
    assert "secret-key" not in answer.content.decode()
    assert answer["Content-Security-Policy"] == POLICY


def test_texts_of_people_and_files_are_texts(office: Office) -> None:
    """Labels, answers, names, comments, names of files, what is searched for: nothing of them is run."""
    form = (office.workplace.specs / "demo" / "visit.yaml").read_text(encoding="utf-8")
    text = json.dumps(SCRIPT, ensure_ascii=False)
    spec = form.replace("title: بازدید از اداره", f"title: {text}").replace("label: عنوان", f"label: {text}")
    (office.workplace.specs / "demo" / "visit.yaml").write_text(spec, encoding="utf-8")
    answers = office.answers().replace("title: بازدید نخست", f"title: {text}")
    (office.case / "answers" / "visit.yaml").write_text(answers, encoding="utf-8")
    user = office.person("all", "officer", "reviewer", "admin")
    user.shown = SCRIPT[:120]
    user.units = [SCRIPT]
    user.save()
    browser = office.browser(user)
    browser.send("add-comment", CASE, FORM, told={"text": SCRIPT})
    browser.submit("review", CASE, FORM, does="returned", reason=SCRIPT)
    browser.act("write", item="title", typed=SCRIPT + "{{7*7}}", base=SCRIPT)
    made = office.case / "output" / "parts" / "<img src=x onerror=alert(1)>.docx"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"PK")
    pages = [
        browser.see("form", CASE, FORM), browser.see("case", CASE), browser.get("/", {"q": SCRIPT}),
        browser.see("people"), browser.see("person", "all"), browser.see("audit"),
        browser.get("/audit", {"who": SCRIPT}),
        browser.submit("add-person", name=SCRIPT, shown=SCRIPT, roles=SCRIPT),
        browser.submit("new-case", report=SCRIPT, name=SCRIPT), browser.submit("sign-in", name=SCRIPT, next="/"),
        browser.get(f"/{SCRIPT}"),
    ]  # fmt: skip
    for answer in pages:
        found = answer.content.decode()
        _nothing_inline(found)
    told = browser.page_of()["page"]
    read = told["title"].replace("\u200e", "")  # what is read has marks of its direction
    assert (read, told["items"][0]["answer"]["typed"]) == (SCRIPT, SCRIPT + "{{7*7}}")


# ---------------------------------------------------------------- broken and too much

BROKEN: list[bytes] = [
    b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b'{"item": 1}', b'{"item": null}', b'{"item": {"$ne": ""}}',
    b"[" * 100_000, b'{"a":' * 100_000, b'{"item": "title", "typed": "\\ud800", "base": ""}',
    b'{"item": "title", "typed": "a\\u0000b", "base": ""}', b'{"n": ' + b"9" * 5000 + b"}", b'{"item": NaN}',
]  # fmt: skip


@pytest.mark.parametrize("name", ["write", "paste", "insert", "remove", "move", "confirm", "accept"])
@pytest.mark.parametrize("body", BROKEN, ids=lambda body: repr(body[:30]))
def test_broken_data_is_refused(office: Office, name: str, body: bytes) -> None:
    browser, before = office.browser("officer"), office.answers()
    address = reverse("act", args=[CASE, FORM, name])
    answer = browser.post(address, body, "application/json", headers={"Accept": "application/json"})
    assert answer.status_code in (400, 422) or _confirms_nothing(name, answer)
    assert office.answers() == before


def _confirms_nothing(name: str, answer: HttpResponse) -> bool:
    return name == "confirm" and answer.json()["changes"] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("insert", {"item": "services", "count": -1}),
        ("insert", {"item": "services", "count": 0}),
        ("insert", {"item": "services", "count": True}),
        ("insert", {"item": "services", "count": 1.5}),
        ("insert", {"item": "services", "count": 10**30}),
        ("insert", {"item": "services", "count": MOST_ROWS}),
        ("insert", {"item": "services", "behind": "../x"}),
        ("insert", {"item": "title"}),
        ("remove", {"item": "services", "rows": "all"}),
        ("remove", {"item": "services", "rows": [["a"], 1]}),
        ("remove", {"item": "title", "rows": []}),
        ("move", {"item": "services", "row": "x" * 10_000, "behind": ""}),
        ("write", {"item": "services", "row": "x", "column": "name", "typed": "y", "base": ""}),
        ("write", {"item": "services", "typed": "y", "base": ""}),
        ("write", {"item": "score", "typed": "x" * 100_000, "base": "5"}),
        ("write", {"item": "../../case", "typed": "y", "base": ""}),
        ("paste", {"item": "services", "text": "x\ty\n" * (MOST_ROWS + 1)}),
        ("accept", {"place": "../x", "code": "required", "why": "x"}),
    ],
)
def test_what_no_page_asks_for_is_refused(office: Office, name: str, told: dict[str, object]) -> None:
    browser, before = office.browser("officer"), office.answers()
    assert browser.act(name, **told).status_code in (400, 404, 422)
    assert office.answers() == before
    assert sorted(path.name for path in office.case.iterdir()) == ["answers", "attachments", "case.yaml", "units.yaml"]


def test_an_act_of_another_name_is_not_there(office: Office) -> None:
    for name in ("act", "__init__", "draft", "undo", "since", "write%2f..", "x" * 1000):
        assert office.browser("officer").post(f"/cases/{CASE}/forms/{FORM}/acts/{name}").status_code in (404, 405)


def test_what_is_pasted_is_proved_like_what_is_typed(office: Office) -> None:
    """Also when the preview is passed over, or is that of another block: bad cells stay as they are."""
    browser, before = office.browser("officer"), office.answers()
    block = "نامی\tصد و چند\nنام دیگر\t7"
    assert browser.act("paste", item="services", text=block, base="made up").json()["outcome"] == "preview"
    seen = browser.act("paste", item="services", text="نامی\t7").json()["base"]
    assert browser.act("paste", item="services", text=block, base=seen).json()["outcome"] == "preview"
    assert office.answers() == before
    base = browser.act("paste", item="services", text=block).json()["base"]
    assert browser.act("paste", item="services", text=block, base=base).json()["outcome"] == "written"
    assert "صد و چند" not in office.answers()
    assert "count: 7" in office.answers()
    printed = browser.act("paste", SECOND, item="printed", text="x\t1\ny\t2\nz\t3\nw\t4")
    assert (printed.json()["added"], printed.json()["left"] > 0) == (0, True)


FILES = [
    ("page.html", b"<html><script>alert(1)</script>"), ("page.png", b"<html><script>alert(1)</script>"),
    ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ("x.png.html", PNG), ("x", PNG),
    ("x.exe", b"MZ"), ("x.pdf", PNG), ("x.png", b""), ("x.png", b"%PDF-1.7"), ("x.docm", b"PK\3\4"), (".png", PNG),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), FILES)
def test_files_are_what_they_hold(office: Office, name: str, data: bytes) -> None:
    before = sorted(path.name for path in (office.case / "attachments").iterdir())
    answer = _attached(office, name, data)
    assert answer.status_code in (400, 422)
    assert sorted(path.name for path in (office.case / "attachments").iterdir()) == before


def _attached(office: Office, name: str, data: bytes = PNG, base: str = "plan.png") -> HttpResponse:
    file = SimpleUploadedFile("x", data)
    file._name = name
    fields = {"item": "photo", "base": base, "file": file}
    return office.browser("officer").post(
        reverse("attach", args=[CASE, FORM]), fields, headers={"Accept": "application/json"}
    )


@pytest.mark.parametrize(
    "name",
    ["../../evil.png", "..\\..\\evil.png", "C:\\evil.png", "/etc/evil.png", "a/b/evil.png", "<img src=x>.png",
     "evil\u202egnp.png", "x" * 300 + ".png", "plan.png", "CON.png", "a\nb.png", "نقشه ساختمان.png"],
)  # fmt: skip
def test_the_name_of_a_file_is_no_path(office: Office, name: str) -> None:
    """It lands among the attachments or nowhere, and never in the place of another."""
    answer = _attached(office, name, PNG + b"other")
    assert answer.status_code in (200, 422)
    folder = office.case / "attachments"
    assert (folder / "plan.png").read_bytes() == PNG
    others = [path for path in office.workplace.folder.rglob("*evil*") if path.parent != folder]
    assert others == []
    assert not any("\u202e" in path.name or "\n" in path.name for path in folder.iterdir())


def test_a_case_is_named_and_not_a_path(office: Office) -> None:
    browser = office.browser("officer")
    for name in ("../evil", "..", ".evil", "a/b", "a\\b", "", "x" * 200, "demo", "con.", "evil\u202e", "a\nb"):
        answer = browser.submit("new-case", report="demo", name=name)
        assert answer.status_code == 422, name
    for other in ("../../etc", "stranger"):
        assert browser.submit("new-case", report="demo", name="new", other=other).status_code == 404
    assert browser.submit("new-case", report="../../etc", name="new").status_code == 422
    assert sorted(path.name for path in office.site.cases.iterdir()) == ["demo", "other"]
    assert not (office.workplace.folder / "evil").exists()


def test_who_sees_some_cases_sees_the_one_he_starts(office: Office) -> None:
    user = office.person("some", "officer", cases=("other",))
    browser = office.browser(user)
    assert browser.get(browser.submit("new-case", report="demo", name="mine")["Location"]).status_code == 200
    assert User.objects.get(pk=user.pk).cases == ["other", "mine"]


def test_what_finds_no_place_in_the_next_edition_is_seen_as_the_case_is_started(office: Office) -> None:
    write_form(
        office.workplace.folder,
        "report: later\nsource: {document: demo}\nedition: {of: demo, folders: {demo: later}}\n",
        "later",
    )
    write_form(office.workplace.folder, "form: later/visit\nedition_of: demo/visit\ndrop: [score]\n", "later-visit")
    answer = office.browser("officer").submit("new-case", report="later", name="next", other="demo")
    page = answer.content.decode()
    assert (answer.status_code, "امتیاز" in page, "score: " in page) == (200, True, True)
    assert reverse("form", args=["next", "case"]) in page
    assert (office.site.cases / "next" / "not-taken-over.txt").is_file()


# ---------------------------------------------------------------- how much


def heard(path: str, pieces: list[bytes], told: int | None) -> tuple[int, dict[str, Any]]:
    """What a server is answered that hands on a request of these pieces; ``told`` is how much it says it brings."""
    waiting = [{"type": "http.request", "body": each, "more_body": True} for each in pieces]
    sent: list[MutableMapping[str, Any]] = []
    size = [] if told is None else [(b"content-length", str(told).encode())]

    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> MutableMapping[str, Any]:
        if not waiting:
            await asyncio.sleep(60)  # nothing comes, and the line stays
        return waiting.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
        "raw_path": path.encode(), "query_string": b"", "scheme": "http", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(b"host", b"127.0.0.1"), (b"accept", b"application/json"), *size],
    }  # fmt: skip
    asyncio.run(bounded(get_asgi_application())(scope, receive, send))
    body = b"".join(each.get("body", b"") for each in sent[1:])
    return sent[0]["status"], json.loads(body) if body.startswith(b"{") else {}


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(
    ("path", "most"),
    [("/sign-in", LARGEST_BODY), (f"/cases/{CASE}/forms/{FORM}/acts/paste", LARGEST_BODY),
     (f"/cases/{CASE}/forms/{FORM}/attach", MOST_BYTES + 1024 * 1024)],
)  # fmt: skip
def test_more_than_may_be_sent_is_not_read(office: Office, path: str, most: int, told: bool) -> None:
    piece = b"x" * (1024 * 1024)
    many = [piece] * (most // len(piece))
    status, problem = heard(path, [*many, b"y"], most + 1 if told else None)
    assert status == 413
    assert str(most // 1024 // 1024) in problem["problems"][0]["message"].translate(_LATIN)
    assert heard(path, many[:1], None)[0] in (401, 403)


_LATIN = {ord("۰") + number: str(number) for number in range(10)}


def test_every_way_to_change_something_is_measured() -> None:
    unmeasured = [each.name for each in urlpatterns if not hasattr(each.callback, "measured")]
    assert {name for name, _ in WAYS} & set(unmeasured) == set()


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of everything, filled again slowly."""
    monkeypatch.setattr(rates, "_left", type(rates._left)())
    monkeypatch.setattr(rates, "MEASURES", {kind: rates.Measure(2, 60) for kind in rates.MEASURES})


@pytest.mark.parametrize("name", [name for name, _ in WAYS])
def test_too_much_at_once_is_told_with_how_long_to_wait(settled: Office, little: None, name: str) -> None:
    browser = settled.browser(settled.person("all", "officer", "reviewer", "admin"))
    address, script = reverse(name, args=places(name)), {"Accept": "application/json"}
    before = [browser.post(address, headers=script).status_code for _ in range(2)]
    if name == "sign-out":
        return  # who left is measured by his address, and sent to sign in
    answer = browser.post(address, headers=script)
    assert 429 not in before
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer.json()["problems"][0]["message"]
    assert browser.post(address).status_code == 429
    assert browser.see("cases").status_code == 200  # what is looked at is not measured


def test_each_is_measured_by_himself(office: Office, little: None) -> None:
    first, second = office.browser("officer"), office.browser("department")
    while first.act("insert", item="services").status_code == 200:
        pass
    assert second.act("insert", item="services").status_code == 200


def test_a_measure_fills_again() -> None:
    kind, most = "jobs", rates.MEASURES["jobs"]
    assert [rates.waits(kind, "x", 100) for _ in range(most.most)] == [0] * most.most
    assert rates.waits(kind, "x", 100) == most.seconds
    assert rates.waits(kind, "x", 100 + most.seconds) == 0
    assert rates.waits(kind, "x", 100 + most.seconds) > 0


def test_measures_are_forgotten_oldest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_left", type(rates._left)())
    monkeypatch.setattr(rates, "_MOST_KNOWN", 3)
    for number in range(10):
        rates.waits("acts", f"{number}", 1)
    assert [whose for _, whose in rates._left] == ["7", "8", "9"]
