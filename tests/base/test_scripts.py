"""Running text is read as it was meant: Persian digits in Persian text, Latin words whole, nothing turned round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.persian import LRM, MINUS, RLM
from assembler.base.scripts import cell_text, drawn, pieces, readable, with_persian_digits


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("سال 1404", "سال ۱۴۰۴"),
        ("1404", "۱۴۰۴"),
        ("بودجه 12,500 ریال", "بودجه ۱۲٬۵۰۰ ریال"),
        ("۲۴/۷ و 24/7", "۲۴/۷ و ۲۴/۷"),
        ("دمای -5 و (−۳)", f"دمای {LRM}{MINUS}۵ و ({LRM}{MINUS}۳)"),
        ("رشد 72%", f"رشد ۷۲{RLM}٪"),
        ("تلفن ۰۲۱-۸۸۸۸۱۲۳۴، نمابر 021-88881235", f"تلفن ۰۲۱{LRM}-۸۸۸۸۱۲۳۴{RLM}، نمابر ۰۲۱{LRM}-۸۸۸۸۱۲۳۵{RLM}"),
        ("تلفن +98 21 88881234", f"تلفن {LRM}+۹۸ ۲۱ ۸۸۸۸۱۲۳۴{RLM}"),
        ("مورخ 1399-12-05", f"مورخ ۱۳۹۹{LRM}-۱۲{LRM}-۰۵{RLM}"),
        ("شناسه ۱۲۳/۴۵۶-۷۸۹", f"شناسه ۱۲۳/۴۵۶{LRM}-۷۸۹{RLM}"),
        ("سال‌های ۱۳۹۸-1399", f"سال‌های ۱۳۹۸{RLM}-{RLM}۱۳۹۹"),
        ("بند ۲-۷-۱", f"بند ۲{RLM}-{RLM}۷{RLM}-{RLM}۱"),
        ("ماده (1) و «۱۴۰۴»", f"ماده {LRM}(۱){LRM}{RLM} و {LRM}«۱۴۰۴»{LRM}{RLM}"),
        ("استاندارد (ISO 9001) است", f"استاندارد {LRM}(ISO 9001){LRM} است"),
        ("(AP/S)*W", f"{LRM}(AP/S)*W{LRM}"),
        ("نسبت (AP/S)*W است", f"نسبت {LRM}(AP/S)*W{LRM} است"),
        ("(نسبت AP/(S+1))", f"(نسبت {LRM}AP/(S+1){LRM})"),
        ("برابر 2*(n+1) و f(x)", f"برابر {LRM}2*(n+1){LRM} و {LRM}f(x){LRM}"),
        ("((a+b)/c) و (2*3)", f"{LRM}((a+b)/c){LRM} و (۲*۳)"),
        ("درصد = (الف/ب)*100", "درصد = (الف/ب)*۱۰۰"),
        ("نشانی https://example.ir/?a=(b)*c است", f"نشانی {LRM}https://example.ir/?a=(b)*c{LRM} است"),
        ("بند (2-7) و (12 مورد)", f"بند (۲{RLM}-{RLM}۷) و (۱۲ مورد)"),
        ("استاندارد ISO 9001:2015 است", "استاندارد ISO 9001:2015 است"),
        ("کاغذ A4، بیماری COVID-19 و نمایش 3D", "کاغذ A4، بیماری COVID-19 و نمایش 3D"),
        ("نشانی info2@example.ir است", f"نشانی {LRM}info2@example.ir{LRM} است"),
        ("نشانی https://example.ir/1404/ است", f"نشانی {LRM}https://example.ir/1404/{LRM} است"),
        ("واژه `case.letter(12)` در", f"واژه {LRM}`case.letter(12)`{LRM} در"),
        ("پرونده 1404-05.pdf و letter-3.pdf", "پرونده 1404-05.pdf و letter-3.pdf"),
        ("پرونده C:\\data\\x-1.txt و /home/a/2/", f"پرونده {LRM}C:\\data\\x-1.txt{LRM} و {LRM}/home/a/2/{LRM}"),
    ],
)
def test_as_it_is_read(typed: str, shown: str) -> None:
    assert readable(typed) == shown


def test_titles_have_persian_digits_and_no_marks() -> None:
    assert with_persian_digits("گزارش سال 1404، 021-88881234، ISO 9001") == "گزارش سال ۱۴۰۴، ۰۲۱-۸۸۸۸۱۲۳۴، ISO 9001"


def test_a_drawn_line_is_read_from_the_right_whatever_it_begins_with() -> None:
    assert drawn("ISO 9001 سال 1404") == f"{RLM}ISO 9001 سال ۱۴۰۴"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("سال 1404", "سال ۱۴۰۴"), ("تلفن 021-88", f"تلفن ۰۲۱{LRM}-۸۸{RLM}"), ("0012", "0012"), ("021-88", "021-88")],
)
def test_cells_with_words_are_read_and_codes_are_found(typed: str, shown: str) -> None:
    assert cell_text(typed) == shown


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(piece for _, piece in pieces(text)) == text
