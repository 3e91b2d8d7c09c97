"""Workbooks of Excel as others made them, one row in memory at a time; nothing in them is trusted.

openpyxl's own streaming neither lets the elements of rows be seen nor frees them: this asks the sheet itself.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypedDict, cast
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.functions import iterparse

from assembler.base.foreign import UnreadableError
from assembler.base.messages import Wording, wording

_SHEETS = "xl/worksheets/"
_SUSPECT, _MOST_RATIO = 64 << 20, 200  # a part as large as this that is packed as tightly as this is a bomb
_BLOCK, _OVERLAP = 1 << 20, 1 << 10
_MOST_COLUMNS, _MOST_MERGED = 16_384, 200_000
_HIDDEN = rb"""hidden=["'](?:1|true)["']"""
_SHAPES = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell\s[^>]*?ref=["'](?P<merged>[A-Z0-9:]{2,24})["']|col\s(?P<column>[^>]*?"""
    + _HIDDEN
    + rb"""[^>]*)|(?P<row>row)\s[^>]*?"""
    + _HIDDEN
    + rb")"
)
_NUMBERS = re.compile(rb"""\b(min|max)=["'](\d{1,5})["']""")
_MOST_HELD = 512 << 20  # of a part that is read whole, such as the shared texts


class ReadCell(TypedDict):
    """A cell as it is read: its place counted from 1, its value, the letter of its type, the number of its style."""

    row: int
    column: int
    value: Any
    data_type: str
    style_id: int


def refusal(path: Path, most: int) -> Wording | None:
    """Why a workbook is not opened: it would unpack to more than so many bytes, or is packed as bombs are."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size <= most and not any(map(_is_bomb, parts)):
        return None
    return wording("it would unpack to {size}", size=wording("{size} MB", size=size >> 20))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    ratio = part.file_size // max(part.compress_size, 1)
    is_held = not part.filename.startswith(_SHEETS)
    return (part.file_size > _SUSPECT and ratio > _MOST_RATIO) or (is_held and part.file_size > _MOST_HELD)


def has_cells(sheet: Any) -> bool:
    """Whether a sheet of a workbook opened to be read only has rows: that of a chart has none."""
    return hasattr(sheet, "_get_source")


@contextmanager
def source_of(sheet: Any) -> Iterator[IO[bytes]]:
    """The bytes of a sheet."""
    with sheet._get_source() as source:
        yield source


class SheetRows:
    """The rows of a sheet; ``results`` takes what formulas last came to, else they come as they are written."""

    def __init__(self, book: Any, sheet: Any, source: IO[bytes], *, results: bool) -> None:
        self._source = source
        self._parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=results, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip

    def elements(self) -> Iterator[Element]:
        """The rows as elements; each is gone once the next is asked for."""
        above: list[Element] = []
        for event, element in iterparse(self._source, ("start", "end")):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if element.tag.endswith("}row"):
                yield element
                above[-1].clear()

    def cells(self, row: Element) -> tuple[int, list[ReadCell]]:
        """The number of a row and its cells, but for those without a value; the element is used up."""
        number, cells = self._parser.parse_row(cast(Any, row))
        self._parser.row_dimensions.clear()
        self._parser.shared_formulae.clear()
        return number, cast(list[ReadCell], cells)


Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 1


@dataclass(frozen=True)
class Shape:
    """What a sheet says besides its cells: areas of merged ones, columns nobody sees, how many rows nobody sees, and
    how many bytes it has.
    """

    merged: tuple[Area, ...]
    hidden_columns: frozenset[int]
    hidden_rows: int
    size: int


def shape_of(source: IO[bytes]) -> Shape:
    """Looks a sheet through, a block in memory at a time. Raises UnreadableError when it merges more than is read."""
    merged: list[Area] = []
    columns: set[int] = set()
    rows, size, before = 0, 0, b""
    while block := source.read(_BLOCK):
        size += len(block)
        text = before + block
        for found in _SHAPES.finditer(text):
            if found.end() <= len(before):
                continue  # it was seen with the block before
            if found["merged"]:
                left, top, right, bottom = range_boundaries(found["merged"].decode())
                merged.append((int(top or 1), int(left or 1), int(bottom or top or 1), int(right or left or 1)))
            elif found["column"]:
                told = dict(_NUMBERS.findall(found["column"]))
                first = int(told.get(b"min", b"1"))
                columns.update(range(first, min(int(told.get(b"max", b"0")), _MOST_COLUMNS) + 1))
            else:
                rows += 1
        if len(merged) > _MOST_MERGED:
            raise UnreadableError(wording("it has more than {count} merged cells", count=_MOST_MERGED))
        before = text[-_OVERLAP:]
    return Shape(tuple(merged), frozenset(columns), rows, size)


def without_value(row: Element) -> frozenset[str]:
    """The addresses of formulas of which no result is kept; one whose result is the empty text is blank."""
    found = []
    for cell in row:
        children = {child.tag.rpartition("}")[2]: child for child in cell}
        held = "is" in children or ("v" in children and children["v"].text)
        if "f" in children and not held and cell.get("t") != "str":
            found.append(cell.get("r", ""))
    return frozenset(found)
