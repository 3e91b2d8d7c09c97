"""One answer at a time: where it goes, what comes back, and what is never gone over."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk.write import write
from assembler.actions.set import delete_row, set_answer
from assembler.base.messages import choose
from assembler.model.acts import Target
from assembler.model.row_keys import KeysInMemory
from tests.actions.desk.desks import (
    ADMIN,
    ANSWERED,
    FORM,
    OFFICER,
    OTHER,
    REVIEWER,
    cell,
    conflict,
    department,
    desk_of,
    in_units,
    on_disk,
    refusal,
    rows,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


@pytest.mark.parametrize(
    ("item", "base", "typed", "line", "shown"),
    [
        ("title", "بازدید نخست", "بازديد  دوم", "title: بازدید دوم", "بازدید دوم"),
        ("visited", "بلی", "خیر", "visited: no", "خیر"),
        ("days", "شنبه", "دوشنبه، شنبه", "days: [sat, mon]", "شنبه، دوشنبه"),
        ("day", "۱۳۹۹/۰۲/۰۳", "۹۹/۳/۴", "day: 1399/03/04", "۱۳۹۹/۰۳/۰۴"),
        ("score", "۵", "٩", "score: 9", "۹"),
        ("story", "یک بند", "یک بند\nبند دیگر", "story: [یک بند, بند دیگر]", "یک بند\nبند دیگر"),
        ("score", "۵", "", "", ""),
    ],
)
def test_what_is_typed_is_on_disk_and_comes_back_as_it_is_read(
    place: Workplace, item: str, base: str, typed: str, line: str, shown: str
) -> None:
    desk = desk_of(place)
    desk.page(OFFICER, FORM)
    found = written(write(desk, OFFICER, Target(FORM, item), typed, base))
    assert line in on_disk(place)
    assert found.delta.answers[item].typed == shown
    assert desk.page(OFFICER, FORM).item(item).answer.shown == shown
    change = found.changes[0]
    assert (change.who, change.at, change.before, change.after) == ("ali", Target(FORM, item), base, shown)


def test_a_cell_tells_what_follows_from_it(place: Workplace) -> None:
    desk = desk_of(place)
    found = written(write(desk, OFFICER, cell(desk, 1, "count"), "۱۴", "۱۲")).delta
    (row,) = found.tables["services"].rows
    assert (row.cells["count"].typed, row.cells["double"].shown) == ("۱۴", "۲۸")
    assert found.tables["services"].order is None
    assert [box.text for box in (found.tables["services"].foot or ())[0]][:2] == ["مجموع", "۲۴"]
    assert found.answers == {}
    assert found.problems is None


def test_an_answer_may_open_and_close_others(place: Workplace) -> None:
    desk = desk_of(place)
    found = written(write(desk, OFFICER, Target(FORM, "visited"), "خیر", "بلی")).delta
    assert found.answers["reason"].relevant
    assert [each.code for each in found.problems or ()] == ["required"]
    back = written(write(desk, OFFICER, Target(FORM, "visited"), "بلی", "خیر")).delta
    assert not back.answers["reason"].relevant


def test_what_another_wrote_is_never_gone_over(place: Workplace) -> None:
    desk = desk_of(place)
    at = cell(desk, 1, "count")
    written(write(desk, OFFICER, at, "۱۴", "۱۲"))
    (found,) = conflict(write(desk, OTHER, at, "۱۵", "۱۲")).contested
    assert (found.theirs, found.yours, found.base) == ("۱۴", "۱۵", "۱۲")
    assert "count: 14" in on_disk(place)
    written(write(desk, OTHER, at, "۱۵", "۱۴"))
    assert "count: 15" in on_disk(place)


def test_who_writes_the_same_agrees(place: Workplace) -> None:
    desk = desk_of(place)
    written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵"))
    assert written(write(desk, OTHER, Target(FORM, "score"), "9", "۵")).changes == ()


def test_two_processes_see_what_the_other_wrote(place: Workplace) -> None:
    store = KeysInMemory()
    one, two = desk_of(place, store), desk_of(place, store)
    at = cell(one, 2, "count")
    assert at == cell(two, 2, "count")
    written(write(one, OFFICER, at, "۴", "۳"))
    conflict(write(two, OTHER, at, "۵", "۳"))
    written(write(two, OTHER, cell(two, 3, "count"), "۸", "۷"))
    assert [row.cells["count"].typed for row in rows(one)] == ["۱۲", "۴", "۸"]
    assert one.page(OFFICER, FORM).version == two.page(OFFICER, FORM).version


def test_a_row_is_found_wherever_it_stands_by_now(place: Workplace) -> None:
    desk = desk_of(place)
    at = cell(desk, 3, "count")
    delete_row(place.case, "demo/visit.services:1", place.settings)
    written(write(desk, OFFICER, at, "۹", "۷"))
    assert "{name: مشاوره, count: 9}" in on_disk(place)


def test_a_row_that_is_gone_takes_nothing(place: Workplace) -> None:
    desk = desk_of(place)
    at = cell(desk, 1, "count")
    delete_row(place.case, "demo/visit.services:1", place.settings)
    assert refusal(write(desk, OFFICER, at, "۹", "۱۲")) == ["row-gone"]


def test_what_others_change_beside_is_told_with_it(place: Workplace) -> None:
    desk = desk_of(place)
    before = desk.page(OFFICER, FORM).version
    set_answer(place.case, "demo/visit.title", "دیگر", place.settings)
    found = written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")).delta
    assert found.before == before
    assert found.answers["title"].typed == "دیگر"


def test_what_cannot_be_read_is_refused_in_words(place: Workplace) -> None:
    desk = desk_of(place)
    assert refusal(write(desk, OFFICER, Target(FORM, "score"), "پنج", "۵")) == ["not-a-number"]
    assert refusal(write(desk, OFFICER, cell(desk, 1, "online"), "شاید", "")) == ["not-a-choice"]
    assert on_disk(place) == ANSWERED


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (Target("demo/none", "title"), "not-on-page"),
        (Target("../../etc/passwd", "title"), "not-on-page"),
        (Target(FORM, "../title"), "not-on-page"),
        (Target(FORM, "services"), "not-on-page"),
        (Target(FORM, "title", "x", "y"), "not-on-page"),
        (Target(FORM, "advice"), "calculated-cell"),
        (Target(FORM, "services", "0" * 16, "count"), "row-gone"),
        (Target("demo/second", "printed", "r9", "value"), "row-gone"),
        (Target("demo/second", "printed", "r1", "measure"), "printed-cell"),
        (Target(FORM, "photo"), "file-not-chosen"),
    ],
)
def test_names_are_looked_up_among_those_of_the_form(place: Workplace, at: Target, code: str) -> None:
    assert refusal(write(desk_of(place), OFFICER, at, "۱", "")) == [code]


def test_what_could_not_be_read_in_a_file_is_in_nobodys_way(tmp_path: Path) -> None:
    broken = ANSWERED.replace("score: 5", "score: abc").replace("  - {name: مشاوره", "  - نوشته\n  - {name: مشاوره")
    place = make_rich_workplace(tmp_path, broken)
    desk = desk_of(place)
    assert [(each.code, each.item) for each in desk.page(OFFICER, FORM).problems] == [
        ("not-a-number", "score"),
        ("not-a-row", "services"),
    ]
    written(write(desk, OFFICER, Target(FORM, "score"), "۹", ""))
    written(write(desk, OFFICER, cell(desk, 3, "count"), "۸", "۷"))
    assert on_disk(place) == broken.replace("abc", "9").replace("count: 7", "count: 8")


def test_calculated_and_unknown_columns_take_nothing(place: Workplace) -> None:
    desk = desk_of(place)
    assert refusal(write(desk, OFFICER, cell(desk, 1, "double"), "۱", "")) == ["calculated-cell"]
    assert refusal(write(desk, OFFICER, cell(desk, 1, "nothing"), "۱", "")) == ["not-on-page"]


def test_who_only_reads_writes_nothing(place: Workplace) -> None:
    desk = desk_of(place)
    assert desk.page(REVIEWER, FORM).item("score").answer.typed == "۵"
    assert not desk.page(REVIEWER, FORM).item("score").answer.open
    assert refusal(write(desk, REVIEWER, Target(FORM, "score"), "۹", "۵")) == ["not-yours"]
    assert refusal(write(desk, ADMIN, Target(FORM, "score"), "۹", "۵")) == ["not-on-page"]


def test_a_department_writes_its_own_and_knows_of_nothing_else(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.services]\nمالی: [demo/visit.score]\n")
    desk, own = desk_of(place), department("فناوري")
    written(write(desk, own, cell(desk, 1, "count"), "۱۴", "۱۲"))
    assert refusal(write(desk, own, Target(FORM, "score"), "۹", "۵")) == ["not-on-page"]
    assert refusal(write(desk, own, Target("demo/second", "printed", "r1", "value"), "۹", "")) == ["not-on-page"]
    assert [item.field.name for item in desk.page(own, FORM).items] == ["services"]
    found = written(write(desk, own, cell(desk, 1, "count"), "۱۵", "۱۴"))
    assert (found.others, found.delta.answers) == ((), {})


def test_a_first_answer_makes_the_file(place: Workplace) -> None:
    desk = desk_of(place)
    written(write(desk, OFFICER, Target("demo/second", "printed", "r2", "value"), "۴", ""))
    written(write(desk, OFFICER, Target("demo/second", "printed", "r1", "value"), "۳", ""))
    assert [row.cells["value"].typed for row in rows(desk, "printed", "demo/second")] == ["۳", "۴"]


def test_rows_that_are_lent_become_its_own(place: Workplace) -> None:
    desk = desk_of(place)
    table = desk.page(OFFICER, "demo/second").item("lent").table
    assert table is not None
    assert table.lent
    keys = [row.key for row in table.rows]
    found = written(write(desk, OFFICER, Target("demo/second", "lent", keys[1], "note"), "مهم", ""))
    assert not found.delta.tables["lent"].lent
    now = rows(desk, "lent", "demo/second")
    assert [row.key for row in now] == keys
    assert [row.cells["name"].typed for row in now] == ["صدور گواهی", "پاسخ به شکایت", "مشاوره"]
    assert [row.cells["note"].typed for row in now] == ["", "مهم", ""]
