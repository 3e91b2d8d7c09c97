"""Numbers of a text against what the forms know."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.problems import Problem
from assembler.checks import check_figures
from tests.building import World, form_text

SERVICES = """\
choices:
  way: [{name: online, label: الکترونیکی}, {name: desk, label: حضوری}]
items:
  - {name: text, type: narrative, label: شرح}
  - {name: complaints, type: text, label: شکایات}
  - name: services
    type: table
    label: خدمات
    columns: [{name: title, type: text, label: نام خدمت}, {name: way, type: select_one way, label: شیوه}, {name: remark, type: text, label: توضیح}]
  - {name: sessions, type: integer, label: تعداد جلسات کمیته سلامت در طول سال}
  - {name: complaints_count, type: integer, label: تعداد شکایات دریافتی}
  - {name: waiting, type: decimal, label: میانگین زمان انتظار (دقیقه)}
  - {name: satisfied, type: percent, label: درصد رضایت مراجعان}
"""  # noqa: E501  # each question stands in its line
ROWS = """\
services:
  - {title: گواهی, way: online}
  - {title: مجوز, way: online}
  - {title: نقشه, way: desk}
  - {title: استعلام, way: online}
sessions: 6
complaints_count: 40
waiting: 14
satisfied: 86
"""


def found(folder: Path, text: str, *, item: str = "text", spec: str = SERVICES, rows: str = ROWS) -> list[Problem]:
    body = f"text:\n  - '{text}'\n" if item == "text" else f"{item}: '{text}'\n"
    world = World(folder, [form_text(spec)], [f"form: x/a\n{body}{rows}"])
    return list(check_figures(world.forms, (*world.report.used_forms, "case")))


OTHER = """\
form: x/5
title: کمیته
source: {document: آزمون, clause: [بخش یک, جدول شماره ۱۲]}
items:
  - name: sessions
    type: table
    label: جلسات
    columns: [{name: title, type: text, label: دستور جلسه}]
  - {name: visits, type: integer, label: تعداد بازدیدها}
"""
HELD = "form: x/5\nsessions: [{title: الف}, {title: ب}]\nvisits: 30\n"


@pytest.mark.parametrize(
    ("text", "code", "counted"),
    [
        ("چهار جلسه در جدول ۱۲ آمده است.", "figure-differs", 2),
        ("طبق جدول شماره ۱۲ پنج جلسه برگزار شد.", "figure-differs", 2),
        ("در فرم ۵ بیست و یک بازدید ثبت شده است.", "figure-differs", 30),
        ("در فرم پنجم ۲۱ بازدید ثبت شده است.", "figure-differs", 30),
        ("طبق جدول ۱۲ دو جلسه برگزار شد.", "", 0),
        ("در فرم ۵ سی بازدید ثبت شده است.", "", 0),
        ("در فرم ۹ بیست بازدید ثبت شده است.", "", 0),  # no form of this report
        ("در فرم ۵ حدود ۲۸ بازدید ثبت شده است.", "", 0),
        ("در فرم ۵ بیست کارگاه ثبت شده است.", "", 0),  # nothing it counts
    ],
)
def test_a_form_that_is_named_is_looked_into(tmp_path: Path, text: str, code: str, counted: int) -> None:
    first = "form: x/a\ntitle: شرح\nsource: {document: آزمون}\nitems: [{name: text, type: narrative, label: شرح}]\n"
    world = World(tmp_path, [first, OTHER], [f"form: x/a\ntext:\n  - '{text}'\n", HELD])
    problems = list(check_figures(world.forms, (*world.report.used_forms, "case")))
    assert [(each.code, each.arguments["counted"]) for each in problems] == ([(code, counted)] if code else [])
    assert all("کمیته" in each.message for each in problems)  # it says where that is counted


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("۷ تا ۹ جلسه کمیته سلامت برگزار شد.", ["figure-differs"]),
        ("کمیته سلامت ۲ تا ۴ جلسه داشت.", ["figure-doubtful"]),
        ("۵ تا ۷ جلسه کمیته سلامت برگزار شد.", []),
        ("بین ۹ تا ۴ جلسه کمیته سلامت برگزار شد.", ["range-backwards"]),
        ("رضایت مراجعان ۶۹٪ است.", ["figure-differs"]),
        ("رضایت مراجعان ٪۸۶ است.", []),
        ("رضایت مراجعان شصت و نه درصد است.", ["figure-differs"]),
    ],
)
def test_ranges_signs_and_words(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert [each.code for each in found(tmp_path, text)] == codes


ENGLISH = """\
choices:
  way: [{name: online, label: Online}, {name: desk, label: At the desk}]
items:
  - {name: text, type: narrative, label: Remarks}
  - name: services
    type: table
    label: List of services
    columns: [{name: title, type: text, label: Service}, {name: way, type: select_one way, label: Way}]
  - {name: sessions, type: integer, label: Number of sessions of the health committee}
  - {name: satisfied, type: percent, label: Content visitors}
