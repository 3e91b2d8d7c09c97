"""Tells whether a build has anything to do, before anything heavy is loaded: most re-runs end here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.base.problems import AssemblerError, Place, Problem, problem
from assembler.base.settings import Settings
from assembler.model.folders import ACCEPTED_FILE, ANSWERS, ATTACHMENTS, CASE_FILE, CaseFolder, OutputFolder
from assembler.records import Receipt, file_hash, fingerprint, folder_fingerprint, own_fingerprint, read_receipt
from assembler.records.bundle import IssuedLetter, case_hashes
from assembler.records.revisions import latest, stands

if TYPE_CHECKING:
    from assembler.assembly.engine import Engine

_ANSWERS = (f"{ANSWERS}/*.y*ml", f"{ATTACHMENTS}/**/*")


class CaseHasErrors(AssemblerError):
    """A case was read and has errors: it cannot be made final, but a draft of it can be made."""


@dataclass(frozen=True)
class Built:
    """What a build left: the receipt, the parts made in this run, and edited files that were put aside.

    ``joined`` is false when nothing had changed at all; evidence alone may change while every part stays.
    """

    receipt: Receipt
    pdf: Path
    made_now: tuple[str, ...]
    put_aside: tuple[Path, ...]
    problems: tuple[Problem, ...]
    joined: bool = True


def inputs(folder: Path, settings: Settings, engine: Engine, issue: str = "") -> str:
    """The fingerprint of everything a build rests on, by content; the case of the period before among it.

    ``issue`` fingerprints what makes it an issue of the case.
    """
    return fingerprint(
        own_fingerprint(), engine.name, engine.version, engine.fonts.fingerprint, settings.draft, folder.resolve().name,
        issue,
        folder_fingerprint(settings.specs, ["**/*.yaml", "**/*.csv"]),
        folder_fingerprint(settings.templates, ["*.docx"]),
        folder_fingerprint(folder, [CASE_FILE, ACCEPTED_FILE, *_ANSWERS]), case_hashes(folder),
    )  # fmt: skip


def issued_as(folder: Path) -> str:
    """The fingerprint of the newest issue of a case that did not change since; «» of any other."""
    try:
        revision = latest(folder)
    except AssemblerError:
        return ""  # it cannot be read: `issue` and `verify` speak of it
    if revision is None or not stands(folder, revision):
        return ""
    return issue_fingerprint(revision.number, revision.letters, revision.previous)


def issue_fingerprint(revision: int, letters: tuple[IssuedLetter, ...], previous: str) -> str:
    """What of an issue a build rests on beside the case: all it adds to the packet follows from these."""
    return fingerprint("issue", revision, letters, previous)


def unchanged(folder: Path, out: Path, settings: Settings, engine: Engine, issue: str = "") -> Built | None:
    """The earlier build when it was made of the same things and its results are still there; None otherwise."""
    earlier = read_receipt(OutputFolder(out).receipt)
    if earlier is None or not _intact(earlier, out) or earlier.inputs != inputs(folder, settings, engine, issue):
        return None
    return Built(earlier, out / earlier.pdf, (), (), _edited(earlier, out), joined=False)


def last_build(folder: Path, settings: Settings) -> Receipt | None:
    """The receipt of the last build of a case, also as it was issued, when that is of the case as it is now."""
    out = CaseFolder(folder).output.path
    if read_receipt(OutputFolder(out).receipt) is None:
        return None
    from assembler.assembly.engine import choose  # looks for fonts and LibreOffice: only where something was built

    try:
        built = unchanged(folder, out, settings, choose(settings), issued_as(folder))
    except AssemblerError:
        return None  # without LibreOffice or its fonts nobody can say of what it is
    return built.receipt if built else None


def _intact(receipt: Receipt, out: Path) -> bool:
    """Whether the outputs are still there; a document a person edited counts as there."""
    parts = all((out / part.docx).is_file() for part in receipt.parts if part.docx)
    return parts and file_hash(out / receipt.pdf) == receipt.sha256


def _edited(receipt: Receipt, out: Path) -> tuple[Problem, ...]:
    """Documents edited by hand since they were made: the PDF does not show the edit."""
    edited = (part for part in receipt.parts if part.docx and file_hash(out / part.docx) != part.sha256)
    return tuple(problem("part-edited", Place(file=str(out / part.docx)), name=part.docx) for part in edited)
