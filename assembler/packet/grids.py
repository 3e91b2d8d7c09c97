"""Tables: from a filled table item to a grid of cells with merged headers, merged cells, bands, footers and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import cast

import jdatetime

from assembler.base.expressions import is_percent
from assembler.base.functions import printable
from assembler.base.persian import numbered, persian_digits
from assembler.model.answers import Value
from assembler.model.column_numbers import column_numbers
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.packet import Align, CellKind, GridBlock, GridCell, Span, Text
from assembler.model.specs import Choice, Column, Expression, Field, Item
from assembler.model.types import NUMBERS
from assembler.model.values import TICK, number, printed
from assembler.packet.boxed import Stretch
from assembler.packet.labels import label_lines, lines_of

_WIDTHS = {"integer": 1.6, "decimal": 1.6, "percent": 1.6, "year": 1.6, "date": 2.4, "select_one": 2.2}  # cm
_TICK_WIDTH, _TEXT_WIDTH = 1.3, 4.0
# What is printed alike when it is equal; a choice with words of its own is a kind of text that is not.
_ALIKE = (type(None), str, int, jdatetime.date)
_CENTRED = (*NUMBERS, "date")


@dataclass(frozen=True)
class Leaf:
    """A printed column: a column of the spec, or a choice of a ticked one. ``path`` are its headers from the top."""

    column: Column
    choice: Choice | None
    path: tuple[str, ...]
    width: float

    @cached_property
    def align(self) -> Align:
        centred = self.choice is not None or self.column.type in _CENTRED
        return cast(Align, self.column.align) or ("center" if centred else "start")


def leaves(item: Item) -> tuple[Leaf, ...]:
    """The printed columns, leading one first; one with ``appearance: ticks`` gives one a choice, a hidden one none."""
    found: list[Leaf] = []
    for column in (column for column in item.columns if "hidden" not in column.appearance):
        path = (*column.group, column.label)
        if "ticks" in column.appearance:
            width = column.width / len(column.choices) if column.width else _TICK_WIDTH
            found += [Leaf(column, choice, (*path, choice.label), width) for choice in column.choices]
        else:
            found.append(Leaf(column, None, path, column.width or _WIDTHS.get(column.type, _TEXT_WIDTH)))
    return tuple(found)


def boxed_rows(item: FilledItem, notes: Notes, blank_rows: int = 0) -> Stretch:
    """The rows of a table inside a printed form, its headers among them."""
    columns = leaves(item.spec)
    body = (*head(item.spec, columns, notes), *_body(item, columns, blank_rows, ""), *footer(item, columns))
    notes.lines += ((Span(note),) for note in (*item.spec.notes, item.spec.footnote) if note)
    return Stretch(tuple(leaf.width for leaf in columns), body)


def grid(item: FilledItem, anchor: str, caption: Text, blank_rows: int = 0, nothing: str = "") -> GridBlock:
    """The printed table. Without rows it says ``nothing``, or ``blank_rows`` empty ones are printed to be filled in."""
    notes = Notes()
    columns = leaves(item.spec)
    return GridBlock(
        anchor=anchor,
        caption=caption,
        widths=tuple(leaf.width for leaf in columns),
        head=tuple(head(item.spec, columns, notes)),
        body=(*_body(item, columns, blank_rows, nothing), *footer(item, columns)),
        notes=(*notes.lines, *((Span(note),) for note in (*item.spec.notes, item.spec.footnote) if note)),
        page=item.spec.page,
        fit=item.spec.fit,
    )


class Notes:
    """Collects the notes of labels and numbers them in printing order."""

    def __init__(self) -> None:
        self.lines: list[Text] = []
        self._marks: dict[str, str] = {}

    def mark(self, field: Field) -> str:
        """The mark to print at a field's label; «» when it has no footnote."""
        return self._mark(field.footnote) if field.footnote else ""

    def raised(self, field: Field) -> Text:
        """The mark for a label in the middle of a text."""
        return (Span(self.mark(field), raised=True),) if field.footnote else ()

    def _mark(self, text: str) -> str:
        if text not in self._marks:
            self._marks[text] = persian_digits(str(len(self._marks) + 1))
            self.lines.append((Span(numbered(self._marks[text], text)),))
        return self._marks[text]


