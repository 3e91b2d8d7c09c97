"""What is merged into the packet: pieces with their outline, fields and placed letters. Lengths are points.

Coordinates count from the bottom-left corner of the page as LibreOffice wrote it; pages count from 0 within the piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark below its piece: level 1 and deeper; ``y`` is the upper edge of what it leads to."""

    text: str
    level: int
    page: int
    y: float | None = None


@dataclass(frozen=True)
class SignatureField:
    """An empty signature field: ``key`` is its name, unique in the packet; ``label`` is what a reader of it is told."""

    key: str
    label: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placement:
    """A page of another PDF drawn into a frame of a page; its fields are given in the source page's coordinates."""

    page: int
    x: float
    y: float
    width: float
    height: float
    source: Path
    source_page: int = 0
    fields: tuple[SignatureField, ...] = ()


@dataclass(frozen=True)
class Attached:
    """A file that the packet carries whole, under ``name``."""

    name: str
    path: Path


@dataclass(frozen=True)
class Piece:
    """A stretch of the packet. ``numbered`` pieces count as pages; the others bear ``title`` as page label.

    ``foreign`` pieces come from outside: their fonts are not ours to answer for. With ``listed`` off the piece has no
    bookmark of its own, and its outline entries stand below the piece before it. ``headers`` and ``footers`` are the
    texts a page may bear in its margins.
    """

    name: str
    title: str
    pdf: Path
    outline: tuple[OutlineEntry, ...] = ()
    fields: tuple[SignatureField, ...] = ()
    placements: tuple[Placement, ...] = ()
    attached: tuple[Attached, ...] = ()
    numbered: bool = True
    foreign: bool = False
    listed: bool = True
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageRange:
    """Where a piece stands in the packet: the index of its first page and how many pages it has."""

    name: str
    title: str
    first: int
    pages: int
    numbered: bool = True


@dataclass(frozen=True)
class Finished:
    """The finished packet: its file, its pages and where each piece stands."""

    path: Path
    pages: int
    ranges: tuple[PageRange, ...]
    sha256: str


def first_numbers(page_counts: Sequence[int], numbered: Sequence[bool]) -> tuple[int, ...]:
    """The page number printed on the first page of each piece (of an unnumbered one: of the page that follows it).

    A document whose contents name pages must begin its own numbering there.
    """
    numbers, following = [], 1
    for pages, counts in zip(page_counts, numbered, strict=True):
        numbers.append(following)
        following += pages if counts else 0
    return tuple(numbers)
