"""Keeps the signed copies of issued letters, and records them in the registry of their numbers."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import jdatetime

from assembler.actions.locking import locked
from assembler.base.persian import date_text, normalise, parse_date
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.suggest import guess
from assembler.base.tongue import PERSIAN, Tongue, printed_in
from assembler.records import file_hash
from assembler.records.bundle import IssuedLetter
from assembler.records.registry import Registry, before_its_date
from assembler.records.revisions import Revision, registry_of, revisions
from assembler.records.signed import SIGNED, SignedCopy, altered_copies, keep_signed, signed_copies

SCANS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True)
class Signed:
    """A signed copy: whether it is new here, and whether it is new to the registry."""

    copy: SignedCopy
    is_new: bool
    is_recorded: bool = False
    notes: tuple[Problem, ...] = ()
    tongue: Tongue = PERSIAN  # of the letter


@locked("signed")
def signed(folder: Path, letter: str, scan: Path, day: jdatetime.date, registry: Path | None = None) -> Signed:
    """Keeps the signed copy of a letter of the newest revision, and records it in the registry.

    The registry is the one that is named, or the one the case was issued with.

    Said again of the same scan, it records what the registry does not know yet. Raises AssemblerError: the case was
    never issued or has no such letter, the letter has another copy, no scan is given, copies kept before were altered,
    or the registry that is named has not recorded the letter.
    """
    known = revisions(folder)
    revision = known[-1] if known else None
    if revision is None:
        raise AssemblerError([problem("never-issued", Place(file=str(folder)), name=folder.name)], ExitCode.USAGE)
    issued = _letter(revision, letter)
    if scan.suffix.lower() not in SCANS:
        raise AssemblerError([problem("signed-no-scan", name=scan.name)], ExitCode.USAGE)
    file = registry or registry_of(folder, known)
    with printed_in(revision.tongue):
        early = before_its_date(issued.number, day, parse_date(issued.date))
    if file and not registry and not file.is_file():
        copy, is_new = _kept(known, revision, issued, scan, day)
        return Signed(copy, is_new, notes=(*early, problem("registry-gone", name=file)), tongue=revision.tongue)
    with Registry.open(file) if file else nullcontext() as opened:
        faults = _unrecorded(opened, revision, issued) if opened else ()
        if faults and registry:
            raise AssemblerError(faults, ExitCode.REGISTRY)
        copy, is_new = _kept(known, revision, issued, scan, day)
        early = early if is_new else ()
        if opened is None or faults:
            unknown = (problem("issue-number-unknown", number=copy.number),) if faults else ()
            return Signed(copy, is_new, notes=(*early, *unknown), tongue=revision.tongue)
        before = opened.issued(copy.number)
        after = opened.sign(copy.number, parse_date(copy.date) or day, copy.sha256, _file(known, copy))
        return Signed(copy, is_new, before != after, early, revision.tongue)


def _letter(revision: Revision, name: str) -> IssuedLetter:
    known = {one.part: one for one in revision.letters}
    if name in known:
        return known[name]
    fault = problem("issue-letter-unknown", name=name, guess=guess(name, known), known="، ".join(known) or "—")
    raise AssemblerError([fault], ExitCode.USAGE)


def _unrecorded(registry: Registry, revision: Revision, letter: IssuedLetter) -> tuple[Problem, ...]:
    """Why a registry cannot say of a letter that it was signed: it does not know it, or knows another by its number."""
    try:
        entry = registry.issued(letter.number)
    except AssemblerError as error:
        if any(found.code not in ("registry-number-unknown", "registry-only-reserved") for found in error.problems):
            raise
        return tuple(error.problems)
    names = map(normalise, (revision.identity, revision.case))
    if normalise(entry.case) in names or entry.sha256 == revision.files.get(revision.pdf):
        return ()
    return (problem("issue-number-other", number=entry.number, letter=f"{entry.case} / {entry.letter}"),)


def _kept(
    known: tuple[Revision, ...], revision: Revision, letter: IssuedLetter, scan: Path, day: jdatetime.date
) -> tuple[SignedCopy, bool]:
    """The copy of a letter, and whether it was put there only now. Who signed a number signed it once."""
    if faults := [fault for one in known for fault in altered_copies(one.folder, one.number)]:
        raise AssemblerError(faults, ExitCode.OUTPUT)
    for one in known:
        for copy in signed_copies(one.folder):
            if copy.number == letter.number and copy.sha256 == file_hash(scan):
                return copy, False
            if copy.number == letter.number:
                raise AssemblerError([problem("signed-already", name=letter.part, revision=one.number)], ExitCode.USAGE)
    return keep_signed(revision.folder, letter.part, letter.number, date_text(day), scan), True


def _file(known: tuple[Revision, ...], copy: SignedCopy) -> Path:
    return next(one.folder / SIGNED / copy.file for one in known if copy in signed_copies(one.folder))
