"""The parts of a drawn workflow: lanes, boxes, texts and arrows as numbers.

Lengths are in em, the size of the letters, from the upper left corner; ``unit`` tells how many cm an em is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from assembler.documents.workflow.routes import Side
from assembler.model.packet import WorkflowStep

Measure = Callable[[str], float]  # the width of a line of text in em
Point = tuple[float, float]
CM_PER_POINT = 2.54 / 72
PITCH = 1.5  # from line to line
FOOT_SCALE = 0.88  # the letters of documents
WAVE = 0.3  # the height of the wavy foot of a document
ICON = 1.1  # room for the sign of a page before the name of a document
_ROUND = 1.3


@dataclass(frozen=True)
class Label:
    """Lines of text in a field whose upper left corner is given; ``scale`` of the letters."""

    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    scale: float = 1.0

    @property
    def height(self) -> float:
        return len(self.lines) * PITCH * self.scale


@dataclass(frozen=True)
class Box:
    """A step: its body, and ``foot`` below it with the document. ``slant`` is how far its sides come to a point."""

    kind: str
    lane: int
    left: float
    top: float
    width: float
    body: float
    text: Label
    foot: float = 0.0
    document: Label | None = None
    slant: float = 0.0

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def centre(self) -> float:
        return self.left + self.width / 2

    @property
    def middle(self) -> float:
        return self.top + self.body / 2

    @property
    def bottom(self) -> float:
        return self.top + self.body + self.foot

    @property
    def radius(self) -> float:
        """Of the round corners of a start, an end or a link; 0 for others."""
        return min(self.body / 2, self.width / 2, _ROUND) if self.kind in ("start", "end", "link") else 0.0

    def edge(self, side: Side, line: float) -> float:
        """Where a level line meets the outline of the body on this side."""
        off, half = abs(line - self.middle), self.body / 2
        round_ = max(off - (half - self.radius), 0.0)
        inset = self.slant * off / half + self.radius - math.sqrt(max(self.radius**2 - round_**2, 0.0))
        return self.right - inset if side == "right" else self.left + inset


@dataclass(frozen=True)
class Arrow:
    """A line with its corners, from a box to another, with its word at the beginning."""

    start: int
    end: int
    points: tuple[Point, ...]
    word: Label | None = None


@dataclass(frozen=True)
class Lane:
    left: float
    width: float
    name: Label


@dataclass(frozen=True)
class Drawing:
    """A picture: ``size`` of its letters in points; ``steps`` are the numbers shown, ``cut`` those told in part."""

    width: float
    height: float
    size: float
    header: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    numbers: tuple[Label, ...]
    arrows: tuple[Arrow, ...]
    steps: tuple[WorkflowStep, ...]
    cut: tuple[str, ...] = ()
    broken: int = 0  # words too wide for their box

    @property
    def unit(self) -> float:
        """cm to the em."""
        return self.size * CM_PER_POINT
