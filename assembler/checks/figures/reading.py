"""Numbers in running text, with what they count and the words around them that tell which of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from assembler.base.persian import ZWNJ, fold, parse_number
from assembler.checks.words.figure_words import meanings, number_words_bare, ordinal, ordinals, words_of
from assembler.checks.words.number_words import Hedge, hedge_before, names_a_thing, number_in_words, number_words

DIGITS = r"(?<![\w/.,٫٬،\-–−])\d+(?:[.,٫٬]\d+)*(?![\w/]|[.\-–−]\d)"
WORD = rf"[^\W\d_][\w{ZWNJ}]*"
PERCENT = r"(?:درصد|per ?cent|[%٪])"
YEARS = range(1300, 1450)
_YEARS_ABROAD = range(1900, 2100)
_YEAR_IN_SHORT = 100  # below it a number behind «سال» may be one
_SENTENCE_END = re.compile(r"[؛;\n]|[.؟!](?!\d)")
_CLAUSE_END = re.compile(r"[،,:؛.()«»\[\]\n]")
_PERCENT_BEHIND = re.compile(rf"[\s{ZWNJ}]*{PERCENT}")
_YEAR_BEHIND = re.compile(r"\b(?:in|since|of|by|until|to|from|and|for|before|after|during)\s+$")
_RANGE_BEFORE = re.compile(r"(?P<low>\d+(?:[.,٫٬]\d+)*)\s*(?:تا|الی|to)\s*$")
_CLAUSE_BEFORE = re.compile(rf"{_CLAUSE_END.pattern}|(?:است|اند|بود|شد|شده|کرد|دارد|رسید)\s+و\s")
_WORD = re.compile(WORD)
_FAR = 24  # characters before a number in which the one it is a range with stands
_MOST_BEFORE = 4  # words between a number and what it counts: «six newly opened rural health houses»
_SHORTEST = 3  # letters of an English word that may be of several things
_MANY = 400  # characters of a sentence behind which it is no sentence anybody reads


class Figure(NamedTuple):
    """A number in a sentence: ``noun`` is what it counts, ``after`` and ``before`` the words of its clause around it.

    ``every`` tells that «هر» or a word like it stands before it, ``of_all`` that «از» does: «سه خدمت از هشت خدمت»;
    ``ordinal`` that it is one's place among them; ``low`` is where a range begins that it ends: «۳ تا ۵ جلسه».
    """

    value: Fraction
    noun: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    hedge: Hedge
    every: bool
    of_all: bool
    ordinal: bool
    span: tuple[int, int]
    shown: str
    low: Fraction | None = None


@cache
def number_pattern() -> str:
    """A number in digits or words."""
    return rf"(?:{DIGITS}|{number_words()})"


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(number_pattern())


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Where a text says numbers, in digits or words."""
    return _numbers().finditer(text)


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a folded text that hold anything to be read."""
    return tuple(each.strip() for each in _SENTENCE_END.split(text) if each and len(each) < _MANY)


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(word) for word in _WORD.findall(text))


def value_of(number: str, before: str = "", said: str = "") -> Fraction | None:
    """The value of a number in digits or words; of words after «هر» too."""
    if number[0].isdigit():
        parsed = parse_number(number)
        return None if parsed is None else Fraction(parsed)
    words = number_in_words(number, before, said)
    return None if words is None else Fraction(words)


def is_year(value: Fraction) -> bool:
    """Whether a number is mostly a year's. (A fraction would be looked for in the range year by year.)"""
    return YEARS.start <= value < YEARS.stop


# A number with what it counts behind it, or of what it is a part before it.
_COUNTING = re.compile(rf"\d[\s{ZWNJ}]*(?:[^\W\d]|[%٪])|از\s+\d")
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _number_words_alone() -> frozenset[str]:
    made = number_words_bare()
    return frozenset(
        (*made, *meanings("ordinals"), *(word + end for word in made for end in ("م", "مین", "ام", "امین")))
    )


def may_count(text: str) -> bool:
    """Whether a text may say a number of something: told fast, for tables have texts by the hundred thousand."""
    return bool(_COUNTING.search(text)) or not _number_words_alone().isdisjoint(_LETTERS.findall(text))


@cache
def _any_number() -> re.Pattern[str]:
    return re.compile(rf"\d|{number_words()}|{ordinals().pattern}")


def says_a_number(sentence: str) -> bool:
    """Whether a sentence says any number at all."""
    return bool(_any_number().search(sentence))


@lru_cache(maxsize=4096)
def figures(sentence: str) -> tuple[Figure, ...]:
    """The numbers of a sentence that count something."""
    return tuple(sorted((*_counts(sentence), *_places(sentence)), key=lambda each: each.span))


def _counts(sentence: str) -> Iterator[Figure]:
    for match in _numbers().finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        near = words_in(before[-20:])[-1:]
        every = bool(near) and near[0] in words_of("all")
        value = value_of(match.group(), before, "هر" if every else "")
        if value is None or is_year(value) or _named(before, value, after) or _is_year_abroad(value, before):
            continue
        low = _low(before)
        if _in_range(before, after) and low is None:
            continue
        noun, following = _noun(after)
        ahead = words_in(_CLAUSE_BEFORE.split(_numbers().split(before)[-1])[-1])
        shown = _cut(sentence[match.start() : match.end() + 25].split("\n")[0])
        hedge, of_all = hedge_before(before), _of_all(before)
        if low is not None:
            shown = before[len(before) - _length_of_range(before) :] + shown
        yield Figure(value, noun, ahead, following, hedge, every, of_all, False, match.span(), shown, low)


