"""Persian text, numbers and dates: reading what people type and printing what people read.

Typed text is normalised once, on reading: Arabic ي and ك become Persian, stray spaces go, ZWNJ stays. Values are kept
exact (int, Decimal, jdatetime.date) and become Persian digits only when they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import jdatetime

from assembler.base.tongue import tongue

ZWNJ = "\u200c"
RLM = "\u200f"
LRM = "\u200e"
MINUS = "\u2212"
TATWEEL = "\u0640"

LETTERS = ("الف", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ی", "ک", "ل", "م", "ن")
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
ENGLISH_WEEKDAYS = ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

_MONTHS = {
    "jalali": (
        *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
        *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
    ),
    "gregorian": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
# Letters and digits that Arabic keyboards and OCR put in place of the Persian ones.
_ARABIC_LETTERS = str.maketrans("يىك٠١٢٣٤٥٦٧٨٩", "ییک۰۱۲۳۴۵۶۷۸۹")
# Letters that differ by a sign only; people write words with either.
_BARE_LETTERS = str.maketrans("أإآؤئةۀ", "اااویهه")
# What the eye does not see and no word needs, ZWNJ apart: direction marks and isolates, joiners, soft hyphens, marks of
# byte order. In running text marks of direction may be meant; in a number, a date, a choice or a name they are not.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200d-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_MEANINGLESS = re.compile("[\u00ad\u034f\u200b\u2060\ufeff]")
# Letters of old programs and copied PDFs, each in the shape it has at its place in a word.
_SHAPED = re.compile("[\ufb50-\ufbc1\ufbd3-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc]+")
# Hyphens, dashes and minus signs; slashes, and what Arabic keyboards have in their place.
_ONE_SIGN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2044\u2215\u060d\uff0f", "/")
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_NOTHING = " \n" + ZWNJ
_DRAWN_OUT = re.compile(rf"(?<=\d)\s*{TATWEEL}+\s*(?=\d)")
_MOST_DIGITS = 25
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_MARK = re.compile(r"^([+-]?0|[+-]?\d+(?=/)|[+-]?\d+(?=,(?:\d\d?|\d{4,})$))[,/](\d+)$")
_PERCENT = "%٪\ufe6a\uff05"
_JALALI_YEARS = range(1200, 1600)
_DATE = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})")
# Characters XML 1.0 cannot carry; tab and line feed it can.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Units, dates, names and choices repeat from row to row: each is read once.
_once = lru_cache(maxsize=4096)


def persian_digits(text: str) -> str:
    """``12,5`` → ``۱۲,۵``: Latin digits become those of the paper, Persian unless it says otherwise."""
    return text.translate(_TO_PERSIAN if tongue().digits == "persian" else _TO_LATIN)


def latin_digits(text: str) -> str:
    """Persian and Arabic digits become Latin, everything else stays."""
    return text.translate(_TO_LATIN)


@_once
def normalise(text: str) -> str:
    """One spelling for what the eye reads alike: Persian ی and ک, letters in their plain shape, single spaces, no
    spaces at line ends; ZWNJ stays, as do marks of direction.
    """
    text = _MEANINGLESS.sub("", _BREAKS.sub("\n", text))
    text = _SHAPED.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = unicodedata.normalize("NFC", text).translate(_ARABIC_LETTERS)
    lines = (_SPACES.sub(" ", line).strip(" " + ZWNJ) for line in text.split("\n"))
    text = "\n".join(lines).strip("\n")
    return text if text.isascii() or seen(text).strip(_NOTHING) else ""


def control_character(text: str) -> str | None:
    """The first character no document can carry, or None."""
    found = _CONTROL.search(text)
    return found.group() if found else None


def seen(text: str) -> str:
    """A text without what the eye does not see in it but for ZWNJ, which words need."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


@_once
def fold(text: str) -> str:
    """A key under which spellings of one word meet: no ZWNJ nor anything else unseen, no spaces, no tatweel, no hamza
    or diacritics, Latin digits.
    """
    text = seen(latin_digits(normalise(text))).replace(ZWNJ, "").replace(" ", "").replace(TATWEEL, "").casefold()
    text = text.translate(_BARE_LETTERS).translate(_ONE_SIGN)
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def agrees(typed: str) -> bool:
    """Whether somebody who was asked typed a yes."""
    return fold(typed) in map(fold, ("بله", "بلی", "آری", "ب", "yes", "y"))


def is_dash(value: object) -> bool:
    """Whether a text is dashes and nothing else: «-» and «---» say that there is nothing to say."""
    return isinstance(value, str) and bool(value) and not _bare(value).strip("-ـ_ ")


def parse_number(text: str) -> Decimal | None:
    """A number typed in Persian or Latin digits (۱۲٬۵۰۰ , 7.5 , ۷٫۵ , ۷/۵ , −۳ , ۷۲٪ , ٪۷۲), or None.

    A lone comma or thousands separator before one or two digits is a decimal mark (۰,۸ , ۷٬۵), as Persian reports print
    it; before three it separates thousands, and then all of them. More digits than can be calculated exactly make no
    number.
    """
    text = _bare(text).strip(_PERCENT).strip()
    if not text.isdecimal():  # most numbers are digits and nothing else
        text = text.replace("٬", ",").replace("،", ",").replace("٫", ".")
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        text = _DECIMAL_MARK.sub(r"\1.\2", text)
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        return None
    return Decimal(text)


