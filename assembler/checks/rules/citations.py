"""Documents cited by number and date: one number with several dates is a slip in one of the places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import jdatetime

from assembler.base.persian import fold, format_date, normalise, parse_date
from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.checks.rules.texts import texts_of
from assembler.model.rules import Cited, Target

_CITED = re.compile(
    r"شماره[\s:]*(?P<number>\d[\w/\-. ]{3,28}?)\s*[،,]?\s*(?:به )?(?:تاریخ|مورخه?)\s*:?\s*"
    r"(?P<date>\d{2,4}/\d{1,2}/\d{1,2})(?![\d/])"
)
_FEWEST_DIGITS = 5  # shorter numbers are those of sessions and copies: many documents bear one


@dataclass(frozen=True)
class Citation:
    """A document as a text cites it."""

    number: str
    date: jdatetime.date
    place: Place


def cited(subject: Subject[Cited]) -> Iterator[Problem]:
    """Dates beside a document's number other than the one it is mostly cited with; each once a place."""
    mentions = (one for target in subject.words.among for one in _mentions(subject, target))
    for place, evidence in otherwise(mentions):
        yield subject.find("citation-differs", place, **evidence)


def otherwise(mentions: Iterable[Citation]) -> Iterator[tuple[Place, Mapping[str, object]]]:
    """Where a number has another date than mostly, the first where two are as many, and what is said of it."""
    unique = dict.fromkeys(mentions)
    dates: dict[str, Counter[jdatetime.date]] = {}
    for one in unique:
        dates.setdefault(fold(one.number), Counter())[one.date] += 1
    for one in unique:
        usual, most = dates[fold(one.number)].most_common(1)[0]
        if one.date != usual:
            evidence = {"date": format_date(one.date), "other": format_date(usual), "others": most}
            yield one.place, {"number": one.number, "where": "", **evidence}


def may_cite(text: str) -> bool:
    """Whether a text may cite a document: a quick look."""
    return "شماره" in text and "/" in text


def citations(text: str, place: Place) -> Iterator[Citation]:
    """The documents a text cites with number and date."""
    for match in _CITED.finditer(normalise(text)):
        date = parse_date(match["date"], "yy/m/d")  # a date that is none is told as such
        if date is not None and sum(map(str.isdigit, match["number"])) >= _FEWEST_DIGITS:
            yield Citation(match["number"].strip(), date, place)


def _mentions(subject: Subject[Cited], target: Target) -> Iterator[Citation]:
    item, column = subject.target(target), "".join(target.split(".")[2:])
    for text, place in texts_of(item) if item is not None and item.relevant else ():
        if not column or place.column == column:
            yield from citations(text, place)
