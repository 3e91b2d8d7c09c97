"""How the letters of a case stand: numbered, issued, signed, sent, or amended by a later one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import jdatetime

from assembler.base.problems import Problem

# How far a letter has come. «open» letters are not issued yet.
Stage: TypeAlias = Literal["open", "issued", "signed", "sent"]


@dataclass(frozen=True)
class LetterState:
    """A letter of the packet under one number; «» where it has none, or takes none.

    ``revision`` is that in which it went out, 0 of one that is not issued; ``amended_by`` the number of the letter that
    replaced it. ``sent`` is what the registry knows.
    """

    letter: str
    title: str
    number: str = ""
    date: jdatetime.date | None = None
    revision: int = 0
    signed: jdatetime.date | None = None
    sent: jdatetime.date | None = None
    amended_by: str = ""

    @property
    def stage(self) -> Stage:
        if self.sent:
            return "sent"
        return "signed" if self.signed else "issued" if self.revision else "open"


@dataclass(frozen=True)
class UnusedNumber:
    """A number a registry gave a letter of the case on a day, and that no letter bears."""

    number: str
    letter: str
    given: jdatetime.date


@dataclass(frozen=True)
class RevisionState:
    """An issued revision; ``unconfirmed`` is why it went out with answers of another case nobody had confirmed."""

    number: int
    unconfirmed: str = ""


@dataclass(frozen=True)
class Outgoing:
    """What of a case has gone out, and how far. ``changed`` tells that answers were changed since the last revision.

    ``registry`` is where its numbers stand; ``problems`` are why something could not be told.
    """

    letters: tuple[LetterState, ...] = ()
    unused: tuple[UnusedNumber, ...] = ()
    revisions: tuple[RevisionState, ...] = ()
    changed: bool = False
    registry: Path | None = None
    problems: tuple[Problem, ...] = ()
