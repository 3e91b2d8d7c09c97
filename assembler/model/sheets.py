"""The printed forms of the guidance as specified: which items stand together, and in which cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assembler.base.problems import NOWHERE, Place


@dataclass(frozen=True)
class LayoutCell:
    """A cell of a printed form: a text, or an item with its label, its value or both; ``lines`` high at least. A
    ``table`` takes its row whole.
    """

    item: str = ""
    text: str = ""
    show: Literal["both", "label", "value"] = "both"
    span: int = 1
    lines: int = 1
    table: bool = False


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: a heading, or a label with one item or several; of one item alone the label is its own."""

    items: tuple[str, ...] = ()
    label: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Sheet:
    """Items of a form that the guidance prints together as a table of label and answer; ``heads`` are none or two."""

    name: str
    rows: tuple[SheetRow, ...]
    caption: str = ""
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    inferred: str = ""
    place: Place = NOWHERE

    @property
    def shown(self) -> str:
        """What people call it: its caption, as a sheet has no label."""
        return self.caption or self.name

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row.items)
