"""What may be wrong between the numbers of a sentence, whatever its language: a part and its whole, a percentage of
both, parts and their total, as many as are listed.

How a sentence says them is the grammar of its language: ``arithmetic`` and ``english``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from assembler.base.messages import number
from assembler.base.persian import parse_number
from assembler.checks.figures.reading import numbers_in, value_of
from assembler.checks.rules.numbers_said import Said, judged, shown
from assembler.checks.rules.shares import explained

_FURTHER = 2  # farther from as many as a bracket names it names kinds: «۱۲ واحد (ستادی، استانی و شهرستانی)»
_MOST_WORDS = 5  # of a name
_MOST_SHOWN = 70  # characters of the words a finding repeats
_BEHIND = 15  # characters of them behind the number


class Wrong(NamedTuple):
    """A finding of a text: its code and what its message is filled with."""

    code: str
    evidence: Mapping[str, object]


@dataclass(frozen=True)
class Sum:
    """Numbers added up, as the language of the message prints them."""

    parts: tuple[Decimal, ...]

    def __str__(self) -> str:
        return " + ".join(number(part) for part in self.parts)


def cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_SHOWN else words[:_MOST_SHOWN].rsplit(" ", 1)[0] + " …"


def part_above_whole(match: re.Match[str], pair: tuple[Fraction, Fraction]) -> Wrong:
    """A part that is more than its whole, with the words from the first of them on."""
    last = max(match.end("part"), match.end("whole"))
    words = cut(match.string[match.start() : last] + " " + match["rest"].strip()[:_BEHIND])
    return Wrong("part-above-whole", {"words": words, "part": shown(pair[0]), "whole": shown(pair[1])})


def share_of(said: Said, pair: tuple[Fraction, Fraction], sentence: str) -> Iterator[Wrong]:
    """A percentage that is not that of a part and its whole."""
    part, whole = pair
    code = judged(said, part / whole * 100)
    if code and not explained(said, sentence):
        evidence = {"part": shown(part), "whole": shown(whole), "percent": shown(part / whole * 100)}
        yield Wrong(code, {"said": said.number, **evidence})


def percent_in(number: str, said: str) -> Decimal | None:
    """A percentage in digits, with the decimals it has, or in words behind the words ``said``."""
    if number[0].isdigit():
        return parse_number(number)
    value = value_of(number, "", said)
    return None if value is None else Decimal(int(value))


def total_of(words: str, total: Fraction, parts: Sequence[Fraction]) -> Iterator[Wrong]:
    """Parts that do not add up to their total: more than it is wrong, fewer may be left out."""
    if len(parts) > 1 and sum(parts) != total:
        added, numbers = sum(parts, Fraction(0)), Sum(tuple(shown(part) for part in parts))
        evidence = {"words": words, "numbers": numbers, "sum": shown(added), "total": shown(total)}
        yield Wrong("parts-above-total" if added > total else "parts-below-total", evidence)


@dataclass(frozen=True)
class Enumeration:
    """How a language enumerates: what stands ``between`` two entries, a ``part`` with its number and the words behind
    it, and the word before the last one.
    """

    between: re.Pattern[str]
    part: re.Pattern[str]
    last: str
    said: str  # words before a number in words that make it one

    def numbers(self, text: str, fits: Callable[[str], bool]) -> Sequence[Fraction]:
        """The numbers of a text whose entries begin with one and with words that fit; none where one does not.

        What follows its last entry, the one behind the word for «and», is no part of it.
        """
        found: list[Fraction] = []
        at, is_last = 0, False
        within = [match.span() for match in numbers_in(text)]  # «بیست و چهار» is no two entries
        entries = (entry for entry in self.between.finditer(text) if not _is_within(entry.start(), within))
        for entry in [*entries, None]:
            match = self.part.match(text, at, entry.start() if entry else len(text))
            number = value_of(match["number"], "", self.said) if match else None
            if match is None or number is None or not fits(match["words"]):
                return found if is_last else ()
            found.append(number)
            if entry:
                at, is_last = entry.end(), is_last or self.last in entry.group().split()
        return found


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in spans)


def named_in_brackets(words: str, said: Fraction, names: Sequence[str], joint: str) -> Iterator[Wrong]:
    """As many as a bracket names; a name may have an «and», the ``joint``, of its own."""
    if any(len(each.split()) > _MOST_WORDS for each in names):
        return
    most, last = len(names) + sum(each.count(joint) for each in names), bool(names[-1].count(joint))
    if said < len(names) or most < said <= most + _FURTHER:
        listed = most if said > most else len(names) + last
        yield Wrong("listed-differs", {"words": words, "said": shown(said), "listed": listed})
