"""How often a text says a thing was done, beside the dates it gives: «چهار نشست» and four days."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assembler.base.problems import Problem
from assembler.checks.rules.numbers_said import holds, said_numbers
from assembler.checks.rules.subject import Subject
from assembler.checks.words.written_dates import dates_in
from assembler.model.answers import texts_in
from assembler.model.rules import Times


def times(subject: Subject[Times]) -> Iterator[Problem]:
    """Numbers other than those of the different days in the text; a text with one date or none lists none."""
    days = {day for text in texts_in(subject.item.value) for _, day, _ in dates_in(text)}
    if len(days) < _FEWEST:
        return
    for found in said_numbers(subject):
        if not holds(found, Fraction(len(days))):
            told = {"said": found.number, "dates": len(days), "label": subject.item.spec.shown}
            yield subject.find("times-differ", found.place, **told)


_FEWEST = 2
