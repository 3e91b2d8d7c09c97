"""The planned document: captions and headings that repeat or lack, what no text refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, problem
from assembler.model.packet import (
    ChartBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    Packet,
    Paragraph,
    Part,
    Text,
    plain,
)

Captioned = GridBlock | FigureBlock | ChartBlock

# The number a caption begins with: «جدول شماره ۴- …».
_NUMBERED = re.compile(r"^[^-–:.]*?[\d۰-۹]+\s*(?:[-–:.]\s*|$)")

# What stands between the ends of a range of numbers.
_RANGE = re.compile(r"\s*(?:[-–—]|تا|الی)\s*")


def check_document(packet: Packet) -> Iterator[Problem]:
    """What is wrong with the packet as a document, whatever its data say. Places name a caption, heading or part."""
    captioned = [block for part in packet.parts for block, _ in _captioned(part)]
    yield from _repeated_captions(captioned)
    # A table within a letter needs no caption: the sentence before it names it.
    yield from _missing_captions(
        [found for part in packet.parts if part.kind != "letter" for found in _captioned(part)]
    )
    for part in packet.parts:
        yield from _repeated_headings(part)
    yield from _never_referred(packet, captioned)


def _captioned(part: Part) -> Iterator[tuple[Captioned, str]]:
    """Tables, figures and charts, each with the heading it stands under: that is where to look for a bare one."""
    heading = part.title
    for block in part.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Captioned) and not (isinstance(block, GridBlock) and not block.counted):
            yield block, heading


# ---------------------------------------------------------------- captions


def _repeated_captions(blocks: Iterable[Captioned]) -> Iterator[Problem]:
    """Two tables, figures or charts with the same words after their numbers. A number alone is no caption."""
    first: dict[tuple[str, str], str] = {}
    for block in blocks:
        caption = plain(block.caption)
        key = _kind(block), fold(_words(block))
        if not key[1]:
            continue
        if key in first:
            yield problem("caption-repeated", Place(item=caption), caption=caption, first=first[key])
        first.setdefault(key, caption)


def _missing_captions(stood: list[tuple[Captioned, str]]) -> Iterator[Problem]:
    """A block without a caption whose like have one, or a number with no words after it.

    Nothing is said while half of them or more have none: a report may print them so.
    """
    for kind in ("table", "figure", "chart"):
        alike = [(block, heading) for block, heading in stood if _kind(block) == kind]
        bare = [(block, heading) for block, heading in alike if not _words(block)]
        if len(bare) * 2 < len(alike):
            for block, heading in bare:
                name = plain(block.caption) or heading
                evidence = {"captioned": len(alike) - len(bare), "all": len(alike)}
                yield problem("caption-missing", Place(item=name), name=name, **evidence)


def _words(block: Captioned) -> str:
    """A caption without its label and number."""
    return _NUMBERED.sub("", plain(block.caption), count=1)


def _kind(block: Captioned) -> str:
    """As what a block is captioned: a printed form may stand among the figures."""
    if isinstance(block, ChartBlock):
        return "chart"
    return "figure" if isinstance(block, FigureBlock) or block.caption_below else "table"


# ---------------------------------------------------------------- headings


def _repeated_headings(part: Part) -> Iterator[Problem]:
    """Two listed headings of one text under the same heading: the contents then show one line twice.

    Chapters may each have their «مقدمه», and sub-headings that stay out of the contents may repeat.
    """
    seen: dict[tuple[str, ...], str] = {}
    path: list[str] = []
    for block in part.blocks:
        if not isinstance(block, Heading) or not block.listed:
            continue
        path[block.level - 1 :] = [fold(block.text)]
        where = (str(block.level), *path)
        if where in seen:
            place = Place(item=block.text)
            yield problem("heading-repeated", place, heading=block.text, number=block.number, first=seen[where])
        seen.setdefault(where, block.number)


# ---------------------------------------------------------------- references


def _never_referred(packet: Packet, blocks: list[Captioned]) -> Iterator[Problem]:
    """Captioned blocks no text leads to, while the text leads to most of their kind."""
    linked = set(_referred(packet, [block.anchor for block in blocks]))
    for kind in ("table", "figure", "chart"):
        alike = [block for block in blocks if _kind(block) == kind and block.caption]
        lonely = [block for block in alike if block.anchor not in linked]
        if len(lonely) * 2 < len(alike):
            for block in lonely:
                caption = plain(block.caption)
                evidence = {"referred": len(alike) - len(lonely), "all": len(alike)}
                yield problem("never-referred", Place(item=caption), caption=caption, **evidence)


def _referred(packet: Packet, anchors: Sequence[str]) -> Iterator[str]:
    """The anchors the texts lead to; of «جدول‌های ۸-۱۱» also those between."""
    for text in (text for part in packet.parts for text in _texts(part)):
        links = [span.link for span in text if span.link]
        yield from links
        if len(links) < 2:
            continue
        for first, between, last in zip(text, text[1:], text[2:], strict=False):
            ends = [anchors.index(span.link) for span in (first, last) if span.link in anchors]
            if len(ends) == 2 and _RANGE.fullmatch(between.text):
                yield from anchors[min(ends) : max(ends)]


def _texts(part: Part) -> Iterator[Text]:
    for block in part.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, ListBlock):
            yield from _list_texts(block)
        elif isinstance(block, GridBlock):
            yield from (line for row in (*block.head, *block.body) for cell in row for line in cell.lines)
            yield from block.notes
        elif isinstance(block, ChartBlock):
            yield from block.notes


def _list_texts(block: ListBlock) -> Iterator[Text]:
    for entry in block.entries:
        yield entry.text
        for inner in entry.lists:
            yield from _list_texts(inner)
