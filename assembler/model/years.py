"""What belongs to a year: what is known of it, and texts of forms that name fields of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assembler.base.persian import parse_number
from assembler.model.answers import AnsweredForm, Value
from assembler.model.reports import Years
from assembler.model.sheets import LayoutCell, Sheet, SheetRow
from assembler.model.specs import (
    Choice,
    Column,
    Constraint,
    FormSpec,
    Item,
    ScoredRow,
    ScoreSheet,
)
from assembler.model.tables import FooterRow, PrintedRow
from assembler.model.values import typed_text

_MARK = "{{"
_FIELD = ("label", "hint", "footnote", "choices", "constraint")
# Where {{ case.field }} may stand in a form: its texts, and the parts that have such. Texts that are filled in later,
# such as messages of rules, name what they like.
_SAYING: Mapping[type, tuple[str, ...]] = {
    FormSpec: ("title", "legal", "items", "layout", "sheets", "scoring", "documents"),
    Item: (*_FIELD, "caption", "heading", "notes", "columns", "rows", "footer"),
    Column: (*_FIELD, "group"),
    Choice: ("label",),
    Constraint: ("message",),
    PrintedRow: ("cells", "heading"),
    FooterRow: ("label",),
    LayoutCell: ("text",),
    SheetRow: ("label", "heading"),
    Sheet: ("caption", "heads", "notes", "rows"),
    ScoredRow: ("title", "measure", "method", "footnote"),
    ScoreSheet: ("goal", "measures", "footnote", "rows"),
}


# ---------------------------------------------------------------- what is known of a year


def year_of(years: Years, fields: AnsweredForm) -> int | None:
    """The year of a case, four digits; None while nobody has said it."""
    given = fields.values.get(years.year_field)
    value = given.value if given else None
    number = parse_number(value) if isinstance(value, str) else value
    return int(number) if isinstance(number, int | Decimal) else None


def known_values(years: Years | None, case: FormSpec, fields: AnsweredForm) -> Mapping[str, Value]:
    """What is known of the year of a case, by field."""
    return values_of(years, case, year_of(years, fields)) if years else {}


def values_of(years: Years, case: FormSpec, year: int | None) -> Mapping[str, Value]:
    """What is known of a year, by field of the case."""
    told = years.known.get(year or 0, {})
    return {name: typed_text(text, case.by_name[name]) for name, text in told.items() if name in case.by_name}


def proposing(years: Years | None, case: FormSpec, fields: AnsweredForm) -> FormSpec:
    """The form of the fields of a case, which proposes what is known of its year."""
    told = years.known.get(year_of(years, fields) or 0, {}) if years else {}
    if not told:
        return case
    return replace(case, items=tuple(_proposing(item, told) for item in case.items))


def _proposing(item: Item, told: Mapping[str, str]) -> Item:
    return replace(item, default=told[item.name]) if item.name in told else item


# ---------------------------------------------------------------- texts that name fields of the case


@lru_cache(maxsize=1024)
def naming_texts(spec: FormSpec) -> tuple[str, ...]:
    """The texts of a form that name fields of the case."""
    return tuple(text for text in _strings(spec) if _MARK in text)


def said(spec: FormSpec, say: Callable[[str], str]) -> FormSpec:
    """A form with the texts filled in that name fields of the case; itself when none does."""
    filled: FormSpec = _filled(spec, say) if naming_texts(spec) else spec
    return filled


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(each)
    else:
        for name in _SAYING.get(type(value), ()):
            yield from _strings(getattr(value, name))


def _filled(value: Any, say: Callable[[str], str]) -> Any:
    """A value with its texts filled in; the same one when nothing is."""
    if isinstance(value, str):
        return say(value) if _MARK in value else value
    if isinstance(value, tuple):
        parts = tuple(_filled(each, say) for each in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, Mapping):
        cells = {name: _filled(each, say) for name, each in value.items()}
        return cells if any(cells[name] is not old for name, old in value.items()) else value
    told = {name: _filled(getattr(value, name), say) for name in _SAYING.get(type(value), ())}
    changed = {name: new for name, new in told.items() if new is not getattr(value, name)}
    return replace(value, **changed) if changed else value
