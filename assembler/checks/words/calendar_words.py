"""Words around days: what happens on them, and the names of days of the week beside a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import jdatetime

from assembler.base.lexicon import either, lexicon
from assembler.base.persian import ENGLISH_WEEKDAYS, WEEKDAYS, ZWNJ, fold
from assembler.checks.words.written_dates import days_in

_WORD = re.compile(rf"[^\W\d_][\w{ZWNJ}]*")
_HERE = rf"(?:یک|دو|سه|چهار|پنج|[1-5۱-۵])[\s{ZWNJ}]*شنبه|شنبه|جمعه"
_BETWEEN = r"\s*[،,]?\s*(?:مورخه?|به تاریخ|تاریخ|the|on)?\s*[:(]?\s*"
_DIGIT_DAYS = dict(zip("12345", ("یک", "دو", "سه", "چهار", "پنج"), strict=True))
_DAY = re.compile("(?:یک|دو|سه|چهار|پنج|[1-5])?شنبه|جمعه")


@cache
def words_of(heading: str) -> frozenset[str]:
    """The words of a list, folded."""
    return frozenset(fold(word) for word in lexicon(__file__, "calendar")[heading])


@lru_cache(maxsize=4096)
def says_any(text: str, heading: str) -> bool:
    """Whether a text has a word of a list."""
    return not words_of(heading).isdisjoint(fold(word) for word in _WORD.findall(text))


def is_planned(label: str, around: str = "") -> bool:
    """Whether people come on the day that is asked for: by its label, or by that of its table."""
    if says_any(label, "papers"):
        return False
    return says_any(label, "planned") or (says_any(around, "planned") and not says_any(around, "papers"))


def is_day_of_week(label: str) -> bool:
    """Whether a column asks for the day of the week."""
    return fold(label) in words_of("day of the week")


def day_named(text: str) -> str:
    """The day of the week a text names, folded: «۳ شنبه» is one too; «» when it names none, or several."""
    plain = fold(text)
    named = set(_DAY.findall(plain)) | {day for day in _abroad() if day in plain}
    day = named.pop() if len(named) == 1 else ""
    return _DIGIT_DAYS.get(day[:1], day[:1]) + day[1:]


def name_of(date: jdatetime.date, said: str) -> str:
    """What a day is called, in the language in which another one is named."""
    names = ENGLISH_WEEKDAYS if said[:1].isascii() and said[:1].isalpha() else WEEKDAYS
    return names[date.weekday()]


def is_named(said: str, date: jdatetime.date) -> bool:
    """Whether a day of the week, as ``day_named`` gives it, is that of a date."""
    return said in (fold(WEEKDAYS[date.weekday()]), _abroad()[date.weekday()])


def wrong_weekdays(text: str) -> Iterator[tuple[str, str, str]]:
    """Days of the week before a date that is another: as it is said, the date as it stands, and the right day."""
    if not _names_a_day().search(text):
        return
    for written, date, start in days_in(text):
        before = _day_before().search(text[max(0, start - 40) : start])
        behind = _day_behind().match(text[start + len(written) :])
        match = before or behind
        said = day_named(match["day"]) if match else ""
        if match and said and not is_named(said, date):
            yield match["day"], written, name_of(date, match["day"])


@cache
def _abroad() -> tuple[str, ...]:
    return tuple(map(fold, ENGLISH_WEEKDAYS))


@cache
def _names_a_day() -> re.Pattern[str]:
    return re.compile(rf"شنبه|جمعه|{either(_abroad())}", re.I)


@cache
def _day_before() -> re.Pattern[str]:
    # «شنبه و دوشنبه ۱۳۹۹/۰۵/۱۱ و …» may be told in order
    several = r"(?<!شنبه و )(?<!جمعه و )(?<!شنبه، )(?<!شنبه تا )(?<!شنبه الی )"
    return re.compile(rf"(?<![\w{ZWNJ}]){several}(?P<day>{_HERE}|{either(_abroad())})(?![\w{ZWNJ}]){_BETWEEN}$", re.I)


@cache
def _day_behind() -> re.Pattern[str]:
    return re.compile(rf"\s*\(\s*(?:روز\s+)?(?P<day>{_HERE}|{either(_abroad())})\s*\)", re.I)
