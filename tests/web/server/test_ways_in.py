"""Coming in: by password, by a code, once; what closes a way, what ends a session, and what nobody learns by trying."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http.cookies import Morsel
from threading import BoundedSemaphore, Event, Lock
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.db import connections
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from assembler.web import people, ways_in
from assembler.web.models import Attempt, Comment, Entry, OneTimeCode, User
from assembler.web.pages.account import browser_cookie
from assembler.web.site import _safety
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, PHRASE, Browser, Office
from tests.web.server.test_roles import LINES, places

DATABASES = BOTH

WRONG = "گذرواژه نادرست است"


@pytest.fixture
def ali(office: Office) -> User:
    """An officer with a password of his own."""
    return people.added("ali", "علی", PHRASE, ["officer"]) if False else _with_password(office, "ali")


def _with_password(office: Office, name: str, phrase: str = PHRASE) -> User:
    user = office.person(name, "officer")
    people.give_password(user, phrase, chosen=True)
    return user


def enter(browser: Browser, name: str = "ali", phrase: str = PHRASE, **fields: str) -> HttpResponse:
    return browser.submit("sign-in", name=name, password=phrase, **fields)


def is_in(browser: Browser) -> bool:
    return browser.see("cases").status_code == 200


# ---------------------------------------------------------------- who is let in


@pytest.mark.parametrize("typed", ["ali", "ALI", " Ali ", "al\u200ci"])
def test_a_name_is_known_however_it_is_typed(office: Office, ali: User, typed: str) -> None:
    browser = office.browser()
    assert enter(browser, typed).status_code == 302
    assert is_in(browser)


def test_nobody_learns_which_names_there_are(office: Office, ali: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password, a name that is not there, one that is barred or has no password: the same words, and the same
    work, so that no clock tells them apart.
    """
    barred = _with_password(office, "barred")
    barred.is_active = False
    barred.save()
    office.person("without", "officer")
    work: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *told: work.append("encode") or encode(*told))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *told: work.append("verify") or verify(*told))
    answers = []
    for name, phrase in (("ali", WRONG), ("nobody", WRONG), ("barred", PHRASE), ("barred", WRONG), ("without", WRONG)):
        work.clear()
        answer = enter(office.browser(), name, phrase)
        answers.append((answer.status_code, _told(answer).replace(name, ""), len(work)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 403


def _told(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_what_was_typed_as_a_name_is_not_kept(office: Office, ali: User) -> None:
    """It may be a password."""
    enter(office.browser(), "my secret", WRONG)
    enter(office.browser(), "ali", WRONG)
    assert list(Entry.objects.filter(kind="refused").values_list("after", flat=True)) == ["", "ali"]


@pytest.mark.parametrize("name", ["", "\0", "x" * 10_000, "' OR 1=1 --"])
def test_strange_names_are_refused_like_others(office: Office, name: str) -> None:
    assert enter(office.browser(), name).status_code == 403


def test_where_somebody_comes_from_is_told_by_the_server_before_us_only(office: Office, ali: User) -> None:
    enter(office.browser(headers={"X-Forwarded-For": "10.1.1.1, 10.9.9.9"}), phrase=WRONG)
    with override_settings(SITE=replace(office.site, proxied=True)):
        for told in ("10.1.1.1, 10.9.9.9", "nonsense", "fe80::1%eth0"):
            enter(office.browser(headers={"X-Forwarded-For": told}), phrase=WRONG)
    kept = Attempt.objects.order_by("pk").values_list("where", flat=True)
    assert list(kept) == ["127.0.0.1", "10.9.9.9", "127.0.0.1", "127.0.0.1"]


# ---------------------------------------------------------------- closed ways


def test_a_way_in_closes_after_some_tries_and_opens_again(office: Office, ali: User) -> None:
    for _ in range(ways_in._TRIES):
        assert enter(office.browser(), phrase=WRONG).status_code == 403
    assert enter(office.browser()).status_code == 403
    assert Attempt.objects.count() == ways_in._TRIES  # tries at a closed way keep it closed no longer
    assert Entry.objects.filter(kind="refused").count() == ways_in._TRIES  # and do not fill the audit
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert enter(office.browser()).status_code == 302
    assert not Attempt.objects.exists()


def test_an_address_closes_for_unknown_browsers(office: Office, ali: User) -> None:
    for number in range(ways_in._TRIES_FROM):
        Attempt.objects.create(name=f"name{number}", where="127.0.0.1")
    assert enter(office.browser()).status_code == 403
    assert enter(office.browser(REMOTE_ADDR="10.0.0.7")).status_code == 302


def test_nobody_is_shut_out_of_his_own_browser(office: Office, ali: User) -> None:
    """However often others try his name, also from the same address; tries in his browser count for it alone."""
    own = office.browser()
    enter(own)
    own.submit("sign-out")
    for _ in range(ways_in._TRIES_FROM + 5):
        Attempt.objects.create(name="ali", where="127.0.0.1")
    assert enter(office.browser()).status_code == 403
    assert enter(own).status_code == 302
    for _ in range(ways_in._TRIES):
        enter(own, phrase=WRONG)
    assert enter(own).status_code == 403


def test_a_browser_is_known_for_the_names_that_came_in_there(office: Office, ali: User) -> None:
    _with_password(office, "sara")
    shared, other = office.browser(), office.browser()
    enter(shared)
    enter(shared, "sara")
    enter(other, "sara")
    for name in ("ali", "sara"):
        for _ in range(ways_in._TRIES):
            Attempt.objects.create(name=name, where="10.0.0.1")
    assert enter(shared).status_code == 302
    assert enter(shared, "sara").status_code == 302
    assert enter(other).status_code == 403
    forged = office.browser()
    forged.cookies[browser_cookie()] = shared.cookies[browser_cookie()].value[:-3] + "abc"
    assert enter(forged).status_code == 403


def test_of_tries_made_side_by_side_no_more_are_proved(
    office: Office, ali: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved: list[str] = []
    monkeypatch.setattr(ways_in, "authenticate", lambda **told: proved.append(told["password"]))

    def one(number: int) -> None:
        try:
            ways_in.proved("ali", f"{number}", "10.0.0.1")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(24)))
    assert len(proved) == ways_in._TRIES


def test_only_a_few_passwords_are_proved_at_a_time(office: Office, ali: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes a lot of memory, on purpose: nobody can make the server run out of it."""
    most, now, guard, enough = 0, 0, Lock(), Event()

    def proving(**told: str) -> None:
        nonlocal most, now
        with guard:
            now += 1
            most = max(most, now)
        enough.wait(0.05)
        with guard:
            now -= 1

    monkeypatch.setattr(ways_in, "authenticate", proving)

    def one(number: int) -> None:
        ways_in.proved(f"name{number}", "x", f"10.0.0.{number}")
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert most == 2


def test_whose_turn_does_not_come_is_not_proved(office: Office, ali: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways_in, "_PATIENCE", 0.01)
    monkeypatch.setattr(ways_in, "_proving", BoundedSemaphore(1))
    with ways_in._turn():
        assert enter(office.browser()).status_code == 403
    assert not Attempt.objects.exists()  # it is no failed try
    assert enter(office.browser()).status_code == 302


# ---------------------------------------------------------------- a password of one's own


OPEN = ("sign-in", "sign-out", "password", "start", "local", "language", "alive", "static")  # to who must choose one
PLACES = [(line[0], line[1]) for line in LINES if line[0] not in OPEN]


@pytest.mark.parametrize(("name", "method"), PLACES, ids=lambda told: told)
def test_who_was_given_a_password_does_nothing_before_he_chose_one(office: Office, name: str, method: str) -> None:
    user = office.person("someone", "officer", "reviewer", "admin")
    user.must_change = True
    user.save()
    Comment.objects.create(case=CASE, form=FORM, text="؟", who=user)
    before, browser, address = office.answers(), office.browser(user), reverse(name, args=places(name))
    ask: Callable[..., HttpResponse] = getattr(browser, method.lower())
    answer = ask(address)
    assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("password"))
    told = ask(address, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()["kind"]) == (403, "must-choose")
    assert office.answers() == before


def test_after_he_chose_one_he_goes_on(office: Office) -> None:
    user = office.person("someone", "officer")
    people.give_password(user, given := people.new_password())
    browser = office.browser()
    assert enter(browser, "someone", given, next="/people")["Location"] == reverse("password")
    assert not is_in(browser)
    assert browser.submit("password", now=given, password=PHRASE, again=PHRASE).status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize(
    "phrase", ["short-one", "password123", "1234567890123", "someone-else1", "qwertyuiop", "", " " * 12, "abababababab"]
)
def test_weak_passwords_are_not_taken(office: Office, phrase: str) -> None:
    user = _with_password(office, "someone-else")
    browser = office.browser(user)
    answer = browser.submit("password", now=PHRASE, password=phrase, again=phrase)
    assert answer.status_code == 422
    assert User.objects.get(pk=user.pk).check_password(PHRASE)


def test_a_password_is_changed_by_who_knows_it(office: Office, ali: User) -> None:
    browser = office.browser(ali)
    new = "جمله‌ای دیگر که تازه است"
    assert browser.submit("password", now=WRONG, password=new, again=new).status_code == 422
    assert browser.submit("password", now=PHRASE, password=new, again=PHRASE).status_code == 422
    for _ in range(ways_in._TRIES):
        browser.submit("password", now=WRONG, password=new, again=new)
    assert browser.submit("password", now=PHRASE, password=new, again=new).status_code == 422  # closed, here alone
    assert enter(office.browser()).status_code == 302


# ---------------------------------------------------------------- sessions


def _change(office: Office, user: User) -> None:
    new = "جمله‌ای دیگر که تازه است"
    other = office.browser()
    enter(other)
    assert other.submit("password", now=PHRASE, password=new, again=new).status_code == 302
    assert is_in(other)  # who changed it stays in


def _reset(office: Office, user: User) -> None:
    office.browser("admin").submit("person", "ali", does="reset")


def _bar(office: Office, user: User) -> None:
    office.browser("admin").submit("person", "ali", does="save", roles="officer")


def _everywhere(office: Office, user: User) -> None:
    office.browser("admin").submit("person", "ali", does="sign-out")


@pytest.mark.parametrize("end", [_change, _reset, _bar, _everywhere])
def test_sessions_end_with_the_password_the_right_or_a_word(
    office: Office, ali: User, end: Callable[[Office, User], None]
) -> None:
    browsers = [office.browser(), office.browser()]
    for each in browsers:
        enter(each)
    assert all(map(is_in, browsers))
    end(office, ali)
    assert not any(map(is_in, browsers))
    answer = browsers[0].act("insert", item="services")
    assert (answer.status_code, answer.json()["kind"]) == (401, "signed-out")


def test_a_session_is_new_when_somebody_comes_in_and_gone_when_he_leaves(office: Office, ali: User) -> None:
    browser = office.browser()
    browser.see("sign-in")
    browser.cookies["session"] = planted = "plantedbyanother00000000000000000"
    enter(browser)
    mine = browser.cookies["session"].value
    assert mine != planted
    browser.submit("sign-out")
    assert not Session.objects.filter(session_key=mine).exists()
    browser.cookies["session"] = mine
    assert not is_in(browser)


def test_a_role_that_was_taken_away_is_gone_at_once(office: Office) -> None:
    browser = office.browser("officer")
    office.person("other", "admin")
    office.browser("admin").submit("person", "officer", does="save", active="yes", roles="signer")
    assert browser.act("write", item="title", typed="x", base="بازدید نخست").status_code == 422


@pytest.mark.parametrize("secure", [True, False])
def test_cookies_are_for_this_site_and_no_script(office: Office, ali: User, secure: bool) -> None:
    site = replace(office.site, secure=secure)
    prefix = "__Host-" if secure else ""
    with override_settings(SITE=site, **_safety(site)):
        browser = office.browser()
        browser.get(reverse("sign-in"), secure=secure)
        browser.post(reverse("sign-in"), {"name": "ali", "password": PHRASE}, secure=secure)
        browser.post(reverse("language"), {"language": "en"}, secure=secure)
    assert set(browser.cookies) == {f"{prefix}session", f"{prefix}csrf", f"{prefix}browser", "language"}
    kept: Morsel[Any]
    for name, kept in browser.cookies.items():
        assert (kept["path"], kept["domain"], kept["httponly"]) == ("/", "", True), name
        assert kept["samesite"] in ("Lax", "Strict"), name
        assert bool(kept["secure"]) is secure, name


# ---------------------------------------------------------------- codes


def _two_at_once(ask: Callable[[int], int]) -> list[int]:
    def one(number: int) -> int:
        try:
            return ask(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def test_there_is_one_first_administrator(office: Office) -> None:
    """Also when two bring the code at the same moment."""
    code = people.one_time_code(people.FIRST)

    def begin(number: int) -> int:
        fields = {"code": code, "name": f"first{number}", "shown": "x", "password": PHRASE, "again": PHRASE}
        return office.browser().submit("start", **fields).status_code

    assert _two_at_once(begin) == [302, 404]
    assert User.objects.count() == 1
    assert begin(3) == 404


def test_a_code_is_kept_until_it_was_of_use(office: Office) -> None:
    code = people.one_time_code(people.FIRST)
    fields = {"code": code, "name": "first", "shown": "x", "password": "short", "again": "short"}
    assert office.browser().submit("start", **fields).status_code == 422
    assert office.browser().submit("start", **(fields | {"password": PHRASE, "again": PHRASE})).status_code == 302


def test_a_code_ends_and_is_for_one_thing(office: Office) -> None:
    code = people.one_time_code(people.FIRST)
    assert office.browser().get(reverse("start"), {"code": code}).status_code == 200
    assert office.browser().get(reverse("start"), {"code": code + "x"}).status_code == 404
    assert office.browser().get(reverse("local", args=[code])).status_code == 404
    assert code not in str(list(OneTimeCode.objects.values()))
    OneTimeCode.objects.update(until=timezone.now())
    assert office.browser().get(reverse("start"), {"code": code}).status_code == 404


def test_a_local_site_lets_in_one_browser(office: Office) -> None:
    code = people.one_time_code(people.LOCAL)
    with override_settings(SITE=replace(office.site, local=True)):
        found = _two_at_once(lambda number: office.browser().get(reverse("local", args=[code])).status_code)
        assert office.browser().head(reverse("local", args=[code])).status_code == 404
        again = office.browser().get(reverse("local", args=[code])).content.decode()
        within = office.browser("officer").get(reverse("local", args=[code]))
    assert found == [302, 404]
    assert "این نشانی پیش‌تر به کار رفته است" in again  # and how to go on
    assert (within.status_code, within.url) == (302, reverse("cases"))
