"""How alike two headers are that may mean the same: spelled otherwise, cut, mistyped, in other words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from assembler.base.lexicon import either, folded, lexicon, standing
from assembler.base.persian import ZWNJ, fold, latin_digits, normalise

_SIGNS = re.compile(r"[^\w\s]|_")
_TELLING = 4  # letters of a header that say something within another
_WORD_ALIKE = 0.75
_LISTS = lexicon(__file__, "words")
_MEANS = {fold(word): fold(meaning) for word, meaning in standing(_LISTS["synonyms"]).items()}
_DENIALS = folded(_LISTS["denials"])
_PARTING = folded(_LISTS["parting"]) | _DENIALS
_AT_ODDS = 0.79  # less than is taken unasked
_MISTYPED = 0.93  # as alike as the letters of two texts are of which one is joined or mistyped
_BRACKETS = re.compile(r"\([^)]*\)")
_SYNONYM = 0.94  # as alike as two words are that stand for one another
_IDLE = folded(_LISTS["idle"])
_SCOPES, _AMOUNTS, _MONIES = (folded(_LISTS[name]) for name in ("scopes", "amounts", "monies"))
_COUNTS = folded(_LISTS["counts"])
_REMARKS = folded(_LISTS["remarks in headers"])
_ALL_AMOUNTS = re.compile(rf"(?:\bبه|[(:\-–]|واحد\w*|\bin)\s*(?:{either(_LISTS['amounts'])})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.\-])1[34]\d\d(?![\d/.])")
_OF_LAW = re.compile(r"(?:مصوب|مورخ|قانون|ابلاغ\w*|شماره|بخشنامه)\s*(?:سال\s*)?$")
_CAPTION = re.compile(rf"^\s*(?:{either(_LISTS['captions'])})?\s*[۰-۹0-9٠-٩\-–/ ().]*[-–ـ:.]?\s*")
_CACHE = 400_000


@lru_cache(_CACHE)
def letters(text: str) -> str:
    """A text as its letters and digits, under which spellings meet."""
    return _SIGNS.sub("", fold(text))


@lru_cache(_CACHE)
def words(text: str) -> tuple[str, ...]:
    """The telling words of a text, folded."""
    plain = _SIGNS.sub(" ", normalise(text).replace(ZWNJ, " "))
    return tuple(word for word in map(fold, plain.split()) if word and word not in _IDLE)


@lru_cache(_CACHE)
def alike(one: str, other: str) -> float:
    """How likely two headers are those of one thing, from 0 to 1."""
    left, right = letters(one), letters(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    found = max(fuzz.ratio(left, right) / 100, _of_words(words(one), words(other)), _held(left, right))
    return _AT_ODDS if found > _AT_ODDS and at_odds(one, other) else found


@lru_cache(_CACHE)
def at_odds(one: str, other: str) -> bool:
    """Whether each of two headers says a word the other has not: «strengths of it», «weaknesses of it». However long
    the rest that is the same, they may be headers of two things; so may those that say different numbers, and those of
    which one says «women» or «not» and the other does not.
    """
    if _other_numbers(words(one), words(other)):
        return True
    left, right = _left_over(words(one), words(other)), _left_over(words(other), words(one))
    if not _PARTING.isdisjoint((*left, *right)):
        return True
    return bool(left and right) and fuzz.ratio("".join(left), "".join(right)) < 100 * _WORD_ALIKE


def _other_numbers(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether both say numbers, and not the same in the same order."""
    numbers = [[word for word in each if word.isdecimal()] for each in (one, other)]
    return all(numbers) and numbers[0] != numbers[1]


@lru_cache(_CACHE)
def says_same(one: str, other: str) -> bool:
    """Whether two headers say the same words, mistyped or joined be they; what stands in brackets may be left out."""
    pairs = ((one, other), (_BRACKETS.sub(" ", one), _BRACKETS.sub(" ", other)))
    return any(_same(words(left), words(right)) for left, right in pairs)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    left, right = _left_over(one, other), _left_over(other, one)
    if not one or not other or not _PARTING.isdisjoint((*left, *right)) or _other_numbers(one, other):
        return False
    if any(word.isdecimal() for word in (*left, *right)):
        return False
    return left == right or fuzz.ratio("".join(one), "".join(other)) >= 100 * _MISTYPED


