"""Takes a block copied from a worksheet or a Word table: shows what it would do, and does it once that was seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

from assembler.actions.desk.desk import Desk, Draft, Sheet
from assembler.actions.desk.pen import Pen, Spot
from assembler.actions.desk.rights import Rights, refused
from assembler.actions.desk.table import new_key, refuse_too_many
from assembler.base.problems import AssemblerError, Problem, has_errors, problem
from assembler.collect.fill.pasted import block_lines, found_head, in_order, lined, printed_rows
from assembler.collect.survey.levels import is_tick
from assembler.model.acts import Outcome, PastedCell, Person, Preview, Target
from assembler.model.answers import Value
from assembler.model.specs import Column
from assembler.model.types import FILES
from assembler.packet.grids import leaves

MOST_CELLS = 50_000


def paste(desk: Desk, person: Person, at: Target, text: str, base: str | None = None) -> Preview | Outcome:
    """What a block would do in the table of a target; with the ``base`` of a preview it is done.

    It goes to the cell of the target and those beyond it: calculated and printed ones take nothing, a blank cell of
    the block clears. Without a row it goes behind the last one, or into the printed rows by what they print. A header
    in the block says which columns are meant. Rows are added as they are needed; cells that cannot be read are told
    and stay as they are. When somebody else has changed since what it would go over, it is a new preview, and nothing
    is done.
    """
    if base is None:
        return desk.look(person, at.form, lambda sheet, rights: _Block(sheet, rights, person, at, text).preview())

    def step(sheet: Sheet, rights: Rights) -> Draft:
        block = _Block(sheet, rights, person, at, text)
        if block.preview().base != base:
            raise _Stale(block.preview())
        return block.taken()

    try:
        return desk.act(person, at.form, step)
    except _Stale as stale:
        return stale.preview


class _Stale(Exception):
    """What a block would go over is not what was seen."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


@dataclass(frozen=True)
class _Cell:
    """A cell of the block with where it goes; ``key`` is that of its row, also of one that is still to be added."""

    line: int
    key: str
    number: int
    column: Column
    typed: str
    spot: Spot | None
    value: Value = None
    problem: Problem | None = None