# ---------------------------------------------------------------- head


def head(item: Item, columns: Sequence[Leaf], notes: Notes) -> Iterator[tuple[GridCell, ...]]:
    """The header rows: a heading over all columns, then the headers level by level."""
    if item.heading:
        yield (GridCell(lines=((Span(item.heading),),), columns=len(columns), align="center", kind="head"),)
    depth = max(len(leaf.path) for leaf in columns)
    for level in range(depth):
        yield tuple(_head_row(columns, level, depth, notes))
    if numbers := column_numbers(item, [leaf.column for leaf in columns]):
        yield tuple(GridCell(lines_of(text), align="center", kind="head") for text in numbers)


def _head_row(columns: Sequence[Leaf], level: int, depth: int, notes: Notes) -> Iterator[GridCell]:
    """The header cells that begin on a level: neighbours under the same headers share one cell."""
    start = 0
    while start < len(columns):
        leaf = columns[start]
        end = start + 1
        if level < len(leaf.path):
            ends_here = level == len(leaf.path) - 1
            while not ends_here and end < len(columns) and _share_header(leaf, columns[end], level):
                end += 1
            is_label = level == len(leaf.column.group)
            yield GridCell(
                lines=label_lines(leaf.column, leaf.path[level]) if is_label else ((Span(leaf.path[level]),),),
                columns=end - start,
                rows=depth - level if ends_here else 1,
                align="center",
                kind="head",
                mark=notes.mark(leaf.column) if is_label else "",
            )
        start = end


def _share_header(left: Leaf, right: Leaf, level: int) -> bool:
    """Whether two printed columns stand under the same header of a level: the same spanning headers, or one label."""
    if left.path[: level + 1] != right.path[: level + 1]:
        return False
    if level < len(left.column.group):
        return level < len(right.column.group)
    return left.column is right.column


# ---------------------------------------------------------------- body


def _body(item: FilledItem, columns: Sequence[Leaf], blank_rows: int, nothing: str) -> Iterator[tuple[GridCell, ...]]:
    rows = item.rows
    if not rows and nothing:
        yield (GridCell(((Span(nothing),),), columns=len(columns), align="center"),)
    elif not rows:
        # Blank forms are filled in by hand: two lines high.
        empty = tuple(GridCell(lines=((), ()), align=leaf.align) for leaf in columns)
        yield from (empty for _ in range(blank_rows))
    heights = {leaf.column.name: _heights(rows, leaf.column) for leaf in columns if leaf.column.merge}
    cells = _Cells(item.spec)
    for number_, row in enumerate(rows):
        printed_row = item.spec.printed_rows.get(row.name)
        if printed_row is not None and printed_row.heading:
            yield (GridCell(lines_of(printed_row.heading), columns=len(columns), kind="group"),)
        elif row.group:
            yield tuple(cells.of(row, leaf, 1, "group") for leaf in columns)
        else:
            tall = ((leaf, heights[leaf.column.name][number_] if leaf.column.merge else 1) for leaf in columns)
            kind: CellKind = "total" if row.reckoned else "body"
            yield tuple(cells.of(row, leaf, height, kind) for leaf, height in tall if height)


def _heights(rows: Sequence[FilledRow], column: Column) -> list[int]:
    """How many rows each cell of a merging column takes: a blank one below a filled one of its band takes none."""
    heights = [1] * len(rows)
    begun = -1  # the filled cell that blank ones below it belong to
    for number_, row in enumerate(rows):
        if row.group:
            begun = -1
        elif row.cells[column.name].value is not None:
            begun = number_
        elif begun >= 0:
            heights[begun] += 1
            heights[number_] = 0
    return heights


