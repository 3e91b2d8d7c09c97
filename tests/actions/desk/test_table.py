"""Rows by their keys: added, taken away and moved, whatever others do meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk import table
from assembler.actions.desk.table import insert_rows, move_row, remove_rows
from assembler.actions.desk.write import write
from assembler.actions.set import delete_row, set_answer
from assembler.base.messages import choose
from assembler.model.acts import Target
from tests.actions.desk.desks import (
    ANSWERED,
    FORM,
    OFFICER,
    OTHER,
    REVIEWER,
    cell,
    conflict,
    desk_of,
    refusal,
    rows,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

TABLE = Target(FORM, "services")
BANDS = Target("demo/second", "bands")


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def names(place: Workplace) -> list[str]:
    return [row.cells["name"].typed for row in rows(desk_of(place))]


def test_rows_are_added_where_they_are_wanted(place: Workplace) -> None:
    desk = desk_of(place)
    first = rows(desk)[0].key
    found = written(insert_rows(desk, OFFICER, TABLE, 2, behind=first)).delta.tables["services"]
    assert found.order is not None
    assert found.order[0] == first
    assert len(found.order) == 5
    written(write(desk, OFFICER, Target(FORM, "services", found.order[2], "name"), "تازه", ""))
    written(insert_rows(desk, OFFICER, TABLE))
    written(insert_rows(desk, OFFICER, TABLE, behind=None))
    assert names(place) == ["", "صدور گواهی", "", "تازه", "پاسخ به شکایت", "مشاوره", ""]


def test_other_rows_keep_their_keys(place: Workplace) -> None:
    desk = desk_of(place)
    before = [row.key for row in rows(desk)]
    written(insert_rows(desk, OFFICER, TABLE))
    assert [row.key for row in rows(desk)][1:] == before


def test_a_row_is_taken_away_as_it_was_seen(place: Workplace) -> None:
    desk = desk_of(place)
    one, two, _ = rows(desk)
    found = written(remove_rows(desk, OFFICER, TABLE, [(one.key, one.stamp), (two.key, two.stamp)]))
    assert names(place) == ["مشاوره"]
    assert [(each.kind, each.before) for each in found.changes if each.at.row == one.key] == [
        ("answer", "صدور گواهی"),
        ("answer", "۱۲"),
        ("removed", ""),
    ]
    assert written(remove_rows(desk, OTHER, TABLE, [(one.key, one.stamp)])).changes == ()


def test_a_row_in_which_somebody_wrote_stays(place: Workplace) -> None:
    desk = desk_of(place)
    seen = rows(desk)
    set_answer(place.case, "demo/visit.services:2.count", "99", place.settings)
    found = conflict(remove_rows(desk, OFFICER, TABLE, [(row.key, row.stamp) for row in seen]))
    assert [(each.at.row, each.theirs) for each in found.contested] == [(seen[1].key, "پاسخ به شکایت، ۹۹")]
    assert len(names(place)) == 3


def test_a_row_moves_with_its_key(place: Workplace) -> None:
    desk = desk_of(place)
    one, two, three = (row.key for row in rows(desk))
    found = written(move_row(desk, OFFICER, Target(FORM, "services", one), three))
    assert found.delta.tables["services"].order == (two, three, one)
    assert names(place) == ["پاسخ به شکایت", "مشاوره", "صدور گواهی"]
    written(move_row(desk, OFFICER, Target(FORM, "services", three), ""))
    assert [row.key for row in rows(desk)] == [three, two, one]
    assert written(move_row(desk, OFFICER, Target(FORM, "services", three), "")).changes == ()


def test_bands_stand_over_groups(place: Workplace) -> None:
    desk = desk_of(place)
    written(insert_rows(desk, OFFICER, BANDS))
    written(insert_rows(desk, OFFICER, BANDS, band=True))
    band, row = rows(desk, "bands", "demo/second")
    assert (band.band, row.band) == (True, False)
    assert (band.cells["name"].open, band.cells["amount"].open, row.cells["amount"].open) == (True, False, True)
    written(write(desk, OFFICER, Target("demo/second", "bands", band.key, "name"), "الف", ""))
    assert refusal(write(desk, OFFICER, Target("demo/second", "bands", band.key, "amount"), "۱", "")) == [
        "calculated-cell"
    ]
    assert [row.cells["name"].typed for row in rows(desk_of(place), "bands", "demo/second")] == ["الف", ""]
    assert refusal(insert_rows(desk, OFFICER, TABLE, band=True)) == ["no-band-rows"]


def test_printed_rows_stay_as_they_are(place: Workplace) -> None:
    desk = desk_of(place)
    at = Target("demo/second", "printed")
    assert refusal(insert_rows(desk, OFFICER, at)) == ["rows-fixed"]
    assert refusal(remove_rows(desk, OFFICER, at, [("r1", "")])) == ["rows-fixed"]
    assert refusal(move_row(desk, OFFICER, Target("demo/second", "printed", "r1"), "r2")) == ["rows-fixed"]


def test_who_only_reads_changes_no_row(place: Workplace) -> None:
    desk = desk_of(place)
    (row, *_) = rows(desk)
    assert refusal(insert_rows(desk, REVIEWER, TABLE)) == ["not-yours"]
    assert refusal(remove_rows(desk, REVIEWER, TABLE, [(row.key, row.stamp)])) == ["not-yours"]
    assert refusal(move_row(desk, REVIEWER, Target(FORM, "services", row.key), "")) == ["not-yours"]


def test_a_table_has_a_most(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 4)
    desk = desk_of(place)
    assert refusal(insert_rows(desk, OFFICER, TABLE, 2)) == ["rows-too-many"]
    written(insert_rows(desk, OFFICER, TABLE))


def test_rows_that_are_gone_are_told(place: Workplace) -> None:
    desk = desk_of(place)
    gone = cell(desk, 1, "count").row
    delete_row(place.case, "demo/visit.services:1", place.settings)
    assert refusal(insert_rows(desk, OFFICER, TABLE, behind=gone)) == ["row-gone"]
    assert refusal(move_row(desk, OFFICER, Target(FORM, "services", gone), "")) == ["row-gone"]


def test_the_last_lent_row_comes_back(place: Workplace) -> None:
    """As long as a table is blank it shows the rows of the other: that cannot be taken away here."""
    desk = desk_of(place)
    seen = rows(desk, "lent", "demo/second")
    written(remove_rows(desk, OFFICER, Target("demo/second", "lent"), [(row.key, row.stamp) for row in seen[:2]]))
    assert [row.cells["name"].typed for row in rows(desk, "lent", "demo/second")] == ["مشاوره"]
    (last,) = rows(desk, "lent", "demo/second")
    found = written(remove_rows(desk, OFFICER, Target("demo/second", "lent"), [(last.key, last.stamp)]))
    assert found.delta.tables["lent"].lent
    assert len(rows(desk, "lent", "demo/second")) == 3
