"""Where things stand in a converted PDF: the bookmarks of its document, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from assembler.pdf.pieces import Piece

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Position:
    """A point: page counted from 0, ``x`` and ``y`` in points from the bottom-left corner of the page.

    For a bookmark ``y`` is the upper edge of its line and ``x`` where the line's text begins there.
    """

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Frame:
    """The rectangle a picture fills: page counted from 0, the lower left corner and the size in points."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Destinations(Mapping[str, Position]):
    """Positions by bookmark name; the names are those of the document, however the PDF spells them."""

    def __init__(self, positions: Mapping[str, Position]) -> None:
        self._positions = dict(positions)

    def __getitem__(self, bookmark: str) -> Position:
        return self._positions[destination_name(bookmark)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)

    def __contains__(self, bookmark: object) -> bool:
        return isinstance(bookmark, str) and destination_name(bookmark) in self._positions


def destination_name(bookmark: str) -> str:
    """A bookmark as LibreOffice names its destination: signs in hexadecimal, other letters percent-encoded first.

    >>> destination_name("sec_1")
    'sec5F1'
    """
    return "".join(_spell(letter) for letter in bookmark)


def _spell(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() or letter == "-" else f"{ord(letter):02X}"
    return "".join(f"25{byte:02X}" for byte in letter.encode())


def destinations(pdf: Path) -> Destinations:
    """The named destinations of a PDF made from a document: one for every bookmark of the document."""
    found = {}
    with pikepdf.open(pdf) as document:
        pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        for name, where in document.Root.get("/Dests", {}).items():
            if where[0].objgen in pages:
                x, y = (float(value) if value is not None else 0.0 for value in list(where)[2:4])
                found[name.lstrip("/")] = Position(pages[where[0].objgen], x, y)
    return Destinations(found)


def page_count(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return len(document.pages)


def own_pages(piece: Piece) -> int:
    """How many pages a piece adds to the packet."""
    return 0 if piece.beside else page_count(piece.pdf)


def pictures(pdf: Path, page: int) -> tuple[Frame, ...]:
    """The pictures drawn on a page, in the order of drawing, which is that of the document."""
    with pikepdf.open(pdf) as document:
        return tuple(_pictures(document.pages[page], page))


def frame_at(pdf: Path, position: Position, *, slack: float = 20.0) -> Frame | None:
    """The first picture at or below a bookmark on its page, or at the top of the next page when it did not fit.

    ``slack``, in points, is how far the picture's upper edge may lie above the bookmark.
    """
    frames = pictures(pdf, position.page)
    below = [frame for frame in frames if frame.y + frame.height <= position.y + slack]
    if below:
        return max(below, key=lambda frame: frame.y + frame.height)
    if position.page + 1 >= page_count(pdf):
        return None
    following = pictures(pdf, position.page + 1)
    return max(following, key=lambda frame: frame.y + frame.height, default=None)


def _pictures(page: pikepdf.Page, index: int) -> Iterator[Frame]:
    names = _image_names(page)
    matrix, saved = _IDENTITY, []
    for each in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands, kind = each.operands, str(each.operator)
        if kind == "q":
            saved.append(matrix)
        elif kind == "Q" and saved:
            matrix = saved.pop()
        elif kind == "cm":
            matrix = _multiply(_matrix(operands), matrix)
        elif kind == "Do" and str(operands[0]) in names:
            yield _frame(matrix, index)


def _image_names(page: pikepdf.Page) -> set[str]:
    objects = page.obj.Resources.get("/XObject", pikepdf.Dictionary())
    return {name for name, value in objects.items() if value.get("/Subtype") == "/Image"}


def _matrix(operands: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4],
        e * then[1] + f * then[3] + then[5],
    )


def _frame(matrix: Matrix, page: int) -> Frame:
    """The rectangle that the unit square of a picture fills."""
    a, b, c, d, e, f = matrix
    across = (e, e + a, e + c, e + a + c)
    up = (f, f + b, f + d, f + b + d)
    return Frame(page, min(across), min(up), max(across) - min(across), max(up) - min(up))
