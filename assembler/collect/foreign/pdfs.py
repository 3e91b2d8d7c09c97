"""The tables of a PDF that has text: those its lines rule, and those whose words stand below one another. A page says
only where words stand, so that what is read here is proposed and never believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids
from assembler.collect.foreign.letters import Line, is_from_right, lines, pieces
from assembler.pdf.printed import Glyph, PrintedPage, Rule, printed_pages

_MOST_CELLS = 200_000
_TOUCH = 3.0  # points by which lines that meet may miss one another
_WORDS_APART = 0.9  # of the size of letters: what stands farther apart is of two columns
_ANY_BLANK = 0.0001
_FEWEST = 3  # lines that make a table without ruled lines
_FAR = 2.6  # of the size of letters: lines farther apart are of two tables
_NEXT = 1.45  # lines nearer than that may be one cell
_PADDING = 12.0  # points within a cell that hold no words
_MOST_BEFORE, _MOST_LINE = 3, 300
_ENDS_IN_NUMBER, _BEGINS_WITH_NUMBER = re.compile(r"[\d٫٬,./]$"), re.compile(r"^[\d٫٬,./]")

UNSURE = "intake-cell-order"


def read_pdf(path: Path) -> ForeignFile:
    """Raises UnreadableError and OSError; a PDF of nothing but pictures is told as such."""
    pages = printed_pages(path)
    with foreign(path):
        if pages and not any(page.glyphs for page in pages):
            raise UnreadableError(
                wording("it is a picture of pages: ask for the file it was printed from, or type what it says")
            )
        reading = _Reading(is_from_right(each for page in pages for each in page.glyphs))
        for page in pages:
            reading.page(page)
        pictured = tuple(page.number for page in pages if page.pictured and not page.glyphs)
        grids, said = numbered_grids(reading.grids), tuple(reading.lines)
        return ForeignFile(path.name, grids, said, proposes=True, pictured=pictured)


class _Reading:
    """Reads one page after the other; ``grids`` and ``lines`` fill as it goes."""

    def __init__(self, from_right: bool) -> None:
        self.grids: list[Grid] = []
        self.lines: list[str] = []
        self._from_right = from_right
        self._since: list[str] = []
        self._room = _MOST_CELLS

    def page(self, page: PrintedPage) -> None:
        """Its tables from the top, each with the lines before it."""
        tables = list(_ruled(page.rules))
        left = [each for each in page.glyphs if not any(table.holds(each) for table in tables)]
        parts: list[tuple[float, Callable[[], None]]] = [
            (table.top, lambda table=table: self._add(_grid(table, page.glyphs, self._from_right)))  # type: ignore[misc]
            for table in tables
        ]
        # A line beside a table, be it two in one, does not go on behind it.
        for block in _blocks(list(lines(left)), [table.top for table in tables]):
            grid = _aligned(block, self._from_right)
            if grid is not None:
                parts.append((block[0].base, lambda grid=grid: self._add(grid)))  # type: ignore[misc]
            else:
                parts += [(line.base, lambda line=line: self._say(line)) for line in block]  # type: ignore[misc]
        for _, does in sorted(parts, key=lambda each: each[0]):
            does()

    def _add(self, grid: Grid) -> None:
        self._room -= grid.width * grid.height
        if self._room < 0:
            raise UnreadableError(wording("it has more tables and cells than are read"))
        if any(cell.text for cell in grid.cells):
            before, self._since = tuple(self._since[-_MOST_BEFORE:]), []
            self.grids.append(Grid(grid.cells, grid.height, grid.width, before))

    def _say(self, line: Line) -> None:
        if text := line.seen(from_right=self._from_right)[0].strip()[:_MOST_LINE]:
            self.lines.append(text)
            self._since.append(text)


# ---------------------------------------------------------------- within ruled lines


@dataclass(frozen=True)
class _Ruled:
    """A table as its lines rule it: where its columns and rows begin and end, and the lines."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: tuple[Rule, ...]

    @property
    def top(self) -> float:
        return self.rows[0]

    def holds(self, glyph: Glyph) -> bool:
        x, y = glyph.middle
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]

    def parts(self, level: bool, place: float, at: float) -> bool:
        """Whether a line rules a place off, at a point along it."""
        return any(
            each.level is level and abs(each.place - place) <= _TOUCH and each.begin - _TOUCH <= at <= each.end + _TOUCH
            for each in self.rules
        )


