"""Takes files into the attachments of a case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from assembler.base.files import resolved, write_whole, writing
from assembler.base.persian import control_character, normalise
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.unreadable import unreadable
from assembler.model.folders import CaseFolder


def take_attachment(folder: Path, path: Path) -> str:
    """Copies a file into ``attachments/`` of a case and gives its name for the answer.

    It never goes over another file: one that is there with the same bytes is taken for it, else the copy gets a number
    behind its name. Raises AssemblerError when it cannot be read or written.
    """
    attachments = CaseFolder(folder).attachments
    if resolved(path).is_relative_to(resolved(attachments)) and path.is_file():
        return resolved(path).relative_to(resolved(attachments)).as_posix()
    return keep_attachment(folder, path.name, _bytes(path))


def keep_attachment(folder: Path, wanted: str, data: bytes) -> str:
    """As ``take_attachment``, of what a file holds, wherever it came from; its name is no path, whatever it says."""
    attachments = CaseFolder(folder).attachments
    with writing(attachments):
        attachments.mkdir(exist_ok=True)
        for name in _names(PureWindowsPath(wanted).name):
            if not (attachments / name).exists():
                write_whole(attachments / name, data)
                return name
            if _same(attachments / name, data):
                return name
    raise AssertionError  # the names never end


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssemblerError([unreadable(path, error)], ExitCode.USAGE) from error


def _names(name: str) -> Iterator[str]:
    """The name as answers are read, then with numbers: «plan.pdf», «plan-2.pdf» …"""
    clean = "".join(each for each in normalise(name).replace("\n", " ") if control_character(each) is None)
    path = Path(clean.lstrip(".") or "file")
    yield path.name
    number = 1
    while True:
        number += 1
        yield f"{path.stem}-{number}{path.suffix}"


def _same(path: Path, data: bytes) -> bool:
    if not path.is_file() or path.stat().st_size != len(data):
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest() == hashlib.sha256(data).digest()
