"""Durations, dates too early and days off: what must be found, and near misses that are nothing."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory

import jdatetime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks.rules.dates import Count, accepted_ways, count_days, day_off, official_holiday
from tests.building import World, form_text
from tests.checks.rules.auditing import answers, audit, table_form
from tests.checks.rules.auditing import found as table_found

COLUMNS = """\
items:
  - {name: approved, type: date, label: تصویب}
  - name: plan
    type: table
    label: برنامه
    columns:
      - {name: start, type: date, label: شروع, marks: ['-']}
      - {name: end, type: date, label: پایان}
      - {name: days, type: integer, label: مدت, marks: ['-']}
    group_rows: {columns: [days]}
rules:
"""
DURATIONS = "  - {kind: durations, item: plan, start: start, end: end, days: days}\n"
Row = tuple[str, str, object]


def rows_text(rows: list[Row], more: str = "") -> str:
    written = "".join(f"  - {{start: {start}, end: {end}, days: {days}}}\n" for start, end, days in rows)
    return f"form: x/a\n{more}plan:\n{written}"


def check(folder: Path, rule: str, rows: list[Row], more: str = "") -> list[Problem]:
    problems = World(folder, [form_text(COLUMNS + rule)], [rows_text(rows, more)]).checked()
    for each in problems:
        assert each.message
        assert each.hint
        assert "{" not in each.message
        assert each.place.item == "plan"
    return problems


def found(folder: Path, rule: str, rows: list[Row], more: str = "") -> list[tuple[str, int | None, str | None]]:
    """The findings but that a table counts in several ways, which says nothing against a row."""
    problems = [each for each in check(folder, rule, rows, more) if each.code != "counting-mixed"]
    return [(each.code, each.place.row, each.place.column) for each in problems]


# ---------------------------------------------------------------- durations

INCLUSIVE: list[Row] = [
    ("1399/10/01", "1399/10/30", 30),
    ("1399/10/01", "1399/10/05", 5),
    ("1399/10/01", "1399/10/10", 10),
    ("1399/11/01", "1399/12/20", 50),
]
EXCLUSIVE: list[Row] = [
    ("1399/10/20", "1399/10/30", 10),
    ("1399/10/07", "1399/10/21", 14),
    ("1399/10/10", "1399/10/17", 7),
]


@pytest.mark.parametrize(
    "rows",
    [
        INCLUSIVE,
        EXCLUSIVE,
        [*INCLUSIVE, *EXCLUSIVE],
        [*INCLUSIVE, ("1399/10/01", "1399/12/28", 90), ("1399/07/01", "1399/12/28", 180)],
        [*INCLUSIVE, ("1398/10/01", "1398/12/29", 90)],
        [*INCLUSIVE, ("1399/12/01", "1399/12/30", 30)],  # 1399 is a leap year
        [*INCLUSIVE, ("1399/12/01", "1400/01/01", 31)],
        [*INCLUSIVE, ("1398/12/01", "1399/01/01", 30)],  # and 1398 is none
        [*EXCLUSIVE, ("1399/12/15", "1399/12/28", 15), ("1399/10/20", "1399/11/30", 40)],
        [("1399/01/01", "1399/06/31", 186)] * 4,
        [("1399/01/01", "1399/06/31", 180)] * 4,
        [("1399/01/01", "1399/06/31", 185)],
        [("1399/10/01", "1399/10/01", 1), *INCLUSIVE],
        [("1399/10/01", "1399/10/08", "-"), *INCLUSIVE],
        [("-", "1399/10/08", 3), *INCLUSIVE],
        [("1399/10/01", "", 3), *INCLUSIVE],
        [("1399/10/01", "1399/10/08", ""), *INCLUSIVE],
        [],
    ],
)
def test_durations_that_a_way_of_counting_explains(tmp_path: Path, rows: list[Row]) -> None:
    assert found(tmp_path, DURATIONS, rows) == []


@pytest.mark.parametrize(
    "row",
    [
        ("1399/10/01", "1399/10/13", 14),
        ("1399/10/10", "1399/10/27", 7),
        ("1399/10/01", "1399/10/08", 3),
        ("1399/10/01", "1399/10/30", 5),
        ("1399/08/01", "1399/11/15", 90),
        ("1399/10/01", "1399/10/08", 0),
        ("1399/10/01", "1399/10/08", -8),
    ],
)
@pytest.mark.parametrize("others", [INCLUSIVE, [*INCLUSIVE, *EXCLUSIVE]])
def test_a_duration_its_dates_contradict(tmp_path: Path, others: list[Row], row: Row) -> None:
    assert found(tmp_path, DURATIONS, [*others, row]) == [("duration", len(others) + 1, "days")]


def test_a_single_row_may_not_bring_a_way_of_counting_of_its_own(tmp_path: Path) -> None:
    """In a table that counts the first day, 7 for eight days is a slip; in one that counts in two ways it is none."""
    row: Row = ("1399/10/01", "1399/10/08", 7)
    assert found(tmp_path / "a", DURATIONS, [*INCLUSIVE, row]) == [("duration", 5, "days")]
    assert found(tmp_path / "b", DURATIONS, [*INCLUSIVE, *EXCLUSIVE, row]) == []


def test_several_ways_of_counting_are_said_once(tmp_path: Path) -> None:
    (mixed,) = check(tmp_path / "a", DURATIONS, [*INCLUSIVE, *EXCLUSIVE])
    assert (mixed.code, mixed.place.row, mixed.place.column) == ("counting-mixed", None, "days")
    assert mixed.severity is Severity.INFORMATION
    assert "the first one counted (4)" in mixed.message
    assert "days between (3)" in mixed.message
    for rows in (INCLUSIVE, EXCLUSIVE, [*INCLUSIVE, ("1399/10/01", "1399/10/08", 7)]):
        assert "counting-mixed" not in [each.code for each in check(tmp_path / str(len(rows)), DURATIONS, rows)]


def test_the_evidence_of_a_duration(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, DURATIONS, [*INCLUSIVE, ("1399/07/01", "1399/12/28", 100)])
    assert problem.severity is Severity.ERROR
    assert problem.arguments["start"] == "۱۳۹۹/۰۷/۰۱"
    numbers = [problem.arguments[name] for name in ("typed", "days", "inclusive", "months", "months_inclusive")]
    assert numbers == [100, 177, 178, 179, 180]


def test_an_end_before_its_start_is_told_once(tmp_path: Path) -> None:
    rows = [*INCLUSIVE, ("1399/10/30", "1399/10/01", 30)]
    assert found(tmp_path / "a", DURATIONS, rows) == [("end-before-start", 5, "end")]
    without = "  - {kind: durations, item: plan, start: start, end: end}\n"
    assert found(tmp_path / "b", without, rows) == [("end-before-start", 5, "end")]
    assert found(tmp_path / "c", without, [("1399/10/30", "1399/10/30", 77)]) == []


def test_band_rows_have_no_duration(tmp_path: Path) -> None:
    answers = rows_text(INCLUSIVE) + "  - group: {days: 400}\n"
    assert World(tmp_path, [form_text(COLUMNS + DURATIONS)], [answers]).checked() == []


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((1399, 1, 1), (1399, 1, 31), (30, 29, 29)),
        ((1399, 1, 31), (1399, 2, 1), (1, 1, 1)),
        ((1399, 12, 15), (1399, 12, 28), (13, 13, 15)),
        ((1399, 12, 28), (1399, 12, 29), (1, 1, 1)),
        ((1399, 12, 1), (1400, 12, 29), (394, 388, 389)),
    ],
)
def test_ways_of_counting(
    start: tuple[int, int, int], end: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert count_days(jdatetime.date(*start), jdatetime.date(*end)) == Count(*expected)


def test_the_share_grows_with_the_table() -> None:
    """Two rows are a habit in a small table and a slip in a large one."""
    first = count_days(jdatetime.date(1399, 10, 1), jdatetime.date(1399, 10, 11))
    assert "calendar" in accepted_ways([(first, 11)] * 18 + [(first, 10)] * 2)
    assert "calendar" not in accepted_ways([(first, 11)] * 48 + [(first, 10)] * 2)
    assert accepted_ways([]) == set()


DAYS = st.dates(jdatetime.date(1396, 1, 1).togregorian(), jdatetime.date(1402, 1, 1).togregorian())
WAYS = sorted(Count(0, 0, 0).ways)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[jdatetime.date, jdatetime.date, int]]:
    """A table that counts in one way throughout."""
    way = draw(st.sampled_from(WAYS))
    rows = []
    for first in draw(st.lists(DAYS, min_size=4, max_size=8)):
        start = jdatetime.date.fromgregorian(date=first)
        end = start + jdatetime.timedelta(days=draw(st.integers(0, 300)))
        rows.append((start, end, count_days(start, end).ways[way]))
    return rows


def found_in(rows: list[tuple[jdatetime.date, jdatetime.date, int]]) -> list[tuple[str, int | None, str | None]]:
    texts: list[Row] = [(f"{start:%Y/%m/%d}", f"{end:%Y/%m/%d}", days) for start, end, days in rows]
    with TemporaryDirectory() as folder:
        return found(Path(folder), DURATIONS, texts)


@settings(max_examples=25, deadline=None)
@given(rows=tables())
def test_a_consistent_table_gives_nothing(rows: list[tuple[jdatetime.date, jdatetime.date, int]]) -> None:
    assert found_in(rows) == []


@settings(max_examples=25, deadline=None)
@given(rows=tables(), data=st.data())
def test_one_planted_duration_gives_one_finding(
    rows: list[tuple[jdatetime.date, jdatetime.date, int]], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(rows) - 1))
    start, end, _ = rows[number]
    explained = set(count_days(start, end).ways.values())
    planted = data.draw(st.integers(0, 400).filter(lambda days: days not in explained))
    assert found_in([*rows[:number], (start, end, planted), *rows[number + 1 :]]) == [("duration", number + 1, "days")]


# ---------------------------------------------------------------- not before

NOT_BEFORE = "  - {kind: not_before, item: plan, date: start, since: approved, message: برنامه هنوز تصویب نشده بود}\n"


def test_dates_before_the_day_nothing_may_come_before(tmp_path: Path) -> None:
    rows: list[Row] = [("1399/07/30", "1399/10/30", ""), ("1399/08/01", "1399/10/30", ""), ("-", "1399/01/01", "")]
    (problem,) = check(tmp_path, NOT_BEFORE, rows, "approved: 1399/08/01\n")
    assert (problem.code, problem.place.row, problem.place.column) == ("too-early", 1, "start")
    assert problem.severity is Severity.WARNING
    for part in ("برنامه هنوز تصویب نشده بود", "۱۳۹۹/۰۷/۳۰", "۱۳۹۹/۰۸/۰۱"):
        assert part in problem.message


def test_nothing_is_too_early_while_the_day_is_blank(tmp_path: Path) -> None:
    assert found(tmp_path, NOT_BEFORE, [("1390/01/01", "1399/10/30", "")]) == []


def test_the_day_may_be_written_in_the_rule(tmp_path: Path) -> None:
    rule = NOT_BEFORE.replace("since: approved", "since: \"'1399/08/01'\"")
    rows: list[Row] = [("1399/07/30", "1399/10/30", ""), ("1399/08/01", "1399/10/30", "")]
    assert found(tmp_path, rule, rows) == [("too-early", 1, "start")]


# ---------------------------------------------------------------- days off

HOLIDAYS = "  - {kind: holidays, item: plan, columns: [start, end]}\n"


@pytest.mark.parametrize(
    ("day", "named"),
    [
        ((1399, 1, 1), "نوروز"),
        ((1399, 1, 12), "جمهوری اسلامی"),
        ((1399, 1, 13), "طبیعت"),
        ((1399, 3, 14), "خمینی"),
        ((1399, 3, 15), "خرداد"),
        ((1399, 11, 22), "انقلاب"),
        ((1399, 12, 29), "نفت"),
        ((1399, 12, 30), "آخرین روز سال"),
        ((1400, 1, 1), "نوروز"),
    ],
)
def test_solar_holidays_stand_on_their_days(day: tuple[int, int, int], named: str) -> None:
    assert named in official_holiday(jdatetime.date(*day))


@pytest.mark.parametrize("day", [(1399, 12, 28), (1399, 1, 5), (1399, 11, 21), (1398, 12, 28), (1400, 12, 28)])
def test_days_beside_holidays_are_working_days(day: tuple[int, int, int]) -> None:
    assert day_off(jdatetime.date(*day)) == ""


def test_a_finding_a_date_while_they_are_few(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("1399/10/05", "1399/10/06", ""),
        ("1399/10/05", "1399/11/22", ""),
        ("1399/10/06", "1399/12/28", ""),
    ]
    problems = check(tmp_path, HOLIDAYS, rows)
    assert [(each.code, each.place.row, each.place.column) for each in problems] == [
        ("holiday", 1, "start"),
        ("holiday", 2, "end"),
    ]
    assert {each.severity for each in problems} == {Severity.INFORMATION}
    assert "۱۳۹۹/۱۰/۰۵ (جمعه)" in problems[0].message
    assert "انقلاب" in problems[1].message


def test_one_finding_a_column_when_they_are_many(tmp_path: Path) -> None:
    fridays = ["1399/10/05", "1399/10/12", "1399/10/19", "1399/10/26"]
    problems = check(tmp_path, HOLIDAYS, [(day, "1399/12/28", "") for day in (*fridays, *fridays)])
    assert [(each.code, each.place.row, each.place.column) for each in problems] == [("holiday", None, "start")]
    assert problems[0].arguments["count"] == 4
    assert "…" in problems[0].message


def test_working_days_and_blanks_are_nothing(tmp_path: Path) -> None:
    working = ["1399/10/06", "1399/10/07", "1399/10/08", "1399/10/09", "1399/10/10", "1399/10/11"]
    rows: list[Row] = [(start, end, "") for start, end in itertools.pairwise(working)]
    assert found(tmp_path, HOLIDAYS, [*rows, ("-", "", "")]) == []


# ---------------------------------------------------------------- days of the week

WEEKDAYS = table_form(
    "kind: weekdays, item: t, date: date, column: day",
    ["name: day, type: text, label: روز, marks: ['-']", "name: date, type: date"],
)


@pytest.mark.parametrize("day", ["دوشنبه", "دو شنبه", "۲ شنبه", "روز چهارشنبه", "جمعه", "شنبه"])
def test_a_day_that_is_not_that_of_its_date(day: str) -> None:
    rows = [{"day": "سه‌شنبه", "date": "1399/12/05"}, {"day": day, "date": "1399/12/19"}]
    assert table_found(WEEKDAYS, rows) == [("weekday-differs", 2, "day")]


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("سه‌شنبه", "1399/12/19"),
        ("سه شنبه", "1399/12/19"),
        ("۳شنبه", "1399/12/19"),
        ("سه‌شنبه‌ها ساعت ۹", "1399/12/19"),
        ("شنبه", "1399/12/30"),  # the day a leap year has more
        ("شنبه و سه‌شنبه", "1399/12/20"),  # several days: nobody can say which
        ("اول ماه", "1399/12/20"),
        ("-", "1399/12/20"),
        (None, "1399/12/20"),
        ("دوشنبه", None),
    ],
)
def test_days_that_are_right_or_say_nothing(day: str | None, date: str | None) -> None:
    assert table_found(WEEKDAYS, [{"day": day, "date": date}]) == []


def test_the_day_is_said_beside_the_date() -> None:
    (found,) = audit(WEEKDAYS, answers([{"day": "دوشنبه", "date": "1399/12/19"}]))
    assert found.severity is Severity.ERROR
    assert found.message == "«روز» says دوشنبه; ۱۳۹۹/۱۲/۱۹ is a سه‌شنبه."
