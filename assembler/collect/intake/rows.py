"""The rows of a foreign table that is known: what each cell says for which column, and which rows are none of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assembler.base.lexicon import either, lexicon
from assembler.base.persian import is_dash, parse_number
from assembler.collect.foreign.grids import Grid, GridCell
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.heads import Shape, is_full
from assembler.collect.intake.likeness import alike, letters
from assembler.collect.intake.ticked import ticked
from assembler.collect.workbook.cells import Raw, tick_texts
from assembler.model.specs import LISTS, Field, PrintedRow
from assembler.packet.grids import Leaf

_LISTS = lexicon(__file__, "words")
_SUMS = frozenset(map(letters, _LISTS["sums"]))
_NOTE = re.compile(rf"\s*(?:\*|(?:{either(_LISTS['notes'])})(?:\s*[:：.\-–]|\s))")
_TICKED, _OPEN = frozenset(_LISTS["ticked"]), frozenset(_LISTS["open"])
_MARK = re.compile(r"^\s*(?:[۰-۹0-9٠-٩]{1,3}\s*[-–.)]|[-–•▪*])\s+")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PRINTED_ALIKE, _SHORT = 0.86, 3
_LONE = 25  # letters of a text alone in its row that is rather a remark
_FIRST = 3  # cells of a row in which «sum» stands

AsideKind = Literal["head", "numbers", "sum", "note", "band", "stranger", "hidden"]


@dataclass(frozen=True)
class Aside:
    """A row that is not taken, counted from 0, and what it is: the header once more, the numbers of columns, a sum, a
    remark, a band, one of no printed row, one that is hidden.
    """

    row: int
    kind: AsideKind
    text: str


@dataclass(frozen=True)
class DraftRow:
    """A row as it is read: ``name`` of the printed one it is for, its cells by column, ``at`` where it stands."""

    name: str
    cells: Mapping[str, Raw]
    at: int


@dataclass(frozen=True)
class Draft:
    """What a foreign table says for one of ours. ``last`` is the number of its last row where rows are numbered."""

    rows: tuple[DraftRow, ...]
    aside: tuple[Aside, ...]
    last: int | None = None


def drafted(
    grid: Grid, shape: Shape, candidate: Candidate, columns: Mapping[int, int], all_: Mapping[int, int]
) -> Draft:
    """The rows below a header. ``columns`` are the leaves of those that are known, ``all_`` of those too that are not
    sure: by what they print rows are found all the same.
    """
    reader = _Rows(grid, shape, candidate, columns, all_)
    rows = tuple(reader.read())
    return Draft(rows, tuple(reader.aside), last_number(grid, shape.body))


def first_number(grid: Grid, body: int) -> int | None:
    """The number of the first row that has one in its first column."""
    return next((found for row in range(body, grid.height) if (found := _number(grid, row)) is not None), None)


def last_number(grid: Grid, body: int) -> int | None:
    return next(
        (found for row in range(grid.height - 1, body - 1, -1) if (found := _number(grid, row)) is not None), None
    )


def _number(grid: Grid, row: int) -> int | None:
    cell = grid.matrix[row][0] if grid.width else None
    number = parse_number(cell.text) if cell and cell.row == row and cell.text.strip() else None
    return int(number) if number is not None and number == number.to_integral_value() else None


class _Rows:
    """Reads one row after the other; ``aside`` fills as it goes."""

    def __init__(
        self, grid: Grid, shape: Shape, candidate: Candidate, columns: Mapping[int, int], all_: Mapping[int, int]
    ) -> None:
        self._grid, self._shape, self._candidate = grid, shape, candidate
        self._item = candidate.item
        self._columns, self._all = columns, all_
        self._free = [row for row in self._item.rows if not row.heading]
        self._headings = {letters(row.heading) for row in self._item.rows if row.heading}
        self._heads = {self._line(row) for row in range(shape.first, shape.body)}
        self.aside: list[Aside] = []

    def _line(self, row: int) -> tuple[str, ...]:
        return tuple(letters(cell.text) if cell else "" for cell in self._grid.matrix[row])

    def read(self) -> Iterator[DraftRow]:
        for row in range(self._shape.body, self._grid.height):
            line = self._line(row)
            if not any(line):
                continue
            kind = self._kind(row, line)
            if kind is not None:
                self._set_aside(row, kind)
                continue
            name = ""
            if self._item.rows:
                printed = self._printed(row)
                if printed is None:
                    kind = "sum" if self._adds_up(row) else "band" if set(line) & self._headings else "stranger"
                    self._set_aside(row, kind)
                    continue
                name = printed.name
            yield DraftRow(name, self._cells(row, name), row)

    def _set_aside(self, row: int, kind: AsideKind) -> None:
        text = " | ".join(" ".join(cell.text.split()) for cell in self._grid.begun(row))
        self.aside.append(Aside(row, kind, text))

    # ------------------------------------------------------------ what a row is

    def _kind(self, row: int, line: tuple[str, ...]) -> AsideKind | None:
        """What a row is that is none of a table; None of one that may be."""
        grid, begun = self._grid, self._grid.begun(row)
        if row in grid.hidden_rows:
            return "hidden"
        if line in self._heads:
            return "head"
        if row == self._shape.body and self._counts(row, line):
            return "numbers"
        if not begun:
            return None
        if is_full(grid, row) and grid.matrix[row][0] is begun[0]:
            return "note" if _NOTE.match(begun[0].text) or self._item.group_rows is None else "band"
        if (self._adds_up(row) or self._closes(row)) and not self._is_printed(row):
            return "sum"
        if len(begun) == 1 and grid.width >= 3 and not self._is_printed(row):
            text = begun[0].text
            if _NOTE.match(text) or (len(text) > _LONE and self._item.group_rows is None and begun[0].column == 0):
                return "note"
        if self._is_band(row):
            return "band"
        return "sum" if self._is_bare_sum(row) else None

    def _counts(self, row: int, line: Sequence[str]) -> bool:
        """Whether a row is the numbers of its columns, and not the first of numbered rows."""
        counts = len(line) > 1 and all(text == str(number) for number, text in enumerate(line, start=1))
        return counts and not (row + 1 < self._grid.height and self._line(row + 1)[0] == "2")

    def _is_bare_sum(self, row: int) -> bool:
        """Whether the last row is numbers only, where those above say words, or blank where each says something."""
        if self._item.rows or any(self._grid.begun(each) for each in range(row + 1, self._grid.height)):
            return False
        if not all(parse_number(cell.text) is not None for cell in self._grid.begun(row)):
            return False
        above = [each for each in range(self._shape.body, row) if self._grid.begun(each)]
        return len(above) > 1 and any(self._differs(row, above, column) for column in range(self._grid.width))

    def _differs(self, row: int, above: Sequence[int], column: int) -> bool:
        said = [cell.text for each in above if (cell := self._grid.matrix[each][column]) and cell.says]
        if not self._says(row, column):
            return len(said) == len(above)
        return len(said) > 1 and all(parse_number(text) is None for text in said)

    def _says(self, row: int, column: int) -> bool:
        cell = self._grid.matrix[row][column]
        return cell is not None and cell.says

    def _adds_up(self, row: int) -> bool:
        return any(letters(cell.text).rstrip("0123456789") in _SUMS for cell in self._grid.begun(row)[:_FIRST])

    def _closes(self, row: int) -> bool:
        """Whether a row is one of those that close our table."""
        labels = {letters(each.label) for each in self._item.footer} - {""}
        return any(letters(cell.text) in labels for cell in self._grid.begun(row)[:_FIRST])

    def _is_printed(self, row: int) -> bool:
        """Whether a row says what a printed one does."""
        return any(letters(cell.text) in self._candidate.texts for cell in self._grid.begun(row))

    def _is_band(self, row: int) -> bool:
        bands = self._item.group_rows
        if bands is None or self._item.rows:
            return False
        filled = {
            self._candidate.leaves[own].column.name
            for theirs, own in self._all.items()
            if (cell := self._grid.matrix[row][theirs]) and cell.row == row and cell.says
        }
        return bool(filled) and filled <= set(bands.columns)

    def _printed(self, row: int) -> PrintedRow | None:
        """The printed row that a row is: by the longest text both have."""
        fixed = {name for each in self._item.rows for name in each.cells}
        said: dict[str, str] = {}
        for theirs, own in self._all.items():
            name, cell = self._candidate.leaves[own].column.name, self._grid.matrix[row][theirs]
            if name in fixed and cell is not None and cell.text.strip():
                said[name] = cell.text
        ranked = sorted(((_says(said, each), -at, each) for at, each in enumerate(self._free)), key=lambda one: one[:2])
        if not ranked or ranked[-1][0] < _PRINTED_ALIKE:
            return None
        if len(ranked) > 1 and ranked[-2][0] == ranked[-1][0] and not _in_turn(ranked, said):
            return None
        self._free.remove(ranked[-1][2])
        return ranked[-1][2]

    # ------------------------------------------------------------ what its cells say

    def _cells(self, row: int, name: str) -> dict[str, Raw]:
        found: dict[str, Raw] = {}
        for theirs, own in sorted(self._columns.items()):
            leaf, cell = self._candidate.leaves[own], self._grid.matrix[row][theirs]
            column = leaf.column
            if cell is None or not self._item.asks(column, name) or theirs in self._grid.hidden_columns:
                continue
            if column.type in ("image", "file"):
                continue
            raw = self._raw(cell, leaf, row, theirs)
            found[column.name] = _joined(found.get(column.name), raw, leaf) if leaf.choice else raw
        return found

    def _raw(self, cell: GridCell, leaf: Leaf, row: int, theirs: int) -> Raw:
        address = self._grid.address(row, theirs)
        if cell.fault:
            return Raw(cell.text or None, address, fault=cell.fault)
        if cell.row < row and leaf.column.merge:
            return Raw(None, address)
        text = cell.text.strip()
        if not text:
            return Raw(None, address)
        if self._is_wide(cell):
            return Raw(text, address, fault="intake-cell-wide")
        if leaf.choice is not None:
            return _tick(text, leaf, address)
        if "boxes" in leaf.column.appearance:
            return ticked(text, leaf.column, address)
        found = answer_text(text, leaf.column)
        return Raw(found or None, address, listed=leaf.column.is_list and found != text)

    def _is_wide(self, cell: GridCell) -> bool:
        """Whether a cell spans several columns that are ours."""
        return sum(at in self._columns for at in range(cell.column, cell.column + cell.columns)) > 1


def _says(said: Mapping[str, str], printed: PrintedRow) -> float:
    """How alike a row is to a printed one, by the longest text that is printed where it says something."""
    known = [name for name in said if printed.cells.get(name)]
    if not known:
        return 0.0
    longest = max(known, key=lambda name: len(printed.cells[name]))
    if len(printed.cells[longest]) > _SHORT:
        own = printed.cells[longest]
        return max(alike(said[longest], text) for text in (own, *printed.also_for(own)))
    return float(all(letters(said[name]) == letters(printed.cells[name]) for name in known))


def _in_turn(ranked: Sequence[tuple[float, int, PrintedRow]], said: Mapping[str, str]) -> bool:
    """Whether of printed rows alike the other texts tell which it is, or they say all the same."""
    first, second = ranked[-1][2], ranked[-2][2]
    return all(letters(first.cells.get(name, "")) == letters(second.cells.get(name, "")) for name in said) or sum(
        letters(said[name]) == letters(first.cells.get(name, "")) for name in said
    ) > sum(letters(said[name]) == letters(second.cells.get(name, "")) for name in said)


def _tick(text: str, leaf: Leaf, address: str) -> Raw:
    folded = text.strip().casefold()
    if folded in _OPEN or is_dash(text):
        return Raw(None, address)
    if folded not in _TICKED:
        return Raw(text, address, fault="intake-tick")
    label = next(shown for choice, shown in tick_texts(leaf.column) if choice is leaf.choice)
    return Raw(label, address)


def _joined(before: Raw | None, raw: Raw, leaf: Leaf) -> Raw:
    """The choices of a ticked column, one a line."""
    if before is None or before.fault or (before.value is None and not raw.fault):
        return before if before is not None and before.fault else raw
    if raw.fault:
        return raw
    return before if raw.value is None else replace(before, value=f"{before.value}\n{raw.value}")


def answer_text(text: str, column: Field) -> str:
    """A cell as it would be typed: without the unit, the marks of a list and those of direction that are printed;
    dashes are blank.
    """
    text = _DIRECTIONS.sub("", text).strip()
    if is_dash(text) and text not in column.marks:
        return ""
    if column.unit and text.endswith(column.unit) and len(text) > len(column.unit):
        text = text[: -len(column.unit)].strip()
    if not LISTS.isdisjoint(column.appearance):
        text = "\n".join(_MARK.sub("", line) for line in text.split("\n"))
    return text if column.has_lines or column.type in ("narrative", "select_multiple") else " ".join(text.split("\n"))
