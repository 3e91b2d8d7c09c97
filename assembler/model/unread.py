"""Cases among many that give nothing, or have errors, and why."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import number
from assembler.base.problems import Problem


@dataclass(frozen=True)
class UnreadCase:
    """A case that was left out, or ``taken`` despite its errors, and all its problems."""

    case: str
    problems: tuple[Problem, ...]
    taken: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(found for found in self.problems if found.severity is Severity.ERROR)

    @property
    def reason(self) -> str:
        """The first error, with its place, and how many more there are."""
        if not self.errors:
            return ""
        first = self.errors[0]
        where = f"{first.place.form}.{first.place.item}: " if first.place.form and first.place.item else ""
        more = f" (+{number(len(self.errors) - 1)})" if len(self.errors) > 1 else ""
        return f"{where}{first.message}{more}"
