"""A case that several people, threads and processes keep open at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assembler.actions.desk.desk import Desk, keeping
from assembler.actions.desk.write import write
from assembler.actions.set import delete_row, set_answer
from assembler.base.messages import choose
from assembler.base.problems import AssemblerError
from assembler.model.acts import Target
from assembler.model.page import FormPage, PageDelta
from assembler.model.row_keys import KeysInMemory
from assembler.records import lock
from assembler.records.lock import case_lock
from tests.actions.desk.desks import (
    ADMIN,
    ANSWERED,
    FORM,
    OFFICER,
    OTHER,
    REVIEWER,
    cell,
    department,
    desk_of,
    in_units,
    refusal,
    rows,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import REPOSITORY, Workplace, write_answers

LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
# A process that adds one to the first count, again when somebody else was faster.
AT_WORK = """\
import sys
from pathlib import Path
from assembler.actions.desk.desk import Desk
from assembler.actions.desk.write import write
from assembler.base.settings import Settings
from assembler.model.acts import Person, Target, Written
from assembler.model.row_keys import KeysInMemory
case, specs, templates = map(Path, sys.argv[1:])
desk, who = Desk(case, Settings(specs, templates), KeysInMemory()), Person("x", "x", frozenset({"officer"}))
def add():
    while True:
        row = desk.page(who, "demo/visit").item("services").table.rows[0]
        base = row.cells["count"].typed
        new = int(base.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))) + 1
        done = write(desk, who, Target("demo/visit", "services", row.key, "count"), str(new), base)
        if isinstance(done, Written) and done.changes:  # else the other wrote the same
            return new
