"""How many pages a letter will take, and letters that go over a page by little more than their signature."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assembler.documents.markup import signature_bookmark
from assembler.model.packet import ListBlock, ListEntry, Paragraph, Part, plain
from assembler.pdf.positions import destinations, page_count

_LITTLE = 520.0  # points from the foot of the last page: where the signature stands above this, little goes before it
_LETTERS_A_PAGE = 1900  # about how many letters fit a letter's page; only a first guess, corrected after conversion


def first_guess(part: Part) -> int:
    """A first guess at a part's pages."""
    return 1 + _length(part.blocks) // _LETTERS_A_PAGE if part.kind == "letter" else 1


def _length(blocks: Iterable[object]) -> int:
    """How many letters the paragraphs and lists of a letter hold."""
    length = 0
    for block in blocks:
        if isinstance(block, Paragraph | ListEntry):
            length += len(plain(block.text))
        if isinstance(block, ListBlock):
            length += _length(block.entries)
        if isinstance(block, ListEntry):
            length += _length(block.lists)
    return length


def goes_over(letter: Part, pdf: Path) -> bool:
    """Whether the last page of a letter holds no more than a few lines and the signature, or only what follows it; a
    cover is one page.
    """
    pages = page_count(pdf)
    if letter.kind == "cover":
        return pages > 1
    if pages == 1 or letter.signer is None:
        return False
    at = destinations(pdf).get(signature_bookmark(letter.signer.key))
    return at is not None and (at.page < pages - 1 or at.y > _LITTLE)
