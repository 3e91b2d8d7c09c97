"""Reads addresses and numbers of people out of running text, and tells those that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.identifiers import CHECKS, identified
from assembler.base.messages import Wording, wording
from assembler.base.persian import ZWNJ, latin_digits

Found = tuple[str, str, Wording | str]  # the code of the finding, what stands in the text, what it was to be

_GAP = rf"[\s:{ZWNJ}]*"
_WEB = re.compile(r"(?<![\w@.])(?:https?:/{1,3}|[a-zA-Z]{3,6}(?::/{0,3}|//)(?=\w+\.)|www[.,،])[^\s»)\]،؛«<>]*")
_TRACKED = re.compile(r"[?&#](?:utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id|phpsessid|jsessionid|sessionid|_ga)=", re.I)
_MAIL = re.compile(r"[^\s،؛:,;()«»<>\[\]\"']+@[^\s،؛:,;()«»<>\[\]\"']*")
_PHONE = re.compile(
    rf"(?<!\w)(?:تلفن(?:{ZWNJ}| )?(?:همراه|تماس|گویا|گویای)?(?: به شماره)?|"
    rf"تلفکس|نمابر|فکس|دورنگار|شماره(?:{ZWNJ}| )(?:تماس|تلفن|همراه)|موبایل|"
    rf"telephone|phone|mobile|tel\.?|fax){_GAP}(?P<number>\+?\d(?:[\d ()–-]{{1,17}}\d)?)(?![\d/])",
    re.I,
)
_LONG = re.compile(r"\d[\d ()–-]{2,}\d")  # no shorter number is anybody's
_NUMBERS = {
    "national_id": re.compile(
        rf"(?<!\w)(?:(?:کد|شماره)[\s{ZWNJ}]*ملی|national (?:id|code)){_GAP}(?P<number>\d[\d-]{{5,}})", re.I
    ),
    "legal_id": re.compile(rf"(?<!\w)شناسه[\s{ZWNJ}]*ملی{_GAP}(?P<number>\d[\d-]{{5,}})"),
    "postal_code": re.compile(rf"(?<!\w)(?:کد[\s{ZWNJ}]*پستی|post(?:al )?code){_GAP}(?P<number>\d[\d-]{{4,}})", re.I),
    "sheba": re.compile(r"(?<!\w)(?P<number>IR[\s-]?\d[\d\s-]{8,}\d)", re.I),
}
# How many digits numbers have that begin with a 0: codes of places, and short numbers behind them.
_MOBILE, _SHORT = 11, (7, 8)
_NO_CODE = (9, 10)


_CALLED = re.compile("شناسه ملی|کد ملی|کد پستی|تلفن|شماره تماس|نمابر|national id|post code|phone|fax", re.I)


def called_in(label: str) -> str:
    """By which word a label asks for a number of somebody; «» where it asks for none."""
    found = _CALLED.search(label.replace(ZWNJ, " "))
    return found.group() if found else ""


def may_have_addresses(text: str) -> bool:
    """Whether a text, or any of several in one, may give an address or a number of somebody: a quick look."""
    if "@" in text or ":/" in text or "//" in text or "www" in text.lower():
        return True
    if not _LONG.search(text):
        return False
    plain = latin_digits(text)
    return any(pattern.search(plain) for pattern in (_PHONE, *_NUMBERS.values()))


def doubtful_addresses(text: str) -> Iterator[Found]:
    """What a text gives as an address or a number and that cannot be one; links that follow their reader."""
    if "@" in text:
        yield from _mails(text)
    if "://" in text or ":/" in text or "//" in text or "www" in text.lower():
        yield from _links(text)
    if _LONG.search(text):
        plain = latin_digits(text)
        yield from _phones(plain)
        yield from _identifiers(plain)


def without_addresses(text: str) -> str:
    """A text with blanks in place of its addresses: signs in them are no signs of its sentences."""
    for pattern in (_WEB, _MAIL) if "@" in text or "/" in text or "www" in text else ():
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def _mails(text: str) -> Iterator[Found]:
    for match in _MAIL.finditer(text):
        address = match.group().rstrip(".!؟?")
        sound = identified(address, "email") is not None and ".." not in address and "@" not in text[match.end() :][:1]
        if not sound:
            yield "address-impossible", address, wording(CHECKS["email"].doc)


def _links(text: str) -> Iterator[Found]:
    for match in _WEB.finditer(text):
        address = match.group().rstrip(".!؟?:;,/")
        if _TRACKED.search(address):
            yield "link-tracked", address, ""
        elif identified(address, "site") is None:
            yield "address-impossible", address, wording(CHECKS["site"].doc)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        # «۸۸۸۸۱۲۳۴-۵» are two numbers that differ in their end, «… - …» are two written out.
        first = re.split(r"\s+[–-]\s+|\s{2,}", re.sub(r"(?<=\d{4})\s?[–-]\s?\d{1,2}$", "", match["number"]))[0]
        if not _may_be_called(re.sub(r"\D", "", first), first.startswith("+")):
            yield "address-impossible", match["number"].strip(), wording(CHECKS["phone"].doc)


def _may_be_called(number: str, abroad: bool) -> bool:
    """Whether a telephone has so many digits; without a code, and called from abroad, there are several counts."""
    if abroad or number.startswith("00") or (number.startswith("98") and len(number) == _MOBILE + 1):
        return True
    if number.startswith("0"):
        two_in_a_row = len(number) >= 2 * _MOBILE
        return len(number) == _MOBILE or two_in_a_row or (len(number) in _SHORT and not number.startswith("09"))
    return len(number) not in _NO_CODE


def _identifiers(text: str) -> Iterator[Found]:
    for check, pattern in _NUMBERS.items():
        for match in pattern.finditer(text):
            if identified(match["number"], check) is None:
                yield "address-impossible", match["number"].strip(" -"), wording(CHECKS[check].doc)