"""


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def codes(desk: Desk, form: str) -> list[str]:
    return [found.code for found in desk.page(OFFICER, form).problems]


# ---------------------------------------------------------------- pages


def test_a_page_holds_every_kind_of_question(place: Workplace) -> None:
    page = desk_of(place).page(OFFICER, FORM)
    entries = {item.field.name: item.field.entry for item in page.items}
    assert entries == {
        "title": "line",
        "visited": "choice",
        "reason": "line",
        "days": "choices",
        "day": "date",
        "advice": "none",
        "score": "number",
        "story": "lines",
        "photo": "image",
        "services": "table",
    }
    assert (page.title, page.legal, page.source) == ("بازدید از اداره", ("ماده ۵",), "بند ۳")
    assert page.item("day").field.default == "۱۳۹۹/۰۲/۰۱"
    assert page.item("title").field.helps == ("نام کامل",)
    assert page.item("reason").field.conditions == ("وقتی پاسخ «بازدید شد؟» «خیر» باشد، پاسخ الزامی است",)


def test_problems_know_their_rows_by_keys(tmp_path: Path) -> None:
    place = make_rich_workplace(tmp_path, ANSWERED.replace("count: 3", "count: 300"))
    desk = desk_of(place)
    (found,) = desk.page(OFFICER, FORM).problems
    assert (found.item, found.row, found.column) == ("services", rows(desk)[1].key, "count")
    delete_row(place.case, "demo/visit.services:1", place.settings)
    (found,) = desk.page(OFFICER, FORM).problems
    assert found.row == rows(desk)[0].key


def test_the_fields_of_the_case_are_a_form_too(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.page(OFFICER, "case").item("agency").answer.typed == "اداره نمونه"
    written(write(desk, OFFICER, Target("case", "agency"), "اداره دیگر", "اداره نمونه"))
    assert "agency: اداره دیگر" in (place.case / "case.yaml").read_text(encoding="utf-8")


def test_each_reads_in_his_own_language(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.page(OFFICER, FORM).item("score").field.kind == "عدد صحیح"
    choose("en")
    assert desk.page(OFFICER, FORM).item("score").field.kind == "a whole number"


@pytest.mark.parametrize("form", ["demo/none", "", "../case", "demo/visit.yaml", "/etc/passwd"])
def test_only_forms_of_the_report_have_pages(place: Workplace, form: str) -> None:
    with pytest.raises(AssemblerError) as caught:
        desk_of(place).page(OFFICER, form)
    assert [found.code for found in caught.value.problems] == ["not-on-page"]


def test_who_sees_nothing_of_a_form_does_not_know_of_it(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.services]\n")
    desk = desk_of(place)
    for person, form in ((ADMIN, FORM), (department("مالی"), FORM), (department("فناوری"), "demo/second")):
        with pytest.raises(AssemblerError) as caught:
            desk.page(person, form)
        assert [found.code for found in caught.value.problems] == ["not-on-page"]
        with pytest.raises(AssemblerError):
            desk.since(person, form, "")


def test_rights_follow_the_units_as_they_are_now(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.services]\n")
    desk, own = desk_of(place), department("فناوری")
    assert [item.field.name for item in desk.page(own, FORM).items] == ["services"]
    in_units(place, "فناوری: [demo/visit.title]\n")
    assert [item.field.name for item in desk.page(own, FORM).items] == ["title"]
    in_units(place, "فناوری: [demo/visit.nothing]\n")
    with pytest.raises(AssemblerError):
        desk.page(own, FORM)


def test_a_department_is_told_of_its_own_problems(tmp_path: Path) -> None:
    place = make_rich_workplace(tmp_path, ANSWERED.replace("score: 5", "score: 50").replace("count: 3", "count: 300"))
    in_units(place, "فناوری: [demo/visit.services]\n")
    assert [found.item for found in desk_of(place).page(department("فناوری"), FORM).problems] == ["services"]


# ---------------------------------------------------------------- what changed since


def test_what_changed_since_a_version_is_told(place: Workplace) -> None:
    desk = desk_of(place)
    first = desk.page(OFFICER, FORM)
    assert desk.since(OFFICER, FORM, first.version) == PageDelta(FORM, first.version, first.version)
    set_answer(place.case, "demo/visit.services:1.count", "13", place.settings)
    found = desk.since(REVIEWER, FORM, first.version)
    assert isinstance(found, PageDelta)
    assert [row.cells["count"].typed for row in found.tables["services"].rows] == ["۱۳"]
    assert isinstance(desk.since(OFFICER, FORM, "unknown"), FormPage)


def test_an_answer_may_change_other_forms(place: Workplace) -> None:
    desk = desk_of(place)
    before = desk.page(OFFICER, "demo/second")
    assert "demo/second" in written(write(desk, OFFICER, cell(desk, 1, "name"), "گواهی", "صدور گواهی")).others
    found = desk.since(OFFICER, "demo/second", before.version)
    assert isinstance(found, PageDelta)
    assert [row.cells["name"].typed for row in found.tables["lent"].rows] == ["گواهی"]
    assert found.tables["lent"].order is None


def test_a_file_that_breaks_is_told_and_nothing_is_lost(place: Workplace) -> None:
    desk = desk_of(place)
    desk.page(OFFICER, FORM)
    write_answers(place.folder, "form: demo/visit\n  broken: [\n")
    with pytest.raises(AssemblerError) as caught:
        desk.page(OFFICER, FORM)
    assert [found.code for found in caught.value.problems] == ["yaml-broken"]
    assert refusal(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")) == ["yaml-broken"]
    write_answers(place.folder, ANSWERED)
    written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵"))


# ---------------------------------------------------------------- several at once


def test_keys_outlive_the_process(place: Workplace) -> None:
    store = KeysInMemory()
    before = [row.key for row in rows(desk_of(place, store))]
    set_answer(place.case, "demo/visit.services:2.name", "دیگر", place.settings)
    assert [row.key for row in rows(desk_of(place, store))] == before


def test_keys_that_were_lost_are_the_same_for_all_until_they_are_kept(place: Workplace) -> None:
    with case_lock(place.case, "build"):
        one, two = desk_of(place), desk_of(place)
        assert [row.key for row in rows(one)] == [row.key for row in rows(two)]


def test_who_holds_the_case_for_long_is_named(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_BRIEF", 0.1)
    desk = desk_of(place)
    with case_lock(place.case, "build"):
        assert refusal(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")) == ["case-locked"]
        assert desk.page(OFFICER, FORM).item("score").answer.typed == "۵"


def test_who_looks_does_not_wait_for_who_waits_to_write(place: Workplace) -> None:
    desk = desk_of(place)
    outcome = []
    with case_lock(place.case, "build"):
        writing = threading.Thread(
            target=lambda: outcome.append(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")), daemon=True
        )
        writing.start()
        time.sleep(0.05)
        begun = time.monotonic()
        desk.page(REVIEWER, FORM)
        assert time.monotonic() - begun < 1
    writing.join(10)
    written(outcome[0])


def others(place: Workplace, code: str) -> subprocess.Popen[str]:
    """Another process at the same case."""
    words = [sys.executable, "-c", f"{AT_WORK}{code}", str(place.case), str(place.specs), str(place.templates)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


def test_processes_count_together(place: Workplace) -> None:
    both = [others(place, "for _ in range(6): add()") for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert rows(desk_of(place))[0].cells["count"].typed == "۲۴"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way")
def test_what_was_told_to_be_written_outlives_its_process(place: Workplace) -> None:
    process = others(place, "while True: print(add(), flush=True)")
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(4)]
    process.kill()
    told += map(int, process.stdout.read().split())
    process.wait(30)
    desk = desk_of(place)
    stands = int(rows(desk)[0].cells["count"].typed.translate(LATIN))
    assert stands in (told[-1], told[-1] + 1)
    written(write(desk, OFFICER, cell(desk, 1, "count"), "۵۰", rows(desk)[0].cells["count"].typed))


def test_what_is_kept_stands_in_the_order_in_which_it_was_done(place: Workplace) -> None:
    """Though several write at once: each finds what the one kept before him left."""
    desk, kept = desk_of(place), []
    at = cell(desk, 1, "count")

    def count() -> None:
        choose("fa")
        with keeping(kept.extend):
            for _ in range(6):
                write(desk, OTHER, at, str(len(kept) + 20), rows(desk)[0].cells["count"].typed)

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [change.before for change in kept] == ["۱۲", *(change.after for change in kept[:-1])]
    assert kept[-1].after == rows(desk)[0].cells["count"].typed


def test_nothing_is_kept_of_what_was_not_done(place: Workplace) -> None:
    desk, kept = desk_of(place), []
    with keeping(kept.extend):
        write(desk, OFFICER, Target(FORM, "score"), "پنج", "۵")
        write(desk, OFFICER, Target(FORM, "score"), "۷", "۶")
        write(desk, OFFICER, Target(FORM, "score"), "۵", "۵")
        assert kept == []
        done = written(write(desk, OFFICER, Target(FORM, "score"), "۷", "۵"))
    write(desk, OFFICER, Target(FORM, "score"), "۸", "۷")
    assert kept == list(done.changes)


def test_many_threads_lose_nothing(place: Workplace) -> None:
    store = KeysInMemory()
    desks = [desk_of(place, store) for _ in range(2)]
    targets = [cell(desks[0], number, "count") for number in (1, 2, 3)]
    failed: list[object] = []

    def type_in(at: Target, desk: Desk, base: str) -> None:
        for value in range(1, 9):
            outcome = write(desk, OTHER, at, str(value), base)
            base = written(outcome).changes[0].after if outcome else base

    def guarded(at: Target, desk: Desk, base: str) -> None:
        try:
            type_in(at, desk, base)
        except BaseException as error:
            failed.append(error)

    threads = [
        threading.Thread(target=guarded, args=(at, desks[place % 2], base))
        for place, (at, base) in enumerate(zip(targets, ("۱۲", "۳", "۷"), strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert [row.cells["count"].typed for row in rows(desks[0])] == ["۸", "۸", "۸"]
