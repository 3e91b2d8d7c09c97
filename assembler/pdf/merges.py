"""Labels merged over rows, said again at the head of each page on which their rows go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from assembler.base.tongue import tongue
from assembler.model.merged import MergedLabel
from assembler.pdf.fonts import FontSet
from assembler.pdf.positions import Position, destinations

_SIDES = 7.0  # points: what a cell keeps free at both sides of its text
_LINE = 1.6  # how high a line is, in sizes of its letters
_HEIGHT = 400.0  # points: of the form a label is drawn in
_FAMILY = "B Nazanin"


def say_again(pdf: Path, labels: Sequence[MergedLabel], fonts: FontSet) -> None:
    """Writes the labels into the blank cells of the pages their rows go on on; most documents stay as they are."""
    found = destinations(pdf) if labels else {}
    spots = [(label, at) for label in labels for at in _spots(label, found)]
    if not spots:
        return
    import pikepdf

    from assembler.pdf.drawing import draw, fence, form_of, operands

    buffer = BytesIO()
    drawing = BytesIO(_drawn([label for label, _ in spots], fonts))
    with pikepdf.open(pdf) as document, pikepdf.open(drawing) as strips:
        fence(document)
        for number, ((label, at), strip) in enumerate(zip(spots, strips.pages, strict=True)):
            place = b"1 0 0 1 %s cm" % operands(label.left + _SIDES / 2, at.y - _HEIGHT)
            draw(document, document.pages[at.page], form_of(document, strips, strip), place, f"AssemblerLabel{number}")
        document.save(buffer, deterministic_id=True)
    pdf.write_bytes(buffer.getvalue())


def _spots(label: MergedLabel, found: Mapping[str, Position]) -> Iterator[Position]:
    rows = [found[row] for row in label.rows if row in found]
    return (row for before, row in pairwise(rows) if row.page != before.page)


def _drawn(labels: Sequence[MergedLabel], fonts: FontSet) -> bytes:
    """A page for each label, which stands at the head of it."""
    from assembler.pdf.overlay import canvas, drawn

    face = fonts.face(_FAMILY) or fonts.fallback
    side = "R" if tongue().direction == "rtl" else "L"
    drawing = canvas((0, 0), fonts.file(_FAMILY), labels[0].size)
    if face is not None:
        drawing.add_font("bold", fname=face.files[-1])
    for label in labels:
        width = label.width - _SIDES
        drawing.add_page(format=(width, _HEIGHT))
        drawing.set_font("bold" if label.bold and face is not None else "drawn", size=label.size)
        drawing.multi_cell(w=width, h=label.size * _LINE, text=label.text, align="C" if label.centred else side)
    return drawn(drawing)
