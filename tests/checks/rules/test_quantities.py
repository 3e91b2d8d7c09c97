"""The beat of dates and the room of periods: what must be found, and near misses that are nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import jdatetime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks.rules.dates import official_holiday
from assembler.checks.words.period_words import period_of
from tests.building import World, form_text

# ---------------------------------------------------------------- rhythm

VISITS = """\
items:
  - name: visits
    type: table
    label: ملاقات‌ها
    columns: [{name: date, type: date, label: تاریخ}]
rules:
  - {kind: rhythm, item: visits, date: date, every: 7}
"""


def beats(folder: Path, *dates: str) -> list[Problem]:
    rows = "".join(f"  - {{date: {date}}}\n" for date in dates)
    return World(folder, [form_text(VISITS)], [f"form: x/a\nvisits:\n{rows}"]).checked()


def found_beats(folder: Path, *dates: str) -> list[tuple[str, int | None, str | None]]:
    return [(each.code, each.place.row, each.place.column) for each in beats(folder, *dates)]


def test_a_missing_week(tmp_path: Path) -> None:
    (problem,) = beats(tmp_path, "1399/12/05", "1399/12/19", "1399/12/26")
    assert (problem.code, problem.place.row, problem.place.column) == ("rhythm-gap", 2, "date")
    assert problem.severity is Severity.WARNING
    assert "۱۳۹۹/۱۲/۱۲" in problem.message
    assert problem.arguments["count"] == 1


def test_a_date_off_the_beat_stands_for_its_beat(tmp_path: Path) -> None:
    (problem,) = beats(tmp_path, "1399/12/05", "1399/12/13", "1399/12/19", "1399/12/26")
    assert (problem.code, problem.place.row, problem.place.column) == ("rhythm-off", 2, "date")
    assert problem.arguments["expected"] == "۱۳۹۹/۱۲/۱۲"


@pytest.mark.parametrize(
    "dates",
    [
        ["1399/12/05", "1399/12/12", "1399/12/19", "1399/12/26"],
        ["1399/12/26", "1399/12/12", "1399/12/19", "1399/12/05"],  # in any order
        ["1399/12/05", "1399/12/05", "1399/12/12"],
        ["1399/12/23", "1399/12/30", "1400/01/07"],  # over the end of a leap year
        ["1398/12/24", "1399/01/02", "1399/01/09"],  # and of a common one
        ["1399/11/15", "1399/11/29"],  # 22 Bahman is a holiday
        ["1399/12/05"],
        ["", "1399/12/05", "", "1399/12/12"],
        [],
    ],
)
def test_a_kept_beat(tmp_path: Path, dates: list[str]) -> None:
    assert found_beats(tmp_path, *dates) == []


def test_a_slip_in_the_year_is_told_briefly(tmp_path: Path) -> None:
    (problem,) = beats(tmp_path / "a", "1299/12/05", "1399/12/12", "1399/12/19")
    assert (problem.code, problem.place.row) == ("rhythm-off", 1)
    (problem,) = beats(tmp_path / "b", "1299/12/10", "1399/12/12", "1399/12/19")
    assert (problem.code, problem.place.row) == ("rhythm-gap", 2)
    assert len(problem.message) < 200


FIRST = st.dates(jdatetime.date(1396, 1, 1).togregorian(), jdatetime.date(1402, 1, 1).togregorian())


def series(first: object, count: int) -> list[jdatetime.date]:
    start = jdatetime.date.fromgregorian(date=first)
    return [start + jdatetime.timedelta(days=7 * number) for number in range(count)]


def found_in(days: list[jdatetime.date]) -> list[tuple[str, int | None, str | None]]:
    with TemporaryDirectory() as folder:
        return found_beats(Path(folder), *(f"{day:%Y/%m/%d}" for day in days))


@settings(max_examples=20, deadline=None)
@given(first=FIRST, count=st.integers(1, 12))
def test_a_weekly_table_gives_nothing(first: object, count: int) -> None:
    assert found_in(series(first, count)) == []


@settings(max_examples=25, deadline=None)
@given(first=FIRST, count=st.integers(4, 12), data=st.data())
def test_one_planted_fault_gives_one_finding(first: object, count: int, data: st.DataObject) -> None:
    days = series(first, count)
    number = data.draw(st.integers(1, count - 2))
    if data.draw(st.booleans()) and not official_holiday(days[number]):
        assert found_in(days[:number] + days[number + 1 :]) == [("rhythm-gap", number + 1, "date")]
    else:
        days[number] += jdatetime.timedelta(days=data.draw(st.sampled_from([-3, -2, -1, 1, 2, 3])))
        assert found_in(days) == [("rhythm-off", number + 1, "date")]


# ---------------------------------------------------------------- room

PLAN = """\
items:
  - name: plan
    type: table
    label: برنامه
    columns:
      - {name: action, type: text, label: اقدام}
      - {name: unit, type: text, label: واحد}
      - {name: quantity, type: integer, label: مقدار, marks: ['-']}
      - {name: start, type: date, label: شروع}
      - {name: end, type: date, label: پایان}
