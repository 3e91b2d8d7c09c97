"""Where evidence stands on its pages, in points: one file on its own, or several small pictures each under its band."""

from __future__ import annotations

from typing import NamedTuple

from assembler.base.tongue import tongue
from assembler.pdf.overlay import A4, BAND_HEIGHT, BAND_SIDE, BAND_TOP, GUTTER
from assembler.pdf.pieces import Binding

MARGIN = 34.0  # at the sides and at the top
FOOT = 56.0  # at the bottom, where the page number stands
_BELOW_BAND = 8.0
_BETWEEN = 16.0  # pictures on one page
_IN_A_COLUMN = 2  # more stand in two columns


class Room(NamedTuple):
    """What of a page there is to draw in, in points; ``top`` from its upper edge."""

    page: tuple[float, float]
    left: float
    top: float
    width: float
    height: float


def room_on(page: tuple[float, float], *, banded: bool, binding: Binding) -> Room:
    """The room on a page of this size. One that lies is turned where sheets are bound: its head lies at the binding,
    and its page number at the side that is then below.
    """
    top = BAND_TOP + BAND_HEIGHT + _BELOW_BAND if banded else MARGIN
    left, right, foot = MARGIN, MARGIN, FOOT
    if binding and page[0] > page[1]:
        top, foot = top + GUTTER, MARGIN
        left, right = (MARGIN, FOOT) if binding == "right" else (FOOT, MARGIN)
    return Room(page, left, top, page[0] - left - right, page[1] - top - foot)


class Cell(NamedTuple):
    """A place for a picture on a page that several share: its band (left, top, width), and the room below it."""

    band: tuple[float, float, float]
    room: Room


def cells_of(count: int) -> list[Cell]:
    """The places of so many pictures, in the order they are read in."""
    columns = 1 if count <= _IN_A_COLUMN else 2
    rows = -(-count // columns)
    width = (A4[0] - 2 * BAND_SIDE - (columns - 1) * _BETWEEN) / columns
    height = (A4[1] - BAND_TOP - FOOT - (rows - 1) * _BETWEEN) / rows
    found = []
    for number in range(count):
        row, column = divmod(number, columns)
        across = columns - 1 - column if tongue().direction == "rtl" else column
        left, top = BAND_SIDE + across * (width + _BETWEEN), BAND_TOP + row * (height + _BETWEEN)
        under = BAND_HEIGHT + _BELOW_BAND
        found.append(Cell((left, top, width), Room(A4, left, top + under, width, height - under)))
    return found
