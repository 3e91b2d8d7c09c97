"""Columns of a table: how wide each is, in which size its text is set, and how far its numbers stand from the edge so
that units stand under units.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.base.scripts import with_persian_digits
from assembler.documents.balance import balanced
from assembler.documents.lengths import MARGINS, STANDARD, bare, is_number, length, room
from assembler.model.packet import GridBlock, GridCell, plain

_ALIKE = str.maketrans("123456789۰۱۲۳۴۵۶۷۸۹", "0" * 19)  # all digits are equally wide
_LONG = 16  # letters: what is longer, such as an address, may break; a number never may
FLOOR = 16  # half-points: smaller text is not read on paper
_WIDTHS = {"portrait": 9298, "landscape": 14230}  # twips: of the text on a page of the delivered template
_UNITS = re.compile(r"[+−-]?[0-9۰-۹]+(?:[٬,][0-9۰-۹]{3})*(?P<rest>(?:[/٫.][0-9۰-۹]+)?[٪%]?)")


@dataclass(frozen=True)
class Columns:
    """``widths`` in twips; ``numbers`` of the columns that are lined up; ``size`` in half-points, 0 for that of the
    style.
    """

    widths: tuple[int, ...]
    numbers: tuple[_Numbers | None, ...]
    size: int = 0

    def indent(self, cell: GridCell, column: int) -> int | None:
        """How far a number stands from the leading edge of its cell; None of what is not lined up."""
        lined = self.numbers[column] if cell.columns == 1 and column < len(self.numbers) else None
        found = _number(cell) if lined else None
        return lined.edge + lined.rest - lined.scaled(found["rest"]) if lined and found else None


@dataclass(frozen=True)
class _Numbers:
    """Where the numbers of a column end: ``edge`` of the longest one, ``rest`` is the longest behind the units."""

    edge: int
    rest: int
    scale: float = 1.0

    def scaled(self, text: str) -> int:
        return round(length(text) * self.scale)


@dataclass(frozen=True)
class Needs:
    """What the columns of some rows need in text of the standard size: not to break a number, not to break a word."""

    numbers: tuple[int, ...]
    words: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[GridCell]], columns: int) -> Needs:
        numbers: dict[tuple[int, int], int] = {}
        words: dict[tuple[int, int], int] = {}
        said: dict[tuple[int, int], set[str]] = {}  # long tables say the same again and again
        for column, cell in placed(rows):
            said.setdefault((column, min(column + cell.columns, columns)), set()).update(_words(cell))
        for place, found in said.items():
            for word in {word.translate(_ALIKE) for word in found}:
                own = is_number(word)
                if own:
                    numbers[place] = max(numbers.get(place, 0), length(word))
                if own or len(word) <= _LONG:
                    words[place] = max(words.get(place, 0), room(word))
        return cls(_by_column(numbers, columns), _by_column(words, columns))

    def sized(self, size: int) -> tuple[list[int], list[int]]:
        """The widths of columns for numbers and for words, in text of a size."""
        return ([_sized(one, size) for one in self.numbers], [_sized(one, size) for one in self.words])

    def size_for(self, width: int, standard: int, *, words: bool) -> int:
        """The greatest size up to ``standard`` in which no number, nor any of the ``words``, is broken; the smallest
        readable one where none is.
        """
        for size in range(standard, FLOOR, -1):
            if sum(self.sized(size)[words]) <= width:
                return size
        return FLOOR

    def fit(self, width: int, size: int) -> bool:
        """Whether no number is broken in text of a size."""
        return sum(self.sized(size)[0]) <= width


def _by_column(needs: Mapping[tuple[int, int], int], columns: int) -> tuple[int, ...]:
    """What each column needs; those below a cell of several are given in even parts what they lack together."""
    found = [needs.get((column, column + 1), 0) for column in range(columns)]
    for first, end in sorted((place for place in needs if place[1] - place[0] > 1), key=lambda at: at[1] - at[0]):
        margins = MARGINS * (end - first - 1)
        lacking = needs[first, end] - margins - sum(found[first:end])
        if lacking > 0:
            found[first:end] = [each + -(-lacking // (end - first)) for each in found[first:end]]
    return tuple(found)


def _sized(need: int, size: int) -> int:
    return MARGINS + round(need * size / STANDARD)


def too_wide(grid: GridBlock) -> tuple[int, int] | None:
    """The width the words and numbers of a table need and that of its page, in twips, where it needs more; its type
    is as small as it may become.
    """
    width = _WIDTHS[grid.page]
    needed = sum(Needs.of((*grid.head, *grid.body), len(grid.widths)).sized(FLOOR if grid.fit else STANDARD)[1])
    return (needed, width) if needed > width else None


def columns_of(grid: GridBlock, width: int, size: int = STANDARD) -> Columns:
    """The columns in their given proportions, none narrower than its longest word where there is room for it, and none
    narrower than its longest number: smaller type makes the room; ``size`` is that of the template's table text.
    """
    needs = Needs.of((*grid.head, *grid.body), len(grid.widths))
    chosen = needs.size_for(width, size, words=grid.fit == "shrink")
    numbers, words = needs.sized(chosen)
    widths = widened(widened(shares(grid.widths, width), numbers), words)
    if grid.flexible and sum(words) <= width:
        widths = balanced(grid, widths, words, chosen / STANDARD)
    return lined_up(grid, widths, chosen if chosen != size else 0, chosen / STANDARD)


def lined_up(grid: GridBlock, widths: Sequence[int], size: int, scale: float) -> Columns:
    """Columns of these widths, with their numbers lined up."""
    bodies = cells_by_column(grid.body, len(grid.widths))
    lined = (_lined_up(cells, column, scale) for cells, column in zip(bodies, widths, strict=True))
    return Columns(tuple(widths), tuple(lined), size)


def cells_by_column(rows: Sequence[Sequence[GridCell]], columns: int) -> Iterator[list[GridCell]]:
    """The cells that stand in one column alone, column by column."""
    found: list[list[GridCell]] = [[] for _ in range(columns)]
    for column, cell in placed(rows):
        if cell.columns == 1 and column < columns:
            found[column].append(cell)
    return iter(found)


def placed(rows: Sequence[Sequence[GridCell]]) -> Iterator[tuple[int, GridCell]]:
    """Each cell with the column it begins in."""
    below: dict[int, int] = {}  # rows for which a cell merged downwards still takes a column
    for row in rows:
        column = 0
        taken = {at for at, left in below.items() if left}
        below = {at: left - 1 for at, left in below.items() if left}
        for cell in row:
            while column in taken:
                column += 1
            yield column, cell
            below.update({column + at: cell.rows - 1 for at in range(cell.columns) if cell.rows > 1})
            column += cell.columns


def shares(relative: Sequence[float], width: int) -> list[int]:
    """Whole twips in the given proportions whose sum is exactly ``width``."""
    total = sum(relative) or 1.0
    edges = [0]
    for share in relative:
        edges.append(edges[-1] + max(1, round(width * share / total)))
    edges[-1] = max(width, edges[-2] + 1)
    return [end - start for start, end in itertools.pairwise(edges)]


def widened(widths: list[int], least: Sequence[int]) -> list[int]:
    """Narrow columns get what they lack from those that have more than they need, those that lack least first."""
    spare = [max(0, width - needed) for width, needed in zip(widths, least, strict=True)]
    left, wanted = sum(spare), list(widths)
    for column in sorted(range(len(widths)), key=lambda at: least[at] - widths[at]):
        lacking = least[column] - widths[column]
        if 0 < lacking <= left:
            wanted[column], left = least[column], left - lacking
    if left == sum(spare):
        return widths
    given = [each * (sum(spare) - left) // sum(spare) for each in spare]
    given[spare.index(max(spare))] += sum(spare) - left - sum(given)
    return [width - less for width, less in zip(wanted, given, strict=True)]


def _words(cell: GridCell) -> Iterator[str]:
    for line in cell.lines:
        yield from plain(line).split()


def _number(cell: GridCell) -> re.Match[str] | None:
    if cell.align != "center" or cell.kind not in ("body", "footer", "total") or len(cell.lines) != 1 or cell.mark:
        return None
    return _UNITS.fullmatch(bare(with_persian_digits(plain(cell.lines[0]))))


def _lined_up(cells: Sequence[GridCell], width: int, scale: float) -> _Numbers | None:
    """Numbers of unequal length are lined up by their units, the longest one in the middle; others stay centred."""
    numbers = [found for found in map(_number, cells) if found]
    wholes = {length(found[0]) - length(found["rest"]) for found in numbers}
    rests = {length(found["rest"]) for found in numbers}
    if len(wholes) < 2 and len(rests) < 2:
        return None
    whole, rest = round(max(wholes) * scale), round(max(rests) * scale)
    edge = (width - MARGINS - whole - rest) // 2
    return _Numbers(edge, rest, scale) if edge >= 0 else None
