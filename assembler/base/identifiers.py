"""Numbers and addresses that can be told to be wrong by themselves: of people, offices, accounts, post, telephones.

Each rule is a few lines that do not change; the libraries that know some of them know no others of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assembler.base.persian import LRM, RLM, latin_digits

_BESIDE = re.compile(r"[\s\u200c\-–_.()/]+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SITE = re.compile(
    r"(?:(?:https?|ftps?)://)?(?:(?:[\w-]+\.)+[^\W\d_]{2,}|localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_OF_LEGAL_IDS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)

_NO_DOMAIN = re.compile(
    r"(?:https?://)?www\.[^./]+(?:/.*)?", re.I
)  # «www.example»: a name and no domain of a country or kind
_AS_TYPED = ("email", "site")  # signs are part of these


@dataclass(frozen=True)
class Check:
    """``read`` gives a text as it is kept, None when it is none; ``length`` is how long it is, 0 where that varies.

    ``doc`` says what is written.
    """

    read: Callable[[str], str | None]
    length: int
    doc: str


def _national_id(typed: str) -> str | None:
    """The last digit follows from the others; a spreadsheet may have taken zeros from the front."""
    text = typed.zfill(10) if 8 <= len(typed) <= 10 else ""
    if not _is_digits(text, 10) or len(set(text)) == 1:
        return None
    rest = sum(int(digit) * weight for digit, weight in zip(text, range(10, 1, -1), strict=False)) % 11
    return text if int(text[9]) == (rest if rest < 2 else 11 - rest) else None


def _legal_id(typed: str) -> str | None:
    if not _is_digits(typed, 11) or len(set(typed)) == 1:
        return None
    more = int(typed[9]) + 2
    pairs = zip(typed, _OF_LEGAL_IDS, strict=False)
    rest = sum((int(digit) + more) * weight for digit, weight in pairs) % 11
    return typed if int(typed[10]) == rest % 10 else None


def _sheba(typed: str) -> str | None:
    text = typed.upper()
    text = f"IR{text}" if text[:2].isdecimal() else text
    if text[:2] != "IR" or not _is_digits(text[2:], 24):
        return None
    return text if int(f"{text[4:]}1827{text[2:4]}") % 97 == 1 else None


def _postal_code(typed: str) -> str | None:
    """Its first five digits, of town and district, are never 0 or 2."""
    return typed if _is_digits(typed, 10) and not set(typed[:5]) & {"0", "2"} else None


def _mobile(typed: str) -> str | None:
    text = re.sub(r"^(?:\+98|0098|98)(?=9)|^(?=9\d{9}$)", "0", typed)
    return text if _is_digits(text, 11) and text.startswith("09") else None


def _phone(typed: str) -> str | None:
    """With the code of its place, or as it is called from there."""
    text = re.sub(r"^(?:\+98|0098)", "0", typed)
    if _is_digits(text, 11):
        return text if re.match("0[1-8]", text) else None
    return text if re.fullmatch(r"[1-9]\d{3,7}", text) else None


def _card(typed: str) -> str | None:
    """Every second digit counts double; together they end in 0."""
    if not _is_digits(typed, 16) or len(set(typed)) == 1:
        return None
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(typed))
    return typed if sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0 else None


def _site(typed: str) -> str | None:
    if not _SITE.fullmatch(typed) or ".." in typed or _NO_DOMAIN.fullmatch(typed):
        return None
    return typed


CHECKS: Mapping[str, Check] = {
    "national_id": Check(_national_id, 10, "the national ID of a person, ten digits"),
    "legal_id": Check(_legal_id, 11, "the national ID of an organisation, eleven digits"),
    "postal_code": Check(_postal_code, 10, "a postal code of ten digits"),
    "sheba": Check(_sheba, 26, "an account by its Sheba, IR and 24 digits"),
    "mobile": Check(_mobile, 11, "a mobile number, such as 09123456789"),
    "phone": Check(_phone, 0, "a telephone number with its code, such as 02188881234"),
    "card": Check(_card, 16, "a bank card of sixteen digits"),
    "site": Check(_site, 0, "a web address, such as www.example.ir"),
    "email": Check(lambda typed: typed if _EMAIL.fullmatch(typed) else None, 0, "an e-mail address"),
}


def identified(typed: str, check: str = "", digits: int | None = None) -> str | None:
    """A text as its check keeps it, or of so many digits, in Latin ones; None when it is none."""
    text = latin_digits(typed).strip().strip(LRM + RLM)
    if check in _AS_TYPED:
        return CHECKS[check].read(text)
    text = _BESIDE.sub("", text)
    if check:
        return CHECKS[check].read(text)
    return text if digits is None or _is_digits(text, digits) else None


def _is_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdecimal()
