"""Numbers of a text against one another: a part and its whole, a percentage of both, parts and their total, what a text
says it lists and what it lists.

What is told here is wrong whatever the data say: only where the text itself names both sides is anything said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from assembler.base.persian import ZWNJ
from assembler.base.problems import NOWHERE
from assembler.checks.figures.reading import (
    PERCENT,
    WORD,
    figures,
    is_year,
    number_pattern,
    ones,
    value_of,
    words_in,
)
from assembler.checks.figures.wrong import (
    Enumeration,
    Wrong,
    cut,
    named_in_brackets,
    part_above_whole,
    percent_in,
    share_of,
    total_of,
)
from assembler.checks.rules.numbers_said import Said, shown
from assembler.checks.rules.shares import shares_said
from assembler.checks.words.figure_words import meanings, words_of
from assembler.checks.words.number_words import hedge_before, names_a_thing

_MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "ابان", "آذر", "اذر", "دی", "بهمن", "اسفند"),
)


def wrong_in(sentence: str) -> Iterator[Wrong]:
    """What is wrong between the numbers of a sentence."""
    if "از" in sentence:
        yield from _parts_of_wholes(sentence)
    if " که " in sentence or " بیشتر " in sentence:
        yield from _parts_behind(sentence)
    if "درصد" in sentence or "%" in sentence or "٪" in sentence:
        yield from _shares(sentence)
    if "(" in sentence or ":" in sentence or "شامل" in sentence or "متشکل" in sentence:
        yield from _totals(sentence)
    if "(" in sentence and " و " in sentence:
        yield from _names(sentence)
    yield from _days(sentence)
    yield from _backwards(sentence)
    if " و " in sentence and not sentence.isascii():
        yield from _letters(sentence)


# ---------------------------------------------------------------- ranges


@cache
def _range() -> re.Pattern[str]:
    number = number_pattern()
    return re.compile(
        rf"(?:بین|مابین|between)\s+(?P<first>{number})(?:\s+{WORD})?\s+(?:تا|الی|و|and)\s+(?P<last>{number})(?P<noun>\s+{WORD})?"
    )


def _backwards(sentence: str) -> Iterator[Wrong]:
    """«بین ۸ تا ۵ جلسه»; hours go round the clock, and years are two ends of anything."""
    if "بین" not in sentence and "between" not in sentence:
        return
    for match in _range().finditer(sentence):
        first, last = (value_of(match[name], "", "هر") for name in ("first", "last"))
        if first is None or last is None or first <= last or is_year(first) or "ساعت" in match.group():
            continue
        yield Wrong("range-backwards", {"words": match.group().strip(), "first": shown(first), "last": shown(last)})


# ---------------------------------------------------------------- a part of a whole

# These before «از» make it no whole: «بیش از», «پس از».
_NOT_OF = r"(?<!بیش)(?<!بیشتر)(?<!کمتر)(?<!کم)(?<!پس)(?<!پیش)(?<!قبل)(?<!بعد)(?<!غیر)(?<!جدا)"


def _part_and_whole() -> str:
    """«۱۷ مصوبه از مجموع ۱۵», as a pattern."""
    number = number_pattern()
    return (
        rf"(?P<part>{number})(?P<noun>(?:\s+{WORD}){{0,3}}?){_NOT_OF}\s+از\s+(?:میان\s+|مجموع\s+|کل\s+)?"
        rf"(?P<whole>{number})"
    )


@cache
def _of() -> re.Pattern[str]:
    return re.compile(rf"{_part_and_whole()}(?P<rest>[^()\d]{{0,80}})")


def _parts_of_wholes(sentence: str) -> Iterator[Wrong]:
    """«۱۷ مصوبه از ۱۵ مصوبه»."""
    for match in _of().finditer(sentence):
        pair = _pair(match)
        if pair and pair[0] > pair[1] and _alike(match) and not _changes(match):
            yield part_above_whole(match, pair)


@cache
def _whole_before() -> re.Pattern[str]:
    number, this = number_pattern(), r"(?:این\s+تعداد|این\s+میان|[آا]ن(?:[\s\u200c]?ها)?)"
    return re.compile(
        rf"(?P<whole>{number})\s+(?P<noun>{WORD})(?P<more>[^()\d:]{{0,80}}?)(?:"
        rf"\s+که\s+(?:از\s+(?:میان\s+)?(?P<of>{this})\s+)?(?P<part>{number})\s+(?P<theirs>{WORD})(?P<rest>[^()\d]{{0,40}})"
        rf"|[،,]\s+بیشتر\s[^()\d]{{0,80}}\(\s*(?P<most>{number})\s+(?P<each>{WORD})\s*\))"
    )


def _parts_behind(sentence: str) -> Iterator[Wrong]:
    """«۵۳ پیشنهاد که ۷۱ مورد آن پذیرفته شد», «۶۷ انتقاد، بیشتر درباره کمبود باجه (۷۹ مورد)»."""
    for match in _whole_before().finditer(sentence):
        before, behind = sentence[: match.start()], "most" if match["most"] else "part"
        whole, part = (value_of(match[name], "", "تعداد") for name in ("whole", behind))
        if whole is None or part is None or part <= whole or names_a_thing(before) or is_year(whole) or is_year(part):
            continue
        (noun,), (theirs,) = words_in(match["noun"])[:1], words_in(match["each"] or match["theirs"])[:1]
        same = bool(ones(noun) & ones(theirs))
        any_of_them = theirs in words_of("any") and (
            behind == "most" or bool(match["of"]) or re.match(r"\s*(?:از\s+)?[آا]ن", match["rest"])
        )
        if theirs == "نفر" and ones(noun).isdisjoint(words_of("persons")):
            continue  # «۲۰ کارگاه که ۳۰۰ نفر از آن‌ها بهره بردند»
        if noun not in words_of("units") and (same or any_of_them):
            words = cut(sentence[match.start() : match.end(behind)] + " " + theirs)
            yield Wrong("part-above-whole", {"words": words, "part": shown(part), "whole": shown(whole)})


def _changes(match: re.Match[str]) -> bool:
    """Whether the two numbers come one after the other: «به ۵۳ مورد از ۳۴ مورد رسید»."""
    before, after = match.string[: match.start()], match.string[match.end("whole") :]
    changed = words_of("changes")
    return not changed.isdisjoint(words_in(after)) or (
        before.rstrip().endswith((" به", " تا")) and not changed.isdisjoint(words_in(before))
    )


def _pair(match: re.Match[str]) -> tuple[Fraction, Fraction] | None:
    """Part and whole; None where one of them is a year, a clause or no number."""
    before = match.string[: match.start()]
    part, whole = (value_of(match[name], "", "تعداد") for name in ("part", "whole"))
    if part is None or not whole or names_a_thing(before) or is_year(whole):
        return None
    if re.search(r"(?:تا|الی|[-–−/])\s*$", before):
        return None
    return part, whole


def _alike(match: re.Match[str]) -> bool:
    """Whether part and whole count the same: «سه واحد از پنج واحد», «سه واحد از پنج», but not «۵ نفر از ۳ واحد»."""
    noun, rest = words_in(match["noun"]), words_in(match["rest"].split("،")[0])
    theirs = rest[0] if rest and match["rest"].lstrip(" ")[:1] not in "،.:؛" else ""
    if not noun or not theirs or theirs in words_of("ends"):
        return not noun or noun[0] not in words_of("units") or noun[0] == theirs
    return theirs in words_of("any") or bool(ones(noun[0]) & ones(theirs))


# ---------------------------------------------------------------- percentages


@cache
def _share_behind() -> re.Pattern[str]:
    return re.compile(
        rf"{_part_and_whole()}(?P<rest>[^()\d]{{0,80}}?)(?:\((?P<before>[^()\d]*)|(?:یعنی|معادل|برابر با|به عبارتی)\s+)"
        rf"(?P<percent>{number_pattern()})[\s{ZWNJ}]*{PERCENT}"
    )


@cache
def _share_before() -> re.Pattern[str]:
    number = number_pattern()
    return re.compile(
        rf"(?P<percent>{number})[\s{ZWNJ}]*{PERCENT}[^()\d]{{0,40}}\(\s*(?P<part>{number})"
        rf"(?P<noun>(?:\s+{WORD}){{0,3}}?)\s+از\s+(?P<whole>{number})(?P<rest>[^()\d]*)\)"
    )


def _shares(sentence: str) -> Iterator[Wrong]:
    """«سه واحد از پنج واحد (۷۰ درصد)», «۷۰ درصد (سه واحد از پنج)», «از ۲۴۰ نفر، ۲۱۶ نفر (۸۰ درصد)»."""
    read: list[tuple[Said, Fraction, Fraction]] = list(shares_said(sentence, NOWHERE))
    for pattern in (_share_behind(), _share_before()):
        for match in pattern.finditer(sentence):
            pair, percent = _pair(match), percent_in(match["percent"], "تعداد")
            if pair and percent is not None and pair[0] <= pair[1]:
                hedge = hedge_before(sentence[: match.start("percent")])
                read.append((Said(percent, hedge, NOWHERE), *pair))
    for said, part, whole in read:
        yield from share_of(said, (part, whole), sentence)


# ---------------------------------------------------------------- parts and their total


@cache
def _total() -> tuple[re.Pattern[str], ...]:
    """A total with its parts in brackets, or behind a colon or a word such as «شامل»."""
    total = rf"(?P<total>{number_pattern()})\s+(?P<noun>{WORD})(?P<more>(?:\s+{WORD}){{0,4}})\s*"
    return (
        re.compile(rf"{total}\((?P<parts>[^()]*)\)"),
        re.compile(rf"{total}(?:\([^()]*\)\s*)?(?::|،?\s*(?:که\s+)?شامل|،?\s*متشکل\s+از)\s(?P<parts>[^()]*)"),
    )


@cache
def _enumeration() -> Enumeration:
    return Enumeration(
        between=re.compile(rf"\s*[،,]\s*(?:و\s+)?|\s+و\s+(?={number_pattern()})"),
        part=re.compile(rf"\s*(?P<number>{number_pattern()})\s+(?P<words>{WORD})"),
        last="و",
        said="هر",
    )


def _totals(sentence: str) -> Iterator[Wrong]:
    """«۱۸۴ شکایت (۹۶ مورد از درگاه، ۵۸ مورد تلفنی و ۳۰ مورد حضوری)»: more parts than the whole is wrong, fewer may be
    left out.
    """
    for match in (match for pattern in _total() for match in _all(pattern, sentence)):
        total = value_of(match["total"], sentence[: match.start()], "هر")
        parts = _parts(match["parts"], match["noun"]) or _kinds(match)
        if total and not names_a_thing(sentence[: match.start()]):
            yield from total_of(sentence[match.start() : match.end("noun")], total, parts)


def _all(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within another one."""
    at = 0
    while found := pattern.search(sentence, at):
        yield found
        at = found.end("noun")


