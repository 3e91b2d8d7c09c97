"""Letters that go over a page by little more than their signature."""

from __future__ import annotations

from pathlib import Path

from assembler.documents.markup import signature_bookmark
from assembler.model.packet import Part
from assembler.pdf.positions import destinations, page_count

_LITTLE = 520.0  # points from the foot of the last page: where the signature stands above this, little goes before it


def goes_over(letter: Part, pdf: Path) -> bool:
    """Whether the last page of a letter holds no more than a few lines and the signature, or only what follows it."""
    pages = page_count(pdf)
    if pages == 1 or letter.signer is None:
        return False
    at = destinations(pdf).get(signature_bookmark(letter.signer.key))
    return at is not None and (at.page < pages - 1 or at.y > _LITTLE)