def _bare(text: str) -> str:
    """A number or a date as its digits and signs alone."""
    text = _DRAWN_OUT.sub("-", seen(latin_digits(text)))  # between digits it is meant as a dash
    return text.replace(ZWNJ, "").replace(TATWEEL, "").translate(_ONE_SIGN).strip()


@_once
def parse_date(text: str, order: str = "yyyy/mm/dd") -> jdatetime.date | None:
    """A Jalali date in Persian or Latin digits, or None when it is none.

    A four-digit year settles the order; with a two-digit year ``order`` (such as ``d/m/yy``) does, and the century
    is 13 for years from 50 and 14 below, so ۹۹/۱۲/۵ is 1399/12/05.
    """
    parts = date_parts(text, order)
    if parts is None or parts[0] not in _JALALI_YEARS:
        return None  # 2021/03/05 is a Gregorian date
    try:
        return jdatetime.date(*parts)
    except ValueError:
        return None


def date_parts(text: str, order: str = "yyyy/mm/dd") -> tuple[int, int, int] | None:
    """Year, month and day of what is typed like a date, whether there is such a day or not."""
    found = _DATE.fullmatch(_bare(text))
    if not found:
        return None
    first, middle, last = found.groups()
    day_first = len(last) == 4 or (len(first) != 4 and order.startswith("d"))
    year, day = (last, first) if day_first else (first, last)
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    century = 0 if len(year) == 4 else 1300 if int(year) >= 50 else 1400
    return century + int(year), int(middle), int(day)


def format_date(date: jdatetime.date, order: str = "yyyy/mm/dd") -> str:
    """A date as it is printed, such as ``۱۳۹۹/۱۲/۰۵``, ``۵/۱۲/۹۹`` for the order ``d/m/yy``; in the calendar and the
    language of the paper: ``24 February 2021``.
    """
    day = date.togregorian() if tongue().calendar == "gregorian" else date
    if tongue().language == "en" and order == "yyyy/mm/dd":
        return f"{day.day}\u00a0{_MONTHS[tongue().calendar][day.month - 1]}\u00a0{day.year}"
    names = {
        "yyyy": f"{day.year:04d}",
        "yy": f"{day.year % 100:02d}",
        "mm": f"{day.month:02d}",
        "m": str(day.month),
        "dd": f"{day.day:02d}",
        "d": str(day.day),
    }
    return persian_digits("/".join(names[part] for part in order.split("/")))


def date_text(date: jdatetime.date) -> str:
    """A day as data: ``1405/02/31``, which sorts as the days do."""
    return f"{date.year:04d}/{date.month:02d}/{date.day:02d}"


def format_number(number: int | Decimal) -> str:
    """A number in Persian digits: ``۱۲٬۵۰۰``, ``۷٫۵``; a minus stands on its reading side. In Latin ones ``12,500``."""
    text = f"{abs(number):,f}" if isinstance(number, Decimal) else f"{abs(number):,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = LRM + MINUS if number < 0 else ""
    if tongue().digits == "latin":
        return (sign if tongue().direction == "rtl" else sign.removeprefix(LRM)) + text
    return sign + persian_digits(text.replace(",", "٬").replace(".", "٫"))


def format_percent(number: int | Decimal) -> str:
    """``۷۲٪``, in Latin digits ``72%``."""
    return with_percent(format_number(number))


def with_percent(number: str) -> str:
    """A number as it is printed, with the sign of a percentage."""
    return number + ("٪" if tongue().digits == "persian" else "%")


def with_unit(number: str, unit: str) -> str:
    """A number as it is printed, with what it counts; the sign of a percentage stands at the number itself."""
    return with_percent(number) if unit in ("٪", "%") else f"{number} {unit}".rstrip()


def section_number(numbers: tuple[int, ...]) -> str:
    """``(2, 7, 1)`` → ``۲-۷-۱`` with the chapter at the right, where a Persian reader begins; in English ``2.7.1``.

    Digits joined by hyphens would run left to right; a right-to-left mark on both sides of each hyphen turns them.
    """
    between = f"{RLM}-{RLM}" if tongue().direction == "rtl" else "."
    return between.join(persian_digits(str(number)) for number in numbers)


def weekday(date: jdatetime.date) -> str:
    """The day's name, «شنبه» or «Saturday» first, in the language of the paper."""
    return (WEEKDAYS if tongue().language == "fa" else ENGLISH_WEEKDAYS)[date.weekday()]


def numbered(number: str, text: str) -> str:
    """A text behind its number: ``۲- متن``, in English ``2. text``; either alone where there is no other."""
    return ("- " if tongue().direction == "rtl" else ". ").join(filter(None, (number, text)))


def listed_texts(texts: Iterable[str], between: str = "، ", in_english: str = ", ") -> str:
    """Texts in a row: ``الف، ب``, in English ``a, b``."""
    return (between if tongue().direction == "rtl" else in_english).join(texts)