def _parts(text: str, noun: str) -> Sequence[Fraction]:
    """The numbers of an enumeration, each entry of which begins with one and counts what the total counts."""
    return _enumeration().numbers(text, lambda part: _counts_alike(part, noun))


def _kinds(match: re.Match[str]) -> Sequence[Fraction]:
    """Parts that one thing tells apart: «۱۷ نفر (۱۰ مرد و ۷ زن)», «سه نشست (دو حضوری و یک مجازی)».

    Ways of doing things may be those of another number before them.
    """
    first = _enumeration().part.match(match["parts"])
    kind = _kind(first["words"]) if first else None
    noun = ones(words_in(match["noun"])[0])
    persons = not noun.isdisjoint(words_of("persons"))
    if kind is None or "و" in words_in(match["more"]):
        return ()
    if kind in words_of("of persons") and not persons:
        return ()
    if kind not in words_of("of persons") and (
        not noun.isdisjoint(words_of("units")) or figures(match.string[: match.start()])
    ):
        return ()
    return _enumeration().numbers(match["parts"], lambda part: _kind(part) == kind)


def _kind(part: str) -> str | None:
    word = words_in(part)[0]
    return next((kind for one, kind in meanings("parts").items() if one in {word, *ones(word)}), None)


def _counts_alike(part: str, whole: str) -> bool:
    (one,), (other,) = words_in(part)[:1], words_in(whole)[:1]
    return one in words_of("any") - {"تا"} or bool(ones(one) & ones(other))