class _Cells:
    """Makes the cells of a table. One that says the same as another of its column is the same: long tables do so again
    and again.
    """

    def __init__(self, item: Item) -> None:
        self._item = item
        self._made: dict[tuple[int, type, object], GridCell] = {}

    def of(self, row: FilledRow, leaf: Leaf, height: int, kind: CellKind) -> GridCell:
        filled = row.cells[leaf.column.name]
        if filled.closed:
            return GridCell(kind="closed")
        value = filled.value
        if row.name or height != 1 or kind != "body" or type(value) not in _ALIKE:
            return _cell(self._item, row.name, leaf, value, height, kind)
        key = (id(leaf), type(value), value)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _cell(self._item, "", leaf, value, height, kind)
        return made


def _cell(item: Item, row: str, leaf: Leaf, value: Value, height: int, kind: CellKind) -> GridCell:
    if leaf.choice is not None:
        chosen = value if isinstance(value, tuple) else (value,)
        lines = lines_of(TICK if leaf.choice.name in chosen else "")
    else:
        text = printed(value, item.column_in(leaf.column, row))
        lines = lines_of(text, leaf.column.answer_direction)
    return GridCell(lines=lines, rows=height, align=leaf.align, kind=kind)


# ---------------------------------------------------------------- footer


def footer(item: FilledItem, columns: Sequence[Leaf]) -> Iterator[tuple[GridCell, ...]]:
    """The closing rows with what they reckon."""
    for spec, values in zip(item.spec.footer, item.footer, strict=True):
        if spec.calculation:
            text = _result(values.get(""), spec.calculation)
            yield tuple(_labelled(spec.label, [_result_cell(text)], len(columns) - 1))
            continue
        first = next((at for at, leaf in enumerate(columns) if _results_of(leaf, spec.cells)), len(columns))
        cells = [
            _result_cell(_result(values.get(name), spec.cells.get(name), item.spec.by_name.get(name)), width)
            for name, width in _widths(columns[first:], spec.cells)
        ]
        yield tuple(_labelled(spec.label, cells, first))


def _choice_name(leaf: Leaf) -> str:
    return f"{leaf.column.name}.{leaf.choice.name}" if leaf.choice else leaf.column.name


def _results_of(leaf: Leaf, cells: Mapping[str, Expression]) -> bool:
    return leaf.column.name in cells or _choice_name(leaf) in cells


def _widths(columns: Sequence[Leaf], cells: Mapping[str, Expression]) -> Iterator[tuple[str, int]]:
    """The results' names with how many printed columns each takes: a ticked one takes all, or each choice its own."""
    for _, leaves in groupby(columns, key=lambda leaf: id(leaf.column)):
        together = list(leaves)
        if any(_choice_name(leaf) in cells for leaf in together):
            yield from ((_choice_name(leaf), 1) for leaf in together)
        else:
            yield together[0].column.name, len(together)


def _labelled(label: str, cells: list[GridCell], room: int) -> list[GridCell]:
    """The label in the columns before the results; where there are none, in front of the first result."""
    line = (Span(label),)
    if room:
        return [GridCell(lines=(line,), columns=room, kind="footer"), *cells]
    return [replace(cells[0], lines=(line, *cells[0].lines)), *cells[1:]]


def _result_cell(text: str, columns: int = 1) -> GridCell:
    return GridCell(lines=((Span(text),),) if text else (), columns=columns, align="center", kind="footer")


def _result(value: object, expression: Expression | None, column: Column | None = None) -> str:
    """What is reckoned, as it is printed; the last of a column of years is a year."""
    if expression is None:
        return ""
    if column and column.is_plain and isinstance(value, int) and expression.source.startswith(("greatest", "least")):
        return printed(value, column)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value, percent=is_percent(expression.source))
    return printable(value)
