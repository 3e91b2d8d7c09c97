"""In which encoding a text was saved, by its bytes alone."""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from assembler.base.messages import Wording, wording

_BROKEN = 0.02  # the share of bytes that may be broken in what is still UTF-8
_NO_TEXT = wording("it is no text")
# Arabic letters of ISO 8859-6 where the Arabic code page of Windows has the accents of French, and what both of them
# have nothing at.
_ISO_LETTERS, _ISO_NEVER = b"\xe2\xe7\xe8\xe9\xea", frozenset(range(0x80, 0xA0))
_STRANGE = 0.02  # the share of signs no text has, above which zeros do not make a text of two bytes a letter


class Undecodable(Exception):
    """A text that is not in UTF-8, with what it is in."""

    def __init__(self, reason: Wording) -> None:
        super().__init__(reason)
        self.reason = reason


def encoding_of(sample: bytes) -> str | None:
    """The encoding of a text by the beginning of it: by its mark, by its zeros, or by whether its foreign letters are
    UTF-8; None of what is no text.
    """
    for mark, name in (
        (BOM_UTF8, "utf-8-sig"),
        (BOM_UTF32_LE, "utf-32"),  # its mark begins with that of UTF-16
        (BOM_UTF32_BE, "utf-32"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    if (zeros := sample.count(0)) > len(sample) // 20:
        return _by_zeros(sample, zeros)
    if zeros:
        return None
    if _is_utf8(sample):
        return "utf-8"
    return "iso8859-6" if _is_iso(sample) else "cp1256"


def _is_iso(sample: bytes) -> bool:
    """Whether Arabic letters are those of ISO 8859-6: all that are used stand in it, «ه و ي» and «ق» among them."""
    try:
        sample.decode("iso8859-6")
    except UnicodeDecodeError:
        return False
    theirs = sum(map(sample.count, (bytes((letter,)) for letter in _ISO_LETTERS)))
    return theirs > sample.count(b"\xed") + sample.count(b"\xec") and _ISO_NEVER.isdisjoint(sample)


def _by_zeros(sample: bytes, zeros: int) -> str | None:
    """Digits, commas and line ends have their zeros behind (little end) or in front; three of four in UTF-32."""
    whole = sample[: len(sample) // 4 * 4]
    behind = sample[1::2].count(0)
    found = "utf-16-le" if behind > zeros - behind else "utf-16-be"
    if whole and not any(whole[2::4]) and not any(whole[3::4]):
        found = "utf-32-le"
    elif whole and not any(whole[0::4]) and not any(whole[1::4]):
        found = "utf-32-be"
    text = whole.decode(found, "replace") or "\0"
    strange = sum(
        letter not in "\t\r\n\f" and unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in text
    )
    return found if strange + text.count("\ufffd") <= max(len(text) * _STRANGE, 1) else None


def _is_utf8(sample: bytes) -> bool:
    """Whether a sample is UTF-8, a few broken bytes and a cut letter at its ends aside."""
    foreign = sum(byte > 127 for byte in sample)
    broken = sum("\udc80" <= letter <= "\udcff" for letter in sample.decode("utf-8", "surrogateescape"))
    return broken - 3 <= foreign * _BROKEN


def decoded(data: bytes) -> str:
    """A text that must be in UTF-8, its line ends as everywhere. Raises Undecodable."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Undecodable(_reason(data, error.start)) from error
    if "\0" in text and _reason(data, 0) != _NO_TEXT:  # digits and Persian letters of UTF-16 are all below 128
        raise Undecodable(_reason(data, 0))
    return text


def _reason(data: bytes, start: int) -> Wording:
    found = encoding_of(data[: 1 << 16])
    if found and found.startswith("utf-"):
        if found not in ("utf-8", "utf-8-sig"):
            return wording("it is saved as «Unicode»; open it in Notepad and save it as UTF-8")
        line = data.count(b"\n", 0, start) + 1
        return wording("line {line} holds letters that are no UTF-8; delete them and type them anew", line=line)
    if found == "iso8859-6":
        return wording("it is saved in the Arabic letters of ISO 8859-6; ask for it saved as UTF-8")
    if found:
        return wording("it is saved in the old letters of Windows (ANSI); open it in Notepad and save it as UTF-8")
    return _NO_TEXT
