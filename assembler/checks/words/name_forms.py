"""Reads names out of cells and running text: persons with their titles, units of an office, addresses of sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Literal

from assembler.base.lexicon import folded, lexicon, standing
from assembler.base.persian import ZWNJ, fold, normalise

Kind = Literal["person", "unit", "site"]

_MOST_WORDS = 9
_KEPT = 4096  # texts whose names are known: who fills in a case has most of them read again and again

_SITE = re.compile(r"(?<![@\w.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:ir|com|org|net|gov|info))\b", re.I)
_WORD = re.compile(rf"[\w{ZWNJ}]+|[^\w\s]")
_PLURAL_OR_LINK = re.compile("(?:هایی|های|ها|یی)$")
# What stands between the names of a list in a cell; a comma may stand inside a name.
_BETWEEN = re.compile(r"\s[-–]\s|[/؛\n]")


# «ب. نمونه»: the letter a given name begins with.
_INITIALS = re.compile(rf"(?P<given>\w{{1,3}})\.[\s{ZWNJ}]*(?P<family>[^\W\d].*)")
# What makes a family name of a given one.
_SON_OF = re.compile("(?:زاده|پور|نژاد|نیا|فر|یان|ی)$")


@cache
def _persons_known() -> Mapping[str, frozenset[str]]:
    """The folded words by which persons are told."""
    return {heading: folded(words) for heading, words in lexicon(__file__, "names").items()}


@cache
def _units_known() -> Mapping[str, frozenset[str]]:
    """The folded words by which units are told; those of «governed» are two in one."""
    return {heading: folded(words) for heading, words in lexicon(__file__, "units").items() if heading != "heads"}


@cache
def _heads() -> Mapping[str, str]:
    """The folded first words of units, each with the form under which all its forms are one."""
    return {fold(word): fold(head) for word, head in standing(lexicon(__file__, "units")["heads"]).items()}


@dataclass(frozen=True)
class Name:
    """A name as it was written, ``shown``, and folded into what tells it from others.

    ``head`` is a unit's first word, a person's title («m», «f») or «»; ``words`` its telling words in order;
    ``apart`` places, numbers and given names: names that differ in these name different things.
    """

    kind: Kind
    shown: str
    head: str
    words: tuple[str, ...]
    apart: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> tuple[object, ...]:
        """What is one with it however it is written; sites are told apart as written: «a.b.ir» is not «ab.ir»."""
        return self.kind, self.shown if self.kind == "site" else "", self.head, self.words, self.apart


@lru_cache(_KEPT)
def names_in_cell(text: str) -> tuple[Name, ...]:
    """The names in a cell: a cell may list several, and each piece of the list is a name or holds some."""
    return tuple(_in_cell(text))


@lru_cache(_KEPT)
def names_in_text(text: str) -> tuple[Name, ...]:
    """The names in running text, where a title or a word such as «معاونت» begins them."""
    return tuple(_in_text(text))


def person_in_cell(text: str) -> Name | None:
    """The person a cell names, where it is known to name one: initials are told as given names are."""
    known = _persons_known()
    words = normalise(text).split()
    while words and fold(words[0]) in known["men"] | known["women"] | known["courtesies"]:
        words = words[1:]
    if initials := _INITIALS.match(" ".join(words)):
        family = fold(initials["family"])
        return Name("person", text, "", (family,), (fold(initials["given"]),))
    persons = [name for name in names_in_cell(text) if name.kind == "person"]
    return persons[0] if len(persons) == 1 else None


def _in_cell(text: str) -> Iterator[Name]:
    yield from _sites(text)
    for piece in _BETWEEN.split(normalise(text)):
        words = _words(piece)
        persons = list(_persons(words, whole=True))
        if persons:
            yield from persons
        elif words and fold(words[0]) in _heads() and len(words) <= _MOST_WORDS + 4:
            yield from _whole_unit(piece, words)
        elif 0 < len(words) <= 3 and all(fold(word).isalpha() for word in words):
            yield _person(words, "")
        else:
            yield from _units(words)


def _in_text(text: str) -> Iterator[Name]:
    words = _words(text)
    yield from _persons(words)
    yield from _units(words)
    yield from _sites(text)


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise(_SITE.sub(" . ", text)))


# ---------------------------------------------------------------- persons


def _persons(words: list[str], whole: bool = False) -> Iterator[Name]:
    """Persons by their titles. In a cell the name goes on to a sign; in a text only as far as it is surely a name."""
    known = _persons_known()
    for index, word in enumerate(words):
        title = "m" if fold(word) in known["men"] else "f" if fold(word) in known["women"] else ""
        if title:
            name = _person_words(words[index + 1 : index + 7], whole)
            if name:
                yield _person(name, title)


@dataclass(frozen=True)
class Titled:
    """A person as a text names one: the title as it is written and what it says («m», «f»), what follows it up to a
    sign, and its folded words.
    """

    title: str
    kind: str
    shown: str
    words: tuple[str, ...]


def titled_names(text: str) -> Iterator[Titled]:
    """The persons of a text by their titles, with the words behind each: initials, given and family names and more."""
    known = _persons_known()
    words = normalise(text).split()
    for index, word in enumerate(words):
        key = fold(word)
        kind = "m" if key in known["men"] else "f" if key in known["women"] else ""
        if kind:
            behind = [one for one in words[index + 1 : index + 7] if fold(one) not in known["courtesies"]]
            told = tuple(fold(one.strip(".،؛:()«»")) for one in behind)
            yield Titled(word, kind, " ".join(behind), told)


def _person_words(words: list[str], whole: bool) -> list[str]:
    known, units = _persons_known(), _units_known()
    while words and fold(words[0]) in known["courtesies"]:
        words = words[1:]
    stretch: list[str] = []
    for word in words:
        key = fold(word)
        if not word[0].isalpha() or key in units["endings"] or key in units["joints"] or key in _heads():
            break
        stretch.append(word)
    if whole and len(stretch) <= 3:
        return stretch
    count = 2 if stretch and fold(stretch[0]) in known["given names"] else 1
    if len(stretch) > count and fold(stretch[count]) in known["family endings"]:
        count += 1
    return stretch[:count]


def _person(words: list[str], title: str) -> Name:
    """The family name is what is left when given names are taken off: «هاشمی نیا» and «هاشمی‌نیا» are one."""
    keys = [fold(word) for word in words]
    given = [key for key in keys if key in _persons_known()["given names"]] if len(keys) > 1 else []
    family = [key for key in keys if key not in given]
    if not family:  # given names serve as family names too
        given, family = given[:-1], given[-1:]
    shown = " ".join(words)
    return Name("person", shown, title, ("".join(family),), tuple(given))


def is_family(key: str) -> bool:
    """Whether a folded name surely is a family's own: a frequent one, or one made of a given name."""
    known = _persons_known()
    forefather = _SON_OF.sub("", key)
    return key in known["families"] or forefather in known["given names"] or forefather in known["forefathers"]


