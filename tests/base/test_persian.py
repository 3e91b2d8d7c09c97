"""Persian text, numbers and dates, as typed and as printed."""

from __future__ import annotations

from decimal import Decimal

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.persian import (
    LRM,
    MINUS,
    RLM,
    ZWNJ,
    control_character,
    fold,
    format_date,
    format_number,
    format_percent,
    latin_digits,
    normalise,
    parse_date,
    parse_number,
    persian_digits,
    section_number,
    weekday,
)

DATES = st.builds(
    lambda days: jdatetime.date.fromordinal(days),
    st.integers(jdatetime.date(1350, 1, 1).toordinal(), jdatetime.date(1449, 12, 29).toordinal()),
)


def test_digits() -> None:
    assert persian_digits("بند 12/5") == "بند ۱۲/۵"
    assert latin_digits("۱۲٣٤") == "1234"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("كتاب علي", "کتاب علی"),
        ("يکى", "یکی"),
        ("  دو   فاصله\t", "دو فاصله"),
        ("می‌شود", "می‌شود"),
        (f"{ZWNJ}می‌شود{ZWNJ}", "می‌شود"),
        (f" {ZWNJ} متن {ZWNJ} ", "متن"),
        ("سطر یک \r\n سطر دو\r", "سطر یک\nسطر دو"),
        ("الف\u00a0ب", "الف ب"),
        ("\n\nمتن\n\n", "متن"),
        ("یک\u2028دو\x85سه", "یک\nدو\nسه"),
        ("١٣٩٩", "۱۳۹۹"),
        ("۱۳۹۹ 1399", "۱۳۹۹ 1399"),
        ("A\u0301", "\u00c1"),
        ("ﻣﺘﻦ ﻓﺎﺭﺳﯽ", "متن فارسی"),
        ("سا\u00adزمان", "سازمان"),
        ("\ufeffمتن", "متن"),
        ("من\u200bزل", "منزل"),
        ("\u200f", ""),
        (" \u200e\u202c ", ""),
        ("\u200fمتن", "\u200fمتن"),
        ("م²", "م²"),
    ],
)
def test_normalise(typed: str, read: str) -> None:
    assert normalise(typed) == read


@given(st.text(alphabet=st.sampled_from("ab ي\u0654ك\u200c\n\r\tه۵٥\u00a0é\u0301"), max_size=12) | st.text(max_size=12))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "found"), [("متن\n\tمتن", None), ("a\x07b", "\x07"), ("\ufffe", "\ufffe"), ("\ud800", "\ud800")]
)
def test_control_character(text: str, found: str | None) -> None:
    assert control_character(text) == found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("می‌شود", "ميشود"),
        ("مسئول", "مسیول"),
        ("دایرهٔ", "دایره"),
        ("Yes", "yes"),
        ("۱۲", "12"),
        ("آب", "اب"),
        ("بلی\u200f", "بلی"),
        ("\u202bبلی\u202c", "بلی"),
        ("بـــلی", "بلی"),
        ("ﺑﻠﯽ", "بلی"),
        ("بَلی", "بلی"),
        ("ب\u200dلی", "بلی"),
    ],
)
def test_spellings_meet(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_different_words_do_not_meet() -> None:
    assert len({fold(word) for word in ("دارد", "ندارد", "دارند", "دار")}) == 4


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("۱۲", "12"), ("12", "12"), ("١٢", "12"), ("۷٫۵", "7.5"), ("7.5", "7.5"), ("۷/۵", "7.5"), ("۰,۸", "0.8"),
        ("۱۲٬۵۰۰", "12500"), ("12,500", "12500"), ("12,500.25", "12500.25"), ("1،250", "1250"), ("−۳", "-3"),
        ("-3", "-3"),
        ("+3", "3"), ("۷۲٪", "72"), ("72 %", "72"), (" 5 ", "5"), ("0,125", "0.125"), ("۰۰۷", "7"),
         (LRM + MINUS + "۳", "-3"),
        ("1,2345", "1.2345"), ("1,234,567", "1234567"), ("۷٬۵", "7.5"), ("۱۲٬۵۰", "12.50"), ("۰٬۵", "0.5"),
        ("۰٬۱۲۵", "0.125"),
        ("۱۲٬۵۰۰٫۷۵", "12500.75"), ("٪۷۲", "72"), ("% 72", "72"), ("٪ ۷٫۵", "7.5"), ("－۳", "-3"), ("–۳", "-3"),
        ("7⁄5", "7.5"), ("\u202b۱۲\u202c", "12"), ("۱\u200b۲", "12"), ("\ufeff۱۲", "12"), ("۱\u200c۲", "12"),
        ("\u2068۱۲٬۵۰۰\u2069", "12500"),
        ("\u061c۱۲\u00ad", "12"), ("ـ۱۲ـ", "12"), ("１２", "12"),
    ],
)  # fmt: skip
def test_numbers(typed: str, number: str) -> None:
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "دوازده",
        "1.2.3",
        "1e3",
        "12a",
        "0x1",
        "1 2",
        "NaN",
        "Infinity",
        "1/2/3",
        "۱ـ۲",
        "۱ ـ ۲",
        ".",
        "--1",
        "9" * 26,
        "1,23,4",
        "۱٬۲۳۴٬۵۶",
        "1234,567",
        "012,345",
        "۱۲٬۳۴۵۶٬۷۸۹",
        "٪",
        "۷٪۲",
        "5²",
        "①",
    ],
)
def test_what_is_no_number(typed: str) -> None:
    assert parse_number(typed) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_printed_number_reads_back(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (12500, "۱۲٬۵۰۰"),
        (0, "۰"),
        (-3, LRM + MINUS + "۳"),
        (Decimal("7.50"), "۷٫۵"),
        (Decimal("100"), "۱۰۰"),
        (Decimal("1E+3"), "۱٬۰۰۰"),
        (Decimal("0.00"), "۰"),
    ],
)
def test_printed_numbers(number: int | Decimal, printed: str) -> None:
    assert format_number(number) == printed
    assert format_percent(number) == printed + "٪"


