"""Numbers of a text against one another: what is wrong whatever the data say, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.persian import latin_digits, persian_digits
from assembler.checks.figures.arithmetic import wrong_in, wrong_list
from assembler.checks.figures.reading import sentences
from assembler.checks.rules.numbers_said import folded


def codes(text: str) -> list[str]:
    return [found.code for sentence in sentences(folded(text)) for found in wrong_in(sentence)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("۱۷ مصوبه از ۱۵ مصوبه اجرا شد", "part-above-whole"),
        ("۱۷ مصوبه از ۱۵", "part-above-whole"),
        ("ده پرونده از یک پرونده بررسی شد", "part-above-whole"),
        ("سه مدیر از مجموع دو مدیر", "part-above-whole"),
        ("میانگین رضایت ۶٫۲ از ۵ بود", "part-above-whole"),
        ("دو تذکر کتبی از یک مورد ثبت شد", "part-above-whole"),
        ("کاهش هزینه برای سه مورد از دو مورد نشان داده شد", "part-above-whole"),
        ("۵۳ پیشنهاد که ۷۱ مورد آن پذیرفته و ۱۱ مورد اجرا شد", "part-above-whole"),
        ("۱۸۴ شکایت رسید که ۲۰۰ مورد از آن‌ها رسیدگی شد", "part-above-whole"),
        ("۴۸ پیشنهاد اصلاحی داده شد که ۵۹ پیشنهاد تا پایان سال اجرا شد", "part-above-whole"),
        ("۶۷ انتقاد، بیشتر درباره کمبود باجه (۷۹ مورد) و دشواری یافتن فرم‌ها (۲۲ مورد)", "part-above-whole"),
        ("۹ خطا از ۸ خطای فهرست رفع شد", "part-above-whole"),
        ("سه واحد از پنج واحد شهرستانی راه‌اندازی شد (۷۰ درصد)", "percent-wrong"),
        ("سه واحد از پنج (۷۰ درصد)", "percent-wrong"),
        ("۷۰ درصد (سه واحد از پنج واحد) راه افتاد", "percent-wrong"),
        ("سه واحد از پنج واحد، یعنی ۷۰ درصد", "percent-wrong"),
        ("از ۲۱۰ پاسخ‌دهنده، ۱۶۸ نفر (۶۰ درصد) راضی بودند", "percent-wrong"),
        ("۱۸۴ شکایت (۹۶ مورد از درگاه، ۵۸ مورد تلفنی و ۳۳ مورد حضوری)", "parts-above-total"),
        (
            "۱۸۴ شکایت (۹۶ مورد از درگاه و ۸۸ مورد حضوری): ۷۴ مورد تأخیر، ۴۱ مورد مدارک و ۹۹ مورد رفتار",
            "parts-above-total",
        ),
        ("۲۱ نامه، شامل ۱۳ نامه ارسالی و ۱۲ نامه دریافتی، ثبت شد", "parts-above-total"),
        ("۳۰ نامه (۱۰ مورد ارسالی و ۵ مورد دریافتی)", "parts-below-total"),
        ("۱۵ نفر (۱۰ مرد و ۶ زن) آموزش دیدند", "parts-above-total"),
        ("۱۷ نفر از کارکنان (۱۰ مرد و ۶ زن) آموزش دیدند", "parts-below-total"),
        ("۳۰ کارمند، شامل ۲۰ رسمی، ۸ پیمانی و ۴ شرکتی", "parts-above-total"),
        ("۱۲ شرکت‌کننده (۴ مدیر و ۹ کارشناس)", "parts-above-total"),
        ("سه نشست (دو حضوری و دو مجازی) برگزار شد", "parts-above-total"),
        ("۲۱ نامه (۱۲ صادره و ۸ وارده)", "parts-below-total"),
        ("چهار واحد (اداری، مالی و فنی) بازدید شد", "listed-differs"),
        ("۲ واحد (اداری، مالی، فنی و حقوقی)", "listed-differs"),
        ("شش شهرستان نمونه (شهر الف، شهر ب، شهر پ و شهر ت)", "listed-differs"),
        ("شرکت در سه نشست، در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰", "listed-differs"),
        ("سه بازدید در تیرماه و دی‌ماه انجام شد", "listed-differs"),
        ("عناوین در شش رده G2C، G2B و G2G دسته‌بندی شد", "listed-differs"),
    ],
)
def test_a_text_that_contradicts_itself(text: str, code: str) -> None:
    assert codes(text) == [code]
    assert codes(latin_digits(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "۱۵ مصوبه از ۱۷ مصوبه اجرا شد",
        "شمار پیشنهادها به ۵۳ مورد از ۳۴ مورد رسید",
        "۱۲ نفر از ۵ واحد آمدند",
        "بیش از ۱۰ نفر از ۵ واحد آمدند",
        "پس از ۳ روز از ۲ واحد بازدید شد",
        "۳۰ درصد از ۲۰ واحد",
        "بند ۵ از ماده ۳",
        "ساعت ۹ از ۸ خرداد",
        "ماده ۱۲ از ۵ ماده",
        "مصوبه ۵: باجه ویژه در سه واحد از پنج واحد راه‌اندازی شده است (۶۰ درصد)",
        "۸۰ درصد واحدها، یعنی ۴ واحد از ۵ واحد",
        "۶۷ انتقاد، بیشتر درباره کمبود باجه (۲۹ مورد) و دشواری یافتن فرم‌ها (۲۲ مورد)",
        "۱۸۴ شکایت (۹۶ مورد از درگاه، ۵۸ مورد تلفنی و ۳۰ مورد حضوری)",
        "۵۳ پیشنهاد رسید که ۱۷ پیشنهاد پذیرفته و ۱۱ پیشنهاد اجرا شد",
        "۱۸۴ شکایت (۹۶ مورد از درگاه، ۵۸ مورد تلفنی و سی مورد حضوری)",
        "۱۸۴ شکایت (۹۶ مورد از درگاه، ۶۴ مورد تلفنی و بیست و چهار مورد حضوری)",
        "۱۰ واحد بازدید شد که ۲۵ مورد نقص داشتند",
        "۲۰ کارگاه برگزار شد که ۳۰۰ نفر از آنان بهره بردند",
        "۱۲ جلسه برگزار شد که در آن ۴۰ نفر شرکت کردند",
        "۱۰ جلسه (۳ ساعت و ۲ روز)",
        "۱۷ نفر (۱۱ مرد و ۶ زن)",
        "۱۷ نفر (۱۰ مرد و ۱۲ کارشناس)",  # told apart by two things
        "۳ کارگاه برای کارکنان (۱۰ مرد و ۶ زن)",
        "۵ مدیر و کارکنان آنان (۱۰ مرد و ۶ زن)",
        "سه نشست با ۴۰ نفر (دو حضوری و یک مجازی)",
        "۵ روز (دو حضوری و یک مجازی)",
        "سه واحد (اداری، مالی و فنی)",
        "دو واحد (فنی، اداری و مالی)",
        "چهار واحد (فنی، اداری و مالی، حقوقی و حراست)",
        "۱۲ واحد (ستادی، استانی و شهرستانی)",
        "پنج نشست (حضوری، مجازی و تلفنی)",
        "چهار واحد (از جمله اداری، مالی و فنی)",
        "چهار واحد (اداری، مالی، فنی و سایر)",
        "حدود چهار واحد (اداری، مالی و فنی)",
        "دو دفتر (تهران، خیابان نمونه)",
        "سال ۱۳۹۸ (۱۲ مورد و ۵ مورد)",
        "۲۳ نامه، شامل ۱۲ نامه ارسالی و ۱۱ نامه دریافتی",
        "دو نشست، در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰",
        "۱۲ نفر در دو نشست در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰",
        "پنج جلسه، که دو جلسه در تیرماه و دی‌ماه بود",
        "دو گروه G2C و G2B",
        "دو ماهه دوم از ۵ ماه",
    ],
)
def test_a_text_that_holds_together(text: str) -> None:
    assert codes(text) == []


@given(st.integers(2, 400), st.integers(2, 400))
def test_any_part_and_whole(part: int, whole: int) -> None:
    """Two numbers of one noun: wrong exactly when the part is the greater one, in digits of either script."""
    text = f"{part} پرونده از {whole} پرونده بسته شد"
    expected = ["part-above-whole"] if part > whole else []
    assert codes(text) == codes(persian_digits(text)) == expected


@given(st.lists(st.integers(1, 90), min_size=2, max_size=5), st.integers(-3, 3))
def test_any_parts_and_their_total(parts: list[int], more: int) -> None:
    """Parts are told when they are more than their total, or fewer, and never when they make it."""
    listed = "، ".join(f"{part} مورد در بخش" for part in parts[:-1]) + f" و {parts[-1]} مورد دیگر"
    total = sum(parts) + more
    found = codes(f"{total} بازدید ({listed}) انجام شد") if total > 0 and total not in range(1300, 1450) else []
    expected = {0: [], 1: ["parts-below-total"], -1: ["parts-above-total"]}[(more > 0) - (more < 0)]
    assert found == expected or total <= 0


@pytest.mark.parametrize(
    ("text", "entries", "wrong"),
    [
        ("power failures of more than 6 hours:", 2, False),
        ("دریافت نظرات به دو صورت:", 2, False),
        ("دریافت نظرات به دو صورت:", 3, True),
        ("نمایندگان در هر چهار نشست برگزارشده شرکت کرده‌اند:", 4, False),
        ("نمایندگان در هر چهار نشست برگزارشده شرکت کرده‌اند:", 5, True),
        ("سه محور به شرح زیر است:", 2, True),
        ("اقدامات زیر در سه واحد شهرستانی انجام شد:", 5, False),  # the entries are no units
        ("در دو سال گذشته:", 5, False),
        ("حدود ده مورد زیر:", 5, False),
        ("سه مانع در راه پوشش کامل سال گذشته بود:", 2, True),
        ("سه مانع در راه پوشش کامل سال گذشته بود:", 3, False),
        ("سه محور به شرح زیر است.", 2, False),
        ("ماده ۹ به شرح زیر است:", 5, False),
    ],
)
def test_an_announced_list(text: str, entries: int, wrong: bool) -> None:
    assert [found.code for found in wrong_list(folded(text), entries)] == ["listed-differs"] * wrong
