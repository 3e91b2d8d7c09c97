"""The parts of a packet as pieces of one PDF: bookmarks, placed letters, fields to sign, where its pages are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assembler.assembly.parts import Made
from assembler.base.messages import wording
from assembler.base.persian import listed_texts
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import printed_words
from assembler.documents.blocks import heading_text
from assembler.documents.markup import bookmark_name, figure_bookmark, signature_bookmark
from assembler.documents.package import margin_texts
from assembler.documents.page_total import TOTAL_MARK
from assembler.model.packet import FigureBlock, Heading, Packet, Part, SignaturesBlock, Signer
from assembler.pdf.pieces import PAGE_WORDS, OutlineEntry, Piece, Placement, SignatureField, Total
from assembler.pdf.positions import Destinations, Position, destination_name, destinations, frame_at

_ROW = 420.0  # points: what fields side by side take of the width of a page
_SIGNATURE = (150.0, 48.0)  # points: the room a signature and a stamp take
_TOTAL = destination_name(TOTAL_MARK)


def pieces(packet: Packet, made: Mapping[str, Made], evidence: Mapping[str, Sequence[Piece]]) -> tuple[Piece, ...]:
    """The packet's parts as pieces of one PDF: bookmarks, placed letters, signature fields."""
    result: list[Piece] = []
    for part in packet.parts:
        if part.kind == "evidence":
            result.extend(_under_one_title(part.title, evidence.get(part.name, ())))
        elif not part.placed:
            result.append(_piece(made[part.name], made))
    return tuple(result)


def _under_one_title(title: str, files: Sequence[Piece]) -> Iterator[Piece]:
    """The files of an evidence part below its own bookmark."""
    for number, file in enumerate(files):
        own = OutlineEntry(file.title, 1, 0)
        yield replace(
            file, title=title if number == 0 else file.title, listed=number == 0, outline=(own, *file.outline)
        )


def _piece(made: Made, others: Mapping[str, Made]) -> Piece:
    found = destinations(made.pdf)
    headers, footers = margin_texts(made.docx)
    return Piece(
        name=made.part.name,
        title=made.part.title,
        pdf=made.pdf,
        outline=tuple(_outline(made.part, found)),
        fields=_fields(made.part, found),
        placements=tuple(_placements(made, others, found)),
        numbered=made.part.numbered,
        headers=headers,
        footers=footers,
        own_words=_own_words(made.part),
        totals=tuple(_totals(found)),
    )


def _totals(found: Destinations) -> Iterator[Total]:
    """Where the packet's pages are told, by the bookmarks that say how large they stand there."""
    for name, at in found.items():
        if name.startswith(_TOTAL):
            _, size, bold = name.removeprefix(_TOTAL).split("-")
            yield Total(at.page, at.x, at.y, int(size) / 2, bold == "b")


def _own_words(part: Part) -> str:
    """What the pages of a part say that counts them by itself: a letter does, as it goes its way alone."""
    if part.kind == "letter":
        return printed_words(PAGE_WORDS)
    return listed_texts((part.title, printed_words(PAGE_WORDS))) if part.kind == "corrections" else ""


def _outline(part: Part, found: Destinations) -> Sequence[OutlineEntry]:
    entries = []
    for block in part.blocks:
        if isinstance(block, Heading) and block.listed and bookmark_name(block.anchor) in found:
            at = found[bookmark_name(block.anchor)]
            entries.append(OutlineEntry(heading_text(block), block.level, at.page, at.y))
    return entries


def _fields(part: Part, found: Destinations) -> tuple[SignatureField, ...]:
    """The empty signature fields of a part's signers, below the upper edges of the lines kept for them."""
    signing = [(signer, 1) for signer in [part.signer] if signer]
    signing += [
        (each, block.across) for block in part.blocks if isinstance(block, SignaturesBlock) for each in block.signers
    ]
    placed = ((signer, across, found.get(signature_bookmark(signer.key))) for signer, across in signing)
    return tuple(_field(signer, across, at) for signer, across, at in placed if at)


def _field(signer: Signer, across: int, at: Position) -> SignatureField:
    """The field of a signer, narrower where many stand side by side."""
    width, height = min(_SIGNATURE[0], _ROW / across), _SIGNATURE[1]
    label = " - ".join(filter(None, (signer.name, signer.post)))
    return SignatureField(signer.key, label, at.page, max(at.x - width / 2, 36.0), at.y - height, width, height)


def _placements(made: Made, others: Mapping[str, Made], found: Destinations) -> Sequence[Placement]:
    placements = []
    for block in made.part.blocks:
        if not isinstance(block, FigureBlock) or not block.part:
            continue
        letter = others[block.part]
        fields = _fields(letter.part, destinations(letter.pdf))
        for page in range(letter.pages):
            frame = frame_at(made.pdf, found[figure_bookmark(block.anchor, page)])
            if frame is None:
                reason = wording("there is no frame for {name}", name=block.part)
                raise AssemblerError([problem("engine-failed", name=made.part.name, reason=reason)], ExitCode.ENGINE)
            own = tuple(field for field in fields if field.page == page)
            placements.append(Placement(frame.page, frame.x, frame.y, frame.width, frame.height, letter.pdf, page, own))
    return placements
