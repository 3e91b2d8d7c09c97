"""Running text is read as it was meant: Persian digits in Persian text, Latin words whole, nothing turned round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.persian import LRM, MINUS, RLM
from assembler.base.scripts import pieces, readable, with_persian_digits


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("سال 1404", "سال ۱۴۰۴"),
        ("1404", "۱۴۰۴"),
        ("بودجه 12,500 ریال", "بودجه ۱۲٬۵۰۰ ریال"),
        ("۲۴/۷ و 24/7", "۲۴/۷ و ۲۴/۷"),
        ("دمای -5 و (−۳)", f"دمای {LRM}{MINUS}۵ و ({LRM}{MINUS}۳)"),
        ("رشد 72%", f"رشد ۷۲{RLM}٪"),
        ("تلفن ۰۲۱-۸۸۸۸۱۲۳۴، نمابر 021-88881235", f"تلفن {LRM}۰۲۱-۸۸۸۸۱۲۳۴{RLM}، نمابر {LRM}۰۲۱-۸۸۸۸۱۲۳۵{RLM}"),
        ("تلفن +98 21 88881234", f"تلفن {LRM}+۹۸ ۲۱ ۸۸۸۸۱۲۳۴{RLM}"),
        ("مورخ 1399-12-05", f"مورخ {LRM}۱۳۹۹-۱۲-۰۵{RLM}"),
        ("شناسه ۱۲۳/۴۵۶-۷۸۹", f"شناسه {LRM}۱۲۳/۴۵۶-۷۸۹{RLM}"),
        ("سال‌های ۱۳۹۸-1399", f"سال‌های ۱۳۹۸{RLM}-{RLM}۱۳۹۹"),
        ("بند ۲-۷-۱", f"بند ۲{RLM}-{RLM}۷{RLM}-{RLM}۱"),
        ("استاندارد ISO 9001:2015 است", "استاندارد ISO 9001:2015 است"),
        ("کاغذ A4، بیماری COVID-19 و نمایش 3D", "کاغذ A4، بیماری COVID-19 و نمایش 3D"),
        ("نشانی info2@example.ir است", f"نشانی {LRM}info2@example.ir{LRM} است"),
        ("نشانی https://example.ir/1404/ است", f"نشانی {LRM}https://example.ir/1404/{LRM} است"),
        ("پرونده C:\\data\\x-1.txt و /home/a/2/", f"پرونده {LRM}C:\\data\\x-1.txt{LRM} و {LRM}/home/a/2/{LRM}"),
    ],
)
def test_as_it_is_read(typed: str, shown: str) -> None:
    assert readable(typed) == shown


def test_titles_have_persian_digits_and_no_marks() -> None:
    assert with_persian_digits("گزارش سال 1404، 021-88881234، ISO 9001") == "گزارش سال ۱۴۰۴، ۰۲۱-۸۸۸۸۱۲۳۴، ISO 9001"


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(piece for _, piece in pieces(text)) == text
