"""Two states of a case held against each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assembler.base.catalogue.entries import Severity
from assembler.base.tongue import printed_in
from assembler.model.changes import Change, Touched
from assembler.model.judged import Judged
from assembler.records import Receipt, file_hash
from assembler.views.changes.cells import changes
from assembler.views.changes.totals import total_changes
from assembler.views.changes.touching import touched


@dataclass(frozen=True)
class Side:
    """One side of a comparison, a case at one time: ``revision`` is the number it was issued under, 0 of one as it is.

    ``receipt`` is that of its build, which tells the pages; None when that is not known.
    """

    folder: Path
    judged: Judged
    receipt: Receipt | None = None
    revision: int = 0

    @property
    def errors(self) -> int:
        """How many errors it has: what cannot be read counts as blank."""
        return sum(found.severity is Severity.ERROR for found in self.judged.problems)


@dataclass(frozen=True)
class Comparison:
    """Two states, what differs between them and what that touches."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    touched: Touched


def compare(before: Side, after: Side) -> Comparison:
    """What changed between two states. Files are compared by what they hold."""
    with printed_in(after.judged.packet.tongue):
        return _compared(before, after)


def _compared(before: Side, after: Side) -> Comparison:
    content = cache(file_hash)
    totals = total_changes(before.judged.card, after.judged.card)
    found = (*changes(before.judged.forms, after.judged.forms, content), *totals)
    packets = before.judged.packet, after.judged.packet
    reached = touched(*packets, found, content, issued=before.receipt, built=after.receipt)
    return Comparison(before, after, found, reached)
