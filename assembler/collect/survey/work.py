"""A chunk of rows as it is counted: without blank rows and rows that do not fit, and the faults of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.collect.survey.columns import Columns, Question
from assembler.collect.survey.levels import Fault
from assembler.collect.survey.tables import Chunk, Table


class Work:
    """A chunk without blank rows and rows that do not fit its columns, and the faults of its rows."""

    def __init__(self, chunk: Chunk, columns: Columns, table: Table) -> None:
        self.columns, self.name = columns, table.name
        self._unfit: list[tuple[int, list[str], Fault]] = []
        self.faults: dict[int, list[tuple[Fault, str]]] = {}
        self.rows: list[list[str]] = chunk.rows
        self.lines: Sequence[int] = chunk.lines
        self.blank = 0
        if table.ragged or not all(map(any, chunk.rows)) or {*map(len, chunk.rows)} != {columns.width}:
            self._fit(chunk, table)
        self._cells: tuple[tuple[str, ...], ...] = tuple(zip(*self.rows, strict=True))

    def _fit(self, chunk: Chunk, table: Table) -> None:
        kept, lines, width = [], [], self.columns.width
        for row, line in zip(chunk.rows, chunk.lines, strict=True):
            fitted = row if not any(cell.strip() for cell in row[width:]) else None
            if line in table.merged:
                self._unfit.append((line, row, ("survey-merged", {})))
            elif not any(cell.strip() for cell in row):
                self.blank += 1
            elif fitted is None or (len(row) < width and not table.ragged):
                self._unfit.append((line, row, ("survey-width", {"found": len(row), "expected": width})))
            else:
                kept.append([*fitted[:width], *[""] * (width - len(row))])
                lines.append(line)
        self.rows, self.lines = kept, lines

    def column(self, at: int) -> tuple[str, ...]:
        return self._cells[at]

    def values(self, question: Question) -> Sequence[object]:
        places = self.columns.questions[question.name]
        return (
            self._cells[places[0]] if len(places) == 1 else list(zip(*(self._cells[at] for at in places), strict=True))
        )

    def fault(self, row: int, fault: Fault, column: str) -> None:
        self.faults.setdefault(row, []).append((fault, column))

    def good(self) -> Sequence[int]:
        """The rows without a fault."""
        every = range(len(self.rows))
        return [row for row in every if row not in self.faults] if self.faults else every

    def refused(self) -> Iterator[tuple[int, list[str], list[tuple[Fault, str]]]]:
        """The rows with faults, in the order of the file."""
        found = [(line, row, [(fault, "")]) for line, row, fault in self._unfit]
        found += [(self.lines[at], self.rows[at], faults) for at, faults in self.faults.items()]
        return iter(sorted(found, key=lambda each: each[0]))
