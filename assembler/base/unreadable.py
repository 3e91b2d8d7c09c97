"""A file that cannot be read, and what to do about it: of each kind of file something else."""

from __future__ import annotations

from pathlib import Path

from assembler.base.messages import Wording, wording
from assembler.base.problems import Place, Problem, problem

DISK = wording("Check that it is there, and that you may read it.")
TEXT = wording("Open it in Notepad and save it as UTF-8.")
LIST = wording("Save it in Excel as .xlsx without a password, or as CSV.")
LONG = wording("Cut it into several lists.")
PLAIN = wording("Put a plain text in its place, saved as UTF-8.")
ORDINARY = wording("Put the file itself in its place.")


def unreadable(path: Path, reason: object, remedy: Wording = DISK, place: Place | None = None) -> Problem:
    """``file-unreadable`` of a file; what the disk refuses has a remedy of its own, whatever the kind of file."""
    refused = isinstance(reason, OSError)
    said = (reason.strerror or str(reason)) if isinstance(reason, OSError) else reason
    where = Place(file=str(path)) if place is None else place
    return problem("file-unreadable", where, name=path.name, reason=said, remedy=DISK if refused else remedy)