def _left_over(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The words of one that no word of the other stands for; each of those stands for one."""
    mine, free = [word for word in one if word not in other], [word for word in other if word not in one]
    found = []
    for word in mine:
        same = next((each for each in free if _stands_for(word, each)), None)
        if same is None:
            found.append(word)
        else:
            free.remove(same)
    return found


def _stands_for(word: str, other: str) -> bool:
    if word.isdecimal() or other.isdecimal() or not _PARTING.isdisjoint((word, other)):
        return _MEANS.get(word, word) == _MEANS.get(other, other)
    if any(
        one.startswith(no) and one.removeprefix(no) == two
        for no in _DENIALS
        for one, two in ((word, other), (other, word))
    ):
        return False
    return _word(word, other) >= _WORD_ALIKE


def _held(one: str, other: str) -> float:
    """Of one that says all that the other says, and more."""
    short, long = sorted((one, other), key=len)
    return 0.72 + 0.25 * len(short) / len(long) if len(short) >= _TELLING and short in long else 0.0


def _of_words(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return 0.0
    ahead, back = _share(one, other), _share(other, one)
    both = 2 * ahead * back / (ahead + back) if ahead + back else 0.0
    few, many = sorted((len(one), len(other)))
    within = 0.9 * max(ahead, back) * (0.75 + 0.25 * few / many) if few >= 2 else 0.0
    return max(both, within)


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """Which share of the words of one stand in the other, by their letters."""
    whole = found = 0.0
    for word in one:
        best = 1.0 if word in other else max(_word(word, each) for each in other)
        whole += len(word)
        found += len(word) * best if best >= _WORD_ALIKE else 0.0
    return found / whole


def _word(one: str, other: str) -> float:
    if _MEANS.get(one, one) == _MEANS.get(other, other):
        return _SYNONYM
    return fuzz.ratio(one, other) / 100


@lru_cache(_CACHE)
def scopes(text: str) -> frozenset[str]:
    """What a text says of how much, of when or of what kind numbers are: words, and years."""
    return frozenset(_MEANS.get(word, word) for word in words(text) if word in _SCOPES) | years(text)


def years(text: str) -> frozenset[str]:
    """The years a text speaks of; not those of days, and not of when something was decreed."""
    plain = latin_digits(text)
    return frozenset(found[0] for found in _YEAR.finditer(plain) if not _OF_LAW.search(plain[: found.start()]))


def all_amounts(text: str) -> frozenset[str]:
    """What a line above a table says all its amounts are counted in, such as «(amounts in million rials)»."""
    said = frozenset(words(text))
    return said & (_AMOUNTS | _MONIES) if _ALL_AMOUNTS.search(normalise(text)) else frozenset()


def amounts_of(text: str) -> frozenset[str]:
    """In what amounts a header says its numbers are counted."""
    return _AMOUNTS & set(words(text))


def counts_things(text: str) -> bool:
    """Whether a header says that things are counted below it, which no line on amounts of money is about."""
    return not _COUNTS.isdisjoint(words(text))


def counts_money(text: str) -> bool:
    """Whether a header says in what money its numbers are, or in what amounts."""
    return not (_AMOUNTS | _MONIES).isdisjoint(words(text))


@lru_cache(_CACHE)
def says_more(one: str, other: str) -> bool:
    """Whether a header says a telling word another does not: what is narrower is not the same. Mistyped words, and
    those written together, say no more.
    """
    if letters(one) in letters(other) or fuzz.ratio(letters(one), letters(other)) >= 100 * _MISTYPED:
        return False
    whole, theirs = "".join(words(other)), words(other)
    more = (word for word in words(one) if word not in _REMARKS | _COUNTS and word not in whole)
    return any(not any(_stands_for(word, each) or _is_slip(word, each) for each in theirs) for word in more)


def _is_slip(word: str, other: str) -> bool:
    """Whether a short word is another with a letter too many, too few, or two that changed places."""
    return not word.isdecimal() and len(word) > 1 and OSA.distance(word, other) == 1 and len(word) + len(other) > 5


def most_alike(texts: Iterable[str], others: Sequence[str]) -> float:
    """How alike the nearest of two sides are."""
    return max((alike(text, other) for text in texts for other in others), default=0.0)


def without_number(text: str) -> str:
    """A caption without «جدول ۳-»."""
    return _CAPTION.sub("", text)
