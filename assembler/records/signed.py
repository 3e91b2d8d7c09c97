"""Signed copies of letters: kept in the folder of their revision, beside what is frozen, proved by their own record."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from assembler.base.files import write_whole
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.shapes import held
from assembler.records.bundle import sha256

SIGNED = "signed"
RECORD = "signed.json"


@dataclass(frozen=True)
class SignedCopy:
    """The scan of a signed letter: the day it was signed (``1405/02/31``), its file and its hash."""

    letter: str
    number: str
    date: str
    file: str
    sha256: str


def signed_copies(revision: Path) -> tuple[SignedCopy, ...]:
    """The signed copies in the folder of a revision. Raises AssemblerError (``revision-damaged``)."""
    record = revision / SIGNED / RECORD
    try:
        with foreign(record):
            told = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else []
            return tuple(held(SignedCopy(**one)) for one in told)
    except (UnreadableError, OSError) as error:
        said = error.reason if isinstance(error, UnreadableError) else error.strerror or str(error)
        reason = wording("{file}: {reason}", file=f"{SIGNED}/{RECORD}", reason=said)
        fault = problem("revision-damaged", Place(file=str(record)), name=revision.name, reason=reason)
        raise AssemblerError([fault], ExitCode.OUTPUT) from error


def keep_signed(revision: Path, letter: str, number: str, date: str, scan: Path) -> SignedCopy:
    """Puts a signed copy beside what is frozen; the folder of the revision is read-only again afterwards."""
    data = scan.read_bytes()
    copy = SignedCopy(letter, number, date, f"{letter}{scan.suffix.lower()}", sha256(data))
    copies = (*signed_copies(revision), copy)
    folder = revision / SIGNED
    _open(revision)
    try:
        folder.mkdir(exist_ok=True)
        _open(folder)
        write_whole(folder / copy.file, data)
        record = json.dumps([asdict(one) for one in copies], ensure_ascii=False, indent=2) + "\n"
        write_whole(folder / RECORD, record.encode("utf-8", "replace"))
    finally:
        for path in (folder, revision):
            path.chmod(path.stat().st_mode & ~0o222)
    return copy


def _open(folder: Path) -> None:
    folder.chmod(folder.stat().st_mode | stat.S_IWUSR)


def altered_copies(revision: Path, number: int) -> Iterator[Problem]:
    """What of the signed copies of a revision is not as it was put there."""
    folder = revision / SIGNED
    if not folder.is_dir():
        return
    try:
        kept = {copy.file: copy.sha256 for copy in signed_copies(revision)}
    except AssemblerError:
        place = Place(file=str(folder / RECORD))
        yield problem("revision-file-altered", place, name=f"{SIGNED}/{RECORD}", revision=number)
        return
    present = {path.name for path in folder.iterdir() if path.name != RECORD}
    for name in sorted(present | kept.keys()):
        code = "revision-file-added" if name not in kept else "revision-file-gone" if name not in present else ""
        if not code and sha256((folder / name).read_bytes()) != kept[name]:
            code = "revision-file-altered"
        if code:
            yield problem(code, Place(file=str(folder / name)), name=f"{SIGNED}/{name}", revision=number)
