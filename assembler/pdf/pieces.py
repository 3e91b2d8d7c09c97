"""What is merged into the packet: pieces with their outline, fields and placed letters. Lengths are points.

Coordinates count from the bottom-left corner of the page as LibreOffice wrote it; pages count from 0 within the piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assembler.base.persian import persian_digits
from assembler.base.tongue import printed_words

# At which side sheets are bound; «» where nothing is turned for it.
Binding: TypeAlias = Literal["", "right", "left"]
PAGE_WORDS = "صفحه {page} از {pages}"
_PAGE_OF_FILE = "برگ {page} از {pages}"


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
class Band:
    """What stands over each page of a file: how it is cited, its title, and where the report speaks of it.

    ``at`` is where it begins, from the left and from the upper edge, and how wide it is, on a page that files share.
    """

    label: str
    title: str
    section: str = ""
    at: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Total:
    """Where a page says how many pages the packet has: the beginning of the number at the upper edge of its line, and
    the size of its digits.
    """

    page: int
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of the packet. ``numbered`` pieces count as pages; the others bear ``title`` as page label.

    ``foreign`` pieces come from outside: their fonts are not ours to answer for. With ``listed`` off the piece has no
    bookmark of its own, and its outline entries stand below the piece before it. ``headers`` and ``footers`` are the
    texts a page may bear in its margins. A piece may count its own pages, with ``own_words``. A ``band`` is drawn over
    its pages, which keep room for it; how many pages the packet has, at each of its ``totals``. What stands ``beside``
    has no pages of its own: it is on the last one of the piece before it.
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
    own_words: str = ""
    band: Band | None = None
    totals: tuple[Total, ...] = ()
    beside: bool = False


@dataclass(frozen=True)
class PageRange:
    """Where a piece stands in the packet: the index of its first page and how many pages it has; of one that stands
    beside another none, and its first page is that of the other.
    """

    name: str
    title: str
    first: int
    pages: int
    numbered: bool = True
    own_words: str = ""


def page_lines(ranges: Sequence[PageRange], words: str) -> Mapping[int, str]:
    """What stands in the middle at the foot of pages, by the index of each: ``words`` with the page among the numbered
    ones, or those of a piece that counts its own. One page of a letter needs none.
    """
    lines = dict(_folios(ranges, words))
    corners = corner_lines(ranges, words)
    for part in ranges:
        if part.own_words and (not part.numbered or part.first in corners):
            own = enumerate(_pages_of(part), 1)
            shown = part.pages > 1 or not part.numbered
            lines |= {index: _line(part.own_words, number, part.pages) if shown else "" for number, index in own}
    return {index: line for index, line in sorted(lines.items()) if line}


def corner_lines(ranges: Sequence[PageRange], words: str) -> Mapping[int, str]:
    """What stands in the corner of numbered pages that count their own: their number in the packet; nothing where the
    packet is no more than they are.
    """
    folios = _folios(ranges, words)
    own = [part for part in ranges if part.numbered and part.own_words and part.pages < len(folios)]
    return {index: folios[index] for part in own for index in _pages_of(part)}


def _folios(ranges: Sequence[PageRange], words: str) -> Mapping[int, str]:
    counted = [index for part in ranges if part.numbered for index in _pages_of(part)]
    return {index: _line(words, number, len(counted)) for number, index in enumerate(counted, 1)}


def band_texts(band: Band, page: int, pages: int) -> tuple[str, str, str, str]:
    """What a band says on a page of a file, counted from 0, from its beginning to its end."""
    return (
        band.label,
        band.title,
        band.section,
        _line(printed_words(_PAGE_OF_FILE), page + 1, pages) if pages > 1 else "",
    )


def _pages_of(part: PageRange) -> range:
    return range(part.first, part.first + part.pages)


def _line(words: str, page: int, pages: int) -> str:
    return words.format(page=persian_digits(str(page)), pages=persian_digits(str(pages)))


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