def _ruled(rules: Sequence[Rule]) -> Iterator[_Ruled]:
    """The tables of a page: lines that touch one another, unless they only frame something."""
    for group in _touching(rules):
        columns = _places(each.place for each in group if not each.level)
        rows = _places(each.place for each in group if each.level)
        if len(columns) > 2 and len(rows) > 1:
            yield _Ruled(columns, rows, tuple(group))


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    left = list(rules)
    while left:
        group, ends = [left.pop()], [0]
        while ends:
            one = group[ends.pop()]
            touching = [each for each in left if _meet(one, each)]
            if touching:
                known = set(map(id, touching))
                left = [each for each in left if id(each) not in known]
                ends += range(len(group), len(group) + len(touching))
                group += touching
        yield group


def _meet(one: Rule, other: Rule) -> bool:
    if one.level is other.level:
        near = abs(one.place - other.place) <= _TOUCH
        return near and one.begin - _TOUCH <= other.end and other.begin - _TOUCH <= one.end
    crosses = one.begin - _TOUCH <= other.place <= one.end + _TOUCH
    return crosses and other.begin - _TOUCH <= one.place <= other.end + _TOUCH


def _places(found: Iterable[float]) -> tuple[float, ...]:
    """Places of lines, those that are one line drawn in parts as one."""
    groups: list[list[float]] = []
    for place in sorted(found):
        if groups and place - groups[-1][-1] <= _TOUCH:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(median(group) for group in groups)


def _grid(table: _Ruled, glyphs: Sequence[Glyph], from_right: bool) -> Grid:
    """The cells between the lines; what no line parts is one cell, where that is a rectangle."""
    height, width = len(table.rows) - 1, len(table.columns) - 1
    homes = _homes(table, height, width)
    held: dict[tuple[int, int], list[Glyph]] = {}
    for each in glyphs:
        if table.holds(each):
            x, y = each.middle
            held.setdefault(homes[_between(table.rows, y), _between(table.columns, x)], []).append(each)
    cells = []
    for home in dict.fromkeys(homes.values()):
        own = [place for place, found in homes.items() if found == home]
        rows, columns = 1 + own[-1][0] - home[0], 1 + max(column for _, column in own) - home[1]
        room = table.columns[home[1] + columns] - table.columns[home[1]]
        text, fault = _cell_text(held.get(home, ()), room, from_right)
        begins = width - home[1] - columns if from_right else home[1]
        cells.append(GridCell(text, home[0], begins, rows, columns, fault))
    return Grid(tuple(sorted(cells, key=lambda each: (each.row, each.column))), height, width)


