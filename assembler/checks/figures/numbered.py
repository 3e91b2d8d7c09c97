"""Forms and tables by the numbers the guidance gives them, and where a text names one: «در فرم ۵», «طبق جدول ۱۴»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from assembler.base.lexicon import either, standing
from assembler.checks.rules.numbers_said import folded
from assembler.checks.words.figure_words import ordinal, ordinals, words_of_as_typed
from assembler.model.filled import FilledForm

# What is named, «form», «table», «indicator» or «section», with its number.
Named = tuple[str, str]
# The forms, with their tables, that bear a number; «» for the whole form.
Numbered = Mapping[Named, frozenset[tuple[str, str]]]

_LAST_NUMBER = re.compile(r"(\d+)$")


@cache
def _kinds() -> Mapping[str, str]:
    return {folded(word): kind for word, kind in standing(words_of_as_typed("numbered things")).items()}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<kind>{either(_kinds())})(?:\s*(?:های|ها))?\s+(?:شماره\s+|no\.?\s+|number\s+)?"
        rf"\(?(?P<number>\d+(?:[/-]\d+)?|{ordinals().pattern})\)?(?![\w/])"
    )


def numbers_named(text: str) -> Iterator[Named]:
    """The forms and tables that a folded text names by their numbers."""
    for match in _pattern().finditer(text):
        number = match["number"]
        word = ordinals().fullmatch(number)
        yield _kinds()[match["kind"]], str(ordinal(word)) if word else number.replace("-", "/")


def names_a_number(text: str) -> bool:
    """Whether a folded text names any."""
    return bool(_pattern().search(text))


def without_names(text: str) -> str:
    """The text with blanks where it names one, so that «جدول ۱۲ پنج جلسه» says five."""
    return _pattern().sub(lambda match: " " * len(match.group()), text)


def numbered(forms: Iterable[FilledForm]) -> Numbered:
    """The forms by the numbers that their sources, titles and tables give; a number of two forms of one kind is of
    both.
    """
    found: dict[Named, set[tuple[str, str]]] = {}
    for form in forms:
        for named in _names_of(form):
            found.setdefault(named, set()).add((form.spec.id, ""))
        for item in form.spec.items:
            if item.is_table:
                texts = (item.caption, item.label, f"جدول {item.number}" if item.number else "")
                for named in (named for text in texts for named in _heads(text)):
                    found.setdefault(named, set()).add((form.spec.id, item.name))
    return {named: frozenset(targets) for named, targets in found.items()}


def _names_of(form: FilledForm) -> Iterator[Named]:
    spec = form.spec
    clauses = [clause for clause in spec.source.clause if clause]
    for text in (*clauses[-1:], spec.title):
        yield from _heads(text)
    if spec.scoring:
        yield "indicator", spec.scoring.number
    name = _LAST_NUMBER.search(spec.id.rsplit("/", 1)[-1])
    if name and spec.id.rsplit("/", 1)[-1] == name[1]:
        yield "form", str(int(name[1]))


def _heads(text: str) -> Iterator[Named]:
    """The number a title begins with: «جدول شماره ۱۴», «شاخص ۲۴- …»."""
    plain = folded(text).strip()
    match = _pattern().match(plain)
    if match:
        yield from numbers_named(plain[: match.end()])