@dataclass
class _Block:
    """A block as it meets a sheet. Raises AssemblerError when it may not be taken at all."""

    sheet: Sheet
    rights: Rights
    person: Person
    at: Target
    text: str
    cells: list[_Cell] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    passed: int = 0
    left: int = 0

    def __post_init__(self) -> None:
        self.item = self.rights.writable(self.at)
        if not self.item.is_table or (self.at.column and self.at.column not in self.item.by_name):
            raise refused("not-on-page")
        self.pen = Pen(self.sheet, self.person, token_hex(8))
        self._read()

    def _read(self) -> None:
        lines = _trimmed(block_lines(self.text), whole=bool(self.at.row))
        if not lines:
            raise refused("paste-empty")
        if (count := sum(map(len, lines))) > MOST_CELLS:
            raise refused("paste-too-large", count=count, limit=MOST_CELLS)
        found = found_head(lines, self.item) if len(lines) > 1 else None
        self.headed = found is not None
        body = found.rows if found else _joined(lines, self._meant(max(map(len, lines))))
        self.columns = found.columns if found else self._from_here(max(map(len, body)))
        self.left += found.aside if found else 0
        for line, key in enumerate(self._keys(body)):
            if key is None:
                self.left += 1
                continue
            for column, typed in zip(self.columns, body[line], strict=False):
                self._take(line, key, column, typed)

    def _meant(self, width: int) -> Sequence[Column]:
        """The columns that cells stand for, where each choice of a ticked one has a cell of its own."""
        columns = self.item.columns
        if self.at.column:
            return columns[[column.name for column in columns].index(self.at.column) :]
        return columns if width >= len(leaves(self.item)) else [column for column in columns if column.is_asked]

    def _from_here(self, width: int) -> tuple[Column | None, ...]:
        """The columns from the one of the target on, or those that cells stand for from the first."""
        if not self.at.column:
            return in_order(width, self.item)
        columns = self.item.columns
        first = next(place for place, column in enumerate(columns) if column.name == self.at.column)
        beyond: tuple[None, ...] = (None,) * width
        return (*columns[first:], *beyond)[:width]

    def _keys(self, body: Sequence[Sequence[str]]) -> list[str | None]:
        """For each line the key of its row, new ones for rows that are to be added; None where there is no row."""
        item = self.item
        if item.rows:
            names = [row.name for row in item.rows]
            if not self.at.row:
                return [None if at is None else names[at] for at in printed_rows(body, item, self.columns)]
            first = names.index(self.at.row) if self.at.row in names else len(names)
            return [names[at] if at < len(names) else None for at in range(first, first + len(body))]
        keys = [key for key, _ in self.pen.lines(item)]
        first = self.pen.index(item, self.at.row) if self.at.row else len(keys)
        refuse_too_many(item, first + len(body))
        self.added = [new_key() for _ in range(first + len(body) - len(keys))]
        for key in self.added:
            last = self.pen.lines(item)
            self.pen.insert(item, key, last[-1][0] if last else "")
        return [*[*keys, *self.added][first : first + len(body)]]

    def _take(self, line: int, key: str, column: Column | None, typed: str) -> None:
        try:
            spot = None if column is None else self.pen.spot(Target(self.at.form, self.item.name, key, column.name))
        except AssemblerError:  # printed, calculated, or none of a band's
            spot = None
        if spot is None or column is None:
            self.passed += bool(typed.strip())
            return
        text = lined(typed, spot.field)
        value, fault = self._value(spot, text)
        self.cells.append(_Cell(line, key, spot.number or 0, column, text, spot, value, fault))

    def _value(self, spot: Spot, text: str) -> tuple[Value, Problem | None]:
        if spot.field.type in FILES and text.strip() and text.strip() not in spot.field.marks:
            return None, problem("file-not-chosen", spot.place, label=spot.field.shown)
        value, problems = self.pen.read(spot, text)
        return value, next((each for each in problems if has_errors([each])), None)

    # ------------------------------------------------------------ what comes of it

    def preview(self) -> Preview:
        cells = tuple(self._previewed())
        told = json.dumps([(cell.row, cell.number, cell.column, cell.was) for cell in cells], ensure_ascii=False)
        base = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        names = tuple(column.name if column else "" for column in self.columns)
        return Preview(cells, base, names, self.headed, len(self.added), self.passed, self.left)

    def _previewed(self) -> Iterator[PastedCell]:
        for cell in self.cells:
            assert cell.spot is not None
            was = self.pen.text(cell.spot)
            becomes = was if cell.problem else self.pen.shown(cell.value, cell.spot)
            row = "" if cell.key in self.added else cell.key
            yield PastedCell(cell.line, row, cell.number, cell.column.name, cell.typed, was, becomes, cell.problem)

    def taken(self) -> Draft:
        for cell in self.cells:
            if cell.problem is None and cell.spot is not None:
                self.pen.put(cell.spot, cell.value)
        return self.pen.draft(warnings=tuple(cell.problem for cell in self.cells if cell.problem))


def _joined(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> Sequence[Sequence[str]]:
    """The lines with the ticks of a column in one cell, which names the choices that are ticked."""
    for at, column in enumerate(columns):
        end = at + len(column.choices)
        if "ticks" in column.appearance and _are_ticks([line[at:end] for line in lines], len(column.choices)):
            lines = [[*line[:at], _ticked(line[at:end], column), *line[end:]] for line in lines]
    return lines


def _are_ticks(cells: Sequence[Sequence[str]], count: int) -> bool:
    """Whether cells say of each choice whether it is ticked, and any of them is."""
    said = [is_tick(cell) for line in cells for cell in line]
    return max(map(len, cells)) == count and None not in said and True in said


def _ticked(cells: Sequence[str], column: Column) -> str:
    return "،".join(choice.name for choice, cell in zip(column.choices, cells, strict=False) if is_tick(cell))


def _trimmed(lines: Iterator[list[str]], *, whole: bool) -> list[list[str]]:
    """The lines without blank ones at the end; of a block that goes to a place of its own without any blank one."""
    found = list(lines)
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return found if whole else [line for line in found if any(cell.strip() for cell in line)]