@pytest.mark.parametrize(
    ("typed", "order", "date"),
    [
        ("۱۳۹۹/۱۲/۰۵", "yyyy/mm/dd", (1399, 12, 5)),
        ("1399/12/5", "yyyy/mm/dd", (1399, 12, 5)),
        ("1399-12-05", "yyyy/mm/dd", (1399, 12, 5)),
        ("1399.12.05", "yyyy/mm/dd", (1399, 12, 5)),
        ("۵/۱۲/۱۳۹۹", "yyyy/mm/dd", (1399, 12, 5)),
        ("1399/12/5", "d/m/yy", (1399, 12, 5)),
        ("۵/۱۲/۹۹", "d/m/yy", (1399, 12, 5)),
        ("99/12/5", "yy/m/d", (1399, 12, 5)),
        ("03/1/2", "yy/m/d", (1403, 1, 2)),
        ("1399/12/30", "yyyy/mm/dd", (1399, 12, 30)),
        (f"{RLM}۱۳۹۹/۱۲/۰۵{RLM}", "yyyy/mm/dd", (1399, 12, 5)),
        (" ۱۳۹۹/۱۲/۰۵ ", "yyyy/mm/dd", (1399, 12, 5)),
        ("۱۴۰۲/\u200f۵/\u200f۷", "yyyy/mm/dd", (1402, 5, 7)),
        ("\u202b۱۴۰۲/۵/۷\u202c", "yyyy/mm/dd", (1402, 5, 7)),
        ("۱۴۰۲ / ۵ / ۷", "yyyy/mm/dd", (1402, 5, 7)),
        ("۱۴۰۲؍۰۵؍۰۷", "yyyy/mm/dd", (1402, 5, 7)),
        ("1402–05–07", "yyyy/mm/dd", (1402, 5, 7)),
        ("1402\u206005/07".replace("\u2060", "\u2060/"), "yyyy/mm/dd", (1402, 5, 7)),
    ],
)
def test_dates(typed: str, order: str, date: tuple[int, int, int]) -> None:
    assert parse_date(typed, order) == jdatetime.date(*date)


@pytest.mark.parametrize(
    "typed",
    ["", "1400/12/30", "1399/13/1", "1399/0/1", "1399/1/0", "1399/7/31", "1399/12/31", "399/1/1", "5/12/9",
    "1399/12", "1399/12/5/1",
     "0000/1/1", "امروز", "1399/12/1399", "13991205"],
)  # fmt: skip
def test_what_is_no_date(typed: str) -> None:
    assert parse_date(typed) is None


@given(DATES, st.sampled_from(["yyyy/mm/dd", "yyyy/m/d", "yy/mm/dd", "yy/m/d", "d/m/yy", "dd/mm/yy"]))
def test_a_printed_date_reads_back(date: jdatetime.date, order: str) -> None:
    assert parse_date(format_date(date, order), order) == date


def test_printed_dates() -> None:
    date = jdatetime.date(1399, 2, 5)
    printed = [format_date(date, order) for order in ("yyyy/mm/dd", "yyyy/m/d", "yy/m/d", "d/m/yy", "dd/mm/yy")]
    assert printed == ["۱۳۹۹/۰۲/۰۵", "۱۳۹۹/۲/۵", "۹۹/۲/۵", "۵/۲/۹۹", "۰۵/۰۲/۹۹"]


def test_section_numbers_turn_at_their_hyphens() -> None:
    assert section_number((2, 7, 11)) == f"۲{RLM}-{RLM}۷{RLM}-{RLM}۱۱"
    assert section_number((3,)) == "۳"


def test_weekdays() -> None:
    assert weekday(jdatetime.date(1399, 12, 30)) == "شنبه"
    assert weekday(jdatetime.date(1399, 12, 29)) == "جمعه"
