"""A department is told of its own items only: on pages, in histories, comments, events, files and counts."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.sessions.models import Session
from django.test import AsyncClient
from django.urls import reverse

from assembler.web import events, people
from assembler.web.models import Comment, Presence, User
from tests.web.server.conftest import BOTH
from tests.web.server.offices import CASE, FORM, SECOND, Browser, Office

DATABASES = BOTH

HIDDEN = "راز واحد مالی"


@pytest.fixture
def department(office: Office) -> Browser:
    """The one that answers for the services, after an officer wrote elsewhere."""
    officer = office.browser("officer")
    assert officer.act("write", item="title", typed=HIDDEN, base="بازدید نخست").status_code == 200
    assert officer.act("insert", SECOND, item="bands").status_code == 200
    return office.browser("department")


def everything(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_page_holds_only_what_is_theirs(department: Browser) -> None:
    told = department.page_of()
    assert [item["name"] for item in told["page"]["items"]] == ["services"]
    whole = everything(department.see("form", CASE, FORM)) + everything(department.see("since", CASE, FORM))
    assert HIDDEN not in whole
    assert "plan.png" not in whole


def test_what_changed_elsewhere_is_in_no_delta(office: Office, department: Browser) -> None:
    version = department.page_of()["page"]["version"]
    office.browser("officer").act("write", item="title", typed=f"{HIDDEN} ۲", base=HIDDEN)
    answer = department.see("since", CASE, FORM, data={"version": version})
    assert answer.json()["kind"] == "delta"
    assert HIDDEN not in everything(answer)


@pytest.mark.parametrize("form", [SECOND, "case", "demo/nothing", "../visit"])
@pytest.mark.parametrize("name", ["form", "since", "past", "comments"])
def test_a_form_without_their_items_is_not_there(department: Browser, name: str, form: str) -> None:
    assert department.get(f"/cases/{CASE}/forms/{form}{'' if name == 'form' else f'/{name}'}").status_code == 404


def test_acts_on_what_is_not_theirs_are_refused(office: Office, department: Browser) -> None:
    before = office.answers()
    answers = [
        department.act("write", item="title", typed="x", base=HIDDEN),
        department.act("write", item="score", typed="9", base="5"),
        department.act("write", item="nothing", typed="9", base=""),
        department.act("paste", item="title", text="x"),
        department.act("confirm", item="title"),
        department.act("insert", SECOND, item="bands"),
        department.act("write", "case", item="agency", typed="x", base="اداره نمونه"),
        department.send("attach", CASE, FORM),
    ]
    assert [each.status_code for each in answers] == [422] * 7 + [400]
    assert all(HIDDEN not in everything(each) for each in answers)
    assert office.answers() == before


def test_nobody_takes_back_what_another_did(office: Office, department: Browser) -> None:
    assert department.send("undo", CASE, FORM).json() == {"kind": "nothing"}
    assert HIDDEN in office.answers()


def test_their_own_act_is_taken_back_after_they_said_something(office: Office, department: Browser) -> None:
    before = office.answers()
    department.act("insert", item="services")
    department.send("add-comment", CASE, FORM, told={"text": "ردیف تازه", "item": "services"})
    assert department.send("undo", CASE, FORM).json()["outcome"] == "written"
    assert office.answers() == before


@pytest.mark.parametrize("item", ["title", "score", "", "nothing"])
def test_the_history_of_other_items_is_not_there(department: Browser, item: str) -> None:
    assert department.see("past", CASE, FORM, data={"item": item}).status_code == 404


def test_a_history_tells_changes_only(office: Office, department: Browser) -> None:
    department.send("add-comment", CASE, FORM, told={"text": "پرسش", "item": "services"})
    department.act("insert", item="services")
    found = department.see("past", CASE, FORM, data={"item": "services"}).json()["entries"]
    assert "پرسش" not in json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(("item", "row", "column"), [("photo", "", ""), ("title", "", ""), ("services", "x", "name")])
def test_files_of_other_items_are_not_there(department: Browser, item: str, row: str, column: str) -> None:
    assert department.see("file", CASE, FORM, data={"item": item, "row": row, "column": column}).status_code == 404


def test_the_name_of_a_file_of_others_gives_it_to_nobody(office: Office) -> None:
    """Typing or pasting it as one's own answer."""
    writer = office.browser("officer")
    assert writer.act("write", item="photo", typed="", base="plan.png").status_code == 200
    assert writer.act("write", item="photo", typed="plan.png", base="").status_code == 422
    pasted = writer.act("paste", item="photo", text="plan.png")
    assert pasted.status_code == 422
    assert writer.see("file", CASE, FORM, data={"item": "photo"}).status_code == 404


def comment(office: Office, item: str, text: str = HIDDEN, **told: object) -> int:
    answer = office.browser("officer").send("add-comment", CASE, FORM, told={"text": text, "item": item, **told})
    number: int = answer.json()["comment"]["number"]
    return number


def test_comments_on_other_items_are_not_shown_answered_or_settled(office: Office, department: Browser) -> None:
    hidden, shown = comment(office, "title"), comment(office, "services", "تعداد را ببینید")
    told = department.see("comments", CASE, FORM).json()
    assert [each["number"] for each in told["comments"]] == [shown]
    assert department.send("settle-comment", CASE, FORM, hidden, told={"settled": True}).status_code == 404
    assert department.send("add-comment", CASE, FORM, told={"text": "؟", "answers": hidden}).status_code == 404
    assert Comment.objects.get(pk=hidden).settled_by is None