# ---------------------------------------------------------------- days and lists


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<total>{number_pattern()})\s+(?P<noun>{WORD})(?:\s+{WORD})?\s*\((?P<names>[^():\d…]*[،,][^():\d…]*)\)"
    )


def _names(sentence: str) -> Iterator[Wrong]:
    """«چهار واحد (اداری، مالی و فنی)»; a name may have an «و» of its own: «دو واحد (فنی، اداری و مالی)»."""
    for match in _named().finditer(sentence):
        before, names = sentence[: match.start()], re.split(r"\s*[،,]\s*(?:و\s+)?", match["names"].strip())
        total = value_of(match["total"], before, "هر")
        noun, words = ones(words_in(match["noun"])[0]), words_in(match["names"])
        if not total or names_a_thing(before) or hedge_before(before) or noun.isdisjoint(words_of("named")):
            continue
        if " و " in names[-1] and words_of("some").isdisjoint(words):
            yield from named_in_brackets(sentence[match.start() : match.end("noun")], total, names, " و ")


@cache
def _listed_days() -> re.Pattern[str]:
    date, month = r"\d{2,4}/\d{1,2}/\d{1,4}", rf"(?:{'|'.join(_MONTHS)})(?:[\s{ZWNJ}]?ماه)?(?!\w)"
    return re.compile(
        rf"(?:در|مورخه?|تاریخ|تاریخ{ZWNJ}?های|روزهای)\s+"
        rf"(?P<days>(?:{date}(?:\s*[،,]\s*|\s+و\s+))+{date}|(?:{month}(?:\s*[،,]\s*|\s+و\s+))+{month})"
    )


