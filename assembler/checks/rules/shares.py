"""Percentages a text gives in brackets behind the counts they are of: «از ۲۴۰ نفر، ۲۱۶ نفر (۹۰ درصد)»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import islice

from assembler.base.persian import parse_number
from assembler.base.problems import Place, Problem
from assembler.checks.rules.numbers_said import Said, folded, judged, shown
from assembler.checks.rules.subject import Subject
from assembler.checks.rules.texts import texts_of
from assembler.checks.words.number_words import hedge_before, number_in_words, number_words
from assembler.model.rules import Shares

_DIGITS = r"(?<![\d/.,٫٬،\-–−])\d+(?:[.,٫٬]\d+)*(?![\d/])"
_SENTENCE_END = re.compile(r"[؛;\n]|[.؟!](?!\d)")
# What the percentages of a sentence are of, but not «بیش از ۲۴۰ نفر» nor «پس از ۳ روز».
_WHOLE = re.compile(
    rf"(?<!\w)(?<!بیش )(?<!بیشتر )(?<!کمتر )(?<!کم )(?<!پس )(?<!پیش )(?<!قبل )(?<!بعد )از\s+(?P<whole>{_DIGITS})(?=\s)"
)
# A count with its percentage behind it, and no number between the two.
_SHARE = re.compile(
    rf"(?P<part>{_DIGITS})(?=\s)[^()\d]{{0,80}}\((?P<before>[^()\d]*)(?P<percent>{_DIGITS})\s*(?:درصد|[%٪])\s*\)"
)
_CHANGES = re.compile(r"(?<!\w)(?:به|تا|الی)\s+$")  # «از ۲۱ به ۱۴ (۳۳ درصد)» is no share
_BRACKETS = re.compile(r"\([^()]*\)")
_YEARS = range(1300, 1450)
_MOST_COUNTS = 30  # of a sentence: more of them make any percentage


def shares(subject: Subject[Shares]) -> Iterator[Problem]:
    """Percentages that no rounding, or only an unusual one, makes of the counts before them."""
    for text, place in texts_of(subject.item):
        for sentence in _SENTENCE_END.split(folded(text)):
            for found, part, whole in shares_said(sentence, place):
                code = judged(found, part / whole * 100)
                if code and not explained(found, sentence):
                    evidence = {"part": shown(part), "whole": shown(whole), "percent": shown(part / whole * 100)}
                    yield subject.find(code, place, said=found.number, **evidence)


def shares_said(sentence: str, place: Place) -> Iterator[tuple[Said, Fraction, Fraction]]:
    """The percentages of a sentence that names its whole first, with the count before each and that whole."""
    named = _WHOLE.search(sentence)
    whole = _number(named["whole"]) if named else None
    if named is None or not whole or _YEARS.start <= whole < _YEARS.stop:
        return
    for match in _SHARE.finditer(sentence, named.end()):
        part, percent = _number(match["part"]), parse_number(match["percent"])
        if part is None or percent is None or part > whole or _CHANGES.search(sentence[: match.start()]):
            continue
        yield Said(percent, hedge_before(match["before"]), place), part, whole


def explained(found: Said, sentence: str) -> bool:
    """Whether any two counts of the sentence make the percentage: it may rest on another base than the first."""
    sentence = _BRACKETS.sub(" ", sentence)
    read = (_count(match, sentence) for match in islice(_numbers().finditer(sentence), _MOST_COUNTS))
    counts = {number for number in read if number}
    pairs = ((part, whole) for part in counts for whole in counts if part <= whole)
    return any(not judged(found, part / whole * 100) for part, whole in pairs if part != whole)


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"{_DIGITS}|{number_words()}")


def _count(match: re.Match[str], sentence: str) -> Fraction | None:
    if match.group()[0].isdigit():
        return _number(match.group())
    number = number_in_words(match.group(), sentence[: match.start()], "")
    return None if number is None else Fraction(number)


def _number(digits: str) -> Fraction | None:
    number = parse_number(digits)
    return None if number is None else Fraction(number)
