"""Texts of rows: what cuts them into cells, whichever program wrote them. One home for all who read such files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

DELIMITERS = (",", ";", "\t", "؛", "|")
UNCUT = "\x1f"  # stands in no text
LONGEST = 1 << 24  # letters of a cell or a line; a file without line ends must not fill the memory
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')


def cut_by(lines: Sequence[str]) -> tuple[str, int]:
    """What cuts the lines at the head of a file into cells, and how many of them only say so: «sep=;», as Excel reads
    it in front; else the sign by which the most lines have the same number of cells, outside quotes.

    A title above the columns is cut by nothing, a sign that stands in texts cuts them unevenly, and a list of one
    column with a comma in one of its names is cut by nothing at all.
    """
    if lines and (said := _SEPARATOR.fullmatch(lines[0].strip("\ufeff\r\n "))):
        return said[1], 1
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    sign = max(DELIMITERS, key=lambda sign: _evenness([line.count(sign) for line in bare]))
    alike, holding = _evenness([line.count(sign) for line in bare])[0], sum(sign in line for line in bare)
    return sign if alike > 1 or holding * 2 >= len(bare) else UNCUT, 0


def _evenness(counts: Sequence[int]) -> tuple[int, int]:
    """How many lines a sign cuts alike, and into how many cells."""
    found = {count: counts.count(count) for count in counts if count}
    alike = max(found.values(), default=0)
    return alike, max((count for count, lines in found.items() if lines == alike), default=0)


@contextmanager
def wide_cells() -> Iterator[None]:
    """Lets the csv module, which keeps one limit for all its readers, take long cells within the block."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def cells_of(lines: Iterable[str], delimiter: str, *, quotes: bool = True) -> Iterator[list[str]]:
    """The rows of lines; without ``quotes`` a quotation mark is an inch."""
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE)