def test_a_comment_is_made_only_where_its_writer_sees(department: Browser) -> None:
    for place in ({"item": "title"}, {"item": "nothing"}, {"item": "services", "column": "nothing"}, {"row": "x"}):
        assert department.send("add-comment", CASE, FORM, told={"text": "؟", **place}).status_code == 404
    assert not Comment.objects.exists()


def test_an_answer_stands_where_the_question_does(office: Office, department: Browser) -> None:
    """Else an answer to a comment of a hidden place would be shown to all who see the form."""
    hidden = comment(office, "title", "چرا؟")
    comment(office, "", answers=hidden)
    assert HIDDEN not in everything(department.see("comments", CASE, FORM))


def test_a_comment_is_addressed_to_who_sees_it(office: Office, department: Browser) -> None:
    office.of_role("stranger")
    office.of_role("admin")
    office.person("money", "department", units=("مالی",))
    people = {each["name"] for each in department.see("comments", CASE, FORM).json()["people"]}
    assert people == {"officer", "department", "money"}
    sent = department.send("add-comment", CASE, FORM, told={"text": "؟", "item": "services", "to": "money"})
    assert sent.status_code == 404


def test_counts_are_of_what_is_theirs(office: Office, department: Browser) -> None:
    comment(office, "title")
    comment(office, "services", "پرسشی از شما")
    for address in (reverse("cases"), reverse("case", args=[CASE])):
        text = everything(department.get(address, headers={"Cookie": _in_english(department)}))
        assert "Comments for you: 1" in text
        assert "Comments for you: 2" not in text


def _in_english(browser: Browser) -> str:
    return "; ".join(["language=en", *(f"{name}={each.value}" for name, each in browser.cookies.items())])


def test_a_case_of_which_they_see_nothing_is_not_on_the_list(office: Office) -> None:
    money = office.browser(office.person("money", "department", units=("مالی",)))
    nobody = office.browser(office.person("nobody-here", "department", units=("انبار",)))
    for asked in ({}, {"q": "demo"}):
        assert reverse("case", args=[CASE]) in everything(money.get(reverse("cases"), asked))
        assert reverse("case", args=[CASE]) not in everything(nobody.get(reverse("cases"), asked))


def test_why_a_case_cannot_be_read_is_for_who_sees_it_whole(office: Office, department: Browser) -> None:
    (office.case / "case.yaml").write_text(f"report: demo\n{HIDDEN}: [\n", encoding="utf-8")
    whole = everything(office.browser("officer").see("cases"))
    assert '<li class="error">' in whole
    assert '<li class="error">' not in everything(department.see("cases"))


# ---------------------------------------------------------------- events


async def heard(browser: Browser, act: Any, form: str = FORM, most: float = 3) -> list[tuple[str, Any]]:
    """What is told to a page within a while after an act, or until the line is closed."""
    client = AsyncClient()
    client.cookies = browser.cookies
    answer = await client.get(reverse("events", args=[CASE]), {"form": form})
    assert answer.status_code == 200
    found: list[tuple[str, Any]] = []
    pieces = aiter(answer.streaming_content)
    await anext(pieces)
    await sync_to_async(act)()
    try:
        async with asyncio.timeout(most):
            async for piece in pieces:
                name, _, rest = piece.decode().partition("\n")
                found.append((name.removeprefix("event: "), json.loads(rest.partition("data: ")[2])))
    except TimeoutError:
        pass
    finally:
        await pieces.aclose()
    return found


def test_events_tell_nothing_of_other_items(office: Office, department: Browser) -> None:
    officer = office.of_role("officer")

    def act() -> None:
        office.browser(officer).act("write", item="title", typed="نو", base=HIDDEN)
        office.browser(officer).act("insert", item="services")
        comment(office, "title", "سخنی")
        Presence.objects.create(user=officer, case=CASE, form=SECOND)
        Presence.objects.create(user=officer, case=CASE, form=FORM)

    found = async_to_sync(heard)(department, act, most=1.5)
    places = [place["item"] for name, told in found if name == "changed" for place in told["entries"]]
    assert places == ["services"]
    here = [told for name, told in found if name == "people"]
    assert here
    assert all(each["form"] == FORM for told in here for each in told)


@pytest.mark.parametrize("form", [SECOND, "demo/nothing", "x" * 300])
def test_nobody_is_at_a_form_he_does_not_see(department: Browser, form: str) -> None:
    assert department.see("events", CASE, data={"form": form}).status_code == 404


@pytest.mark.parametrize("last", ["9" * 30, "-1", "x", "۷", "1e9"])
def test_a_number_that_is_none_begins_now(department: Browser, last: str) -> None:
    assert department.see("events", CASE, data={"last": last}).status_code == 200


def _revoked(user: User) -> None:
    people.revoke(user)


def _barred(user: User) -> None:
    user.is_active = False
    user.save()


def _moved(user: User) -> None:
    user.cases = ["other"]
    user.save()


def _out(user: User) -> None:
    Session.objects.all().delete()


@pytest.mark.parametrize(("end", "told"), [(_revoked, []), (_out, []), (_barred, ["end"]), (_moved, ["end"])])
def test_events_end_with_the_right_to_hear_them(office: Office, end: Any, told: list[str]) -> None:
    browser, user = office.browser("department"), office.of_role("department")
    found = async_to_sync(heard)(browser, lambda: end(User.objects.get(pk=user.pk)))
    assert [name for name, _ in found] == told


def test_one_person_listens_so_many_times_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events._listening, office.of_role("officer").pk, events._MOST_OF_ONE)
    act = office.browser("officer").act
    assert async_to_sync(heard)(office.browser("officer"), lambda: act("insert", item="services"), most=1) == []
