"""As ``arithmetic``, of English sentences: «17 of 15 files», «3 of 5 units (70 percent)», «21 letters (13 sent and 9
received)».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from assembler.base.problems import NOWHERE
from assembler.checks.figures.arithmetic import Sum, Wrong, cut, percent_in
from assembler.checks.figures.reading import (
    PERCENT,
    WORD,
    head_at,
    number_pattern,
    ones,
    value_of,
    words_in,
)
from assembler.checks.rules.numbers_said import Said, judged, shown
from assembler.checks.rules.shares import explained
from assembler.checks.words.figure_words import meanings, words_of
from assembler.checks.words.number_words import hedge_before, names_a_thing

_LATIN = re.compile("[a-z]{2}")
_YEARS = range(1900, 2100)
_BEFORE_PARTS = frozenset(("from", "by", "in", "at", "on", "with", "to", "for", "of"))
_FURTHER = 2  # farther from as many as a bracket names it names kinds
_TWO = 2  # kinds are not told apart by one thing
_MOST_WORDS = 5  # of a name


def wrong_in_english(sentence: str) -> Iterator[Wrong]:
    """What is wrong between the numbers of a folded sentence, as far as it is English."""
    if not _LATIN.search(sentence):
        return
    if "of " in sentence:
        yield from _parts_of_wholes(sentence)
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
            words = cut(sentence[match.start() : match.end("whole")] + " " + match["rest"].strip()[:15])
            yield Wrong("part-above-whole", {"words": words, "part": shown(pair[0]), "whole": shown(pair[1])})


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
            pair, percent = _pair(match), percent_in(match["percent"])
            if not pair or percent is None or pair[0] > pair[1]:
                continue
            said = Said(percent, hedge_before(sentence[: match.start("percent")]), NOWHERE)
            code = judged(said, pair[0] / pair[1] * 100)
            if code and not explained(said, sentence):
                part, whole = pair
                evidence = {"part": shown(part), "whole": shown(whole), "percent": shown(part / whole * 100)}
                yield Wrong(code, {"said": percent, **evidence})


# ---------------------------------------------------------------- parts and their total


@cache
def _total() -> tuple[re.Pattern[str], ...]:
    total = rf"(?P<total>{number_pattern()})(?P<noun>(?:\s+{WORD}){{1,5}}?)"
    return (
        re.compile(rf"{total}\s*\((?P<parts>[^()]*)\)"),
        re.compile(rf"{total}(?::|,?\s+(?:of which|of whom|made up of|consisting of|comprising))\s(?P<parts>[^()]*)"),
    )


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"\s*(?P<number>{number_pattern()})\s+(?P<words>[^,()]*)")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"\s*,\s*(?:and\s+)?|\s+and\s+(?={number_pattern()})")


def _totals(sentence: str) -> Iterator[Wrong]:
    for match in (match for pattern in _total() for match in pattern.finditer(sentence)):
        before, words = sentence[: match.start()], words_in(match["noun"])
        total, at = value_of(match["total"], before, "number of"), head_at(words)
        if not total or at is None or names_a_thing(before) or (at < len(words) - 1 and "and" in words):
            continue
        parts = _parts(match["parts"], words[at])
        if len(parts) < 2 or sum(parts) == total:
            continue
        numbers, given = Sum(tuple(shown(part) for part in parts)), sentence[match.start() : match.end("noun")]
        evidence = {"words": given, "numbers": numbers, "sum": shown(sum(parts, Fraction(0))), "total": shown(total)}
        yield Wrong("parts-above-total" if sum(parts) > total else "parts-below-total", evidence)


def _parts(text: str, noun: str) -> Sequence[Fraction]:
    """The numbers of an enumeration to its last «and», where each counts a part of the noun's things; else none."""
    found: list[Fraction] = []
    kinds: set[str] = set()
    at, last = 0, False
    for entry in [*_between().finditer(text), None]:
        end = entry.start() if entry else len(text)
        match = _part().match(text, at, end)
        number = value_of(match["number"], "", "number of") if match else None
        kind = _kind(words_in(match["words"]), noun) if match else ""
        if number is None or not kind:
            return found if last and len(kinds) < _TWO else ()
        found.append(number)
        kinds.update({kind} - {"told"})
        if entry:
            at, last = entry.end(), last or "and" in entry.group()
    return found if last and len(kinds) < _TWO else ()


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
        closed = names[-1].count(" and ") or re.search(r",\s*and\s", match["names"])
        if (
            not closed
            or not words_of("some").isdisjoint(words)
            or any(len(each.split()) > _MOST_WORDS for each in names)
        ):
            continue
        most = len(names) + sum(each.count(" and ") for each in names)
        if total < len(names) or most < total <= most + _FURTHER:
            listed = most if total > most else len(names)
            given = sentence[match.start() : match.end("noun")]
            yield Wrong("listed-differs", {"words": given, "said": shown(total), "listed": listed})
