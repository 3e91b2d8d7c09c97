"""What stands in the registry of one letter, and under which spellings it is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import jdatetime

from assembler.base.persian import fold, normalise, parse_date

# Reserved for a letter that is not yet out; the number of one that is issued, that was signed, that was sent; a number
# that stands for no letter.
State = Literal["open", "recorded", "signed", "sent", "void"]
STATES: tuple[State, ...] = get_args(State)

_PADDING = re.compile(r"(?<!\d)0+(?=\d)")


_DAYS = ("given", "date", "voided", "signed", "sent")


class LetterKey(NamedTuple):
    """Which letter a number is for. Texts that differ in spelling only, such as Arabic ي for ی, are the same."""

    case: str
    letter: str
    revision: int = 1

    def tidied(self) -> LetterKey:
        """The key in one spelling. Raises ValueError when a part is blank or the revision below 0."""
        case, letter = normalise(self.case), normalise(self.letter)
        if not case or not letter or self.revision < 0:
            raise ValueError(f"no key of a letter: {self}")
        return LetterKey(case, letter, self.revision)


class Entry(NamedTuple):
    """A row of the registry, in the order of the table's columns.

    ``state`` is the furthest the letter has come. ``given`` is the day the number was reserved, ``date`` that of the
    letter, ``signed`` and ``sent`` the days it was; ``path`` and ``scan_path``, of the signed copy, are relative to the
    registry's folder where they lie below it.
    """

    number: str
    state: State
    serial: int
    case: str
    letter: str
    revision: int
    given: jdatetime.date
    date: jdatetime.date | None
    subject: str
    recipient: str
    sha256: str
    path: str
    voided: jdatetime.date | None
    why: str
    signed: jdatetime.date | None
    scan_sha256: str
    scan_path: str
    sent: jdatetime.date | None
    sent_by: str

    @property
    def is_recorded(self) -> bool:
        """Whether it stands for a letter that is out."""
        return self.state in ("recorded", "signed", "sent")

    @property
    def day(self) -> jdatetime.date:
        """The day by which it stands in the registry."""
        return self.date or self.given

    @property
    def key(self) -> LetterKey:
        return LetterKey(self.case, self.letter, self.revision)


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of the columns of ``Entry``; a blank date is none."""
    told: dict[str, Any] = dict(zip(Entry._fields, row, strict=True))
    return Entry(**told | {name: parse_date(told[name]) for name in _DAYS})


def plain(number: str) -> str:
    """A number as people type it: in any digits, with or without the zeros in front."""
    return _PADDING.sub("", fold(number))


def search_text(*texts: str) -> str:
    """What a search looks through. Spaces are folded away, so lines keep the texts apart."""
    number = texts[0]
    return "\n".join([plain(number), *(fold(text) for text in texts)])
