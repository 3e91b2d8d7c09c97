"""Small pictures share a page of the evidence, each under its band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from PIL import Image

from assembler.base.file_kinds import DRAWING, PDF
from assembler.model.answers import Attachment
from assembler.pdf.attachments import RefusalError, frames, is_made_by_office, kind_of_file, picture
from assembler.pdf.overlay import Picture
from assembler.pdf.pictures import DPI, fitted, measures
from assembler.pdf.rooms import Cell, cells_of

_LIKE_PAPER = 0.04  # of sides as those of A4


def together(files: Sequence[Attachment], most: int) -> Iterator[Sequence[Attachment]]:
    """The files in their order, as they stand on pages: small pictures that are cited and follow one another share one,
    up to so many.
    """
    group: list[Attachment] = []
    for file in files:
        shares = most > 1 and bool(file.label) and _is_small(file, most)
        if group and (not shares or len(group) == most):
            yield group
            group = []
        if shares:
            group.append(file)
        else:
            yield [file]
    if group:
        yield group


def _is_small(file: Attachment, most: int) -> bool:
    """Whether it is one picture, and not that of a sheet of paper with more on it than the place would show."""
    try:
        kind = kind_of_file(file)
        if kind in (PDF, DRAWING) or is_made_by_office(kind):
            return False
        with picture(file) as image:
            if image.format == "TIFF" and getattr(image, "n_frames", 1) > 1:
                return False
            return not _is_of_paper(image) or _shows_whole(image, cells_of(most)[0])
    except RefusalError:
        return False  # it is told when its page is made


def _is_of_paper(image: Image.Image) -> bool:
    short, long = sorted(measures(image))
    return abs(long / max(short, 1) / sqrt(2) - 1) <= _LIKE_PAPER


def _shows_whole(image: Image.Image, cell: Cell) -> bool:
    """Whether no dot of it is lost there."""
    width, height = measures(image)
    return width <= cell.room.width / 72 * DPI and height <= cell.room.height / 72 * DPI


def picture_in(file: Attachment, cell: Cell) -> Picture:
    """The picture of a file right below its band. Raises RefusalError when it is broken."""
    room = cell.room
    with picture(file) as image:
        drawn = fitted(next(frames(image)), file.path, room.left, room.top, room.width, room.height)
    return drawn._replace(top=room.top)
