"""Numbers said in a text, against what the data give: counts, and percentages under the roundings people use.

A phrase of the rule stands for what may be written in several ways: digits of any kind or number words, joined or
spaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from assembler.base.persian import LRM, RLM, ZWNJ, latin_digits, normalise, parse_number
from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.checks.rules.texts import texts_of
from assembler.checks.words.number_words import Hedge, hedge_before, names_a_thing, number_in_words, number_words
from assembler.model import rules

_GAP = rf"[\s{ZWNJ}{LRM}{RLM}]*"
# A number, but not the tail of a date (۹۹/۱۱/۲۵) nor of a range (۱۰-۱۲).
_DIGITS = rf"(?<!\d)(?<!\d[/.,٫٬،\-–−])(?P<number>\d+(?:[/.,٫٬،]\d+)*)(?![/\-–−]?\d)[{LRM}{RLM}]*"
_RANGE = re.compile(r"\d\s*(?:تا|الی|[-–−])\s*$")
# Letters that one sign tells apart; texts are compared without it. Spaces stay, so `fold` cannot be used on a text.
_SIGNS = re.compile("[\u064b-\u065f\u0670]")
_BARE = str.maketrans("أإآؤئةۀ", "اااویهه")


@dataclass(frozen=True)
class Said:
    """A number as a text says it; ``hedge`` tells how: «about», «at least», «at most» or «» for exactly."""

    number: Decimal
    hedge: Hedge
    place: Place

    @property
    def decimals(self) -> int:
        exponent = self.number.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def said(subject: Subject[rules.Said]) -> Iterator[Problem]:
    """A number said in a text that differs from the one the data give."""
    truth = _number(subject.value(subject.words.equals))
    if truth is None:
        return
    for found in said_numbers(subject):
        if not holds(found, truth):
            message, counted = subject.filled.message, shown(truth)
            yield subject.find("count-differs", found.place, message=message, said=found.number, counted=counted)


def percent(subject: Subject[rules.Percent]) -> Iterator[Problem]:
    """A percentage said in a text that no rounding, or only an unusual one, makes of part ÷ whole."""
    part, whole = (_number(subject.value(one)) for one in (subject.words.part, subject.words.whole))
    if part is None or not whole:
        return
    truth = part / whole * 100
    for found in said_numbers(subject):
        code = judged(found, truth)
        if code:
            evidence = {"said": found.number, "part": shown(part), "whole": shown(whole), "percent": shown(truth)}
            yield subject.find(code, found.place, **evidence)


def judged(found: Said, truth: Fraction) -> str:
    """The code of what is wrong with a percentage; «» when nothing is.

    Offices round halves up. Cutting off, rounding up and halves to even explain a number too, but readers who compute
    it again will not find it.
    """
    if holds(found, truth):
        return ""
    explained = not found.hedge and any(
        found.number == _round(truth, found.decimals, how) for how in (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_EVEN)
    )
    return "percent-rounding" if explained else "percent-wrong"


def holds(found: Said, truth: Fraction) -> bool:
    """Whether what is said is true: exactly, rounded to the decimals that are said, or within its hedge."""
    return _HEDGES[found.hedge](found, truth) or found.number == _round(truth, found.decimals, ROUND_HALF_UP)


def _about(found: Said, truth: Fraction) -> bool:
    """«About ۷۰» may be ۷۲, «about ۷۲» may not be ۷۵: a round number is as coarse as its last digit that counts."""
    coarse = next((step for step in (10, 5) if found.number % step == 0 and found.number >= 2 * step), 2)
    return bool(abs(Fraction(found.number) - truth) * 2 <= coarse)


_HEDGES: dict[Hedge, Callable[[Said, Fraction], bool]] = {
    "": lambda found, truth: Fraction(found.number) == truth,
    "about": _about,
    "at least": lambda found, truth: Fraction(found.number) <= truth,
    "at most": lambda found, truth: Fraction(found.number) >= truth,
}


def _round(truth: Fraction, decimals: int, how: str) -> Decimal:
    """Rounded exactly: the scaled whole part and what is left decide, not a decimal that was cut off before."""
    scaled = truth * 10**decimals
    whole, rest = divmod(scaled, 1)
    # A stand-in for the rest that lies on the same side of a half.
    near = Decimal(0) if rest == 0 else Decimal("0.5") if rest * 2 == 1 else Decimal("0.3" if rest * 2 < 1 else "0.7")
    return (Decimal(int(whole)) + near).quantize(Decimal(1), rounding=how).scaleb(-decimals)


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def shown(number: Fraction) -> Decimal:
    """At most two decimals, as a person would note it down."""
    return _round(number, 2, ROUND_HALF_UP).normalize() + 0


# ---------------------------------------------------------------- reading


def said_numbers(subject: Subject[rules.Phrase]) -> Iterator[Said]:
    """The numbers the rule's phrase stands at, each once a place."""
    pattern = _pattern(subject.words.says)
    seen: set[tuple[Decimal, str, Place]] = set()
    for text, place in texts_of(subject.item):
        text = folded(text)
        for match in pattern.finditer(text):
            before = text[: match.start()]
            number = _number_at(match, before)
            named = match.start() == match.start("number") and names_a_thing(before)
            if number is None or named or _RANGE.search(before[-20:]):
                continue
            hedge = hedge_before(text[: _start(match)])
            if (number, hedge, place) not in seen:
                seen.add((number, hedge, place))
                yield Said(number, hedge, place)


def _number_at(match: re.Match[str], before: str) -> Decimal | None:
    """The number of a match of the phrase, in digits or in words."""
    if match["words"] is None:
        return parse_number(match["number"])
    number = number_in_words(match["words"], before, match.string[match.start() : match.start("words")])
    return None if number is None else Decimal(number)


def _start(match: re.Match[str]) -> int:
    """Where the number itself begins: the phrase may have words before it, a hedge too («حدود {} درصد»)."""
    return match.start("number") if match["words"] is None else match.start("words")


@lru_cache(maxsize=256)
def _pattern(says: str) -> re.Pattern[str]:
    """The phrase as a pattern: between any two letters there may be a space, a joiner or nothing."""
    before, _, after = folded(says).partition("{}")
    number = rf"(?:{_DIGITS}|(?P<words>{number_words()}))"
    return re.compile(_words(before, r"(?<!\w)") + number + _GAP + _words(after, "", r"(?!\w)"))


def _words(phrase: str, start: str = "", end: str = "") -> str:
    letters = [re.escape(letter) for letter in re.sub(_GAP, "", phrase)]
    if not letters:
        return ""
    letters = ["[%٪]" if letter in ("%", r"\%", "٪") else letter for letter in letters]
    return (start + _GAP.join(letters) + (_GAP if start else "")) + (end if phrase[-1:].isalnum() else "")


def folded(text: str) -> str:
    return _SIGNS.sub("", latin_digits(normalise(text)).translate(_BARE)).casefold()
