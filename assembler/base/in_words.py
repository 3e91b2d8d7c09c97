"""Numbers in Persian words, as amounts are written out on cheques, in contracts and below tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

_ONES = (
    "صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده",
    "پانزده", "شانزده", "هفده", "هجده", "نوزده",
)  # fmt: skip
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("", "یکصد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_SCALES = ((10**9, "میلیارد"), (10**6, "میلیون"), (1000, "هزار"))  # above: «هزار میلیارد»
_PARTS = ("", "دهم", "صدم", "هزارم")
_AND = " و "
_RIALS_OF_A_TOMAN = 10


def in_words(number: int | Decimal) -> str:
    """``1250`` → «یک هزار و دویست و پنجاه», ``2.5`` → «دو و پنج دهم»; of decimals the first three are said."""
    exact = round(Decimal(number), len(_PARTS) - 1)
    whole, part = divmod(abs(exact), 1)
    said = _AND.join([*([_said(int(whole))] if whole or not part else []), *_fraction(part)])
    return f"منفی {said}" if exact < 0 else said


def rials_in_words(amount: int | Decimal) -> str:
    return f"{in_words(amount)} ریال"


def tomans_in_words(amount: int | Decimal) -> str:
    """Of an amount in rials: what is left of a toman is said in rials."""
    tomans, left = divmod(abs(Decimal(amount)), _RIALS_OF_A_TOMAN)
    said = [f"{in_words(tomans)} تومان"] if tomans or not left else []
    said += [rials_in_words(left)] if left else []
    return ("منفی " if amount < 0 else "") + _AND.join(said)


def _said(number: int) -> str:
    return _AND.join(_pieces(number)) if number else _ONES[0]


def _pieces(number: int) -> Iterator[str]:
    for scale, name in _SCALES:
        if number >= scale:
            yield f"{_said(number // scale)} {name}"
            number %= scale
    if number >= 100:
        yield _HUNDREDS[number // 100]
        number %= 100
    if number >= len(_ONES):
        yield _TENS[number // 10]
        number %= 10
    if number:
        yield _ONES[number]


def _fraction(part: Decimal) -> Iterator[str]:
    digits = f"{part.normalize():f}".partition(".")[2]
    if digits:
        yield f"{_said(int(digits))} {_PARTS[len(digits)]}"
