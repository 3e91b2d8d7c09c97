"""How the letters of a case stand, by its revisions, their signed copies and the registry of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import jdatetime

from assembler.actions.numbering import identity, letter_of, letter_slots, numbered_letters, unused_numbers
from assembler.base.persian import fold, parse_date
from assembler.base.problems import AssemblerError, Problem, problem
from assembler.model.judged import Judged
from assembler.model.packet import Part
from assembler.model.reports import Library
from assembler.records.registry import Entry, Registry
from assembler.records.revisions import Revision, registry_of, revisions, stands
from assembler.records.signed import altered_copies, signed_copies
from assembler.views.letters import LetterState, Outgoing, RevisionState, UnusedNumber

_WAIT = 3.0  # seconds: who looks waits less for others than who writes


def outgoing(judged: Judged, specs: Library, registry: Path | None = None) -> Outgoing:
    """What of a case has gone out, with what a registry says: the one that is named, or the one it was issued with.

    What cannot be read is told as problems. Raises AssemblerError when the registry that is named cannot be opened.
    """
    folder = judged.case.folder
    try:
        known = revisions(folder)
    except AssemblerError as error:  # what is issued cannot be told; what is answered can
        return Outgoing(problems=tuple(error.problems))
    file, problems = registry or registry_of(folder, known), [*_altered(known)]
    if file and not registry and not file.is_file():
        problems.append(problem("registry-gone", name=file))
        file = None
    try:
        with Registry.open(file, _WAIT) if file else nullcontext() as opened:
            return _told(judged, specs, known, opened, problems)
    except AssemblerError as error:
        if registry:
            raise
        return _told(judged, specs, known, None, [*problems, *error.problems])


def _told(
    judged: Judged, specs: Library, known: Sequence[Revision], registry: Registry | None, problems: Sequence[Problem]
) -> Outgoing:
    last = known[-1] if known else None
    entries = {fold(entry.number): entry for entry in registry.entries()} if registry else {}
    letters = tuple(_letters(judged, specs, known, entries))
    names = (last.identity if last else identity(judged), judged.case.name)
    unused = unused_numbers(registry, names, (letter.number for letter in letters)) if registry else ()
    return Outgoing(
        letters,
        tuple(UnusedNumber(entry.number, entry.letter, entry.given) for entry in unused),
        tuple(RevisionState(one.number, one.unconfirmed) for one in known),
        last is not None and not stands(judged.case.folder, last),
        registry.path if registry else None,
        tuple(problems),
    )


def _altered(known: Sequence[Revision]) -> Iterator[Problem]:
    for one in known:
        yield from altered_copies(one.folder, one.number)


# ---------------------------------------------------------------- letters


def _letters(
    judged: Judged, specs: Library, known: Sequence[Revision], entries: Mapping[str, Entry]
) -> Iterator[LetterState]:
    """The letters of the packet in order, each under all numbers it went out with, the first one first."""
    slots = letter_slots(judged, specs)
    typed = {letter.part: letter for letter in numbered_letters(slots, None, judged)}
    signed = {fold(number): day for one in known for number, day in _signed(one)}
    for part in (part for part in judged.packet.parts if part.kind == "letter" and not part.placed):
        issued = _issued(part, known)
        for at, (revision, number, date) in enumerate(issued):
            entry = entries.get(fold(number))
            yield LetterState(
                part.name,
                part.title,
                number,
                parse_date(date),
                revision.number,
                signed.get(fold(number)) or (entry.signed if entry else None),
                entry.sent if entry else None,
                issued[at + 1][1] if at + 1 < len(issued) else "",
            )
        told = typed.get(part.name)
        if not issued:
            yield LetterState(part.name, part.title, *((told.number, parse_date(told.date)) if told else ()))


def _issued(part: Part, known: Sequence[Revision]) -> list[tuple[Revision, str, str]]:
    """The revisions in which a letter got a number, with both; of one that takes none, the newest with it."""
    found: list[tuple[Revision, str, str]] = []
    for one in known:
        letter = letter_of(one, part.name)
        if letter and not (found and fold(found[-1][1]) == fold(letter.number)):
            found.append((one, letter.number, letter.date))
    last = known[-1] if known and not found else None
    if last and last.receipt and any(each.name == part.name for each in last.receipt.parts):
        return [(last, "", "")]
    return found


def _signed(revision: Revision) -> Iterator[tuple[str, jdatetime.date | None]]:
    try:
        copies = signed_copies(revision.folder)
    except AssemblerError:  # told as a problem
        return
    yield from ((copy.number, parse_date(copy.date)) for copy in copies)
