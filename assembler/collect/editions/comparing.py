"""What became of each form and question from one edition to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assembler.collect.editions.matching import Editions, FormPair, ItemPair, Pair, choices_paired, row_words
from assembler.model.specs import Choice, Column, Item
from assembler.model.tables import PrintedRow

Became = Literal["same", "changed", "alike", "new", "gone"]
# What may have changed of something: names are for files, labels are read, the others say what an answer may be.
Aspect = Literal["number", "name", "label", "type", "choices", "required", "optional", "parts", "split"]


@dataclass(frozen=True)
class Fate:
    """What became of a column, a row or a choice."""

    kind: Literal["column", "row", "choice"]
    became: Became
    old: str
    new: str
    old_label: str
    new_label: str
    changed: tuple[Aspect, ...] = ()
    types: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class ItemFate:
    """What became of a question; ``old`` is its place in the edition before."""

    became: Became
    old: str
    new: str
    old_label: str
    new_label: str
    changed: tuple[Aspect, ...] = ()
    types: tuple[str, str] = ("", "")
    parts: tuple[Fate, ...] = ()


@dataclass(frozen=True)
class FormFate:
    """What became of a form."""

    became: Became
    old: str
    new: str
    old_title: str
    new_title: str
    changed: tuple[Aspect, ...] = ()
    items: tuple[ItemFate, ...] = ()


def fates(editions: Editions) -> tuple[FormFate, ...]:
    """All forms in the order of the new edition, those that are gone behind them."""
    return tuple(map(_form, editions.forms))


def counted(found: Sequence[FormFate]) -> dict[Became, int]:
    """How many questions came to what."""
    counts: dict[Became, int] = dict.fromkeys(("same", "changed", "alike", "new", "gone"), 0)
    for item in (item for form in found for item in form.items):
        counts[item.became] += 1
    return counts


def _form(pair: FormPair) -> FormFate:
    items = tuple(_item(each, pair) for each in pair.items)
    old, new = pair.old, pair.new
    changed: tuple[Aspect, ...] = ()
    if old and new:
        numbers = {form.id.rpartition("/")[2] for form in (old, new)}
        told: dict[Aspect, bool] = {
            "number": len(numbers) > 1 and not pair.is_split,
            "split": pair.is_split,
            "label": old.shown != new.shown,
            "parts": any(item.became != "same" for item in items),
        }
        changed = tuple(word for word, holds in told.items() if holds)
    return FormFate(
        _became(pair.old, pair.new, pair.is_alike, changed),
        old.id if old else "",
        new.id if new else "",
        old.shown if old else "",
        new.shown if new else "",
        changed,
        items,
    )


def _became(old: object, new: object, is_alike: bool, changed: tuple[Aspect, ...]) -> Became:
    if old is None:
        return "new"
    if new is None:
        return "gone"
    return "alike" if is_alike else "changed" if changed else "same"


def _item(pair: ItemPair, form: FormPair) -> ItemFate:
    old, new = pair.old, pair.new
    parts = (*_parts(pair), *(_choices(old, new) if old and new else ()))
    changed = (*_changed(old, new, [part for part in parts if part.became != "same"]),) if old and new else ()
    home = f"{pair.home.id}." if pair.home and pair.home is not form.old else ""
    return ItemFate(
        _became(old, new, pair.is_alike, changed),
        f"{home}{old.name}" if old else "",
        new.name if new else "",
        old.shown if old else "",
        new.shown if new else "",
        changed,
        _types(old, new),
        tuple(part for part in parts if part.became != "same"),
    )


def _changed(old: Item | Column, new: Item | Column, parts: Sequence[Fate] = ()) -> Iterator[Aspect]:
    if old.name != new.name:
        yield "name"
    if old.shown != new.shown:
        yield "label"
    if old.type != new.type:
        yield "type"
    if any(part.kind == "choice" for part in parts):
        yield "choices"
    if bool(old.required) != bool(new.required):
        yield "required" if new.required else "optional"
    if any(part.kind != "choice" for part in parts):
        yield "parts"


def _parts(pair: ItemPair) -> Iterator[Fate]:
    """Columns and rows; those of a table that is new or gone as a whole go with it."""
    if not (pair.old and pair.new):
        return
    for column in pair.columns:
        if not _is_reckoned(column):
            yield _column(column)
            yield from _choices(column.old, column.new) if column.old and column.new else ()
    for row in pair.rows:
        yield _row(row)


def _is_reckoned(pair: Pair[Column]) -> bool:
    return not any(column and column.is_asked for column in (pair.old, pair.new))


def _column(pair: Pair[Column]) -> Fate:
    old, new = pair.old, pair.new
    changed = tuple(_changed(old, new)) if old and new else ()
    names = (old.name if old else "", new.name if new else "")
    labels = (old.path if old else "", new.path if new else "")
    return Fate("column", _became(old, new, pair.is_alike, changed), *names, *labels, changed, _types(old, new))


def _row(pair: Pair[PrintedRow]) -> Fate:
    old, new = pair.old, pair.new
    labels = (row_words(old) if old else "", row_words(new) if new else "")
    names = (old.name if old else "", new.name if new else "")
    changed = _differing(names, labels) if old and new else ()
    return Fate("row", _became(old, new, pair.is_alike, changed), *names, *labels, changed)


def _choices(old: Item | Column, new: Item | Column) -> Iterator[Fate]:
    for pair in choices_paired(old, new) if old.choices and new.choices else ():
        yield _choice(pair)


def _choice(pair: Pair[Choice]) -> Fate:
    old, new = pair.old, pair.new
    names = (old.name if old else "", new.name if new else "")
    labels = (old.label if old else "", new.label if new else "")
    changed = _differing(names, labels) if old and new else ()
    return Fate("choice", _became(old, new, pair.is_alike, changed), *names, *labels, changed)


def _differing(names: tuple[str, str], labels: tuple[str, str]) -> tuple[Aspect, ...]:
    told: dict[Aspect, bool] = {"name": names[0] != names[1], "label": labels[0] != labels[1]}
    return tuple(word for word, holds in told.items() if holds)


def _types(old: Item | Column | None, new: Item | Column | None) -> tuple[str, str]:
    return (old.type if old else "", new.type if new else "")
