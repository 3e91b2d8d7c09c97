"""As ``arithmetic``, of English sentences: «17 of 15 files», «3 of 5 units (70 percent)», «21 letters (13 sent and 9
received)».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from assembler.base.problems import NOWHERE
from assembler.checks.figures.reading import (
    PERCENT,
    WORD,
    head_at,
    number_pattern,
    ones,
    value_of,
    words_in,
)
from assembler.checks.figures.wrong import (
    Enumeration,
    Wrong,
    named_in_brackets,
    part_above_whole,
    percent_in,
    share_of,
    total_of,
)
from assembler.checks.rules.numbers_said import Said
from assembler.checks.words.figure_words import meanings, words_of
from assembler.checks.words.number_words import hedge_before, names_a_thing

_LATIN = re.compile("[a-z]{2}")
_YEARS = range(1900, 2100)
_BEFORE_PARTS = frozenset(("from", "by", "in", "at", "on", "with", "to", "for", "of"))
_TWO = 2  # kinds are not told apart by one thing


def wrong_in_english(sentence: str) -> Iterator[Wrong]:
    """What is wrong between the numbers of a folded sentence, as far as it is English."""
    if not _LATIN.search(sentence):
        return
    if "of " in sentence:
        yield from _parts_of_wholes(sentence)
        yield from _parts_behind(sentence)
        yield from _shares(sentence)
    if "(" in sentence or ":" in sentence or " of which" in sentence or " of whom" in sentence or "made up" in sentence:
        yield from _totals(sentence)
        yield from _names(sentence)


# ---------------------------------------------------------------- a part of a whole


def _part_and_whole() -> str:
    number = number_pattern()
    return (
        rf"(?P<part>{number})(?P<noun>(?:\s+{WORD}){{0,3}}?)\s+(?P<out>out\s+)?of\s+"
        rf"(?:the\s+|all\s+|its\s+|our\s+|their\s+|a\s+total\s+of\s+)?(?P<whole>{number})"
    )


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf"{_part_and_whole()}(?P<rest>[^()\d]{{0,80}})")


def _parts_of_wholes(sentence: str) -> Iterator[Wrong]:
    for match in _of().finditer(sentence):
        pair = _pair(match)
        if pair and pair[0] > pair[1] and _alike(match):
            yield part_above_whole(match, pair)


@cache
def _whole_before() -> re.Pattern[str]:
    number = number_pattern()
    return re.compile(
        rf"(?P<whole>{number})(?P<noun>(?:\s+{WORD}){{1,5}}?),?\s+of\s+(?:which|whom|these|them)(?:,|\s+only)?\s+"
        rf"(?P<part>{number})(?P<rest>[^()\d]{{0,60}})"
    )


def _parts_behind(sentence: str) -> Iterator[Wrong]:
    """«53 proposals, of which 71 were accepted»."""
    for match in _whole_before().finditer(sentence):
        pair, noun = _pair(match), words_in(match["noun"])
        is_share = re.match(rf"\s*{PERCENT}", match["rest"])
        if pair and pair[0] > pair[1] and head_at(noun) is not None and not is_share:
            yield part_above_whole(match, pair)


def _pair(match: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    """Part and whole; None where one of them is a year, a clause or no number."""
    before = match.string[: match.start()]
    part, whole = (value_of(match[name], "", "number of") for name in ("part", "whole"))
    if part is None or not whole or names_a_thing(before) or _YEARS.start <= whole < _YEARS.stop:
        return None
    return part, whole


def _alike(match: re.Match[str]) -> bool:
    """Whether both count the same: «12 of 5 files», «12 files out of 5», but not «12 teams of 5 people»."""
    noun, rest = words_in(match["noun"])[-1:], words_in(match["rest"])
    at = head_at(rest)
    if not noun:
        return True
    return bool(match["out"]) if at is None else bool(ones(noun[0]) & ones(rest[at]))


# ---------------------------------------------------------------- percentages


@cache
def _shares_said() -> tuple[re.Pattern[str], ...]:
    number = number_pattern()
    percent = rf"(?P<percent>{number})\s*{PERCENT}"
    return (
        re.compile(
            rf"{_part_and_whole()}(?P<rest>[^()\d]{{0,80}}?)(?:\([^()\d]*|,?\s(?:that is|or|equal to)\s+){percent}"
        ),
        re.compile(rf"{percent}[^()\d]{{0,40}}\(\s*{_part_and_whole()}(?P<rest>[^()\d]*)\)"),
        re.compile(
            rf"\bof\s+(?:the\s+|all\s+)?(?P<whole>{number})(?:\s+{WORD}){{0,3}},?\s+(?P<part>{number})"
            rf"(?P<noun>)(?P<out>)(?P<rest>[^()\d]{{0,60}})\([^()\d]*{percent}"
        ),
    )


def _shares(sentence: str) -> Iterator[Wrong]:
    for pattern in _shares_said():
        for match in pattern.finditer(sentence):
            pair, percent = _pair(match), percent_in(match["percent"], "number of")
            if pair and percent is not None and pair[0] <= pair[1]:
                hedge = hedge_before(sentence[: match.start("percent")])
                yield from share_of(Said(percent, hedge, NOWHERE), pair, sentence)


# ---------------------------------------------------------------- parts and their total


@cache
def _total() -> tuple[re.Pattern[str], ...]:
    total = rf"(?P<total>{number_pattern()})(?P<noun>(?:\s+{WORD}){{1,5}}?)"
    return (
        re.compile(rf"{total}\s*\((?P<parts>[^()]*)\)"),
        re.compile(rf"{total}(?::|,?\s+(?:of which|of whom|made up of|consisting of|comprising))\s(?P<parts>[^()]*)"),
    )


@cache
def _enumeration() -> Enumeration:
    return Enumeration(
        between=re.compile(rf"\s*,\s*(?:and\s+)?|\s+and\s+(?={number_pattern()})"),
        part=re.compile(rf"\s*(?P<number>{number_pattern()})\s+(?P<words>[^,()]*)"),
        last="and",
        said="number of",
    )


def _totals(sentence: str) -> Iterator[Wrong]:
    for match in (match for pattern in _total() for match in pattern.finditer(sentence)):
        before, words = sentence[: match.start()], words_in(match["noun"])
        total, at = value_of(match["total"], before, "number of"), head_at(words)
        if not total or at is None or names_a_thing(before) or (at < len(words) - 1 and "and" in words):
            continue
        parts = _parts(match["parts"], words[at])
        yield from total_of(sentence[match.start() : match.end("noun")], total, parts)


def _parts(text: str, noun: str) -> Sequence[Fraction]:
    """The numbers of an enumeration to its last «and», where each counts a part of the noun's things and one thing at
    most tells them apart; else none.
    """
    kinds: set[str] = set()

    def fits(words: str) -> bool:
        kind = _kind(words_in(words), noun)
        kinds.update({kind} - {"", "told"})
        return bool(kind)

    found = _enumeration().numbers(text, fits) if " and " in text else ()
    return found if len(kinds) < _TWO else ()


def _kind(words: Sequence[str], noun: str) -> str:
    """By what a part is told from the others: «13 sent», «96 by phone», «9 letters from units»; «» when it is none."""
    if not words:
        return ""
    if words[0] in _BEFORE_PARTS or ones(words[0]) & ones(noun):
        return "told"
    kinds = meanings("parts")
    kind = next((kinds[word] for word in words if word in kinds), "")
    persons = not ones(noun).isdisjoint(words_of("persons"))
    return kind if persons or kind not in words_of("of persons") else ""


# ---------------------------------------------------------------- names in brackets


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<total>{number_pattern()})\s+(?P<noun>{WORD})\s*\((?P<names>[^():\d…]*,[^():\d…]*)\)")


def _names(sentence: str) -> Iterator[Wrong]:
    """«four units (finance, staff and law)»; a name may have an «and» of its own."""
    for match in _named().finditer(sentence):
        before, names = sentence[: match.start()], re.split(r"\s*,\s*(?:and\s+)?", match["names"].strip())
        noun, words = words_in(match["noun"])[0], words_in(match["names"])
        total = value_of(match["total"], before, "number of")
        if not total or names_a_thing(before) or hedge_before(before) or ones(noun).isdisjoint(words_of("named")):
            continue
        closed = " and " in names[-1] or re.search(r",\s*and\s", match["names"])
        if closed and words_of("some").isdisjoint(words):
            yield from named_in_brackets(sentence[match.start() : match.end("noun")], total, names, " and ")
