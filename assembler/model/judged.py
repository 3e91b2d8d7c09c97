"""A case as it was read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembler.base.problems import Problem
from assembler.model.acceptances import Accepted
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.packet import Packet
from assembler.model.scores import ScoreCard


@dataclass(frozen=True)
class Judged:
    """A case as read and judged: ``problems`` are open, ``accepted`` an officer let stand with a reason.

    ``remarks`` tell, form by form, what of it was restored or is doubtful: for those at work, nothing to be mended.
    ``card`` is of a report that adds up scores.
    """

    case: Case
    forms: Mapping[str, FilledForm]
    packet: Packet
    problems: tuple[Problem, ...]
    accepted: tuple[Accepted, ...] = ()
    remarks: tuple[Problem, ...] = ()
    card: ScoreCard | None = None
