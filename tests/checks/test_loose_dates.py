"""Dates in running text: what must be found, and numbers with slashes that are none."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import jdatetime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import format_date, persian_digits
from assembler.checks.loose_dates import check_loose_dates, doubtful_dates
from tests.building import World, form_text


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("در تاریخ ۹۹/۱۳/۱۲ برگزار شد", "loose-date", "۹۹/۱۳/۱۲"),
        ("در ۱۳۹۹/۱۳/۱۲ برگزار شد.", "loose-date", "۱۳۹۹/۱۳/۱۲"),
        ("از ۱۳۹۹/۰۷/۳۱ تا پایان سال", "loose-date", "۱۳۹۹/۰۷/۳۱"),
        ("تا ۱۳۹۸/۱۲/۳۰", "loose-date", "۱۳۹۸/۱۲/۳۰"),  # no leap year
        ("تا ۱۳۹۹/۱۲/۳۵", "loose-date", "۱۳۹۹/۱۲/۳۵"),
        ("(۳۱/۷/۹۹)", "loose-date", "۳۱/۷/۹۹"),
        ("در ۹/۷/۵ برگزار شد", "loose-date-ambiguous", "۹/۷/۵"),
        ("در ۱۲/۰۵/۰۲ برگزار شد", "loose-date-ambiguous", "۱۲/۰۵/۰۲"),
        ("در ۰۱/۰۲/۰۳ برگزار شد", "loose-date-ambiguous", "۰۱/۰۲/۰۳"),
        ("نامه مورخ ۱۳۹۹/۱۲ سازمان", "loose-date-incomplete", "۱۳۹۹/۱۲"),
        ("نامه مورخ ۱۲/۵.", "loose-date-incomplete", "۱۲/۵"),
        ("نامه مورخ ۱۳۹۹/../.. سازمان", "loose-date-incomplete", "۱۳۹۹/../.."),
        ("نامه مورخ: / /۱۳۹۹", "loose-date-incomplete", "/ /۱۳۹۹"),
        ("بخش ۹۹/۱۳/۱۲ شد", "", ""),
        ("پوشش ۱۳۹۹/۱۳/۱۲ شد", "loose-date", "۱۳۹۹/۱۳/۱۲"),  # it ends in «ش», which is no number's name here
    ],
)
def test_doubtful_dates(text: str, code: str, found: str) -> None:
    assert list(doubtful_dates(text)) == ([(code, found)] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "در ۱۳۹۹/۱۲/۳۰ برگزار شد",  # a leap year
        "در ۹۹/۱۲/۵ و ۵/۱۲/۹۹ و ۱۲/۵/۱۳۹۹",
        "در ۲۰۲۱/۰۳/۲۵",
        "دولت با دولت G2G، با کسب‌وکار G2B/G2C",
        "تصویب‌نامه ۱۹۲۰۸۷/ت ۵۰۳۲۸",
        "نامه شماره ۸۲۶۳۹/۲۱۴ مورخ ۱۳۹۹/۰۲/۱۵",
        "نامه شماره ۱۳۹۹/۱۳/۱۲",
        "بند ۹/۷/۵ دستورالعمل",
        "پیرو ۲۱۴/۵/۹۹",
        "پیرو ۱۳۴۵/۲۰/۹۹",
        "میانگین ۷/۵ از ۱۰",
        "سال‌های ۱۳۹۷/۱۳۹۸",
        "تاریخ ۱۳۹۷/۱۳۹۸",
        "تلفن ۰۲۱/۲۲۹۰/۱۲",
        "۱۲۳۴۵/۶/۷/۸",
        "نسبت ۱/۲ و ۳/۴",
        "نسبت ۱۵/۲۰/۳۰",
        "در ۰۰/۰۱/۱۵ و ۱۵/۰۱/۰۰",  # the year 1400: no day is 0
        "در ۰۳/۰۲/۰۳",  # the same day either way
        "قانون شماره ۱۱۲۷۱۲۸ و ماده ۷/۵",
        "نسبت ۹۹/۹۸/۹۷",
        "http://a.ir/99/13/12/x",
        "مورخ ۱۳۹۹/۱۲/۵ و ساعت ۱۰",
        "",
    ],
)
def test_near_misses(text: str) -> None:
    assert list(doubtful_dates(text)) == []


FORM = form_text(
    """\
    items:
      - {name: story, type: narrative, label: شرح}
      - {name: note, type: text, label: یادداشت}
      - {name: number, type: text, label: شماره نامه}
      - {name: points, type: text, label: نکته‌ها, appearance: numbered}
      - {name: day, type: date, label: تاریخ}
      - name: t
        type: table
        label: جدول
        columns: [{name: a, type: text, label: الف}, {name: b, type: integer, label: ب}]
    """
)


def test_every_text_of_a_form_is_read(tmp_path: Path) -> None:
    answers = """\
        form: x/a
        story:
          - در ۹۹/۱۳/۰۱
          - numbered: [متن, {text: متن, bulleted: [در ۹۹/۱۳/۰۲]}]
        note: در ۹۹/۱۳/۰۳ و ۹/۷/۵
        number: ۹۹/۱۳/۰۴
        points: [متن, در ۹۹/۱۳/۰۵]
        day: ۱۳۹۹/۱۲/۰۵
        t:
          - {a: متن, b: 3}
          - {a: در ۹۹/۱۳/۰۶}
        """
    world = World(tmp_path, [FORM], [answers])
    problems = list(check_loose_dates(world.forms, world.report.used_forms))
    assert [(each.arguments["text"], each.place.item, each.place.row, each.place.column) for each in problems] == [
        ("۹۹/۱۳/۰۱", "story", None, None),
        ("۹۹/۱۳/۰۲", "story", None, None),
        ("۹۹/۱۳/۰۳", "note", None, None),
        ("۹/۷/۵", "note", None, None),
        ("۹۹/۱۳/۰۵", "points", None, None),
        ("۹۹/۱۳/۰۶", "t", 2, "a"),
    ]
    assert [each.severity for each in problems].count(Severity.INFORMATION) == 1
    assert all(each.message and each.hint and each.place.line for each in problems)


@given(day=st.dates(date(1971, 3, 21), date(2060, 1, 1)), year_first=st.booleans())
def test_whole_dates_are_sound(day: date, year_first: bool) -> None:
    jalali = jdatetime.date.fromgregorian(date=day)
    parts = [f"{jalali.year}", f"{jalali.month:02d}", f"{jalali.day:02d}"]
    text = persian_digits("/".join(parts if year_first else parts[::-1]))
    assert list(doubtful_dates(f"جلسه {text} برگزار شد.")) == []


@given(year=st.integers(1350, 1420), month=st.integers(13, 31), day=st.integers(1, 31))
def test_one_planted_month_gives_one_finding(year: int, month: int, day: int) -> None:
    planted = persian_digits(f"{year}/{month}/{day:02d}")
    assert list(doubtful_dates(f"از ۱۳۹۹/۰۱/۰۵ تا {planted} و بند ۷/۵.")) == [("loose-date", planted)]


# ---------------------------------------------------------------- written in another way than the rest

ALIKE = ["۱۳۹۹/۱۲/۰۵", "۱۳۹۹/۱۱/۲۸", "۱۳۹۹/۸/۱"]


def mixed(folder: Path, dates: list[str], words: str = "در {} برگزار شد") -> list[tuple[str, str]]:
    """What is told of dates one below the other, in a text and in a column: the same in both."""
    lines = [words.format(day) for day in dates]
    story = "".join(f"  - {line}\n" for line in lines)
    rows = "".join(f"  - {{a: {line}}}\n" for line in lines)
    found = []
    for number, answers in enumerate((f"form: x/a\nstory:\n{story}", f"form: x/a\nt:\n{rows}")):
        world = World(folder / str(number), [FORM], [answers])
        problems = list(check_loose_dates(world.forms, world.report.used_forms))
        assert all(each.severity is Severity.INFORMATION and each.place.line for each in problems)
        found.append([(each.code, str(each.arguments["text"])) for each in problems])
    in_text, in_column = found
    assert in_text == in_column
    return in_text


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        ([*ALIKE, "۵/۱۲/۱۳۹۹"], ["۵/۱۲/۱۳۹۹"]),
        ([*ALIKE, "۹۹/۱۲/۵"], ["۹۹/۱۲/۵"]),
        ([*ALIKE, "۵/۱۲/۹۹"], ["۵/۱۲/۹۹"]),
        ([*ALIKE, "۲۰۲۱/۰۳/۰۵"], ["۲۰۲۱/۰۳/۰۵"]),
        (["۵/۱۲/۹۹", "۶/۱۲/۹۹", "۷/۱۲/۹۹", "۹۹/۱۲/۸"], ["۹۹/۱۲/۸"]),
        (["۹۹/۱۲/۵", "۹۹/۱۲/۶", "۰۰/۰۱/۰۷", "۱۴۰۰/۰۱/۰۸"], ["۱۴۰۰/۰۱/۰۸"]),
        # Where none is the usual way, once a way.
        (["۵/۱۲/۹۹", "۶/۱۲/۹۹", "۱۳۹۹/۱۲/۷", "۱۳۹۹/۱۲/۸"], ["۱۳۹۹/۱۲/۷"]),
    ],
)
def test_dates_written_otherwise(tmp_path: Path, dates: list[str], told: list[str]) -> None:
    assert mixed(tmp_path, dates) == [("loose-date-mixed", each) for each in told]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (ALIKE, "در {}"),
        (["۹۹/۱۲/۲۸", "۹۹/۱۲/۵", "۰۰/۱/۷", "۹۹/۱/۷"], "در {}"),
        (["۱۳۹۹/۱۲/۰۵", "۵/۱۲/۱۳۹۹"], "در {}"),  # one and one: which is the exception?
        ([*ALIKE, "۱۱۲۷۱۲۸", "۷/۵", "۱۲/۵/۱", "۱۷۷۷۴/۹/۱", "۲۰۱۸/۱۴/۱۴"], "شماره {}"),
        ([*ALIKE, "۲۰۱۸/۰۵/۱۲ میلادی"], "در {}"),
        ([*ALIKE, "۲۰۱۸/۰۵/۱۲ (م)"], "در {}"),
        ([*ALIKE, "۱۳۹۷/۱۳۹۸", "۱۳۹۹"], "سال {}"),
    ],
)
def test_ways_of_writing_near_misses(tmp_path: Path, dates: list[str], words: str) -> None:
    assert mixed(tmp_path, dates, words) == []


def test_two_columns_may_differ_and_the_evidence_is_said(tmp_path: Path) -> None:
    form = FORM.replace("{name: b, type: integer, label: ب}", "{name: b, type: text, label: ب}")
    rows = [f"  - {{a: ۱۳۹۹/۱۲/{day}, b: {day}/۱۲/۹۹}}" for day in ("۱۱", "۱۲", "۱۳")]
    world = World(tmp_path / "two", [form], ["form: x/a\nt:\n" + "\n".join(rows)])
    assert list(check_loose_dates(world.forms, world.report.used_forms)) == []
    rows.append("  - {a: ۱۴/۱۲/۹۹, b: ۱۴/۱۲/۹۹}")
    world = World(tmp_path / "one", [form], ["form: x/a\nt:\n" + "\n".join(rows)])
    (problem,) = check_loose_dates(world.forms, world.report.used_forms)
    assert (problem.place.row, problem.place.column) == (4, "a")
    assert "is written as d/m/yy; 3 of the 4 dates there are written as yyyy/m/d" in problem.message
    messages.choose("fa")
    assert "به شکل روز/ماه/سال با سال دورقمی نوشته شده است" in problem.message


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dates(date(2011, 3, 22), date(2020, 3, 19)), min_size=3, max_size=9), st.data())
def test_one_planted_way(days: list[date], data: st.DataObject) -> None:
    order = data.draw(st.sampled_from(["yyyy/mm/dd", "yyyy/m/d", "yy/m/d", "d/m/yy"]))
    others = [each for each in ("yyyy/m/d", "yy/mm/dd", "dd/mm/yy") if _kind(each) != _kind(order)]
    other = data.draw(st.sampled_from(others))
    jalali = [jdatetime.date.fromgregorian(date=day) for day in days]
    written = [format_date(day, order) for day in jalali]
    at = data.draw(st.integers(0, len(days)))
    planted = format_date(data.draw(st.sampled_from(jalali)), other)
    with tempfile.TemporaryDirectory() as folder:
        assert mixed(Path(folder) / "before", written) == []
        expected = [("loose-date-mixed", planted)]
        assert mixed(Path(folder) / "after", [*written[:at], planted, *written[at:]]) == expected


def _kind(order: str) -> tuple[str, bool]:
    return order[:1], "yyyy" in order
