"""Gets a case back from the PDF that carries it, and lets finished PDFs stand in for the cases they carry."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assembler.base.files import writing
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.records.bundle import CASE_FILE, MOST_BYTES, BundleError, Manifest, unpack

_PLAIN = re.compile(r"[^\w.() -]+")
_LONGEST = 80


@dataclass(frozen=True)
class Inside:
    """What a PDF carries: the manifest and the files of its case; ``pages`` are those of the PDF."""

    manifest: Manifest
    files: Mapping[str, bytes]
    pages: int


def inside_of(pdf: Path) -> Inside:
    """The answers inside a PDF. Raises AssemblerError: it carries none, or they cannot be taken out safely."""
    from assembler.pdf.answers import InsideError, packed_answers  # libraries of PDF: only where there is one

    try:
        data, pages = packed_answers(pdf, CASE_FILE, MOST_BYTES)
        manifest, files = unpack(data)
    except (InsideError, BundleError) as error:
        fault = problem("extract-refused", Place(file=str(pdf)), name=pdf.name, reason=error)
        raise AssemblerError([fault], ExitCode.ANSWERS) from error
    return Inside(manifest, files, pages)


def extract(pdf: Path, folder: Path) -> Manifest:
    """Writes the case a PDF carries into a new or empty folder, whole or not at all.

    Raises AssemblerError: the answers cannot be taken out, the folder is not empty, or cannot be written.
    """
    inside = inside_of(pdf)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise AssemblerError([problem("extract-used", Place(file=str(folder)), name=folder.name)], ExitCode.USAGE)
    with writing(folder, within=True):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".extract-", dir=folder.parent, ignore_cleanup_errors=True) as work:
            whole = Path(work) / "case"
            write_inside(inside.files, whole)
            if folder.exists():
                folder.rmdir()
            whole.rename(folder)
    return inside.manifest


def write_inside(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes the files of a case a PDF carries into a new folder."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)


@contextmanager
def as_folders(paths: Sequence[Path]) -> Iterator[Mapping[Path, str]]:
    """Folders of cases for the paths of a command, with what they are shown as: a folder as it is («»), a PDF by its
    name, the case it carries written into a folder that is gone afterwards.

    Raises AssemblerError with every PDF whose answers cannot be taken out.
    """
    with tempfile.TemporaryDirectory(prefix="assembler-cases-", ignore_cleanup_errors=True) as work:
        found: dict[Path, str] = {}
        faults: list[Problem] = []
        for place, path in enumerate(paths):
            if path.is_dir():
                found[path] = ""
                continue
            try:
                inside = inside_of(path)
            except AssemblerError as error:
                faults += error.problems
                continue
            folder = Path(work) / str(place) / _safe(inside.manifest.case)
            write_inside(inside.files, folder)
            found[folder] = path.name
        if faults:
            raise AssemblerError(faults, ExitCode.ANSWERS)
        yield found


def _safe(name: str) -> str:
    """A name from outside as that of a folder."""
    return _PLAIN.sub("-", name).strip(". ")[:_LONGEST] or "case"
