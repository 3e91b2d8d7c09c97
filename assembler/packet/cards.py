"""Wide rows as cards: a row a small table of labels and values, where a page has no room for its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from assembler.base.persian import numbered
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.packet import GridBlock, GridCell, Span, Text
from assembler.model.specs import Column, Item
from assembler.model.values import number, printed
from assembler.packet.grids import Leaf, Notes, footer, leaves
from assembler.packet.labels import label_lines, lines_of

_PAIRS = (3.2, 4.8, 3.2, 4.8)  # cm of a label, its value, and once more
_ROOM = 34  # letters of a label or a value that stands beside another pair; a longer one has the row for itself
_BETWEEN = " › "

Row = tuple[GridCell, ...]


def cards(item: FilledItem, anchor: str, caption: Text, blank_rows: int = 0) -> Iterator[GridBlock]:
    """A card a row, then one of each closing row. The first one has the caption; a band, or a heading of the rows that
    are printed, stands on top of the card that follows it. Notes stand under the last one.
    """
    notes = Notes()
    made = [*_rows_as_cards(item, notes, blank_rows), *_closing(item)]
    below = (*notes.lines, *((Span(note),) for note in (*item.spec.notes, item.spec.footnote) if note))
    for at, body in enumerate(made):
        yield GridBlock(
            anchor=anchor if at == 0 else f"{anchor}_{at + 1}",
            caption=caption if at == 0 else (),
            widths=_PAIRS,
            head=(),
            body=body,
            notes=below if at == len(made) - 1 else (),
            page=item.spec.page,
            counted=at == 0,
            whole=True,
        )


def _rows_as_cards(item: FilledItem, notes: Notes, blank_rows: int) -> Iterator[tuple[Row, ...]]:
    columns = tuple(dict.fromkeys(leaf.column for leaf in leaves(item.spec)))
    above: list[Row] = []
    count = 0
    before: dict[str, str] = {}  # what a column that merges says, until it says something else
    for row in item.rows:
        heading = item.spec.printed_rows[row.name].heading if row.name in item.spec.printed_rows else ""
        if heading or row.group:
            told = heading or _band(item.spec, row, columns)
            above.append((GridCell(lines_of(told), columns=len(_PAIRS), kind="group"),))
            before.clear()
            continue
        count += 1
        values = {column.name: _value(item.spec, row, column) for column in columns if not _is_closed(row, column)}
        for column in (each for each in columns if each.merge and each.name in values):
            before[column.name] = values[column.name] = values[column.name] or before.get(column.name, "")
        yield (*above, *_card([each for each in columns if each.name in values], values, notes, count))
        above = []
    if not item.rows:
        yield from (tuple(_card(columns, {}, notes, at)) for at in range(1, blank_rows + 1))
    elif above:
        yield tuple(above)


def _is_closed(row: FilledRow, column: Column) -> bool:
    return row.cells[column.name].closed


def _band(item: Item, row: FilledRow, columns: Sequence[Column]) -> str:
    return " ".join(filter(None, (_value(item, row, column) for column in columns)))


def _value(item: Item, row: FilledRow, column: Column) -> str:
    return printed(row.cells[column.name].value, item.column_in(column, row.name))


def _card(columns: Sequence[Column], values: dict[str, str], notes: Notes, count: int) -> Iterator[Row]:
    """The number of the row with what its first text says, then the rest of its columns in pairs."""
    counts = bool(columns) and columns[0].calculation is not None and columns[0].calculation.source == "position"
    rest = columns[1:] if counts else columns
    titled = next((column for column in rest if column.type == "text"), None)
    title = values.get(titled.name, "") if titled else ""
    if title and "\n" not in title and titled is not None:
        rest = [column for column in rest if column is not titled]
    else:
        title = ""
    shown = numbered(number(count), title)
    yield (GridCell(lines_of(shown), columns=len(_PAIRS), kind="group"),)
    yield from _pairs([(column, values.get(column.name, "")) for column in rest], notes)


def _pairs(told: Sequence[tuple[Column, str]], notes: Notes) -> Iterator[Row]:
    """Labels with their values, two of them in a row where both are short."""
    waiting: list[Row] = []
    for column, value in told:
        path = _BETWEEN.join(filter(None, (*column.group, column.label)))
        label = GridCell(label_lines(column, path), kind="label", mark=notes.mark(column))
        align: Any = column.align or "start"
        pair = (label, GridCell(lines_of(value, column.answer_direction), align=align))
        if max(len(path), len(value)) > _ROOM or "\n" in value:
            yield from _joined(waiting)
            waiting = []
            yield (pair[0], replace(pair[1], columns=len(_PAIRS) - 1))
        else:
            waiting.append(pair)
    yield from _joined(waiting)


def _joined(pairs: Sequence[Row]) -> Iterator[Row]:
    """Two pairs in a row; the value of a last one takes the rest."""
    for at in range(0, len(pairs), 2):
        first, *other = pairs[at : at + 2]
        yield (*first, *other[0]) if other else (first[0], replace(first[1], columns=len(_PAIRS) - 1))


def _closing(item: FilledItem) -> Iterator[tuple[Row, ...]]:
    """The closing rows: their label on top, then what they reckon by the labels of the columns."""
    columns = leaves(item.spec)
    for spec, row in zip(item.spec.footer, footer(item, columns), strict=True):
        yield tuple(_closing_card(spec.label, row, columns, whole=spec.calculation is not None))


def _closing_card(label: str, row: Row, columns: Sequence[Leaf], *, whole: bool) -> Iterator[Row]:
    """A closing row; its one result stands beside its label when it is that of the ``whole`` row."""
    # Without room before the results the first of them, which is centred, has the label in its first line.
    results = (replace(row[0], lines=row[0].lines[1:]), *row[1:]) if row[0].align == "center" else row[1:]
    at = len(columns) - sum(cell.columns for cell in results)
    if whole:
        yield GridCell(lines_of(label), columns=2, kind="footer"), replace(results[0], columns=2)
        return
    yield (GridCell(lines_of(label), columns=len(_PAIRS), kind="footer"),)
    pairs: list[Row] = []
    for cell in results:
        heads = columns[at].path if cell.columns == 1 else columns[at].column.heads
        at += cell.columns
        if cell.lines:
            told = GridCell(lines_of(_BETWEEN.join(filter(None, heads))), kind="label")
            pairs.append((told, replace(cell, columns=1, kind="body", align="start")))
    yield from _joined(pairs)