rules:
  - {kind: room, item: plan, text: action, unit: unit, quantity: quantity, start: start, end: end}
"""


def room(
    folder: Path, action: str, quantity: object, start: str = "1399/11/01", end: str = "1399/12/28", unit: str = "گزارش"
) -> list[Problem]:
    row = f"action: '{action}', unit: '{unit}', quantity: {quantity}, start: {start}, end: {end}"
    return World(folder, [form_text(PLAN)], [f"form: x/a\nplan:\n  - {{action: x}}\n  - {{{row}}}\n"]).checked()


@pytest.mark.parametrize(
    ("action", "quantity", "fits"),
    [
        ("گزارش‌دهی ماهانه مسئول به کمیته", 62, 2),
        ("گزارش ماهیانه", 3, 2),
        ("گزارش هفتگی", 10, 9),
        ("گزارش روزانه", 59, 58),
        ("گزارش فصلی", 2, 1),
        ("گزارش سه‌ماهه", 2, 1),
        ("گزارش سه ماهه", 2, 1),
        ("گزارش ۳ ماهه", 2, 1),
        ("گزارش دوماهه", 2, 1),
        ("گزارش شش‌ماهه", 2, 1),
        ("گزارش سالانه", 2, 1),
        ("گزارش‌های هفتگی و ماهانه", 10, 9),
        ("گزارش ماهانه در پایان هر ماه", 3, 2),
    ],
)
def test_more_than_the_period_has_room_for(tmp_path: Path, action: str, quantity: int, fits: int) -> None:
    (problem,) = room(tmp_path / "a", action, quantity)
    assert (problem.code, problem.place.row, problem.place.column) == ("no-room", 2, "quantity")
    assert problem.severity is Severity.ERROR
    assert (problem.arguments["quantity"], problem.arguments["room"]) == (quantity, fits)
    assert room(tmp_path / "b", action, fits) == []


@pytest.mark.parametrize(
    ("action", "quantity", "unit"),
    [
        ("تکمیل برگه نظرسنجی", 62, "برگه"),
        ("گزارش‌دهی ماهانه", "", "گزارش"),
        ("گزارش‌دهی ماهانه", "'-'", "گزارش"),
        ("تحقق ماهانه مصوبات", 100, "درصد"),
        ("آموزش ماهانه همکاران", 600, "نفر - ساعت"),
        ("گزارش ماهانه هر واحد", 62, "گزارش"),
        ("گزارش‌های ماهانه به تفکیک حوزه", 62, "گزارش"),
        ("برگزاری دوره سه‌ماهه", 4, "دوره"),
        ("گزارش سه‌ماهه دوم", 4, "گزارش"),
        ("خرید ماهنامه", 62, "نسخه"),
        ("طراحی صفحه نخست فصلنامه", 62, "نسخه"),
    ],
)
def test_nothing_that_a_period_limits(tmp_path: Path, action: str, quantity: object, unit: str) -> None:
    assert room(tmp_path, action, quantity, unit=unit) == []


@pytest.mark.parametrize(
    ("action", "quantity", "start", "end"),
    [
        ("گزارش ماهانه", 2, "1399/11/30", "1399/12/01"),  # begun at both ends
        ("گزارش هفتگی", 2, "1399/10/05", "1399/10/06"),
        ("گزارش فصلی", 2, "1399/09/30", "1399/10/01"),
        ("گزارش سالانه", 2, "1399/12/30", "1400/01/01"),
        ("گزارش روزانه", 1, "1399/12/30", "1399/12/30"),
        ("گزارش ماهانه", 9, "1399/12/01", "1399/11/01"),  # the dates are wrong, not the quantity
        ("گزارش ماهانه", 9, "", "1399/11/01"),
    ],
)
def test_a_begun_period_counts_whole(tmp_path: Path, action: str, quantity: int, start: str, end: str) -> None:
    assert room(tmp_path, action, quantity, start, end) == []


def test_the_word_is_told_as_it_stands() -> None:
    assert [period[0] if (period := period_of(text)) else None for text in ("گزارش سه‌ماهه", "متن", "روزانه")] == [
        "سه‌ماهه",
        None,
        "روزانه",
    ]


@settings(max_examples=20, deadline=None)
@given(first=FIRST, months=st.integers(1, 20), more=st.integers(0, 3))
def test_months_have_room_for_as_many(first: object, months: int, more: int) -> None:
    start = jdatetime.date.fromgregorian(date=first).replace(day=1)
    year, month = divmod(start.year * 12 + start.month - 1 + months - 1, 12)
    with TemporaryDirectory() as folder:
        problems = room(
            Path(folder), "گزارش ماهانه", months + more, f"{start:%Y/%m/%d}", f"{year:04d}/{month + 1:02d}/29"
        )
    assert [each.code for each in problems] == ["no-room"] * (more > 0)
