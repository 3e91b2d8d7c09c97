"""Slips of the pen that need no rule: each found with what stands there, and their harmless neighbours left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.checks import check_slips
from tests.building import World, form_text

FORM = form_text(
    """\
    items:
      - {name: story, type: narrative, label: شرح اقدامات}
      - {name: contact, type: text, label: نشانی و تلفن}
      - {name: account, type: text, label: شناسه ملی}
      - {name: phone, type: text, label: تلفنی و مرکز تماس (شماره تماس درج شود)}
      - name: t
        type: table
        label: جدول
        columns:
          - {name: title, type: text, label: عنوان خدمت}
          - {name: kept, type: text, label: چاپی}
        rows: [{name: one, cells: {title: متن نمونه}}, {name: two, cells: {kept: y}}]
    """
)


def found(folder: Path, answers: str) -> list[tuple[str, str | None, object]]:
    world = World(folder, [FORM], [f"form: x/a\n{answers}\n"])
    assert world.read_problems == ()
    problems = check_slips(world.forms, ["x/a"])
    return [(each.code, each.place.item, each.arguments.get("text", each.arguments.get("end"))) for each in problems]


@pytest.mark.parametrize(
    "text",
    [
        "…",
        "...",
        "xxx",
        "متن نمونه",
        "Test",
        "تست",
        "TODO",
        "؟؟",
        "[نام دستگاه]",
        "____",
        "ههههه",
        "Lorem ipsum dolor sit amet",
        "در اینجا بنویسید.",
        "بعداً تکمیل می‌شود",
        "متعاقباً اعلام می‌شود.",
        "تکمیل خواهد شد",
        "to be completed",
    ],
)
def test_what_only_holds_a_place_is_told(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, f"contact: '{text}'") == [("text-filler", "contact", text)]


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "ندارد",
        "x",
        "متن نمونه‌برداری شده خوانا است",
        "تست کرونا انجام شد",
        "[متن این نامه در نسخه منتشرشده خوانا نیست]",
    ],
)
def test_short_answers_are_none(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, f"contact: '{text}'") == []


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("نامه به به سازمان رفت", "word-doubled", "به به"),
        ("در سازمان سازمان نمونه", "word-doubled", "سازمان سازمان"),
        ("در ساعت‌های ساعت‌های اداری", "word-doubled", "ساعت‌های ساعت‌های"),
        ("It was sent to to the office", "word-doubled", "to to"),
        ("اداره (سازمان سازمان)، نمونه", "word-doubled", "سازمان سازمان"),
        ("دولت الکترونیک - - واحد ارزیابی", "sign-doubled", "دولت الکترونیک - -"),
        ("آموزش، بازرسی،، نظارت", "sign-doubled", "آموزش، بازرسی،،"),
        ("آموزش برگزار شد. .", "sign-doubled", "آموزش برگزار شد. ."),
        ("آموزش برگزار شد..", "sign-doubled", "آموزش برگزار شد.."),
        ("پیرو نامه شماره ........ مورخ", "text-gap", "پیرو نامه شماره ........"),
        ("این کار با توجه به. سپس پایان یافت.", "text-unfinished", "به"),
        ("برای اجرای برنامه (مصوب کمیته", "text-unfinished", "("),
        ("اجرای برنامه‌های", "text-unfinished", "برنامه‌های"),
        ("The report lists the services of the", "text-unfinished", "the"),
        ("نشانی info@example انجام شد", "address-impossible", "info@example"),
        ("نشانی info@@example.ir", "address-impossible", "info@@example.ir"),
        ("نشانی a..b@example..ir", "address-impossible", "a..b@example..ir"),
        ("در www,example.ir", "address-impossible", "www,example.ir"),
        ("در https:/example.ir/a آمده است", "address-impossible", "https:/example.ir/a"),
        ("در http://example آمده است", "address-impossible", "http://example"),
        ("در https://example.ir/a?utm_source=x&b=1 آمده است", "link-tracked", "https://example.ir/a?utm_source=x&b=1"),
        ("تلفن ۰۲۱-۸۸۸۸۱۲۳ است", "address-impossible", "021-8888123"),
        ("تلفن همراه: ۰۹۱۲۳۴۵۶۷۸", "address-impossible", "0912345678"),
        ("با تلفن گویا به شماره ۰۹۱۲-۳۴۵", "address-impossible", "0912-345"),
        ("در تارنمای www.example آمده است", "address-impossible", "www.example"),
        ("کد ملی ۱۲۳۴۵۶۷۸۹۰ ثبت شد", "address-impossible", "1234567890"),
        ("کد پستی: ۱۲۰۴۵۶۷۸۹۰ است", "address-impossible", "1204567890"),
        ("حساب IR820540102680020817909003 است", "address-impossible", "IR820540102680020817909003"),
    ],
)
def test_slips_in_running_text(tmp_path: Path, text: str, code: str, shown: str) -> None:
    assert found(tmp_path, f'contact: "{text}"') == [(code, "contact", shown)]
    assert found(tmp_path / "in", f'story: ["{text}"]') == [(code, "story", shown)]


@pytest.mark.parametrize(
    "text",
    [
        "کارها رفته رفته و تک تک انجام شد و یک یک شمرده شد.",
        "سازمان‌ها سازمان را می‌شناسند؛ «و» و «یا» آمده است.",
        "نامه مورخ ۱۳۹۹/../.. سازمان…",
        "مدیران، مدیران میانی، و کارشناسان؛ ۳ - - ۵",
        "الف) آموزش؛ ب) بازرسی (مصوب کمیته).",
        "نشانی info@example.ir و @kanal و www.example.ir و https://example.ir/a?id=3 است.",
        "نشانی https://example.ir:8080/a/b_(c) و http://127.0.0.1:8000; و http://localhost است.",
        "تلفن ۰۲۱-۸۸۸۸۱۲۳۴-۵ و ۰۹۱۲۳۴۵۶۷۸۹ و تلفن گویای ۱۱۱ و تلفن ۰۲۱۶۴۰۵۱",
        "تلفن: ۸۸۸۸۱۲۳۴ - ۸۸۸۸۱۲۳۵، نمابر +۹۸۲۱۸۸۸۸۱۲۳۴",
        "کد ملی ۰۰۸۴۵۷۵۹۴۸ ثبت شد",
        "حساب IR820540102680020817909002 است",
        "سهم ۱۲۳۴۵۶۷۸۹۰ ریال و شماره ملی‌سازی صنعت",
        "He said that that was had had enough.",
    ],
)
def test_harmless_texts_stay_silent(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, f'contact: "{text}"') == []


def test_a_word_twice_over_a_comma(tmp_path: Path) -> None:
    text = "روزهای شنبه تا چهارشنبه، چهارشنبه، ساعت ۸ تا ۱۴"
    assert found(tmp_path / "a", f'story: "{text}"') == [("word-doubled", "story", "چهارشنبه، چهارشنبه")]
    assert found(tmp_path / "b", f'contact: "{text}"') == []  # a province and its city


def test_an_answer_that_repeats_its_question_is_told_at_its_cell(tmp_path: Path) -> None:
    assert found(tmp_path, "t: {two: {title: 'عنوان خدمت'}}") == [("text-echo", "t", "عنوان خدمت")]


def test_a_number_alone_is_what_its_label_says(tmp_path: Path) -> None:
    assert found(tmp_path, "account: ۱۰۱۰۰۰۰۰۰۰۱") == [("address-impossible", "account", "10100000001")]
    assert found(tmp_path / "b", "account: ۱۴۰۰۷۶۵۰۹۱۲") == []
    assert found(tmp_path / "c", "phone: ۰۲۱۸۸۸۸۱۲۳") == [("address-impossible", "phone", "0218888123")]
    assert found(tmp_path / "d", "phone: ۰۲۱۸۸۸۸۱۲۳۴") == []


def test_what_the_guidance_prints_and_what_is_calculated_is_nobodys_slip(tmp_path: Path) -> None:
    assert found(tmp_path, "contact: تهران") == []


@pytest.mark.parametrize(
    ("story", "contact", "expected"),
    [
        ("اقدام اول*", "* با اعتبار استانی", []),
        ("اقدام اول*", "تهران", ["mark-unexplained"]),
        ("اقدام اول* و دوم*.", "تهران", ["mark-unexplained"]),
        ("اقدام اول", "* با اعتبار استانی", ["note-unmarked"]),
        ("اقدام اول**", "* با اعتبار استانی", ["mark-unexplained", "note-unmarked"]),
        ("ابعاد ۱۵۰*۱۵۰ و ۱۱۰ * ۱۴۰", "*- توضیح: ندارد", []),
    ],
)
def test_marks_and_notes_belong_together(tmp_path: Path, story: str, contact: str, expected: list[str]) -> None:
    told = found(tmp_path, f"story: ['{story}']\ncontact: '{contact}'")
    assert [code for code, *_ in told] == expected
