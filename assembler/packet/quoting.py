"""Findings as people read them: by section, with the row they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.base.persian import persian_digits
from assembler.base.problems import Place, Problem
from assembler.model.acceptances import row_at
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.values import printed

CASE_TITLE = "مشخصات پرونده"
REST_TITLE = "پرونده و سند"
_SHORT = 60


@dataclass(frozen=True)
class Section:
    """The findings of one form, or those that belong to none."""

    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class QuotedCell:
    """A cell of the row a finding stands in, as it is printed; ``marked`` when the finding speaks of it."""

    label: str
    text: str
    marked: bool


def sections(problems: Iterable[Problem], forms: Mapping[str, FilledForm]) -> tuple[Section, ...]:
    """The findings form by form as the report has them, then those of no form. Their order within stays."""
    found: dict[str, list[Problem]] = {name: [] for name in (*forms, "")}
    for each in problems:
        name = each.place.form or ""
        found[name if name in forms else ""].append(each)
    return tuple(Section(_title(name, forms), tuple(listed)) for name, listed in found.items() if listed)


def _title(name: str, forms: Mapping[str, FilledForm]) -> str:
    if name == "case":
        return CASE_TITLE
    return forms[name].spec.title if name else REST_TITLE


def item_of(place: Place, forms: Mapping[str, FilledForm]) -> FilledItem | None:
    """The item a place names, if the forms hold it."""
    form = forms.get(place.form or "")
    return form.items.get(place.item or "") if form else None


def quoted(place: Place, forms: Mapping[str, FilledForm]) -> tuple[QuotedCell, ...]:
    """The row a place stands in, or the single answer; nothing when it names neither."""
    item = item_of(place, forms)
    if item is None:
        return ()
    if not item.spec.is_table:
        return (QuotedCell(item.spec.shown, printed(item.value, item.spec), True),)
    row = row_at(item, place.row)
    return tuple(_cells(item, row, place.column)) if row else ()


def _cells(item: FilledItem, row: FilledRow, marked: str | None) -> Iterator[QuotedCell]:
    for column in item.spec.columns:
        label = ": ".join(column.heads)
        yield QuotedCell(label, printed(row.cells[column.name].value, column), column.name == marked)


def where(place: Place, forms: Mapping[str, FilledForm]) -> str:
    """The place within its form, in words: the item, the row with the first text in it, the column."""
    item = item_of(place, forms)
    if item is None:
        return ""
    spec = item.spec
    column = next((column for column in spec.columns if column.name == place.column), None)
    parts = [spec.shown]
    parts += [_row_words(item, place.row)] if place.row else []
    parts += [f"ستون «{column.shown}»"] if column else []
    return "، ".join(parts)


def _row_words(item: FilledItem, number: int) -> str:
    words = f"ردیف {persian_digits(str(number))}"
    row = row_at(item, number)
    first = _first_text(item, row) if row else ""
    return f"{words} («{first}»)" if first else words


def _first_text(item: FilledItem, row: FilledRow) -> str:
    """The text a reader knows the row by; long ones are cut at a word."""
    texts = (row.cells[column.name].value for column in item.spec.columns if column.type == "text")
    text = " ".join(next((text for text in texts if isinstance(text, str) and not _is_mark(text)), "").split())
    if len(text) <= _SHORT:
        return text
    return text[:_SHORT].rpartition(" ")[0] + " …" if " " in text[:_SHORT] else text[:_SHORT] + "…"


def _is_mark(text: str) -> bool:
    """A row number or a dash tells nobody which row is meant."""
    return not any(letter.isalpha() for letter in text)
