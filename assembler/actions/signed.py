"""Keeps the signed copies of issued letters, and tells which letters have one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import jdatetime

from assembler.actions.locking import locked
from assembler.base.persian import date_text
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.suggest import guess
from assembler.records.bundle import IssuedLetter
from assembler.records.revisions import latest, revisions
from assembler.records.signed import SignedCopy, altered_copies, keep_signed, signed_copies

SCANS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True)
class LetterState:
    """An issued letter of the newest revision, and its signed copy."""

    letter: IssuedLetter
    signed: SignedCopy | None


@locked("signed")
def signed(folder: Path, letter: str, scan: Path, day: jdatetime.date) -> SignedCopy:
    """Keeps the signed copy of a letter of the newest revision.

    Raises AssemblerError: the case was never issued or has no such letter, the letter has a copy, no scan is given,
    or copies kept before were altered.
    """
    revision = latest(folder)
    if revision is None:
        raise AssemblerError([problem("never-issued", Place(file=str(folder)), name=folder.name)], ExitCode.USAGE)
    if faults := list(altered_copies(revision.folder, revision.number)):
        raise AssemblerError(faults, ExitCode.OUTPUT)
    known = {one.part: one for one in revision.letters}
    if letter not in known:
        fault = problem("issue-letter-unknown", name=letter, guess=guess(letter, known), known="، ".join(known) or "—")
        raise AssemblerError([fault], ExitCode.USAGE)
    if scan.suffix.lower() not in SCANS:
        raise AssemblerError([problem("signed-no-scan", name=scan.name)], ExitCode.USAGE)
    if any(copy.letter == letter for copy in signed_copies(revision.folder)):
        raise AssemblerError([problem("signed-already", name=letter, revision=revision.number)], ExitCode.USAGE)
    return keep_signed(revision.folder, letter, known[letter].number, date_text(day), scan)


def letter_states(folder: Path) -> tuple[LetterState, ...]:
    """The letters of the newest revision, signed then or in an earlier one under the same number.

    There are none of a case that was never issued, or whose records are damaged.
    """
    try:
        known = revisions(folder)
        copies = {copy.number: copy for one in known for copy in signed_copies(one.folder)}
    except (AssemblerError, OSError, ValueError, TypeError):  # `assembler verify` says what is wrong with them
        return ()
    return tuple(LetterState(one, copies.get(one.number)) for one in (known[-1].letters if known else ()))
