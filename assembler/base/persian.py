"""Persian text, numbers and dates: reading what people type and printing what people read.

Typed text is normalised once, on reading: Arabic ي and ك become Persian, stray spaces go, ZWNJ stays. Values are kept
exact (int, Decimal, jdatetime.date) and become Persian digits only when they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

import jdatetime

ZWNJ = "\u200c"
RLM = "\u200f"
LRM = "\u200e"
MINUS = "\u2212"

LETTERS = ("الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی", "ک", "ل", "م", "ن")
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")

_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
# Letters and digits that Arabic keyboards and OCR put in place of the Persian ones.
_ARABIC_LETTERS = str.maketrans("يىك٠١٢٣٤٥٦٧٨٩", "ییک۰۱۲۳۴۵۶۷۸۹")
# Letters that differ by a sign only; people write words with either.
_BARE_LETTERS = str.maketrans("أإآؤئةۀ", "اااویهه")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_MOST_DIGITS = 25
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_MARK = re.compile(r"^([+-]?\d+)[,/](\d+)$")
_JALALI_YEARS = range(1200, 1600)
_DATE = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
# Characters XML 1.0 cannot carry; tab and line feed it can.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Units, dates, names and choices repeat from row to row: each is read once.
_once = lru_cache(maxsize=4096)


def persian_digits(text: str) -> str:
    """``12,5`` → ``۱۲,۵``: Latin digits become Persian, everything else stays."""
    return text.translate(_TO_PERSIAN)


def latin_digits(text: str) -> str:
    """Persian and Arabic digits become Latin, everything else stays."""
    return text.translate(_TO_LATIN)


@_once
def normalise(text: str) -> str:
    """One spelling for what the eye reads alike: Persian ی and ک, single spaces, no spaces at line ends; ZWNJ stays."""
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", text)).translate(_ARABIC_LETTERS)
    lines = (_SPACES.sub(" ", line).strip(" " + ZWNJ) for line in text.split("\n"))
    return "\n".join(lines).strip("\n")


def control_character(text: str) -> str | None:
    """The first character no document can carry, or None."""
    found = _CONTROL.search(text)
    return found.group() if found else None


@_once
def fold(text: str) -> str:
    """A key under which spellings of one word meet: no ZWNJ, no spaces, no hamza or diacritics, Latin digits."""
    text = latin_digits(normalise(text)).replace(ZWNJ, "").replace(" ", "").casefold()
    text = text.translate(_BARE_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def parse_number(text: str) -> Decimal | None:
    """A number typed in Persian or Latin digits (۱۲٬۵۰۰ , 7.5 , ۷٫۵ , ۷/۵ , −۳ , ۷۲٪), or None.

    A lone comma before one or two digits is a decimal mark (۰,۸), as Persian reports print it; before three it
    separates thousands. More digits than can be calculated exactly make no number.
    """
    text = latin_digits(text).strip().strip(LRM + RLM).rstrip("%٪").strip()
    if not text.isdecimal():  # most numbers are digits and nothing else
        text = text.replace(MINUS, "-").replace("٬", "").replace("٫", ".").replace("،", ",")
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        text = _DECIMAL_MARK.sub(r"\1.\2", text)
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    return Decimal(text)


@_once
def parse_date(text: str, order: str = "yyyy/mm/dd") -> jdatetime.date | None:
    """A Jalali date in Persian or Latin digits, or None when it is none.

    A four-digit year settles the order; with a two-digit year ``order`` (such as ``d/m/yy``) does, and the century
    is 13 for years from 50 and 14 below, so ۹۹/۱۲/۵ is 1399/12/05.
    """
    found = _DATE.fullmatch(latin_digits(text).strip().strip(LRM + RLM))
    if not found:
        return None
    first, middle, last = found.groups()
    day_first = len(last) == 4 or (len(first) != 4 and order.startswith("d"))
    year, day = (last, first) if day_first else (first, last)
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    number = int(year) if len(year) == 4 else int(year) + (1300 if int(year) >= 50 else 1400)
    if number not in _JALALI_YEARS:
        return None  # 2021/03/05 is a Gregorian date
    try:
        return jdatetime.date(number, int(middle), int(day))
    except ValueError:
        return None


def format_date(date: jdatetime.date, order: str = "yyyy/mm/dd") -> str:
    """A Jalali date in Persian digits, such as ``۱۳۹۹/۱۲/۰۵``, ``۵/۱۲/۹۹`` for the order ``d/m/yy``."""
    names = {
        "yyyy": f"{date.year:04d}",
        "yy": f"{date.year % 100:02d}",
        "mm": f"{date.month:02d}",
        "m": str(date.month),
        "dd": f"{date.day:02d}",
        "d": str(date.day),
    }
    return persian_digits("/".join(names[part] for part in order.split("/")))


def date_text(date: jdatetime.date) -> str:
    """A day as data: ``1405/02/31``, which sorts as the days do."""
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}"


def format_number(number: int | Decimal) -> str:
    """A number in Persian digits: ``۱۲٬۵۰۰``, ``۷٫۵``; a minus stands on its reading side."""
    text = f"{abs(number):,f}" if isinstance(number, Decimal) else f"{abs(number):,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = LRM + MINUS if number < 0 else ""
    return sign + persian_digits(text.replace(",", "٬").replace(".", "٫"))


def format_percent(number: int | Decimal) -> str:
    """``۷۲٪``."""
    return format_number(number) + "٪"


def section_number(numbers: tuple[int, ...]) -> str:
    """``(2, 7, 1)`` → ``۲-۷-۱`` with the chapter at the right, where a Persian reader begins.

    Digits joined by hyphens would run left to right; a right-to-left mark on both sides of each hyphen turns them.
    """
    return f"{RLM}-{RLM}".join(persian_digits(str(number)) for number in numbers)


def weekday(date: jdatetime.date) -> str:
    """The day's name, «شنبه» first."""
    return WEEKDAYS[date.weekday()]
