"""Findings as people read them: by section, with the row they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.base.problems import Place, Problem
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.values import printed

REST_TITLE = "پرونده و سند"


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
    titles = {"": REST_TITLE, **{name: form.spec.shown for name, form in forms.items()}}
    return tuple(Section(titles[name], tuple(listed)) for name, listed in found.items() if listed)


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
    row = item.row_at(place.row)
    return tuple(_cells(item, row, place.column)) if row else ()


def _cells(item: FilledItem, row: FilledRow, marked: str | None) -> Iterator[QuotedCell]:
    for column in item.spec.columns:
        label = ": ".join(column.heads)
        yield QuotedCell(label, printed(row.cells[column.name].value, column), column.name == marked)
