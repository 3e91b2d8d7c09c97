"""Processes drawn as swim lanes, and told in words for those who cannot see the drawing.

They are laid out from right to left; on a paper that is read from the left the drawing is mirrored.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline

from assembler.base.persian import fold, listed_texts
from assembler.base.scripts import drawn, with_persian_digits
from assembler.base.tongue import printed_words, tongue
from assembler.documents.palette import Palette
from assembler.documents.workflow.layout import lay_out, one_size, step_words
from assembler.documents.workflow.shapes import (
    FOOT_SCALE,
    ICON,
    PITCH,
    WAVE,
    Arrow,
    Box,
    Drawing,
    Label,
    Measure,
    Point,
)
from assembler.model.packet import WorkflowBlock, WorkflowStep

_DOTS_PER_INCH = 200
_MOST_DOTS = 8000  # of a very wide picture, which is shown smaller
_INK, _WHITE = "#262626", "#FFFFFF"
_BASELINE = 1.02  # em from the top of a line to the feet of its letters
_HEAD_LENGTH, _HEAD_WIDTH = 0.62, 0.5
_KINDS = {"start": "شروع", "action": "اقدام", "decision": "تصمیم", "document": "سند", "end": "پایان"}
_MEASURED_AT = 100  # points: large enough that rounding does not tell


@dataclass(frozen=True)
class Picture:
    """A drawn picture; ``description`` tells its steps in words, ``cut`` are the steps whose text is shown in part."""

    file: Path
    description: str
    cut: tuple[WorkflowStep, ...]


def draw_workflow(
    block: WorkflowBlock,
    out: Path,
    palette: Palette,
    font: Path | None = None,
    *,
    width: float = 0.0,
    height: float = 21.0,
    size: float = 0.0,
) -> tuple[Picture, ...]:
    """Draw the process as PNG in these colours, the same bytes every time; one too high for ``height`` goes on in more
    pictures.

    ``width`` and ``height`` in cm are the most a picture may take; without a width it is the block's. ``size`` in
    points is that of the letters; 0 is the one that suits this process. The pictures after the first stand beside
    ``out``, their number at the end of the name.
    """
    pictures = []
    drawings = lay_out(block.steps, width or block.width, height, measure(font), size)
    for number, drawing in enumerate(drawings, start=1):
        file = out if number == 1 else out.with_stem(f"{out.stem}-{number}")
        _draw(drawing, file, palette, font)
        cut = tuple(step for step in drawing.steps if with_persian_digits(step.number) in drawing.cut)
        pictures.append(Picture(file, in_words(drawing.steps, block.steps), cut))
    return tuple(pictures)


def common_size(blocks: Sequence[WorkflowBlock], font: Path | None, *, width: float, height: float) -> float:
    """The size of letters, in points, in which the processes of a document are shown best together; 0 without any."""
    return one_size([block.steps for block in blocks], width, height, measure(font))


def measure(font: Path | None = None) -> Measure:
    """How wide a line of text is in em, set in this font."""
    face = get_font(str(font) if font else findfont(FontProperties()))

    def width(text: str) -> float:
        face.set_size(_MEASURED_AT, 72)
        face.set_text(_line(text), 0.0, flags=LoadFlags.NO_HINTING)
        return float(face.get_width_height()[0]) / 64 / _MEASURED_AT

    return width


def _line(text: str) -> str:
    """The text with its direction: a line that begins with a number or a Latin word is read from the right too.

    Tabs and line ends within a line, which no font draws, become spaces.
    """
    return drawn(" ".join(text.split()))


# ---------------------------------------------------------------- in words


def in_words(shown: Sequence[WorkflowStep], steps: Sequence[WorkflowStep]) -> str:
    """The shown steps of a process in words: number, kind, actor, action, document, and where each goes on."""
    return " ".join(_told(step, steps) for step in shown)


def _told(step: WorkflowStep, steps: Sequence[WorkflowStep]) -> str:
    kind = "" if step.kind == "action" else f" ({printed_words(_KINDS[step.kind])})"
    named = listed_texts(filter(None, (f"{step_words(step.number)}{kind}", step.actor)))
    document = printed_words("سند: {name}", name=step.document) if step.document else ""
    between = printed_words("؛ ")
    return between.join(filter(None, (f"{named}: {step.action or '—'}", document, *_ways(step, steps)))) + "."


def _ways(step: WorkflowStep, steps: Sequence[WorkflowStep]) -> Iterator[str]:
    known = {fold(each.number) for each in steps}
    for word, number in step.next:
        if fold(number) in known:
            yield f"{word}: {step_words(number)}" if word else printed_words("سپس {step}", step=step_words(number))


# ---------------------------------------------------------------- drawing


def _draw(drawing: Drawing, out: Path, palette: Palette, font: Path | None) -> None:
    size = (drawing.width * drawing.unit / 2.54, drawing.height * drawing.unit / 2.54)
    figure = Figure(figsize=size, dpi=min(_DOTS_PER_INCH, _MOST_DOTS / max(size)))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(*((0, drawing.width) if tongue().direction == "rtl" else (drawing.width, 0)))
    axes.set_ylim(drawing.height, 0)
    pen = _Pen(axes, drawing, palette, FontProperties(fname=str(font)) if font else FontProperties())
    pen.draw()
    with rc_context({"text.hinting": "no_hinting"}):  # letters as wide as they were measured
        figure.savefig(out, format="png", metadata={"Software": None})


class _Pen:
    """Draws the parts of a drawing: lanes first, arrows over them, boxes and words on top."""

    def __init__(self, axes: Axes, drawing: Drawing, palette: Palette, face: FontProperties) -> None:
        self.axes, self.drawing, self.palette, self.face = axes, drawing, palette, face

    def draw(self) -> None:
        self._lanes()
        for arrow in self.drawing.arrows:
            self._arrow(arrow)
        for box in self.drawing.boxes:
            self._box(box)
        for arrow in self.drawing.arrows:
            if arrow.word:
                self._text(arrow.word, centred=False)
        for number in self.drawing.numbers:
            self._text(number, colour=self.palette.words if number.top < self.drawing.header else _INK)

    # ------------------------------------------------------------ lanes

    def _lanes(self) -> None:
        drawing, lanes = self.drawing, self.drawing.lanes
        left, right = lanes[-1].left, drawing.numbers[0].left + drawing.numbers[0].width
        top, bottom = 0.12, drawing.height - 0.12
        self._rectangle(left, top, right - left, drawing.header - top, self.palette.head, self.palette.head)
        for lane in lanes:
            self._line((lane.left + lane.width, top), (lane.left + lane.width, bottom), self.palette.rule)
            self._text(lane.name, colour=self.palette.words)
        self._line((left, drawing.header), (right, drawing.header), self.palette.frame)
        self._rectangle(left, top, right - left, bottom - top, "none", self.palette.frame)

    def _rectangle(self, left: float, top: float, width: float, height: float, fill: str, edge: str) -> None:
        self.axes.add_patch(Rectangle((left, top), width, height, facecolor=fill, edgecolor=edge, linewidth=0.8))

    def _line(self, start: Point, end: Point, colour: str) -> None:
        self.axes.plot([start[0], end[0]], [start[1], end[1]], color=colour, linewidth=0.7, solid_capstyle="butt")

    # ------------------------------------------------------------ boxes

    def _box(self, box: Box) -> None:
        if box.document:
            self._page(box, box.document)
        outline = _OUTLINES[box.kind](box) if box.kind in _OUTLINES else _rectangle(box)
        fill = self.palette.fills.get(box.kind, _WHITE)
        self.axes.add_patch(PathPatch(outline, facecolor=fill, edgecolor=_INK, linewidth=0.9, joinstyle="round"))
        self._text(box.text)

    def _page(self, box: Box, document: Label) -> None:
        """The document below the body of a box, with the sign of a page before its name."""
        top = box.top + box.body - (WAVE if box.kind == "document" else 0.0)
        under = box.middle if box.slant or box.kind in ("start", "end") else top
        self._rectangle(box.left, under, box.width, box.bottom - under, self.palette.paper, self.palette.rule)
        self._text(document, rightwards=True)
        right, line = box.right - 0.25, document.top + PITCH * FOOT_SCALE / 2 + 0.05
        width, half, fold_ = ICON * 0.6, 0.45, 0.24
        corners = [
            (right, line - half),
            (right - width + fold_, line - half),
            (right - width, line - half + fold_),
            (right - width, line + half),
            (right, line + half),
        ]
        self.axes.add_patch(Polygon(corners, facecolor=_WHITE, edgecolor=_INK, linewidth=0.7))
        corner = [corners[1], (corners[1][0], corners[2][1]), corners[2]]
        self.axes.add_patch(Polygon(corner, closed=False, facecolor="none", edgecolor=_INK, linewidth=0.7))

    # ------------------------------------------------------------ arrows and text

    def _arrow(self, arrow: Arrow) -> None:
        (before, tip) = arrow.points[-2:]
        away = math.hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
        along = ((tip[0] - before[0]) / away, (tip[1] - before[1]) / away)
        base = (tip[0] - along[0] * _HEAD_LENGTH, tip[1] - along[1] * _HEAD_LENGTH)
        across = (-along[1] * _HEAD_WIDTH / 2, along[0] * _HEAD_WIDTH / 2)
        line = [*arrow.points[:-1], base]
        self.axes.plot(*zip(*line, strict=True), color=_INK, linewidth=0.9, solid_joinstyle="round")
        head = [tip, (base[0] + across[0], base[1] + across[1]), (base[0] - across[0], base[1] - across[1])]
        self.axes.add_patch(Polygon(head, facecolor=_INK, edgecolor=_INK, linewidth=0.3))

    def _text(self, label: Label, *, centred: bool = True, rightwards: bool = False, colour: str = _INK) -> None:
        start = "right" if tongue().direction == "rtl" else "left"
        side = start if rightwards else "center"
        place = label.left + (label.width if rightwards else label.width / 2)
        for at, line in enumerate(label.lines):
            self.axes.text(
                place,
                label.top + (at * PITCH + _BASELINE) * label.scale,
                _line(line),
                ha=side,
                va="baseline",
                color=colour,
                fontproperties=self.face,
                fontsize=self.drawing.size * label.scale,
                parse_math=False,
            )


# ---------------------------------------------------------------- outlines


def _rectangle(box: Box) -> Outline:
    bottom = box.top + box.body
    return _polygon([(box.left, box.top), (box.right, box.top), (box.right, bottom), (box.left, bottom)])


def _polygon(corners: Sequence[Point]) -> Outline:
    return Outline([*corners, corners[0]], closed=True)


def _decision(box: Box) -> Outline:
    """A diamond, or a hexagon whose level sides are as long as its slant leaves them."""
    bottom, slant = box.top + box.body, box.slant
    upper = [(box.left, box.middle), (box.left + slant, box.top), (box.right - slant, box.top)]
    return _polygon([*upper, (box.right, box.middle), (box.right - slant, bottom), (box.left + slant, bottom)])


def _capsule(box: Box) -> Outline:
    """A box whose corners are quarters of a circle, going round from the top of its right side."""
    radius, bottom = box.radius, box.top + box.body
    right, left, upper, lower = box.right - radius, box.left + radius, box.top + radius, bottom - radius
    corners = [(right, upper, 0), (right, lower, 1), (left, lower, 2), (left, upper, 3)]
    turns = [(x, y, (quarter + step / 12) * math.pi / 2) for x, y, quarter in corners for step in range(13)]
    return _polygon([(x + radius * math.sin(turn), y - radius * math.cos(turn)) for x, y, turn in turns])


def _document(box: Box) -> Outline:
    """A page with a wavy foot."""
    base = box.top + box.body - WAVE
    waves = [step / 32 for step in range(33)]
    foot = [(box.right - box.width * part, base - WAVE * math.sin(2 * math.pi * part)) for part in waves]
    return _polygon([(box.left, box.top), (box.right, box.top), *foot])


_OUTLINES = {"start": _capsule, "end": _capsule, "link": _capsule, "decision": _decision, "document": _document}
