"""Dates in running text: what must be found, and numbers with slashes that are none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.check.loose_dates import check_loose_dates, doubtful_dates
from assembler.persian import persian_digits
from assembler.problems import Severity
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
