"""Answers by their places: found as people write places, changed, deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assembler.base.problems import NOWHERE, AssemblerError, ExitCode, Place, problem
from assembler.base.suggest import guess, listed
from assembler.model.acceptances import place_text, read_place
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Value
from assembler.model.carried import confirmed
from assembler.model.names import forms_called
from assembler.model.specs import Column, FormSpec, Item

_NEW_ROW = re.compile(r":\+(?=\.|$)")
Answered = Callable[[str], AnsweredForm | None]


@dataclass(frozen=True)
class Spot:
    """An answer by its place: an item, or a cell of a table by its row, counted from 1, and its column.

    ``line`` is the row as it stands; None for one that is new, or printed and not answered yet.
    """

    spec: FormSpec
    item: Item
    row: int | None = None
    column: Column | None = None
    line: AnsweredRow | None = None

    @property
    def place(self) -> Place:
        return Place(None, None, self.spec.id, self.item.name, self.row, self.column.name if self.column else None)

    @property
    def field(self) -> Item | Column:
        return self.column or self.item


def form_at(specs: Mapping[str, FormSpec], name: str) -> FormSpec:
    """A form as people name it: whole, or by what stands behind its last «/» where one form alone ends so.

    Raises AssemblerError: there is no such form, or there are several.
    """
    found = forms_called(specs, name)
    if len(found) == 1:
        return specs[found[0]]
    if found:
        raise _wrong("several-forms", NOWHERE, name=name, known="، ".join(found))
    whole = {each.rpartition("/")[2]: each for each in specs} | {each: each for each in specs}
    near = guess(name, whole)
    raise _wrong("unknown-form", NOWHERE, name=name, guess=whole.get(near, near))


def spot_at(specs: Mapping[str, FormSpec], answered: Answered, typed: str) -> Spot:
    """The answer a place names, written as `accept` writes it; ``:+`` stands for the row behind the last one.

    Raises AssemblerError: the place cannot be read, or there is no such form, item, row or column.
    """
    place = read_place(_NEW_ROW.sub(":1", typed.strip("[]")))
    if place is None or not place.form or not place.item:
        raise _wrong("wrong-shape", NOWHERE, expected="form.item:row.column", found=f"«{typed}»")
    spec, name = form_at(specs, place.form), place.item
    place = place.within(form=spec.id)
    items = {item.name: item for item in spec.items}
    if name not in items:
        near, known = guess(name, items), listed(items, 20)
        raise _wrong("unknown-item", place, name=name, shape=spec.id, guess=near, known=known)
    item, form = items[name], answered(spec.id)
    new = bool(_NEW_ROW.search(typed))
    if not item.is_table:
        if place.row or place.column or new:
            expected = f"{spec.id}.{item.name}"
            raise _wrong("place-no-table", place, label=item.shown, expected=expected)
        return Spot(spec, item)
    number, line = _row_at(item, place, form.tables.get(item.name, ()) if form else (), new=new)
    return Spot(spec, item, number, _column(item, place, line), line)


def _row_at(
    item: Item, place: Place, rows: Sequence[AnsweredRow], *, new: bool
) -> tuple[int | None, AnsweredRow | None]:
    numbered = {row.place.row: row for row in rows}
    count = len(item.rows) or max((number for number in numbered if number), default=0)
    number = count + 1 if new else place.row
    most = len(item.rows) or count + 1
    if number is None or number <= most:
        return number, numbered.get(number) if number else None
    following = f"{item.name}:{count + 1}" if not item.rows else "—"
    label = item.shown
    raise _wrong("row-beyond", place, label=label, count=count, row=number, following=following)


def _column(item: Item, place: Place, line: AnsweredRow | None) -> Column | None:
    if place.column is None:
        return None
    columns = {column.name: column for column in item.columns}
    if line is not None and line.group and item.group_rows:
        columns = {name: replace(columns[name], type="text", calculation=None) for name in item.group_rows.columns}
    if place.column not in columns:
        near, known = guess(place.column, columns), _known(columns.values())
        raise _wrong("unknown-column", place, name=place.column, guess=near, known=known)
    return columns[place.column]


def _known(columns: Iterable[Column]) -> str:
    return "، ".join(each.spelled for each in columns)


def refuse_unanswerable(spot: Spot) -> None:
    """Raises AssemblerError when nobody answers a place: it is calculated, printed, or no single cell."""
    item, place = spot.item, spot.place
    label = spot.field.shown
    if not item.is_asked or (spot.column and not spot.column.is_asked):
        raise _wrong("calculated-cell", place, label=label)
    if not item.is_table:
        return
    if spot.row is None or spot.column is None:
        expected, known = f"{spot.spec.id}.{item.name}:1.{item.columns[0].name}", _known(item.columns)
        raise _wrong("place-incomplete", place, label=label, where=place_text(place), expected=expected, known=known)
    printed = item.rows[spot.row - 1] if item.rows else None
    if printed is not None and printed.shuts(spot.column.name):
        raise _wrong(printed.refusal(spot.column.name), place, column=label, label=label)


def _wrong(code: str, place: Place, /, **arguments: object) -> AssemblerError:
    return AssemblerError([problem(code, place, **arguments)], ExitCode.USAGE)


# ---------------------------------------------------------------- changes


def with_answer(form: AnsweredForm | None, spot: Spot, value: Value) -> AnsweredForm:
    """The form with another answer at a place, which confirms it; a row that is not there yet is added."""
    form = confirmed(form or AnsweredForm(spot.spec.id, {}, {}), (spot.item.name,))
    if spot.column is None:
        return replace(form, values={**form.values, spot.item.name: Answer(value)})
    rows = form.tables.get(spot.item.name, ())
    cell = {spot.column.name: Answer(value)}
    if spot.line is None:
        name = spot.item.rows[spot.row - 1].name if spot.item.rows and spot.row else ""
        rows = (*rows, AnsweredRow(cell, NOWHERE, name=name))
    else:
        changed = replace(spot.line, cells={**spot.line.cells, **cell})
        rows = tuple(changed if row is spot.line else row for row in rows)
    return replace(form, tables={**form.tables, spot.item.name: rows})


def without_row(form: AnsweredForm | None, spot: Spot) -> AnsweredForm:
    """The form without a row; a printed one is left blank. Raises AssemblerError when the place is no such row."""
    if spot.row is None or spot.column is not None:
        raise _wrong("row-not-named", spot.place, where=place_text(spot.place))
    rows = form.tables.get(spot.item.name, ()) if form else ()
    if form is None or spot.line is None:
        label, following = spot.item.shown, f"{spot.item.name}:{len(rows) + 1}"
        raise _wrong("row-beyond", spot.place, label=label, count=len(rows), row=spot.row, following=following)
    left = tuple(row for row in rows if row is not spot.line)
    return replace(form, tables={**form.tables, spot.item.name: left})
