"""An act taken back: cell by cell, and never over what somebody else wrote since."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk.paste import paste
from assembler.actions.desk.table import insert_rows, move_row, remove_rows
from assembler.actions.desk.undo import undo
from assembler.actions.desk.write import write
from assembler.actions.set import set_answer
from assembler.base.messages import choose
from assembler.model.acts import Preview, Target
from tests.actions.desk.desks import (
    ANSWERED,
    FORM,
    OFFICER,
    OTHER,
    cell,
    desk_of,
    on_disk,
    refusal,
    rows,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

TABLE = Target(FORM, "services")


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def test_an_answer_is_put_back_and_back_again(place: Workplace) -> None:
    desk = desk_of(place)
    act = written(write(desk, OFFICER, Target(FORM, "story"), "دیگر", "یک بند"))
    back = written(undo(desk, OFFICER, act.changes))
    assert on_disk(place) == ANSWERED
    again = written(undo(desk, OFFICER, back.changes))
    assert again.delta.answers["story"].typed == "دیگر"


def test_what_another_wrote_since_stays_and_is_told(place: Workplace) -> None:
    desk = desk_of(place)
    preview = paste(desk, OFFICER, cell(desk, 1, "count"), "۱\n۲")
    assert isinstance(preview, Preview)
    act = paste(desk, OFFICER, cell(desk, 1, "count"), "۱\n۲", preview.base)
    assert not isinstance(act, Preview)
    set_answer(place.case, "demo/visit.services:2.count", "50", place.settings)
    back = written(undo(desk, OFFICER, written(act).changes))
    assert [row.cells["count"].typed for row in rows(desk)] == ["۱۲", "۵۰", "۷"]
    assert [(change.after, change.at.row) for change in back.kept] == [("۲", rows(desk)[1].key)]


def test_rows_that_were_taken_away_come_back_with_their_keys(place: Workplace) -> None:
    desk = desk_of(place)
    seen = rows(desk)
    act = written(remove_rows(desk, OFFICER, TABLE, [(row.key, row.stamp) for row in seen[:2]]))
    written(undo(desk, OFFICER, act.changes))
    assert [(row.key, row.cells["name"].typed) for row in rows(desk)] == [
        (row.key, row.cells["name"].typed) for row in seen
    ]


def test_a_row_that_was_added_goes_unless_somebody_wrote_in_it(place: Workplace) -> None:
    desk = desk_of(place)
    one, two = (written(insert_rows(desk, OFFICER, TABLE)) for _ in range(2))
    written(write(desk, OTHER, Target(FORM, "services", two.changes[0].at.row, "name"), "تازه", ""))
    assert written(undo(desk, OFFICER, one.changes)).kept == ()
    assert written(undo(desk, OFFICER, two.changes)).kept == two.changes
    assert [row.cells["name"].typed for row in rows(desk)] == ["تازه", "صدور گواهی", "پاسخ به شکایت", "مشاوره"]


def test_a_move_is_taken_back_where_the_row_still_stands(place: Workplace) -> None:
    desk = desk_of(place)
    one, two, three = (row.key for row in rows(desk))
    act = written(move_row(desk, OFFICER, Target(FORM, "services", one), three))
    other = written(move_row(desk, OTHER, Target(FORM, "services", three), ""))
    assert [row.key for row in rows(desk)] == [three, two, one]
    assert written(undo(desk, OFFICER, act.changes)).kept == act.changes
    written(undo(desk, OTHER, other.changes))
    written(undo(desk, OFFICER, act.changes))
    assert [row.key for row in rows(desk)] == [one, two, three]


def test_only_the_own_act_of_one_form_is_taken_back(place: Workplace) -> None:
    desk = desk_of(place)
    one = written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")).changes
    two = written(write(desk, OFFICER, Target(FORM, "score"), "۸", "۹")).changes
    assert refusal(undo(desk, OTHER, one)) == ["undo-unknown"]
    assert refusal(undo(desk, OFFICER, (*one, *two))) == ["undo-unknown"]
    assert refusal(undo(desk, OFFICER, ())) == ["undo-unknown"]
    assert written(undo(desk, OFFICER, one)).kept == one
