"""Percentages in brackets behind the counts they are of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building import form_text
from tests.checks.rules.auditing import audit

FORM = form_text("items: [{name: note, type: text}]\nrules: [{kind: shares, item: note}]\n")


def found(text: str) -> list[str]:
    return [each.code for each in audit(FORM, f"form: x/a\nnote: '{text}'\n")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("از ۲۴۰ نفر، ۲۱۶ نفر (۸۰ درصد) آن را روشن دانستند.", "percent-wrong"),
        ("از ۶۰ کارمند باجه، ۴۸ نفر دوره را گذرانده‌اند (۸۵٪)", "percent-wrong"),
        ("از 210 پاسخ‌دهنده 168 نفر (حدود ۷۰ درصد) راضی بودند", "percent-wrong"),
        ("از ۲۴۰ نفر، ۲۱۶ نفر (۹۰ درصد) و ۱۲ نفر (۹ درصد) پاسخ دادند", "percent-wrong"),
        ("از ۱٬۲۰۰ برگه، ۳۰۰ برگه (۲۵٫۵ درصد) کامل بود", "percent-wrong"),
        ("از ۳ واحد، ۲ واحد (۶۶ درصد) آماده است", "percent-rounding"),
    ],
)
def test_a_share_that_its_counts_do_not_make(text: str, code: str) -> None:
    assert found(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "از ۲۴۰ نفر، ۲۱۶ نفر (۹۰ درصد) و ۱۲ نفر (۵ درصد) پاسخ دادند",
        "از ۳ واحد، ۲ واحد (۶۷ درصد) آماده است",
        "از ۲۱۰ نفر، ۱۶۸ نفر (حدود ۸۱ درصد) راضی بودند. از ۵ تن، ۱ تن (بیش از ۱۵ درصد) ناراضی بود",
        "از ۱٬۲۰۰ برگه، ۳۰۰ برگه (۲۵٫۰ درصد) کامل بود",
        "از ۲۴۰ نفر، ۲۱۶ نفر (۹۰ درصد) آمدند که ۱۰۸ نفرشان (۵۰ درصد) زن بودند",  # of another base
        "زمان انتظار از ۲۱ دقیقه به ۱۴ دقیقه (۳۵ درصد) رسید",
        "در سال ۱۳۹۸ از ۱۳۹۷ بهتر بود و ۵۰ نفر (۳۰ درصد) بیشتر آمدند",
        "بیش از ۲۴۰ نفر آمدند و ۱۰۰ نفر (۳۰ درصد) ماندند",
        "پس از ۳ روز، ۲ نفر (۱۰ درصد) برگشتند",
        "از ۲۴۰ نفر پرسیده شد. ۴۱۲ نفر (۹۲ درصد) پاسخ دادند",
        "سه واحد از پنج واحد (۶۰ درصد)",
        "از ۶۰ نفر، ۴۸ نفر (در ۲ نوبت) آمدند",
        "مصوبه‌های ۱، ۲ و ۳ به طور کامل (۱۰۰ درصد) اجرا شد",
    ],
)
def test_shares_that_are_right_or_of_something_else(text: str) -> None:
    assert found(text) == []


@settings(max_examples=60)
@given(st.integers(2, 900), st.data())
def test_one_planted_share(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(1, whole - 1))
    percent = (Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    text = f"از {whole} نفر، {part} نفر ({{}} درصد) آمدند"
    assert found(text.format(percent)) == []
    assert found(text.format(percent + 3)) == ["percent-wrong"]
