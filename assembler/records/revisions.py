"""The issued states of a case: ``revisions/001`` and so on, read-only, each holding the hash of the one before.

A revision appears by one rename of a finished folder; whoever is killed before leaves nothing but rubbish that the
next run clears away.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from assembler.base.files import settle
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.shapes import held
from assembler.base.tongue import PERSIAN, Tongue, tongue_of
from assembler.model.folders import CaseFolder, OutputFolder
from assembler.records.bundle import IssuedLetter, case_hashes, how_deep, sha256, within
from assembler.records.receipt import Receipt, file_hash, read_receipt
from assembler.records.signed import SIGNED, altered_copies

RECORD = "revision.json"
CASE = "case"
PAGES = "pages"
FORMAT = 1
_ISSUING = ".issuing-"
_NAME = re.compile(r"\d{3,}")
_READ_FILE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
_READ_FOLDER = _READ_FILE | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH


@dataclass(frozen=True)
class Revision:
    """An issued state of a case. ``number`` counts from 1.

    ``identity`` names the case in the registry; ``state`` fingerprints what was answered and printed; ``previous`` is
    the hash of the record before, «» of the first; ``files`` are the hashes of all files beside the record.
    ``made_with`` fingerprints the specifications and templates and names the engine. ``folder`` is where it stands.
    """

    number: int
    case: str
    identity: str
    report: str
    state: str
    letters: tuple[IssuedLetter, ...]
    pdf: str
    pages: int
    made_with: Mapping[str, str]
    previous: str = ""
    unconfirmed: str = ""  # why answers of another case went out that nobody confirmed
    registry: str = ""  # the registry that recorded its letters, by its way from the folder of the case
    files: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)  # language, calendar and digits of its paper
    folder: Path = Path()

    @property
    def tongue(self) -> Tongue:
        """What its paper is written in; Persian of one that was frozen before this was recorded."""
        return tongue_of(self.written)

    @property
    def pdf_path(self) -> Path:
        return self.folder / self.pdf

    @property
    def case_folder(self) -> Path:
        return self.folder / CASE

    @property
    def record_hash(self) -> str:
        return file_hash(self.folder / RECORD)

    @property
    def case_hashes(self) -> Mapping[str, str]:
        """The hashes of the files of the case, by their paths in it."""
        return {name.removeprefix(f"{CASE}/"): told for name, told in self.files.items() if name.startswith(f"{CASE}/")}

    @property
    def carries(self) -> int:
        """Of how many cases before it the answers were frozen with it."""
        return max(map(how_deep, self.case_hashes), default=0)

    @property
    def receipt(self) -> Receipt | None:
        return read_receipt(OutputFolder(self.folder).receipt)


def stands(case: Path, revision: Revision) -> bool:
    """Whether a case is still as it was frozen; those before it count as far as they were frozen with it."""
    return revision.case_hashes == within(case_hashes(case), revision.carries)


def folder_of(case: Path, number: int) -> Path:
    return CaseFolder(case).revisions / f"{number:03d}"


def revisions(case: Path) -> tuple[Revision, ...]:
    """The revisions of a case, the first one first. Raises AssemblerError when one cannot be read or is missing."""
    found = _folders(case)
    for number, folder in enumerate(found, start=1):
        if int(folder.name) != number:
            reason = wording("it is missing")
            raise _damaged(folder_of(case, number), reason)
    return tuple(read_revision(folder) for folder in found)


def _folders(case: Path) -> list[Path]:
    """The folders of revisions by their numbers."""
    above = CaseFolder(case).revisions
    below = above.iterdir() if above.is_dir() else ()
    return sorted((path for path in below if _NAME.fullmatch(path.name) and path.is_dir()), key=lambda p: int(p.name))


def latest(case: Path) -> Revision | None:
    """The newest revision; None when the case was never issued."""
    found = _folders(case)
    return read_revision(found[-1]) if found else None


def registry_of(case: Path, known: Sequence[Revision]) -> Path | None:
    """The registry that recorded the letters of a case last; None of one no registry is known of."""
    told = next((one.registry for one in reversed(known) if one.registry), "")
    return Path(os.path.normpath(case.resolve() / told)) if told else None


def way_to(registry: Path, case: Path) -> str:
    """A registry by its way from the folder of a case, so that both may move together."""
    try:
        return Path(os.path.relpath(registry.resolve(), case.resolve())).as_posix()
    except ValueError:  # on another drive
        return registry.resolve().as_posix()


def read_revision(folder: Path) -> Revision:
    """Raises AssemblerError (``revision-damaged``)."""
    record = folder / RECORD
    try:
        with foreign(record):
            told: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
            if told.pop("format") != FORMAT:
                raise _damaged(folder, wording("it was written by another version of the program"))
            letters = tuple(held(IssuedLetter(**one)) for one in told.pop("letters"))
            revision: Revision = held(Revision(**{**told, "letters": letters, "folder": folder}))
    except (UnreadableError, OSError) as error:
        reason = error.reason if isinstance(error, UnreadableError) else error.strerror or str(error)
        raise _damaged(folder, wording("{file}: {reason}", file=RECORD, reason=reason)) from error
    if revision.number != int(folder.name):
        raise _damaged(folder, wording("its record is that of revision {number}", number=revision.number))
    return revision


def tongue_beside(pdf: Path) -> Tongue:
    """What the paper beside a revision's record is written in; Persian of what no revision that can be read tells."""
    try:
        return read_revision(pdf.parent).tongue if (pdf.parent / RECORD).is_file() else PERSIAN
    except (AssemblerError, ValueError):
        return PERSIAN


