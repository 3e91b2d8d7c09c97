"""What stands in the registry of one letter, and under which spellings it is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import jdatetime

from assembler.base.persian import fold, normalise, parse_date

# Reserved for a letter that is not yet out; the number of a letter that is; a number that stands for no letter.
State = Literal["open", "recorded", "void"]
STATES: tuple[State, ...] = get_args(State)

_PADDING = re.compile(r"(?<!\d)0+(?=\d)")


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

    ``given`` is the day the number was reserved, ``date`` that of the letter; ``path`` is relative to the registry's
    folder where it lies below it.
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

    @property
    def key(self) -> LetterKey:
        return LetterKey(self.case, self.letter, self.revision)


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of the columns of ``Entry``; a blank date is none."""
    entry = Entry._make(row)
    days = (parse_date(text) for text in (row[6], row[7], row[12]))
    given, date, voided = days
    return entry._replace(given=given, date=date, voided=voided)


def plain(number: str) -> str:
    """A number as people type it: in any digits, with or without the zeros in front."""
    return _PADDING.sub("", fold(number))


def search_text(*texts: str) -> str:
    """What a search looks through. Spaces are folded away, so lines keep the texts apart."""
    number = texts[0]
    return "\n".join([plain(number), *(fold(text) for text in texts)])
