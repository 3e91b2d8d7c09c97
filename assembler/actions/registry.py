"""The letter numbers of a secretariat: given, recorded, voided, searched and proved, in the file of one registry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jdatetime

from assembler.base.files import writing
from assembler.base.problems import Problem
from assembler.base.tongue import PERSIAN, Tongue
from assembler.records import file_hash
from assembler.records.registry import (
    COUNTINGS,
    STATES,
    Counting,
    Entry,
    LetterKey,
    NumberPattern,
    Registry,
    State,
    before_its_date,
    out_of_order,
)
from assembler.records.revisions import tongue_beside
from assembler.views.json import entry_json

__all__ = [
    "COUNTINGS",
    "STATES",
    "Counting",
    "Entry",
    "Given",
    "LetterKey",
    "NumberPattern",
    "Recorded",
    "Search",
    "State",
    "back_up",
    "change_pattern",
    "entries",
    "entry_json",
    "export",
    "find",
    "give",
    "record",
    "send",
    "start_registry",
    "tongue_of",
    "verify",
    "void",
]


@dataclass(frozen=True)
class Search:
    """Which letters are meant: words that occur, the Jalali year, the days of the letters from and to, the state."""

    text: str = ""
    year: int | None = None
    start: jdatetime.date | None = None
    end: jdatetime.date | None = None
    state: State | None = None


@dataclass(frozen=True)
class Given:
    """A number that was given, and what is to say of its day."""

    number: str
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Recorded:
    """A letter that was recorded, and what is to say of its day."""

    entry: Entry
    notes: tuple[Problem, ...] = ()


def start_registry(file: Path, pattern: NumberPattern, today: jdatetime.date, first: int | None = None) -> str:
    """Starts a registry in a new file; gives the number that comes first, of which ``first`` is the serial."""
    with Registry.create(file, pattern, today, first=first) as registry:
        return registry.pattern.number(today, pattern.start if first is None else first)


def change_pattern(file: Path, pattern: NumberPattern, today: jdatetime.date, first: int | None = None) -> str:
    """Lets numbers follow another pattern from now on; gives the number that comes next."""
    with Registry.open(file) as registry:
        registry.change_pattern(pattern, today, first=first)
        return registry.pattern.number(today, registry.next_serial(today))


def give(file: Path, key: LetterKey, today: jdatetime.date, *, by_clock: bool = False) -> Given:
    """Reserves a number for a letter; asked again for the same letter, it is the same number.

    A day that only a clock says must follow those of the numbers before. Raises AssemblerError.
    """
    with Registry.open(file) as registry:
        if by_clock and registry.held(key.tidied()) is None:
            registry.trust_clock(today)
        number = registry.reserve(key, today)
        return Given(number, out_of_order(number, registry.find(number).day, registry))


def record(file: Path, number: str, letter: Path, date: jdatetime.date, subject: str, recipient: str) -> Recorded:
    """Records the letter that is issued under a number, with the hash of its file."""
    with Registry.open(file) as registry:
        entry = registry.record(number, date, subject, recipient, file_hash(letter), letter)
        return Recorded(entry, out_of_order(entry.number, entry.day, registry))


def send(file: Path, number: str, date: jdatetime.date, by: str = "") -> Recorded:
    """Records that a letter was sent on a day, and by which way."""
    with Registry.open(file) as registry:
        entry = registry.send(number, date, by)
        return Recorded(entry, before_its_date(entry.number, date, entry.date))


def void(file: Path, number: str, why: str, today: jdatetime.date) -> Entry:
    """Takes a number out of use for a reason; it is never given again."""
    with Registry.open(file) as registry:
        return registry.void(number, why, today)


def entries(file: Path, search: Search) -> tuple[Entry, ...]:
    """The numbers that are meant, in the order they were given."""
    with Registry.open(file) as registry:
        found = registry.entries(search.text, year=search.year, start=search.start, end=search.end, state=search.state)
    return tuple(found)


def find(file: Path, number: str) -> Entry:
    """Everything recorded under a number, typed in any digits. Raises AssemblerError (``registry-number-unknown``)."""
    with Registry.open(file) as registry:
        return registry.find(number)


def tongue_of(file: Path, entry: Entry) -> Tongue:
    """What the letter of an entry is written in, whose days are told so; Persian while there is none."""
    return tongue_beside(file.parent / entry.path) if entry.path else PERSIAN


def export(file: Path, out: Path, search: Search) -> None:
    """Writes the numbers that are meant to a workbook. Raises AssemblerError (``output-unwritable``)."""
    from assembler.records.registry.workbook import write_workbook  # Excel is loaded for those who ask for it

    found = entries(file, search)
    with writing(out):
        write_workbook(found, out)


def verify(file: Path) -> tuple[tuple[Problem, ...], int]:
    """What is wrong with a registry: numbers that are missing or doubled, letters that are not those that were sent;
    and how many numbers it has.
    """
    with Registry.open(file) as registry:
        found = tuple(registry.verify())
        return found, 0 if any(one.code == "registry-damaged" for one in found) else len(registry.entries())


def back_up(file: Path, copy: Path) -> None:
    """Writes a copy as of one moment, also while others take numbers."""
    with Registry.open(file) as registry:
        registry.backup(copy)
