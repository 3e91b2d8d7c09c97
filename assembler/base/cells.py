"""A cell of a workbook as the text a person sees in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

import jdatetime

# What a format writes beside the digits: colours and places in brackets, text in quotes, a letter behind a backslash,
# room as wide as a letter, a letter that fills the cell.
_BESIDE = re.compile(r'\[[^\]]*\]|"([^"]*)"|\\(.)|[_*].')
_NUMBER = re.compile(r"[#0?,]*[#0?],*(?:\.[#0?]*)?|\.[#0?]+")
_LITERAL = "\ue000"  # stands for a text beside the digits while a format is read


def as_shown(value: object, number_format: str = "") -> str:
    """The text of a cell: leading zeros, thousands, decimals and percent as its format shows them, with Persian marks;
    days as Jalali ones; a number of any other format with all its digits.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _day(value) if value.time() == time() else f"{_day(value)} {value:%H:%M}"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _day(day: date) -> str:
    found = jdatetime.date.fromgregorian(year=day.year, month=day.month, day=day.day)
    return f"{found.year:04d}/{found.month:02d}/{found.day:02d}"


def _number(value: int | float, number_format: str) -> str:
    # Fifteen digits are what Excel knows of a number: 0.1 + 0.2 is 0.3 to it.
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return ""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if exact < 0 and len(sections) > 1:
        return _formatted(-exact, sections[1]) or f"{exact.normalize():f}"  # the part for them says how they look
    section = sections[2] if exact == 0 and len(sections) > 2 else sections[0]
    return _formatted(exact, section) or f"{exact.normalize() + 0:f}"


def _formatted(value: Decimal, section: str) -> str:
    """A number in a format of digits; «» where the format is of another kind."""
    beside = [found[1] or found[2] or "" for found in _BESIDE.finditer(section)]
    plain = _BESIDE.sub(_LITERAL, section)
    numbers = _NUMBER.findall(plain)
    if len(numbers) != 1:
        return _distributed(value, plain, beside) if "".join(numbers).strip("0") == "" and len(numbers) > 1 else ""
    before, _, after = plain.partition(numbers[0])
    if re.search(r"[A-Za-z/]", before + after):
        return ""  # a fraction, an exponent, a date
    percent = "%" in before + after
    text = _digits(value.scaleb(2) if percent else value, numbers[0])
    texts = iter(beside)
    front, back = ("".join(next(texts) if sign == _LITERAL else sign for sign in side) for side in (before, after))
    return f"{front}{text}{back}".replace("%", "٪").strip()


def _digits(value: Decimal, picture: str) -> str:
    whole, _, decimals = picture.partition(".")
    scaled = value.scaleb(-3 * (len(whole) - len(whole.rstrip(","))))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    grouped = "," in whole.strip(",")
    digits, _, rest = f"{abs(rounded):,f}".partition(".")
    digits = digits if grouped else digits.replace(",", "").zfill(whole.count("0"))
    rest = rest[: decimals.count("0")] + rest[decimals.count("0") :].rstrip("0")
    sign = "-" if rounded < 0 else ""
    return sign + digits.replace(",", "٬") + (f"٫{rest}" if rest else "")


def _distributed(value: Decimal, plain: str, beside: list[str]) -> str:
    """Digits in groups with something between them, as in 000-000-0000."""
    if value != value.to_integral_value() or value < 0:
        return ""
    left = list(str(int(value)).zfill(plain.count("0")))
    ahead = len(left) - plain.count("0")
    texts, shown = iter(beside), ""
    for sign in plain:
        if sign == "0":
            shown += "".join(left[: ahead + 1])
            left, ahead = left[ahead + 1 :], 0
        else:
            shown += next(texts) if sign == _LITERAL else sign
    return shown
