"""Where things stand in a converted PDF: the bookmarks of its document, and its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import SupportsFloat

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

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
    reader = PdfReader(pdf)
    pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference}
    found = {}
    for name, destination in reader.named_destinations.items():
        reference = getattr(destination.get("/Page"), "idnum", None)
        if reference in pages:
            x, y = float(destination.left or 0), float(destination.top or 0)
            found[name.lstrip("/")] = Position(pages[reference], x, y)
    return Destinations(found)


def page_count(pdf: Path) -> int:
    return len(PdfReader(pdf).pages)


def own_pages(piece: Piece) -> int:
    """How many pages a piece adds to the packet."""
    return 0 if piece.beside else page_count(piece.pdf)


def pictures(pdf: Path, page: int) -> tuple[Frame, ...]:
    """The pictures drawn on a page, in the order of drawing, which is that of the document."""
    reader = PdfReader(pdf)
    return tuple(_pictures(reader, reader.pages[page], page))


def frame_at(pdf: Path, position: Position, *, slack: float = 20.0) -> Frame | None:
    """The first picture at or below a bookmark on its page, or at the top of the next page when it did not fit.

    ``slack``, in points, is how far the picture's upper edge may lie above the bookmark.
    """
    reader = PdfReader(pdf)
    frames = _pictures(reader, reader.pages[position.page], position.page)
    below = [frame for frame in frames if frame.y + frame.height <= position.y + slack]
    if below:
        return max(below, key=lambda frame: frame.y + frame.height)
    if position.page + 1 >= len(reader.pages):
        return None
    following = list(_pictures(reader, reader.pages[position.page + 1], position.page + 1))
    return max(following, key=lambda frame: frame.y + frame.height, default=None)


def _pictures(reader: PdfReader, page: PageObject, index: int) -> Iterator[Frame]:
    contents = page.get_contents()
    if contents is None:
        return
    objects = _image_names(page)
    matrix, saved = _IDENTITY, []
    for operands, operator in ContentStream(contents, reader).operations:
        if operator == b"q":
            saved.append(matrix)
        elif operator == b"Q" and saved:
            matrix = saved.pop()
        elif operator == b"cm":
            matrix = _multiply(_matrix(operands), matrix)
        elif operator == b"Do" and operands[0] in objects:
            yield _frame(matrix, index)


def _image_names(page: PageObject) -> set[str]:
    resources = page.get("/Resources", DictionaryObject()).get_object()
    objects = resources.get("/XObject", DictionaryObject()).get_object()
    return {name for name, value in objects.items() if value.get_object().get("/Subtype") == "/Image"}


def _matrix(operands: Iterable[SupportsFloat]) -> Matrix:
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
