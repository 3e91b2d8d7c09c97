"""One person, unit or site written in several ways: names that lie near each other and probably mean the same.

Names are folded first, so that spelling variants of Persian are one. Near ones are found by shared keys — the name
without one letter, without one or two words, its words in any order — so the cost stays linear in the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from weakref import WeakKeyDictionary

from assembler.base.catalogue.entries import Severity
from assembler.base.likeness import share_alike, within_a_letter
from assembler.base.persian import fold
from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.checks.rules.written import Written
from assembler.checks.words.name_forms import Name, is_family, names_in_cell, names_in_text
from assembler.model.answers import texts_in
from assembler.model.filled import FilledItem
from assembler.model.rules import Names, Target

_LONG_CELL = 80  # characters; a longer cell is running text
_LONG_NAME = 7  # letters; shorter names within one letter are two persons, two units
_MOST_WORDS = 8
_ALIKE = 0.6
_KEPT = 4096  # names whose keys are known

Key = tuple[object, ...]
_Mention = tuple[Name, Place, str]  # a name, where it stands, and the column that lists it, «» in running text
_KNOWN: WeakKeyDictionary[FilledItem, dict[Target, tuple[_Mention, ...]]] = WeakKeyDictionary()


@dataclass(kw_only=True)
class _Found(Written):
    """A name with all its mentions, and the columns it is listed in."""

    name: Name
    order: int
    columns: set[str] = field(default_factory=set)


def names(subject: Subject[Names]) -> Iterator[Problem]:
    """Names that seem to mean the same; each is placed at the rarer way of writing and names the commoner."""
    found = sorted(_collected(subject), key=lambda each: (-each.count, each.order))
    commonest: dict[Key, _Found] = {}
    for each in found:
        near = _nearest(each, commonest)
        if near is not None:
            yield _differ(subject, each, near)
        for key in _keys(each.name):
            commonest.setdefault(key, each)


def _nearest(each: _Found, commonest: dict[Key, _Found]) -> _Found | None:
    """The commonest name among those that share a key with this one and really are near."""
    candidates = {id(other): other for key in _keys(each.name) if (other := commonest.get(key)) is not None}
    near = [other for other in candidates.values() if _judge(each, other)]
    return max(near, key=lambda other: (other.count, -other.order), default=None)


def _differ(subject: Subject[Names], rare: _Found, common: _Found) -> Problem:
    found = subject.find("names-differ", rare.place, **rare.beside(common))
    spelled = _judge(rare, common) == "spelling"
    if spelled and not subject.filled.rule.severity:
        return replace(found, graver=Severity.WARNING)
    return found


# ---------------------------------------------------------------- collecting


def _collected(subject: Subject[Names]) -> Iterable[_Found]:
    """All names of the rule's places, those of one folded form together."""
    found: dict[Key, _Found] = {}
    for target in subject.words.among:
        for name, place, column in _mentions(subject, target):
            one = found.get(name.folded) or found.setdefault(
                name.folded, _Found(name=name, order=len(found), place=place)
            )
            one.written[name.shown] += 1
            one.columns.add(column)
    return found.values()


def _mentions(subject: Subject[Names], target: Target) -> tuple[_Mention, ...]:
    """The names an item or a column of it mentions, kept as long as the item: one answer leaves most of them alone."""
    item = subject.target(target)
    if item is None or not item.relevant:
        return ()
    kept = _KNOWN.setdefault(item, {})
    if target not in kept:
        kept[target] = tuple(_read_mentions(item, target))
    return kept[target]


def _read_mentions(item: FilledItem, target: Target) -> Iterator[_Mention]:
    column = "".join(target.split(".")[2:])
    if item.rows:
        yield from _cell_mentions(item, target, column)
        return
    for text in texts_in(item.value):
        reads = names_in_cell if item.spec.type == "text" and len(text) <= _LONG_CELL else names_in_text
        yield from ((name, item.place, "") for name in reads(text))


def _cell_mentions(item: FilledItem, target: str, column: str) -> Iterator[_Mention]:
    texts = [each.name for each in item.spec.columns if each.type in ("text", "calculate")]
    for row in item.rows:
        for name in (column,) if column else texts:
            cell = row.cells[name]
            for text in texts_in(cell.value):
                whole = bool(column) and len(text) <= _LONG_CELL
                for found in names_in_cell(text) if whole else names_in_text(text):
                    listed = whole and fold(found.shown) == fold(text)
                    yield found, cell.place.cell(name), target if listed else ""


# ---------------------------------------------------------------- nearness


@lru_cache(_KEPT)
def _keys(name: Name) -> tuple[Key, ...]:
    return tuple(_keys_of(name))


