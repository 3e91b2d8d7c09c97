"""Charts and diagrams as pictures, each by what it shows: whoever writes a document may keep what was drawn before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from assembler.base.tongue import tongue
from assembler.documents.palette import Palette
from assembler.model.packet import ChartBlock, WorkflowBlock


@dataclass(frozen=True)
class Drawn:
    """Pictures, and what is told beside them, as JSON knows it: descriptions, sizes."""

    files: tuple[Path, ...] = ()
    told: Any = None


Draw = Callable[[Path], Drawn]


class Drawings(Protocol):
    """Gives what was drawn of ``what``; calls ``draw`` with an empty folder when it is not there."""

    def __call__(self, what: Sequence[object], draw: Draw) -> Drawn: ...


class DrawnAnew:
    """Nothing is kept: all is drawn in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._numbers = folder, count(1)

    def __call__(self, what: Sequence[object], draw: Draw) -> Drawn:
        own = self.folder / str(next(self._numbers))
        own.mkdir(parents=True, exist_ok=True)
        return draw(own)


# ---------------------------------------------------------------- what is drawn: what draws is loaded for it only


def chart(drawings: Drawings, block: ChartBlock, palette: Palette, font: Path | None) -> Drawn:
    """The picture of a chart; told is its description."""

    def draw(folder: Path) -> Drawn:
        from assembler.documents.charts import described, draw_chart

        draw_chart(block, folder / "chart.png", palette.series, font)
        return Drawn((folder / "chart.png",), described(block))

    return drawings(("chart", tongue(), replace(block, anchor="", notes=()), palette.series, font), draw)


def workflow(drawings: Drawings, block: WorkflowBlock, palette: Palette, font: Path | None, **room: float) -> Drawn:
    """The pictures of a process; told are of each its description and which steps it shows in part."""

    def draw(folder: Path) -> Drawn:
        from assembler.documents.workflow.drawing import draw_workflow

        pictures = draw_workflow(block, folder / "workflow.png", palette, font, **room)
        told = [[each.description, [block.steps.index(step) for step in each.cut]] for each in pictures]
        return Drawn(tuple(each.file for each in pictures), told)

    return drawings(("workflow", tongue(), block.steps, room, palette, font), draw)


def letters(drawings: Drawings, diagrams: Sequence[WorkflowBlock], font: Path | None, **room: float) -> float:
    """The size of letters, in points, in which the processes of a document are shown best together."""

    def measured(_: Path) -> Drawn:
        from assembler.documents.workflow.drawing import common_size

        return Drawn(told=common_size(diagrams, font, **room))

    return float(drawings(("diagrams", tongue(), [each.steps for each in diagrams], room, font), measured).told)