def _homes(table: _Ruled, height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each place the upper left one of its cell."""
    rows = [(one + other) / 2 for one, other in pairwise(table.rows)]
    columns = [(one + other) / 2 for one, other in pairwise(table.columns)]
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in homes:
                continue
            wide, high = 1, 1
            while column + wide < width and not table.parts(False, table.columns[column + wide], rows[row]):
                wide += 1
            across = range(column, column + wide)
            while row + high < height and not any(
                table.parts(True, table.rows[row + high], columns[at]) for at in across
            ):
                high += 1
            for down in range(row, row + high):
                for along in across:
                    homes.setdefault((down, along), (row, column))
    return homes


def _between(places: Sequence[float], at: float) -> int:
    return next((n for n, (begin, end) in enumerate(pairwise(places)) if begin <= at <= end), len(places) - 2)


def _cell_text(glyphs: Sequence[Glyph], room: float, from_right: bool) -> tuple[str, str]:
    """The text of a cell, and the code of what keeps it from being known. Lines go on where the next word had no room;
    of a number that goes on nobody knows what it is.
    """
    whole, fault, before = "", "", None
    for line in lines(glyphs):
        text, known = line.seen(from_right=from_right)
        splits = bool(_ENDS_IN_NUMBER.search(whole) and _BEGINS_WITH_NUMBER.match(text))
        fault = UNSURE if splits or not known else fault
        between = "" if before is None or not whole else "\n" if _fits(before, line, room, from_right) else " "
        whole, before = whole + between + text, line
    return whole, fault


def _fits(before: Line, line: Line, room: float, from_right: bool) -> bool:
    """Whether the first word of a line had room in the one before."""
    words = list(pieces(line, _ANY_BLANK)) or [line]
    word = words[-1] if from_right else words[0]
    return room - _PADDING - (before.right - before.left) > (word.right - word.left) + before.size


# ---------------------------------------------------------------- by words below one another


def _blocks(found: Sequence[Line], breaks: Sequence[float]) -> Iterator[list[Line]]:
    """Lines that follow one another closely and are all cut into columns, or are not."""
    block: list[Line] = []
    for line in found:
        last = block[-1] if block else None
        if last is not None and (
            line.base - last.base > _FAR * max(line.size, last.size)
            or any(last.base < each < line.base for each in breaks)
            or (_is_cut(line) is not _is_cut(last) and not _goes_on(block, line))
        ):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_cut(line: Line) -> bool:
    return sum(1 for _ in pieces(line, _WORDS_APART)) > 1


def _goes_on(block: Sequence[Line], line: Line) -> bool:
    """Whether a line that is not cut goes on one cell of a table above."""
    cut = any(map(_is_cut, block))
    near = line.base - block[-1].base <= _NEXT * line.size
    widest = max(block, key=lambda each: each.right - each.left)
    return cut and near and not _is_cut(line) and line.right - line.left < (widest.right - widest.left) / 2


def _aligned(block: Sequence[Line], from_right: bool) -> Grid | None:
    """The table of lines cut into columns; None where they are none."""
    rows = [list(pieces(line, _WORDS_APART)) for line in block]
    if sum(len(row) > 1 for row in rows) < _FEWEST:
        return None
    columns = _columns(piece for row in rows for piece in row)
    if len(columns) < 2:
        return None
    if from_right:
        columns = columns[::-1]
    cells: list[list[tuple[str, str]]] = []
    last: Line | None = None
    for line, row in zip(block, rows, strict=True):
        texts = [("", "")] * len(columns)
        for piece in row:
            at = next(at for at, (left, right) in enumerate(columns) if left <= piece.left and piece.right <= right)
            text, known = piece.seen(from_right=from_right)
            texts[at] = (f"{texts[at][0]} {text}".strip(), texts[at][1] if known else UNSURE)
        near = last is not None and line.base - last.base <= _NEXT * line.size
        if cells and near and not texts[0][0] and len(row) < len(columns):
            cells[-1] = [_joined(one, other) for one, other in zip(cells[-1], texts, strict=True)]
        else:
            cells.append(texts)
        last = line
    made = (
        GridCell(text, row, column, fault=fault)
        for row, line_ in enumerate(cells)
        for column, (text, fault) in enumerate(line_)
    )
    return Grid(tuple(made), len(cells), len(columns))


def _joined(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    split = bool(_ENDS_IN_NUMBER.search(one[0]) and _BEGINS_WITH_NUMBER.match(other[0]))
    return f"{one[0]} {other[0]}".strip(), one[1] or other[1] or (UNSURE if split else "")


def _columns(found: Iterable[Line]) -> list[tuple[float, float]]:
    """Where words stand below one another, from the left: the stretches between which no word stands."""
    columns: list[tuple[float, float]] = []
    for piece in sorted(found, key=lambda each: each.left):
        if columns and piece.left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.right)
        else:
            columns.append((piece.left, piece.right))
    return columns
