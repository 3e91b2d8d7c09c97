"""The language of what is printed, its calendar and its digits: those of the report, whatever the terminal speaks.

They belong to the context (``contextvars``), as the language of messages does: a paper is made in one, from its first
text to its page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import product, starmap
from typing import Literal

from assembler.base.english import ENGLISH


@dataclass(frozen=True)
class Tongue:
    """What a paper is written in; dates are kept in the Jalali calendar whichever they are printed in."""

    language: Literal["fa", "en"] = "fa"
    calendar: Literal["jalali", "gregorian"] = "jalali"
    digits: Literal["persian", "latin"] = "persian"

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        return "rtl" if self.language == "fa" else "ltr"

    @property
    def code(self) -> str:
        """As documents name their language."""
        return "fa-IR" if self.language == "fa" else "en-GB"


PERSIAN = Tongue()
TONGUES = tuple(starmap(Tongue, product(("fa", "en"), ("jalali", "gregorian"), ("persian", "latin"))))


def tongue_of(told: Mapping[str, str]) -> Tongue:
    """A tongue by its three words as records hold them; Persian where they name none."""
    return next((each for each in TONGUES if vars(each) == told), PERSIAN)


_tongue: ContextVar[Tongue] = ContextVar("tongue", default=PERSIAN)


def tongue() -> Tongue:
    """What is printed now."""
    return _tongue.get()


@contextmanager
def printed_in(chosen: Tongue) -> Iterator[None]:
    """All that is printed within the block is written so."""
    token = _tongue.set(chosen)
    try:
        yield
    finally:
        _tongue.reset(token)


def printed_words(persian: str, /, *, sense: str = "", **places: object) -> str:
    """Words the engine itself prints, in the language of the paper, with their places filled; a ``sense`` tells apart
    what is one word in Persian.
    """
    words = persian if tongue().language == "fa" else ENGLISH[f"{persian} ({sense})" if sense else persian]
    return words.format_map(places) if places else words
