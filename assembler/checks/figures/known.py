"""What a form knows the numbers of: rows of its tables, choices in their columns, entries of lists, numbers answered or
calculated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from assembler.base.persian import fold
from assembler.base.problems import Place
from assembler.checks.figures.reading import head_at, is_many, ones, words_in
from assembler.checks.rules.numbers_said import folded
from assembler.checks.words.figure_words import words_of
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.specs import Column, Field

_BRACKETS = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# An English label with one of these says a measure of its things, not how many they are.
_MEASURED = frozenset(
    ("mean", "average", "rate", "share", "median", "longest", "shortest", "cost", "costs", "most", "least")
)
_MOST_WORDS = 4  # of a choice's label that tells what is counted
_YES_NO = frozenset(map(fold, ("بلی", "بله", "خیر", "عدم مصداق", "دارد", "ندارد", "هست", "نیست", "yes", "no")))


class Known(NamedTuple):
    """A number with what it is of: ``nouns`` are the words one of them may be called by, ``kinds`` what tells them from
    others of that noun.
    """

    value: Fraction
    nouns: frozenset[str]
    kinds: frozenset[str]
    label: str
    place: Place
    form: str


class Labelled(NamedTuple):
    """A number with the words of its label, all of which a text must say to speak of it."""

    value: Fraction
    words: frozenset[str]
    sequence: tuple[str, ...]
    unit: frozenset[str]
    percent: bool
    label: str
    place: Place
    form: str


@lru_cache(maxsize=4096)
def _label(label: str) -> tuple[str, ...]:
    """The words of a label, first what there are several of: of «List of cold chain managers» «managers»."""
    words = words_in(_BRACKETS.sub(" ", folded(label)))
    if not words or not words[0].isascii():
        return words
    said = words[_begin(words) :]
    at = head_at(said)
    return words if at is None else (said[at], *said[:at], *said[at + 1 :])


def _begin(words: Sequence[str]) -> int:
    """Where an English label begins to say what it is of: behind «number of», «list of the»."""
    of = words.index("of") + 1 if "of" in words[:3] else 0
    return of + (words[of : of + 1] == ("the",))


@lru_cache(maxsize=4096)
def _telling(words: Sequence[str]) -> frozenset[str]:
    """The words that tell something apart, each as one of its things is called."""
    return frozenset(word for word in words if word not in words_of("neutral") and len(word) > 1)


def known(form: FilledForm) -> Iterator[Known]:
    """What is counted in a form."""
    for item in form.items.values():
        if item.relevant:
            yield from _of_table(item, form) if item.spec.is_table else _of_question(item, form)


def _of_question(item: FilledItem, form: FilledForm) -> Iterator[Known]:
    value, words = item.value, _label(item.spec.shown)
    if isinstance(value, tuple) and item.spec.is_list and words and len(ones(words[0])) > 1:
        yield _known(len(value), words, item.spec, item.place, form)
    elif isinstance(value, int) and not isinstance(value, bool) and item.spec.type in ("integer", "calculate"):
        counted = _counted(words)
        if counted:
            yield _known(value, counted, item.spec, item.place, form)


def _counted(words: tuple[str, ...]) -> tuple[str, ...]:
    """«تعداد جلسات کمیته» → «جلسات کمیته»; nothing where a label counts nothing."""
    if words and words[0].isascii():
        return words if is_many(words[0]) and not _MEASURED.intersection(words) else ()
    at = next((at for at, word in enumerate(words) if word in words_of("measures")), None)
    if at is None:
        return ()
    rest = words[at + 1 :]
    while rest and (rest[0] in words_of("measures") or rest[0] == "کل"):
        rest = rest[1:]
    return rest


def _known(value: int | Fraction, words: Sequence[str], field: Field, place: Place, form: FilledForm) -> Known:
    return Known(
        Fraction(value), ones(words[0]), _telling(tuple(words[1:])), field.shown, place, form.spec.shown
    )  # fmt: skip


def _of_table(item: FilledItem, form: FilledForm) -> Iterator[Known]:
    words = _label(item.spec.shown)
    rows = [row for row in item.rows if row.is_ordinary]
    if not rows or item.spec.rows or not words or len(ones(words[0])) < 2:
        return
    if words[0].isascii() and any(column.type == "integer" and column.is_asked for column in item.spec.columns):
        return  # its rows may be of something else: «Doses», by antigen
    whole = _known(len(rows), words, item.spec, item.place, form)
    yield whole
    for column in item.spec.columns:
        if column.type == "select_one":
            counts = Counter(row.cells[column.name].value for row in rows)
            yield from _of_choices(column, counts, whole)
        elif column.type == "integer" and (counted := _counted(_label(column.label))):
            numbers = [row.cells[column.name].value for row in rows]
            total = sum(number for number in numbers if isinstance(number, int))
            yield _known(total, counted, column, item.place.within(column=column.name), form)


def _of_choices(column: Column, counts: Mapping[object, int], whole: Known) -> Iterator[Known]:
    for choice in column.choices:
        words = _label(choice.label)
        if words and len(words) <= _MOST_WORDS and fold(choice.label) not in _YES_NO:
            kinds, label = whole.kinds | _telling(words), f"{whole.label}: {choice.label}"
            place = whole.place.within(column=column.name)
            yield Known(Fraction(counts.get(choice.name, 0)), whole.nouns, kinds, label, place, whole.form)


def labelled(form: FilledForm) -> Iterator[Labelled]:
    """The numbers of a form whose labels have words enough to be known again."""
    for item in form.items.values():
        value = item.value
        if not item.relevant or not isinstance(value, int | Decimal) or isinstance(value, bool):
            continue
        if item.spec.type not in ("integer", "decimal", "percent", "calculate"):
            continue
        sequence = _label(item.spec.shown)
        words = _telling(tuple(word for word in sequence if word not in words_of("measures")))
        if len(sequence) < 2:
            continue
        unit = words_in(" ".join((folded(item.spec.unit), *_IN_BRACKETS.findall(folded(item.spec.shown)))))
        percent = item.spec.type == "percent" or "درصد" in words
        known_again = words - {"درصد"} if len(words) > 1 else frozenset()
        place, title = item.place, form.spec.shown
        yield Labelled(
            Fraction(value), known_again, sequence, frozenset(unit), percent, item.spec.shown, place, title
        )  # fmt: skip