"""
GIVEN = (
    "services: [{title: A, way: online}, {title: B, way: online}, {title: C, way: desk}]\nsessions: 6\nsatisfied: 86\n"
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("This office offers five services.", ["figure-differs"]),
        ("All 3 services are described here.", []),
        ("All three online services were renewed.", ["figure-differs"]),
        ("Two online services were renewed.", []),
        ("The health committee held nine sessions.", ["figure-differs"]),
        ("The health committee held 6 sessions.", []),
        ("The seventh session of the health committee was held.", ["figure-differs"]),
        ("69% of content visitors came again.", ["figure-differs"]),
        ("Content visitors: 86 percent.", []),
        ("About five services were added in 2024.", []),
        ("Two workshops were held for 40 people.", []),
        ("In 2025 services were renewed.", []),
        ("Within 20 days 12 letters were sent.", []),
    ],
)
def test_english_texts(tmp_path: Path, text: str, codes: list[str]) -> None:
    problems = found(tmp_path, text, spec=ENGLISH, rows=GIVEN)
    assert [each.code for each in problems] == codes


@pytest.mark.parametrize(
    ("text", "code", "counted"),
    [
        ("این دستگاه پنج خدمت به شهروندان ارائه می‌کند.", "figure-differs", 4),
        ("همه ۳ خدمت الکترونیکی در درگاه است و ۹ خدمت ثبت شد.", "figure-differs", 4),
        ("۴ خدمت الکترونیکی در درگاه است.", "figure-differs", 3) ,
        ("کمیته سلامت هفت جلسه برگزار کرد.", "figure-differs", 6),
        ("نه جلسه کمیته سلامت برگزار شد.", "figure-differs", 6),
        ("در جلسه هفتم کمیته سلامت گزارش ارائه شد.", "figure-differs", 6),
        ("با نهمین جلسه کمیته سلامت، کار پایان یافت.", "figure-differs", 6),
        ("میانگین زمان انتظار در سال گذشته ۱۹ دقیقه بوده است.", "figure-differs", 14),
        ("رضایت مراجعان ۶۹ درصد است.", "figure-differs", 86),
        ("تعداد شکایات دریافتی ۴۷ مورد بوده است.", "figure-differs", 40),
        ("چهار جلسه کمیته سلامت برگزار شد.", "figure-doubtful", 6),
        ("یک خدمت از دو خدمت در درگاه است.", "figure-doubtful", 4),
        ("هشت جلسه کمیته سلامت اداری برگزار شد.", "figure-differs", 6),
        ("چهار خدمت از ۴ خدمت الکترونیکی است.", "figure-differs", 3),
    ],
)  # fmt: skip
def test_what_the_form_knows_otherwise(tmp_path: Path, text: str, code: str, counted: int) -> None:
    (problem,) = found(tmp_path, text)
    assert (problem.code, int(str(problem.arguments["counted"]))) == (code, counted)
    assert (problem.place.form, problem.place.item) == ("x/a", "text")


@pytest.mark.parametrize(
    "text",
    [
        "این دستگاه چهار خدمت ارائه می‌کند و همه ۳ خدمت الکترونیکی در درگاه است.",
        "مدارک دو خدمت کاهش یافت و هر سه خدمت پرمراجعه در میز خدمت است.",
        "۱۲ خدمت جدید در برنامه سال آینده است.",
        "برای آن نه جلسه هماهنگی با واحدها برگزار شد.",
        "بیش از ۹ خدمت در کشور چنین است.",
        "شش جلسه کمیته سلامت برگزار شد و در جلسه سوم کمیته سلامت گزارش ارائه شد.",
        "میانگین زمان انتظار ۱۴ دقیقه و رضایت مراجعان ۸۶ درصد است.",
        "میانگین زمان انتظار از ۲۱ دقیقه به ۱۴ دقیقه رسید.",
        "رضایت مراجعان با ۴۱۲ پرسش‌نامه سنجیده شد.",
        "ماده ۹ خدمت و سال ۹۸ خدمت و بند ۷ جلسه",
        "۲۴ ساعت و ۱۵ روز و ۳۰۰ ریال",
        "سه جلسه کمیته سلامت اداری برگزار شد.",
        "سه خدمت از چهار خدمت الکترونیکی است.",
    ],
)
def test_what_fits_or_may_be_something_else(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_a_number_at_the_beginning_counts_what_is_asked_for(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "۴۷ مورد، بیشتر درباره کندی درگاه", item="complaints")
    assert (problem.code, problem.arguments["words"]) == ("figure-differs", "۴۷ مورد")
    assert found(tmp_path / "right", "۴۰ مورد، بیشتر درباره کندی درگاه", item="complaints") == []


def test_a_remark_in_a_row_is_read_too(tmp_path: Path) -> None:
    rows = ROWS.replace("way: desk", "way: desk, remark: ۱۲ نفر از ۹ نفر دوره دیده‌اند")
    (problem,) = found(tmp_path, "بی‌عدد است.", rows=rows)
    assert (problem.code, problem.place.row, problem.place.column) == ("part-above-whole", 3, "remark")


@pytest.mark.parametrize(
    "spec",
    [
        SERVICES.replace("type: narrative,", "type: narrative, figures: off,"),
        SERVICES.replace("choices:", "figures: off\nchoices:", 1),
    ],
)
def test_a_word_of_the_specification_switches_it_off(tmp_path: Path, spec: str) -> None:
    assert found(tmp_path, "۱۲ نفر از ۹ نفر و پنج خدمت", spec=spec) == []


def test_a_rule_that_aims_at_a_number_speaks_alone(tmp_path: Path) -> None:
    spec = SERVICES + "rules:\n  - {kind: said, item: text, says: '{} خدمت', equals: count(services), message: خدمات}\n"
    assert found(tmp_path, "این دستگاه پنج خدمت ارائه می‌کند.", spec=spec) == []


def test_the_message_says_what_was_read_and_the_sum(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "نه جلسه کمیته و دو کارگاه برگزار شد.")
    assert problem.arguments["words"] == "نه جلسه کمیته"
    (problem,) = found(tmp_path / "sum", "۱۰ نامه (۷ مورد ارسالی و ۵ مورد دریافتی) ثبت شد.")
    with messages.spoken("fa"):
        assert "۷ + ۵ برابر با ۱۲" in problem.message
    assert "7 + 5 = 12" in problem.message