def _keys_of(name: Name) -> Iterator[Key]:
    """What near names share. The head, places and numbers are in every key: names that differ there are two."""
    whole = "".join(name.words)
    if name.kind != "unit":
        # Sites that differ in dots and hyphens only, and persons with their names the other way round, share `whole`.
        head = name.kind
        yield (head, whole)
        yield (head, "in any order", *sorted((*name.words, *name.apart)))
        # Persons of one family who share a given name come before the others of that family.
        for given in dict.fromkeys((name.apart, ())):
            yield from ((head, given, "", whole[:cut] + whole[cut + 1 :]) for cut in range(len(whole)))
            yield (head, given, "", whole)
        return
    base = (name.kind, name.head, tuple(sorted(name.apart)))
    yield (*base, "in any order", *sorted(name.words))
    yield (*base, "letters", whole)
    yield from ((*base, "letters", whole[:cut] + whole[cut + 1 :]) for cut in range(len(whole)))
    words = name.words[:_MOST_WORDS]
    for left_out in (0, 1, 2):
        for kept in combinations(words, len(words) - left_out) if len(words) - left_out >= 2 else ():
            yield (*base, "words", *kept)


def _judge(one: _Found, other: _Found) -> str:
    """«spelling» or «words» when two names probably mean the same, «» when they do not."""
    first, second = one.name, other.name
    if first.kind == "person":
        return _judge_persons(first, second)
    if first.kind == "site":
        return _judge_sites(first, second)
    if first.words == second.words or _a_letter_apart("".join(first.words), "".join(second.words), _LONG_NAME):
        # The same words with another join or order of places are one name; nothing to say of them.
        return "spelling" if "".join(first.words) != "".join(second.words) else ""
    if sorted(first.words) == sorted(second.words):
        return "words"
    return _judge_words(first.words, second.words, bool(one.columns & other.columns - {""}))


def _judge_sites(first: Name, second: Name) -> str:
    """Dots, hyphens or a letter make one address of two; a part of a site has an address of its own."""
    if first.shown.endswith("." + second.shown) or second.shown.endswith("." + first.shown):
        return ""
    return "spelling" if _a_letter_apart(first.words[0], second.words[0], _LONG_NAME) else ""


def _judge_persons(first: Name, second: Name) -> str:
    """Titles and given names that disagree make two persons; one of them left out makes nothing."""
    if first.head and second.head and first.head != second.head:
        return ""
    family, other = first.words[0], second.words[0]
    if family == other:
        return ""
    if first.apart and second.apart and sorted((family, *first.apart)) == sorted((other, *second.apart)):
        return "words"
    if first.apart != second.apart and first.apart and second.apart:
        return ""
    if is_family(family) and is_family(other):
        return ""
    least = 4 if first.apart and first.apart == second.apart else _LONG_NAME
    return "spelling" if _a_letter_apart(family, other, least) else ""


def _judge_words(first: tuple[str, ...], second: tuple[str, ...], listed_together: bool) -> str:
    """Words missing, more or exchanged inside a name.

    At its end or beginning other words tell another unit, and more words a part of it, unless the words look alike;
    so do unlike words of names that one column lists side by side.
    """
    steps = [step for step in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if step[0] != "equal"]
    shared = len(first) - sum(end - start for _, start, end, _, _ in steps)
    if shared < 2 or shared * 2 < max(len(first), len(second)):
        return ""
    unlike = [step for step in steps if not _alike(first[step[1] : step[2]], second[step[3] : step[4]])]
    if not unlike:
        return "words"
    if listed_together:
        return ""
    lengths = len(first), len(second)
    inside = [min(start, other) > 0 and end < lengths[0] and last < lengths[1] for _, start, end, other, last in unlike]
    at_its_end = [step[0] == "replace" and step[1] > 0 for step in unlike]
    if all(inside) or (shared >= 3 and any(inside) and all(map(any, zip(inside, at_its_end, strict=True)))):
        return "words"
    return ""


def _alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether one word was exchanged for one that looks like it: «نظارت» for «نظام»."""
    if len(first) != 1 or len(second) != 1 or min(len(first[0]), len(second[0])) < 4:
        return False
    if abs(len(first[0]) - len(second[0])) > 2:
        return False
    return first[0][:2] == second[0][:2] and share_alike(first[0], second[0]) >= _ALIKE


def _a_letter_apart(first: str, second: str, least: int) -> bool:
    """Whether names of at least so many letters are equal or a letter apart; in shorter ones it makes another name."""
    return min(len(first), len(second)) >= least and within_a_letter(first, second)