def _noun(after: str) -> tuple[str, tuple[str, ...]]:
    """What a number counts, by the text behind it, and the words that follow."""
    percent = _PERCENT_BEHIND.match(after)
    if percent:
        after = after[percent.end() :]
        return "درصد", _until_number(after, words_in(_CLAUSE_END.split(after, maxsplit=1)[0]))
    words = words_in(_CLAUSE_END.split(after, maxsplit=1)[0] if after[:1] in (" ", ZWNJ) else "")
    words = _until_number(after, words)
    return _head(words) if words and words[0].isascii() else (words[0] if words else "", words[1:])


def head_at(words: Sequence[str]) -> int | None:
    """Which of the words of an English phrase is what there are several of: of «cold chain managers» the last."""
    for at, word in enumerate(words[:_MOST_BEFORE]):
        if word in words_of("ends"):
            return None
        if is_many(word):
            return at
    return None


def _head(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    at = head_at(words)
    return ("", words) if at is None else (words[at], (*words[:at], *words[at + 1 :]))


def is_many(word: str) -> bool:
    """Whether an English word is of several things."""
    if not word.isascii() or word in words_of("ends"):
        return False
    return word in meanings("one of") or (len(word) > _SHORTEST and word.endswith("s") and not word.endswith("ss"))


def _is_year_abroad(value: Fraction, before: str) -> bool:
    return _YEARS_ABROAD.start <= value < _YEARS_ABROAD.stop and bool(_YEAR_BEHIND.search(before))


def _length_of_range(before: str) -> int:
    match = _RANGE_BEFORE.search(before[-_FAR:])
    return len(match.group()) if match else 0


def _low(before: str) -> Fraction | None:
    match = _RANGE_BEFORE.search(before[-_FAR:])
    number = parse_number(match["low"]) if match else None
    return None if number is None else Fraction(number)


def _named(before: str, value: Fraction, after: str) -> bool:
    """Whether a number is a clause's, a place's or a year's; «در طول سال ۱۸۷ مورد» is no year."""
    if not names_a_thing(before):
        return False
    counted = value >= _YEAR_IN_SHORT or words_in(after[:12])[:1] in (("مورد",), ("نفر",))
    return not (before.rstrip().endswith("سال") and counted)


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile(rf"{number_pattern()}(?:\s+{WORD}){{1,2}}\s+از\s+$")


def _of_all(before: str) -> bool:
    """«سه خدمت از » before a number: it is what the part is of."""
    return before.rstrip().endswith(" از") and bool(_part_before().search(before))


def _until_number(after: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the next number."""
    following = _numbers().search(after)
    return words if following is None else words_in(_CLAUSE_END.split(after[: following.start()], maxsplit=1)[0])


def _cut(shown: str) -> str:
    """A number with the two or three words behind it."""
    words = _CLAUSE_END.split(shown.strip(), maxsplit=1)[0].split()[:4]
    while len(words) > 2 and words[-1] in ("و", "که", "از", "به", "در", "با", "را"):
        words.pop()
    return " ".join(words)


def _in_range(before: str, after: str) -> bool:
    return bool(re.search(r"\d\s*(?:تا|الی|[-–−])\s*$", before[-12:]) or re.match(r"\s*(?:تا|الی|[-–−])\s*\d", after))


def _places(sentence: str) -> Iterator[Figure]:
    """«پنجمین جلسه», «جلسه پنجم»."""
    for match in ordinals().finditer(sentence):
        leads = match.group().endswith("ین") or match.group().isascii()
        words = sentence[match.end() :].split()[:1] if leads else sentence[: match.start()].split()[-1:]
        noun = words_in(words[0]) if words else ()
        if noun:
            shown = " ".join((match.group(), *words) if leads else (*words, match.group()))
            after = words_in(_CLAUSE_END.split(sentence[match.end() :], maxsplit=1)[0])[leads:]
            yield Figure(Fraction(ordinal(match)), noun[0], (), after, "", False, False, True, match.span(), shown)


# ---------------------------------------------------------------- one and many

_ENDINGS = ("هایی", "های", "ها")
_MANY_OF = (("اتی", ("ت", "ه", "")), ("ات", ("ت", "ه", "")), ("انی", ("",)), ("ان", ("",)), ("ین", ("",)))


@lru_cache(maxsize=4096)
def ones(word: str) -> frozenset[str]:
    """What one of a folded word's things may be called: of «جلسات» «جلسه», of «خدمات» «خدمت», of «مدیران» «مدیر»."""
    found = {word}
    if word.isascii():
        return frozenset((word, *_ones_abroad(word)))
    if word in meanings("one of"):
        found.add(meanings("one of")[word])
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found.add(word.removesuffix(ending))
    for ending, instead in _MANY_OF:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found.update(word.removesuffix(ending) + other for other in instead)
    if word.endswith(("ای", "وی")) and len(word) > 3:  # «۵ خطای فهرست»
        found.add(word[:-1])
    if word.endswith("گان") and len(word) > 5:
        found.add(word.removesuffix("گان") + "ه")
    return frozenset(found)


def _ones_abroad(word: str) -> Iterator[str]:
    if word in meanings("one of"):
        yield meanings("one of")[word]
    elif is_many(word):
        yield word[:-1]
        if word.endswith("ies"):
            yield word[:-3] + "y"
        elif word.endswith(("ses", "xes", "ches", "shes")):
            yield word[:-2]
