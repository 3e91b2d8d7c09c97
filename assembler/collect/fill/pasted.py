"""A block copied from a worksheet: lines of cells between tabs, matched to the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.base.persian import fold
from assembler.base.problems import Place, Problem
from assembler.base.separated import cells_of, wide_cells
from assembler.collect.fill.typed import read_typed
from assembler.collect.intake.pasted import PastedHead, pasted_head
from assembler.model.answers import Answer, AnsweredRow
from assembler.model.specs import Column, Field, Item, PrintedRow


@dataclass(frozen=True)
class PastedBlock:
    """What a block says: rows in their order, the columns its cells were taken for (None where they are passed over),
    and what could not be read; such cells are blank.
    """

    rows: tuple[AnsweredRow, ...]
    columns: tuple[Column | None, ...]
    headed: bool
    problems: tuple[Problem, ...] = ()
    left: int = 0  # lines for which a table with printed rows has no row
    aside: int = 0  # titles above the header, sums and remarks


_QUOTED = re.compile('(^|[\t\n])"(?:[^"]|"")*"')  # a cell between quotation marks, with what stands before it
_OPENING = re.compile('(?:^|[\t\n])"')


def is_whole(text: str) -> bool:
    """Whether no quoted cell of a block is still open: such a cell may hold blank lines. A quotation mark opens one
    where the cell begins; one within it is an inch.
    """
    return _OPENING.search(_QUOTED.sub(r"\1", text)) is None


def pasted_rows(text: str, item: Item, form: str, attachments: Path, first: int) -> PastedBlock:
    """The rows of a block. ``first`` is the number the first of them will have."""
    lines = [line for line in block_lines(text) if any(cell.strip() for cell in line)]
    head = found_head(lines, item)
    columns = head.columns if head else in_order(max(map(len, lines), default=0), item)
    reader = _Cells(item, form, attachments, columns)
    body = head.rows if head else lines
    if item.rows:
        rows, left = reader.printed(body)
    else:
        rows, left = tuple(reader.row(line, number) for number, line in enumerate(body, start=first)), 0
    return PastedBlock(rows, columns, head is not None, tuple(reader.problems), left, head.aside if head else 0)


def block_lines(text: str) -> Iterator[list[str]]:
    """The cells of each line; Excel puts cells with line breaks between quotation marks."""
    with wide_cells():
        yield from cells_of(text.splitlines(keepends=True), "\t", quotes=is_whole(text))


def found_head(lines: Sequence[Sequence[str]], item: Item) -> PastedHead | None:
    """The header of a block: to the letter in its first line, else as it is found in foreign tables."""
    exact = headed(lines[0], item) if lines else None
    if exact is not None and lines:
        return PastedHead(exact, tuple(lines[1:]), 0)
    return pasted_head(lines, item) if lines else None


def headed(cells: Sequence[str], item: Item) -> tuple[Column | None, ...] | None:
    """The columns a header names; None when the line is none: more than half of its cells must be labels."""
    names: dict[str, Column] = {}
    for column in item.columns:
        for name in (column.name, column.label, " ".join(column.heads), *column.also):
            names.setdefault(fold(name), column)
    found = tuple(names.get(fold(cell)) if cell.strip() else None for cell in cells)
    filled = sum(bool(cell.strip()) for cell in cells)
    known = [column for column in found if column is not None]
    if len(known) * 2 <= filled or len({column.name for column in known}) != len(known):
        return None
    return found


def in_order(width: int, item: Item) -> tuple[Column | None, ...]:
    """The columns cells stand for without a header: all that are printed when there are as many, else those asked."""
    fixed = {name for printed in item.rows for name in printed.cells}
    asked = [column for column in item.columns if column.is_asked and column.name not in fixed]
    taken: list[Column | None] = list(item.columns if width >= len(item.columns) else asked)
    return tuple([*taken, *[None] * width][:width])


class _Cells:
    """Reads the cells of a block."""

    def __init__(self, item: Item, form: str, attachments: Path, columns: tuple[Column | None, ...]) -> None:
        self.item, self.form, self.attachments, self.columns = item, form, attachments, columns
        self.problems: list[Problem] = []

    def row(self, line: Sequence[str], number: int, name: str = "") -> AnsweredRow:
        place = Place(form=self.form, item=self.item.name, row=number)
        cells = {}
        for column, typed in zip(self.columns, line, strict=False):
            if column is None or not self.item.asks(column, name) or not typed.strip():
                continue
            value, problems = read_typed(lined(typed, column), column, self.attachments, place.cell(column.name))
            self.problems += problems
            if value is not None:
                cells[column.name] = Answer(value, place.cell(column.name))
        return AnsweredRow(cells, place, name=name)

    def printed(self, lines: Sequence[Sequence[str]]) -> tuple[tuple[AnsweredRow, ...], int]:
        """Lines for the rows the guidance prints; those without a row are counted."""
        found = tuple(zip(lines, printed_rows(lines, self.item, self.columns), strict=True))
        rows = tuple(self.row(line, at + 1, self.item.rows[at].name) for line, at in found if at is not None)
        return rows, len(found) - len(rows)


def printed_rows(lines: Iterable[Sequence[str]], item: Item, columns: Sequence[Column | None]) -> Iterator[int | None]:
    """For each line, which of the rows the guidance prints it is for, from 0: by what is printed in them, else in
    order; None for one without a row.
    """
    free = list(enumerate(item.rows))
    for line in lines:
        found = next((each for each in free if _says(line, each[1], columns)), None)
        if found is None and not _names_rows(line, item, columns):
            found = free[0] if free else None
        if found is not None:
            free.remove(found)
        yield found[0] if found else None


def _names_rows(line: Sequence[str], item: Item, columns: Sequence[Column | None]) -> bool:
    """Whether a line holds any cell of a column the guidance prints."""
    fixed = {name for printed in item.rows for name in printed.cells}
    pairs = zip(columns, line, strict=False)
    return any(column is not None and column.name in fixed and typed.strip() for column, typed in pairs)


def _says(line: Sequence[str], row: PrintedRow, columns: Sequence[Column | None]) -> bool:
    """Whether a line repeats what a row prints, or what offices write for its longest cell."""
    said = [
        (typed, row.cells[column.name])
        for column, typed in zip(columns, line, strict=False)
        if column is not None and column.name in row.cells and typed.strip()
    ]
    return bool(said) and all(fold(typed) in map(fold, (text, *row.also_for(text))) for typed, text in said)


def lined(typed: str, column: Field) -> str:
    """A cell as it is read: in one line, unless the answer has several."""
    return typed if column.has_lines else typed.replace("\n", " ")
