"""What is counted of the responses of a survey, and the same parted by services and periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assembler.base.problems import Problem

UNSAID = "(ذکر نشده)"


@dataclass
class Counts:
    """How many responses, and of each question how many of each level."""

    questions: int
    levels: int
    responses: int = 0
    table: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.table = self.table or [[0] * self.levels for _ in range(self.questions)]

    def less(self, parts: Iterable[Counts]) -> Counts:
        """What is left when parts are taken away."""
        parts = list(parts)
        left = [
            [count - sum(part.table[row][level] for part in parts) for level, count in enumerate(counts)]
            for row, counts in enumerate(self.table)
        ]
        return Counts(self.questions, self.levels, self.responses - sum(part.responses for part in parts), left)

    def added(self, other: Counts) -> Counts:
        both = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(self.table, other.table, strict=True)]
        return Counts(self.questions, self.levels, self.responses + other.responses, both)


@dataclass(frozen=True)
class Comment:
    text: str
    service: str = ""


@dataclass
class Tally:
    """All that is counted. ``divided`` holds the same by the values of a field: those of the service, of the period."""

    whole: Counts
    divided: dict[str, dict[str, Counts]] = field(default_factory=dict)
    respondents: dict[str, Counter[str]] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    comments_rest: int = 0
    rows: int = 0
    blank_rows: int = 0
    set_aside: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    shown: list[Problem] = field(default_factory=list)
    too_many: set[str] = field(default_factory=set)
    numbers_read: bool = False

    def parts(self, field_name: str) -> Mapping[str, Counts]:
        """The counts by the values of a field, in the order they came; responses of files without it come last."""
        parts = dict(self.divided.get(field_name, {}))
        left = self.whole.less(parts.values())
        if parts and left.responses:
            unsaid = parts.pop(UNSAID, Counts(self.whole.questions, self.whole.levels))
            parts[UNSAID] = unsaid.added(left)
        return parts