def _damaged(folder: Path, reason: object) -> AssemblerError:
    place = Place(file=str(folder))
    return AssemblerError([problem("revision-damaged", place, name=folder.name, reason=reason)], ExitCode.OUTPUT)


# ---------------------------------------------------------------- freezing


def freeze(case: Path, revision: Revision, contents: Mapping[str, Path | bytes]) -> Revision:
    """Puts a revision in its place, read-only; ``contents`` are its files by their paths in it.

    Raises OSError; there is then no new revision.
    """
    above = CaseFolder(case).revisions
    above.mkdir(exist_ok=True)
    settle(case)
    clear_leftovers(case)
    making = Path(tempfile.mkdtemp(prefix=_ISSUING, dir=above))
    try:
        hashes = {name: _put(making / name, contents[name]) for name in sorted(contents)}
        whole = replace(revision, files=hashes)
        _put(making / RECORD, _text(whole).encode("utf-8", "replace"))
        _lock(making)
        target = folder_of(case, revision.number)
        making.rename(target)
        settle(above)
    except BaseException:
        _remove(making)
        raise
    return replace(whole, folder=target)


def clear_leftovers(case: Path) -> None:
    """Takes away what killed runs left; to be called by whoever holds the case."""
    for folder in CaseFolder(case).revisions.glob(f"{_ISSUING}*"):
        _remove(folder)


def _text(revision: Revision) -> str:
    told = asdict(revision) | {"format": FORMAT}
    del told["folder"]
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _put(path: Path, content: Path | bytes) -> str:
    """Writes a file for good and returns its hash."""
    data = content.read_bytes() if isinstance(content, Path) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return sha256(data)


def _lock(folder: Path) -> None:
    """Takes the right to write from a folder and all in it, inner folders first; the disk has all their names then."""
    for path in (*sorted(folder.rglob("*"), reverse=True), folder):
        if path.is_dir():
            settle(path)
        path.chmod(_READ_FOLDER if path.is_dir() else _READ_FILE)


def _remove(folder: Path) -> None:
    """Removes a folder though parts of it may be read-only already."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------- proving


def prove(case: Path) -> Iterator[Problem]:
    """What of the revisions of a case is not as it was issued: each altered, missing or added file, a broken chain."""
    before = ""
    expected = 1
    for folder in _folders(case):
        for gone in range(expected, int(folder.name)):
            yield problem("revision-gone", Place(file=str(folder_of(case, gone))), revision=gone)
        expected = int(folder.name) + 1
        try:
            revision = read_revision(folder)
        except AssemblerError as error:
            yield from error.problems
            before = file_hash(folder / RECORD)
            continue
        if revision.previous != before:
            yield problem("revision-chain", Place(file=str(folder / RECORD)), revision=revision.number)
        yield from altered_files(revision)
        before = revision.record_hash


def altered_files(revision: Revision) -> Iterator[Problem]:
    """The files of one revision that are not those of its record."""
    present = {path.relative_to(revision.folder).as_posix() for path in revision.folder.rglob("*") if not path.is_dir()}
    yield from altered_copies(revision.folder, revision.number)
    present = {name for name in present if not name.startswith(f"{SIGNED}/")}
    for name in sorted({*present - {RECORD}, *revision.files}):
        place = Place(file=str(revision.folder / name))
        if name not in present:
            yield problem("revision-file-gone", place, name=name, revision=revision.number)
        elif name not in revision.files:
            yield problem("revision-file-added", place, name=name, revision=revision.number)
        elif file_hash(revision.folder / name) != revision.files[name]:
            yield problem("revision-file-altered", place, name=name, revision=revision.number)
