"""How a case stands in short, for a list of many; what is known of it holds as long as its mark is the same."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jdatetime

from assembler.actions.desk.rights import sees_all
from assembler.actions.open_case import version_of
from assembler.base.persian import date_text
from assembler.base.settings import Settings
from assembler.base.version import __version__
from assembler.collect.files.saving import file_marks
from assembler.model.acts import CaseOverview, Due, Person

_FIXED = ("done", "late", "unsaid")  # how a deadline stands whatever the day


@dataclass(frozen=True)
class CaseCard:
    """What a list tells of a case; ``day`` is the one it holds on, «» of all days."""

    title: str
    report: str
    percent: int
    errors: int
    warnings: int
    changed: float
    due: tuple[Due, ...] = ()
    day: str = ""

    def as_json(self) -> dict[str, object]:
        return {**vars(self), "due": [vars(each) for each in self.due]}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> CaseCard:
        return cls(**{**told, "due": tuple(Due(**each) for each in told["due"])})


def card_of(standing: CaseOverview, today: jdatetime.date | None = None) -> CaseCard:
    """The card of a case whose overview was made today."""
    is_open = any(each.standing not in _FIXED for each in standing.due)
    day = date_text(today or jdatetime.date.today()) if is_open else ""
    counts = (standing.percent, standing.errors, standing.warnings)
    return CaseCard(standing.title, standing.report, *counts, standing.changed, standing.due, day)


def holds(card: CaseCard, today: jdatetime.date | None = None) -> bool:
    """Whether a card that was made another day may still be shown."""
    return card.day in ("", date_text(today or jdatetime.date.today()))


def mark_of(folder: Path, settings: Settings) -> str:
    """What is another one when a card would be: the files of a case, the specifications, this program; none is read."""
    told = f"{version_of(folder, file_marks(folder))} {_specs_mark(settings.specs)} {__version__}"
    return hashlib.sha256(told.encode()).hexdigest()


def reader_of(person: Person) -> str:
    """By what it is told apart who sees the same of all cases."""
    if sees_all(person):
        return "all"
    return hashlib.sha256(repr((sorted(person.roles), sorted(person.units))).encode()).hexdigest()


@cache
def _specs_mark(folder: Path) -> str:
    """Of the specifications as this process found them: an open case keeps to these too."""
    found = [(path.name, status.st_mtime_ns, status.st_size) for path, status in _stated(folder)]
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _stated(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in sorted(folder.rglob("*.yaml")):
        yield path, path.stat()