def _days(sentence: str) -> Iterator[Wrong]:
    """«سه نشست، در ۱۳۹۸/۰۴/۱۸ و ۱۳۹۸/۰۹/۲۰»."""
    if "و" not in sentence or not any(each in sentence for each in ("در", "مورخ", "تاریخ", "روزهای")):
        return
    for match in _listed_days().finditer(sentence):
        ahead = [each for each in figures(sentence[: match.start()]) if each.noun in words_of("events")]
        days = len(re.split(r"\s*[،,]\s*|\s+و\s+", match["days"]))
        if len(ahead) == 1 and not ahead[0].hedge and not ahead[0].ordinal and ahead[0].value != days:
            yield Wrong("listed-differs", {"words": ahead[0].shown, "said": shown(ahead[0].value), "listed": days})


def _letters(sentence: str) -> Iterator[Wrong]:
    """«سه رده G2C، G2B و G2G»."""
    for match in re.finditer(r"(?P<list>[a-z][\w.]*(?:\s*[،,]\s*[a-z][\w.]*)*\s+و\s+[a-z][\w.]*)", sentence):
        ahead = figures(sentence[: match.start()].rstrip())[-1:]
        listed = len(re.split(r"\s*[،,]\s*|\s+و\s+", match["list"]))
        if not ahead or not ahead[0].noun or ahead[0].after or ahead[0].ordinal or ahead[0].value == listed:
            continue
        if sentence[: match.start()].rstrip().endswith(ahead[0].shown.split()[-1]):
            evidence = {"words": ahead[0].shown, "said": shown(ahead[0].value), "listed": listed}
            yield Wrong("listed-differs", evidence)


def wrong_list(text: str, entries: int) -> Iterator[Wrong]:
    """What a text announces with a colon, against the list that follows: «به دو صورت:», «سه مورد زیر است:»."""
    if entries < 2 or not text.rstrip().endswith(":"):
        return
    sentence = re.split(r"[؛;\n]|[.؟!](?!\d)", text.rstrip())[-1]
    counts = [
        each for each in figures(sentence) if each.noun and not each.ordinal and each.noun not in words_of("units")
    ]
    if len(counts) != 1 or counts[0].hedge:
        return
    found = counts[0]
    behind = sentence[found.span[1] :]
    announces = (
        len(words_in(behind)) <= 2
        or found.every
        or not found.span[0] - (len(sentence) - len(sentence.lstrip()))  # «سه مانع در راه پوشش کامل بود:»
        or not words_of("following").isdisjoint(words_in(behind))
    )
    if announces and found.value != entries:
        yield Wrong("listed-differs", {"words": found.shown, "said": shown(found.value), "listed": entries})
