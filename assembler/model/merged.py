"""Labels merged over rows that a page break may part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MergedLabel:
    """What stands in a cell over several rows, as it is said again where its rows go on on another page.

    ``rows`` are the bookmarks in its rows, from the first to the last. ``left``, ``width`` and ``size`` (of its
    letters) are points, the first from the left edge of the paper.
    """

    text: str
    rows: tuple[str, ...]
    left: float
    width: float
    size: float
    bold: bool = False
    centred: bool = False
