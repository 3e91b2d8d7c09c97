"""Where the body of a report names a file of its evidence, the name leads to the file and is followed by its page; in
the narrow cells of tables by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Protocol

from assembler.model.packet import Block, GridBlock, GridCell, ListBlock, ListEntry, Paragraph, Part, Span, Text
from assembler.packet.listing import listed


class _Cite(Protocol):
    """Puts links into a text, ``paged`` ones with their page."""

    def __call__(self, text: Text, paged: bool = True) -> Text: ...


def with_citations(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, each body with links to the evidence right behind it, and with the lists of its contents."""
    return tuple(_with_citations(part, parts[at + 1 :]) for at, part in enumerate(parts))


def _with_citations(part: Part, following: tuple[Part, ...]) -> Part:
    if part.kind != "body":
        return part
    evidence = tuple(takewhile(lambda one: one.kind == "evidence", following))
    part = replace(part, blocks=_citing(part.blocks, _anchors(evidence)))
    return replace(part, blocks=listed(part, evidence))


def _anchors(evidence: tuple[Part, ...]) -> Mapping[str, str]:
    """How files are cited, and their anchors."""
    return {
        file.label: part.anchor(number)
        for part in evidence
        for number, file in enumerate(part.files, start=1)
        if file.label
    }


def _citing(blocks: tuple[Block, ...], anchors: Mapping[str, str]) -> tuple[Block, ...]:
    """The blocks with links to the evidence, whose ``anchors`` are by how it is cited."""
    if not anchors:
        return blocks
    names = "|".join(sorted(map(re.escape, anchors), key=len, reverse=True))
    wanted = re.compile(rf"(?:{names})(?![\w‌])")

    def cite(text: Text, paged: bool = True) -> Text:
        return tuple(piece for span in text for piece in _pieces(span, wanted, anchors, paged))

    return tuple(_block(block, cite) for block in blocks)


def _pieces(span: Span, wanted: re.Pattern[str], anchors: Mapping[str, str], paged: bool) -> Iterator[Span]:
    if span.link or not wanted.search(span.text):
        yield span
        return
    end = 0
    for found in wanted.finditer(span.text):
        if found.start() > end:
            yield replace(span, text=span.text[end : found.start()])
        yield replace(span, text=found.group(), link=anchors[found.group()], cited=paged)
        end = found.end()
    if end < len(span.text):
        yield replace(span, text=span.text[end:])


def _block(block: Block, cite: _Cite) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=cite(block.text))
        case ListBlock():
            return _list(block, cite)
        case GridBlock():
            paged = not block.counted
            return replace(block, body=tuple(tuple(_cell(cell, cite, paged) for cell in row) for row in block.body))
    return block


def _list(block: ListBlock, cite: _Cite) -> ListBlock:
    return ListBlock(tuple(_entry(entry, cite) for entry in block.entries))


def _entry(entry: ListEntry, cite: _Cite) -> ListEntry:
    return replace(entry, text=cite(entry.text), lists=tuple(_list(each, cite) for each in entry.lists))


def _cell(cell: GridCell, cite: _Cite, paged: bool) -> GridCell:
    return replace(cell, lines=tuple(cite(line, paged) for line in cell.lines))