# ---------------------------------------------------------------- units


def _units(words: list[str]) -> Iterator[Name]:
    end = 0
    for index, word in enumerate(words):
        if index >= end and fold(word) in _heads():
            stretch = _unit_words(words[index:])
            end = index + len(stretch)
            unit = _unit(stretch)
            if unit and len(unit.words) > 1:
                yield unit


def _unit_words(words: list[str]) -> list[str]:
    """As far as the name goes: to a sign, a word that ends names, or the organisation it is part of."""
    stretch = words[:1]
    for word in words[1:_MOST_WORDS]:
        if _ends_unit(word, stretch):
            break
        stretch.append(word)
    while len(stretch) > 1 and fold(stretch[-1]) in _units_known()["joints"]:
        stretch.pop()
    return stretch


def _ends_unit(word: str, stretch: list[str]) -> bool:
    known, key, before = _units_known(), fold(word), fold(stretch[-1])
    if before + key in known["governed"]:
        return False
    is_deed = key in known["deeds"] and len(stretch) > 2 and before not in known["joints"]
    return not word[0].isalnum() or key in known["endings"] or key in known["parents"] or is_deed


def _whole_unit(piece: str, words: list[str]) -> Iterator[Name]:
    """A unit a piece of a cell names from end to end, signs and all: «مدیریت اداری، مالی و پشتیبانی»."""
    unit = _unit([word for word in words if word[0].isalnum()])
    if unit:
        yield replace(unit, shown=piece.strip())


def _unit(words: list[str]) -> Name | None:
    """A unit's name; «سازمان» at its end says only whose it is."""
    known = _units_known()
    while len(words) > 2 and fold(words[-1]) in known["own"]:
        words = words[:-1]
    telling: list[str] = []
    apart: list[str] = []
    place_before = False
    for word in words[1:]:
        key = _word_key(word)
        joint, place = key in known["joints"], key in known["places"]
        if (place_before and not joint) or key in known["apart"] or any(letter.isdigit() for letter in key):
            apart.append(key)
        elif not joint and not place:
            telling.append(key)
        place_before = place
    head = _heads()[fold(words[0])]
    return Name("unit", " ".join(words), head, tuple(telling), tuple(apart)) if telling else None


def _word_key(word: str) -> str:
    """A word without plural, linking ی and article: «پژوهش‌های» and «پژوهش» are one."""
    key = fold(word)
    bare = _PLURAL_OR_LINK.sub("", key)
    bare = bare.removeprefix("ال") if len(bare) > 5 and bare.startswith("ال") else bare
    return bare if len(bare) > 2 else key


# ---------------------------------------------------------------- sites


def _sites(text: str) -> Iterator[Name]:
    for found in _SITE.finditer(text):
        address = found[1].lower()
        yield Name("site", address, "", (re.sub(r"[.-]", "", address),))
