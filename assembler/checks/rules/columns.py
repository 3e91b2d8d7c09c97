"""The columns of a filled table against those of the blank table that was sent out to be filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assembler.base.persian import fold
from assembler.base.problems import Problem
from assembler.checks.rules.subject import Subject
from assembler.model.rules import SameColumns
from assembler.model.specs import Column, Item

_BESIDE_WORDS = re.compile(r"[\W_]+")
_NONE = "—"


def same_columns(subject: Subject[SameColumns]) -> Iterator[Problem]:
    """Columns that one of the two tables lacks, or heads in other words; those that only moved under other headings
    are told apart. One finding for them all.
    """
    template = subject.target(subject.words.template)
    if template is None or not subject.item.rows:
        return
    filled, blank = subject.item.spec, template.spec
    missing, surplus = _only(blank, filled), _only(filled, blank)
    moved = _moved(missing, surplus)
    label, place = filled.title or filled.name, subject.item.place
    if missing or surplus:
        lists = {"missing": _listed(missing), "surplus": _listed(surplus)}
        yield subject.find("columns-differ", place, label=label, **lists)
    if moved:
        told = "، ".join(f"«{_heads(now)}» ({_heads(was)})" for was, now in moved)
        yield subject.find("columns-moved", place, label=label, moved=told)


def _moved(missing: list[Column], surplus: list[Column]) -> list[tuple[Column, Column]]:
    """Columns that differ in the headings above them only; they are taken out of both lists."""
    moved = []
    for was in tuple(missing):
        now = next((each for each in surplus if _key(each)[-1] == _key(was)[-1]), None)
        if now is not None:
            moved.append((was, now))
            missing.remove(was)
            surplus.remove(now)
    return moved


def _only(one: Item, other: Item) -> list[Column]:
    """The columns of one table that the other has not; of two alike, the second needs a second."""
    left = Counter(_key(column) for column in other.columns)
    found = []
    for column in one.columns:
        left[_key(column)] -= 1
        if left[_key(column)] < 0:
            found.append(column)
    return found


def _key(column: Column) -> tuple[str, ...]:
    """Spelling, spaces and signs make no other column; words and spanning headers do."""
    return tuple(_BESIDE_WORDS.sub("", fold(label)) for label in column.heads)


def _listed(columns: Iterable[Column]) -> str:
    return "، ".join(f"«{_heads(column)}»" for column in columns) or _NONE


def _heads(column: Column) -> str:
    return " / ".join(column.heads)
