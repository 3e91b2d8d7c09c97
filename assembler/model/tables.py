"""The parts of a table besides its columns: rows that are printed, bands, closing rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assembler.base.problems import NOWHERE, Place
from assembler.model.fields import Expression


@dataclass(frozen=True, eq=False, repr=False)
class PrintedRow:
    """A row the guidance prints: its fixed cells cannot be answered, nor those that are ``closed`` or that the row
    reckons itself.

    One with a ``heading`` is nothing but that, over all columns. One that is ``reckoned`` is made of other rows: what
    counts the rows of the table or adds them up leaves it out. ``was`` is its name in the edition before, if another;
    ``inferred`` is why it was restored; ``also`` is what offices write for its longest cell besides.
    """

    name: str
    cells: Mapping[str, str]
    place: Place = NOWHERE
    heading: str = ""
    calculations: Mapping[str, Expression] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    reckoned: bool = False
    was: str = ""
    inferred: str = ""
    also: tuple[str, ...] = ()

    @property
    def longest(self) -> str:
        """The longest of its fixed texts, by which it is known."""
        return max(self.cells.values(), key=len, default="")

    def also_for(self, text: str) -> tuple[str, ...]:
        """What offices write for one of its fixed texts."""
        return self.also if text == self.longest else ()

    def shuts(self, column: str) -> bool:
        """Whether nobody answers a column in it, whatever the column says."""
        return bool(self.heading) or column in self.cells or column in self.calculations or column in self.closed

    def refusal(self, column: str) -> str:
        """The code of why nobody answers a column in it."""
        if column in self.calculations:
            return "calculated-cell"
        return "closed-cell" if column in self.closed else "printed-cell"


@dataclass(frozen=True, eq=False, repr=False)
class GroupRows:
    """Band rows («الف»): the columns they fill, and those they must fill."""

    columns: tuple[str, ...]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class FooterRow:
    """A closing row: one calculation for the whole row, or one a column."""

    label: str
    calculation: Expression | None = None
    cells: Mapping[str, Expression] = field(default_factory=dict)
