"""Charts and diagrams as pictures, each by what it shows: whoever writes a document may keep what was drawn before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol


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
