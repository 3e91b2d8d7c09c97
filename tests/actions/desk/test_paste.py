"""Blocks from worksheets: shown first, taken as they were shown, bad cells told and good ones kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk import paste as pasting
from assembler.actions.desk.desk import Desk
from assembler.actions.desk.paste import paste
from assembler.actions.set import set_answer
from assembler.base.messages import choose
from assembler.base.problems import AssemblerError
from assembler.model.acts import Person, Preview, Target, Written
from tests.actions.desk.desks import ANSWERED, FORM, OFFICER, REVIEWER, cell, desk_of, on_disk, refusal, rows, written
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace, write_answers, write_form

TABLE = Target(FORM, "services")
TICKS = ("marks", "demo/ticked")
TICKED = """\
form: demo/ticked
title: تیک‌ها
source: {document: demo}
choices:
  kinds: [{name: new, label: نو}, {name: old, label: کهنه}]
items:
  - name: marks
    type: table
    label: جدول
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: name, type: text, label: نام}
      - {name: level, type: select_one kinds, label: نوع, appearance: ticks}
      - {name: cost, type: integer, label: هزینه}
"""


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED)


def shown(desk: Desk, at: Target, text: str, person: Person = OFFICER) -> Preview:
    found = paste(desk, person, at, text)
    assert isinstance(found, Preview)
    return found


def taken(desk: Desk, at: Target, text: str) -> Written:
    found = paste(desk, OFFICER, at, text, shown(desk, at, text).base)
    assert not isinstance(found, Preview)
    return written(found)


def cells(desk: Desk, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.cells[column].typed for column in columns) for row in rows(desk)]


def test_a_preview_writes_nothing_and_tells_what_it_would_do(place: Workplace) -> None:
    desk = desk_of(place)
    found = shown(desk, cell(desk, 3, "name"), "مشاوره\t۸\tبلی\nتازه\tپنج")
    told = [(each.number, each.column, each.was, each.becomes) for each in found.cells]
    assert told == [
        (3, "name", "مشاوره", "مشاوره"),
        (3, "count", "۷", "۸"),
        (3, "online", "", "بلی"),
        (4, "name", "", "تازه"),
        (4, "count", "", ""),
    ]
    assert [each.problem.code if each.problem else "" for each in found.cells] == ["", "", "", "", "not-a-number"]
    assert [bool(each.row) for each in found.cells] == [True, True, True, False, False]
    assert (found.added, found.headed, found.columns) == (1, False, ("name", "count", "online"))
    assert on_disk(place) == ANSWERED


def test_good_cells_are_taken_and_bad_ones_told(place: Workplace) -> None:
    desk = desk_of(place)
    found = taken(desk, cell(desk, 2, "count"), "۴\nهشت\n۹")
    assert cells(desk, "name", "count") == [
        ("صدور گواهی", "۱۲"),
        ("پاسخ به شکایت", "۴"),
        ("مشاوره", "۷"),
        ("", "۹"),
    ]
    assert [each.code for each in found.warnings] == ["not-a-number"]
    assert len({change.act for change in found.changes}) == 1


def test_cells_keep_their_places_beside_calculated_ones(place: Workplace) -> None:
    desk = desk_of(place)
    found = shown(desk, cell(desk, 1, "address"), "خیابان\t۹۹\tبیرون")
    assert [each.column for each in found.cells] == ["address"]
    assert found.passed == 2


def test_a_blank_cell_of_the_block_clears(place: Workplace) -> None:
    desk = desk_of(place)
    taken(desk, cell(desk, 1, "name"), "الف\t\n\t۵\n\n")
    assert cells(desk, "name", "count") == [("الف", ""), ("", "۵"), ("مشاوره", "۷")]


def test_headers_say_which_columns_are_meant(place: Workplace) -> None:
    desk = desk_of(place)
    found = shown(desk, TABLE, "تعداد\tنام خدمت\n۵\tتازه\n۶\tتازه‌تر")
    assert (found.headed, found.added, found.columns) == (True, 2, ("count", "name"))
    taken(desk, TABLE, "تعداد\tنام خدمت\n۵\tتازه\n۶\tتازه‌تر")
    assert cells(desk, "name", "count")[3:] == [("تازه", "۵"), ("تازه‌تر", "۶")]


def test_a_block_with_all_columns_is_taken_in_their_order(place: Workplace) -> None:
    desk = desk_of(place)
    taken(desk, TABLE, "۱\tتازه\t۵\tبلی\tخیابان\t۱۰")
    assert cells(desk, "name", "count", "online", "address")[3:] == [("تازه", "۵", "بلی", "خیابان")]


def test_printed_rows_are_found_by_what_they_print(place: Workplace) -> None:
    desk = desk_of(place)
    at = Target("demo/second", "printed")
    taken(desk, at, "پارکینگ\t۴\nمسیر\t۳\nدیگر\t۹")
    assert [row.cells["value"].typed for row in rows(desk, "printed", "demo/second")] == ["۳", "۴"]
    assert shown(desk, at, "پارکینگ\t۴\nمسیر\t۳\nدیگر\t۹").left == 1
    below = Target("demo/second", "printed", "r2", "value")
    assert shown(desk, below, "۷\n۸").left == 1


def test_ticks_are_taken_by_their_choices(place: Workplace) -> None:
    """As a table is printed, and copied from Word: a cell for each choice."""
    write_form(place.folder, TICKED, "ticked")
    write_answers(place.folder, "form: demo/ticked\n", "ticked")
    desk = desk_of(place)
    at = Target("demo/ticked", "marks")
    taken(desk, at, "۱\tنخست\t✓\t\t۵\n۲\tدوم\t☐\t×\t۶\n۳\tسوم\t✓\t✓\t۷")
    found = [tuple(row.cells[name].typed for name in ("name", "level", "cost")) for row in rows(desk, *TICKS)]
    assert found == [("نخست", "نو", "۵"), ("دوم", "کهنه", "۶"), ("سوم", "", "۷")]
    first = Target("demo/ticked", "marks", rows(desk, *TICKS)[0].key, "level")
    assert [cell.becomes for cell in shown(desk, first, "\t✔\t۹").cells] == ["کهنه", "۹"]
    assert [cell.becomes for cell in shown(desk, first, "کهنه\t۹").cells] == ["کهنه", "۹"]


def test_what_changed_since_the_preview_is_shown_anew(place: Workplace) -> None:
    desk = desk_of(place)
    at = cell(desk, 1, "count")
    first = shown(desk, at, "۱\n۲")
    set_answer(place.case, "demo/visit.services:2.count", "50", place.settings)
    again = paste(desk, OFFICER, at, "۱\n۲", first.base)
    assert isinstance(again, Preview)
    assert [each.was for each in again.cells] == ["۱۲", "۵۰"]
    assert "count: 50" in on_disk(place)
    set_answer(place.case, "demo/visit.services:3.count", "60", place.settings)
    assert isinstance(paste(desk, OFFICER, at, "۱\n۲", again.base), Written)


@pytest.mark.parametrize(
    ("text", "code"), [("", "paste-empty"), (" \n\t\n", "paste-empty"), ("۱\t۲\t۳\t۴", "paste-too-large")]
)
def test_blocks_without_bounds_are_refused(
    place: Workplace, text: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "MOST_CELLS", 3)
    with pytest.raises(AssemblerError) as caught:
        paste(desk_of(place), OFFICER, TABLE, text)
    assert [found.code for found in caught.value.problems] == [code]


def test_who_only_reads_pastes_nothing(place: Workplace) -> None:
    desk = desk_of(place)
    base = shown(desk, TABLE, "۱\tتازه").base
    found = paste(desk, REVIEWER, TABLE, "۱\tتازه", base)
    assert not isinstance(found, Preview)
    assert refusal(found) == ["not-yours"]
    with pytest.raises(AssemblerError):
        paste(desk, REVIEWER, TABLE, "۱\tتازه")
