"""Signatures side by side: a row of cells without rules, in each room to sign, name and post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.documents.markup import Numbers, bidi_visual, paragraph, runs, signature_bookmark
from assembler.model.packet import SignaturesBlock, Signer

# What a signature and a stamp take.
_ROOM = 'w:before="0" w:after="0" w:line="1100" w:lineRule="exact"'
_KEEP = "<w:keepNext/>"
_NO_RULES = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def signatures(block: SignaturesBlock, width: int, numbers: Numbers) -> str:
    """The markup of a table as wide as the page; a row is never torn, nor torn from what it stands below."""
    across = min(block.across, len(block.signers))
    each = width // across
    rows = [block.signers[at : at + across] for at in range(0, len(block.signers), across)]
    made = "".join(_row(row, across, each, numbers) for row in rows)
    grid = f'<w:gridCol w:w="{each}"/>' * across
    properties = (
        f'<w:tblPr>{bidi_visual()}<w:tblW w:w="{each * across}" w:type="dxa"/><w:tblBorders>{_NO_RULES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    before = paragraph("SectionEnd", "", before=_KEEP)
    return f"{before}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>" + paragraph("AfterTable", "")


def _row(signers: Sequence[Signer], across: int, width: int, numbers: Numbers) -> str:
    cells = "".join(_cell("".join(_signer(signer, numbers)), width) for signer in signers)
    cells += _cell(paragraph("TableNumber", ""), width) * (across - len(signers))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _signer(signer: Signer, numbers: Numbers) -> Iterator[str]:
    """The line kept for the signature, which its field is placed by, then who signs."""
    mark = numbers.bookmark(signature_bookmark(signer.key), "")
    yield paragraph("TableNumber", mark, before=_KEEP, spacing=_ROOM)
    yield paragraph("TableNumber", runs(signer.name, "<w:b/><w:bCs/>"), before=_KEEP)
    yield paragraph("TableNumber", runs(signer.post))
