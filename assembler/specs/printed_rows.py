"""Reads the rows a guidance document prints: fixed cells, headings, what is reckoned of other rows, closed cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from assembler.base.expressions import ExpressionError, parse, references
from assembler.base.problems import Place
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode
from assembler.model.specs import Column, Expression
from assembler.model.tables import PrintedRow
from assembler.model.values import typed_text
from assembler.specs.also import taken_rows
from assembler.specs.nodes import expression, items, mapping, text, texts

Report = Callable[..., None]
ADDED_UP = ("integer", "decimal")  # a sum of percentages says nothing


class RowReader:
    """Reads the rows of one table; what is wrong is told to ``report``."""

    def __init__(self, columns: Sequence[Column], report: Report) -> None:
        self._columns, self._report = columns, report
        self._names = [column.name for column in columns]

    def read(self, node: MappingNode, place: Place) -> tuple[PrintedRow, ...]:
        """The rows in order; sub-totals know those above them."""
        rows: list[PrintedRow] = []
        for entry in items(node.get("rows")):
            row = mapping(entry)
            rows.append(self._row(row, rows, place.within(line=row.line)))
        self._distinct(rows)
        for taken in taken_rows(rows):
            self._report(taken.code, taken.place, **taken.arguments)
        return tuple(rows)

    def _row(self, node: MappingNode, above: Sequence[PrintedRow], place: Place) -> PrintedRow:
        name, heading = text(node, "name"), text(node, "heading")
        if heading:
            for word in (key for key in node.entries if key not in ("name", "heading", "was")):
                self._report("word-unfit", place.within(line=node.line_of(word)), name=word, shape="heading")
            return PrintedRow(name, {}, place, heading, was=text(node, "was"))
        if "cells" not in node.entries:
            self._report("missing-key", place, shape="row", name="cells | heading")
        cells, closed = self._cells(node, place), frozenset(texts(node, "closed"))
        own = self._calculations(node, place)
        self._known(closed, place.within(line=node.line_of("closed")))
        for column in (
            each for each in self._columns if (each.name in cells) + (each.name in closed) + (each.name in own) > 1
        ):
            self._report("row-cell-twice", place.within(column=column.name), name=name, column=column.name)
        whole = self._whole(node, above, place)
        was, also = text(node, "was"), texts(node, "also")
        if whole is None:
            return PrintedRow(name, cells, place, calculations=own, closed=closed, was=was, also=also)
        summed = "total" in node.entries
        open_ = [
            column.name
            for column in self._columns
            if column.type in ADDED_UP
            and (column.is_asked or (summed and _names_any(column.calculation, closed)))
            and column.name not in {*cells, *closed, *own}
        ]
        if not open_:
            self._report("row-reckons-nothing", whole.place, name=name)
        return PrintedRow(name, cells, place, "", {**dict.fromkeys(open_, whole), **own}, closed, True, was, also=also)

    def _cells(self, node: MappingNode, place: Place) -> Mapping[str, str]:
        cells = mapping(node.get("cells"))
        self._known(cells.entries, place)
        for column in self._columns:
            self._fitting(text(cells, column.name), column, place.within(line=cells.line_of(column.name)))
        return {key: text(cells, key) for key in cells.entries}

    def _calculations(self, node: MappingNode, place: Place) -> dict[str, Expression]:
        found = mapping(node.get("calculations"))
        self._known(found.entries, place.within(line=found.line))
        return {key: told for key in found.entries if (told := expression(found, key, place))}

    def _whole(self, node: MappingNode, above: Sequence[PrintedRow], place: Place) -> Expression | None:
        """What every open column of numbers is reckoned by; a sub-total is the sum of the rows it closes."""
        reckoned = text(node, "total")
        told = expression(node, "calculation", place)
        if not reckoned:
            return told
        where = place.within(line=node.line_of("total"))
        if told:
            self._report("word-unfit", where, name="total", shape="calculation")
            return told
        if reckoned not in ("above", "all"):
            return None  # the shape has told it
        names = list(_closed_by(above) if reckoned == "above" else _ordinary(above))
        if not names:
            self._report("row-closes-nothing", where, name=text(node, "name"))
            return None
        return Expression(f"sum({', '.join(names)})", where)

    def _fitting(self, typed: str, column: Column, place: Place) -> None:
        """A cell the guidance prints must be of its column's type, or it would vanish from the report."""
        if not typed or typed in column.marks:
            return
        known = [choice.name for choice in column.choices]
        if typed_text(typed, column) is None or (column.type == "select_one" and typed not in known):
            self._report("bad-value", place, value=typed, name=column.name, known=listed(known or [column.type]))

    def _known(self, names: Sequence[str] | Mapping[str, object] | frozenset[str], place: Place) -> None:
        for name in names:
            if name not in self._names:
                near, known = guess(name, self._names), listed(self._names)
                self._report("unknown-item", place, name=name, shape="table", guess=near, known=known)

    def _distinct(self, rows: Sequence[PrintedRow]) -> None:
        """No two rows of one name; where rows are named in formulas, none that is called as a column."""
        seen = set(self._names) if any(row.calculations for row in rows) else set()
        for row in rows:
            if row.name and row.name in seen:
                self._report("duplicate-name", row.place, name=row.name, shape="rows")
            seen.add(row.name)


def _names_any(told: Expression | None, columns: frozenset[str]) -> bool:
    """Whether a column is reckoned of one of these: where they are closed nothing could come of it."""
    if told is None:
        return False
    try:
        return any(each.name in columns and not each.form for each in references(parse(told.source)))
    except ExpressionError:
        return False  # told where it stands


def _ordinary(rows: Sequence[PrintedRow]) -> Iterator[str]:
    return (row.name for row in rows if not (row.heading or row.reckoned))


def _closed_by(rows: Sequence[PrintedRow]) -> Iterator[str]:
    """The rows since the last heading or reckoned row."""
    last = next((at for at in range(len(rows), 0, -1) if rows[at - 1].heading or rows[at - 1].reckoned), 0)
    return _ordinary(rows[last:])
