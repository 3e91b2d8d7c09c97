"""The kinds of answers that several places treat alike."""

from __future__ import annotations

YEAR = "year"
WHOLES = ("integer", YEAR)  # numbers without a fraction
FILES = ("image", "file")
NUMBERS = ("integer", "decimal", "percent", YEAR)
FIRST_YEAR, LAST_YEAR = 1300, 1499  # of the Jalali calendar, as the years of people, offices and reports are
GREGORIAN_YEARS = range(1900, 2101)
MOST_SHOWN = 15  # choices that are listed before a question; of more only those that are looked for


class Worded(str):
    """The name of a choice with the words that were asked for beside it: «other», and what."""

    words: str

    def __new__(cls, name: str, words: str) -> Worded:
        made = super().__new__(cls, name)
        made.words = words
        return made
