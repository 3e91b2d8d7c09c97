"""What differs between two states of a case, and what of the packet that touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from assembler.base.problems import NOWHERE, Place
from assembler.model.packet import Signer


@dataclass(frozen=True)
class Change:
    """One difference between two states of a case, told as people read it.

    A row that was added, deleted or moved is one change of its own: ``old`` and ``new`` then hold its cells, or where
    it stood. ``label`` is the whole place within the form in words, the other labels its pieces. ``row`` is the number
    in the later state (of a deleted row: in the earlier one), None outside rows; ``was`` that in the earlier state.
    """

    form: str
    item: str
    row: int | None
    column: str
    label: str
    old: str
    new: str
    kind: Literal["entered", "calculated"]
    place: Place = NOWHERE
    what: Literal["changed", "added", "deleted", "moved"] = "changed"
    title: str = ""
    item_label: str = ""
    row_name: str = ""
    column_label: str = ""
    was: int | None = None


@dataclass(frozen=True)
class TouchedBlock:
    """Something printed that came out otherwise; one that is only «renumbered» says the same under another number.

    ``caption`` is as printed; a text has none and is told by the heading it stands under. ``page`` is the printed page
    it begins on, 0 when not known.
    """

    kind: Literal["table", "figure", "chart", "text", "file"]
    caption: str
    part: str
    what: Literal["changed", "added", "deleted", "renumbered"]
    origins: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True)
class TouchedPart:
    """A part whose printed content differs. Pages count over the whole PDF from 1; 0 when not known."""

    name: str
    title: str
    kind: str
    what: Literal["changed", "added", "deleted"]
    first_page: int = 0
    last_page: int = 0


@dataclass(frozen=True)
class Resigned:
    """Who must sign a letter again: because of what it says itself, or only because of what goes out with it."""

    signer: Signer
    letter: str
    title: str
    because: Literal["letter", "annexes"]


@dataclass(frozen=True)
class Touched:
    """What changes reach: printed blocks, parts, letters, signatures, values that were calculated anew.

    ``pages`` are the printed pages on which the tables of changed items begin, by ``form.item``, as far as known.
    """

    blocks: tuple[TouchedBlock, ...] = ()
    parts: tuple[TouchedPart, ...] = ()
    letters: tuple[TouchedPart, ...] = ()
    signatures: tuple[Resigned, ...] = ()
    calculated: tuple[Change, ...] = ()
    pages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def anything(self) -> bool:
        """Whether any part of the packet comes out otherwise."""
        return bool(self.parts)


# ---------------------------------------------------------------- told in little room


_NEAR = 60  # letters shown before and after a difference
_CUT = "…"


def shortened(old: str, new: str, room: int) -> tuple[str, str]:
    """Both texts in one line each of at most ``room`` letters, cut to where they differ; short ones stay whole."""
    old, new = (" / ".join(" ".join(line.split()) for line in text.splitlines()) for text in (old, new))
    if len(old) <= room and len(new) <= room:
        return old, new
    start = max(_same_start(old, new) - _NEAR, 0)
    rest = max(_same_start(old[start:][::-1], new[start:][::-1]) - _NEAR, 0)
    return _around(old, start, rest, room), _around(new, start, rest, room)


def _same_start(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _around(text: str, start: int, rest: int, room: int) -> str:
    """A text without its first ``start`` and last ``rest`` letters; of what is too long still the middle goes."""
    inner = text[start : len(text) - rest]
    room -= 2 * len(_CUT) + 5
    if len(inner) > room:
        inner = f"{inner[: room * 2 // 3].rstrip()} {_CUT} {inner[-room // 3 :].lstrip()}"
    return f"{_CUT if start else ''}{inner}{_CUT if rest else ''}"
