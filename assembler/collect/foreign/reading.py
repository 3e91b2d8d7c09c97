"""Files of others by what they are; each fault of one is that file's problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from assembler.base.file_kinds import ARCHIVE, PDF, PICTURES, is_locked, kind_of
from assembler.base.foreign import UnreadableError, attempt
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.collect.foreign.grids import ForeignFile

# What is read as it is; what is read once it was turned into one of these stands with who turns it.
WORD, SHEETS, PAGES = (".docx", ".docm", ".dotx"), (".xlsx", ".xlsm"), (".html", ".htm")
TEXTS, PDFS = (".txt", ".tsv"), (".pdf",)
_HEAD = 4096


Turned = Callable[[Path], AbstractContextManager[Path]]


def read_foreign(path: Path, turned: Mapping[str, Turned] = MappingProxyType({})) -> ForeignFile:
    """Reads a file somebody made; of an ending that is to be ``turned`` into one of Word or Excel first, what was made
    of it. Raises AssemblerError when nothing can be read of it.
    """
    try:
        turn = turned.get(path.suffix.lower())
        if turn is None:
            return _read(path)
        with turn(path) as made:
            return replace(_read(made), name=path.name)
    except UnreadableError as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _unreadable(path: Path, reason: object) -> AssemblerError:
    fault = problem("intake-unreadable", Place(file=str(path)), name=path.name, reason=reason)
    return AssemblerError([fault], ExitCode.ANSWERS)


def _read(path: Path) -> ForeignFile:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(ARCHIVE):
        names = attempt(lambda: _names(path), path, frozenset[str]())
        if "word/document.xml" in names:
            from assembler.collect.foreign.word import read_word

            return read_word(path)
        from assembler.collect.foreign.sheets import read_sheets

        return read_sheets(path)
    if path.suffix.lower() in TEXTS or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        from assembler.collect.foreign.pages import read_page, read_text

        return read_text(path) if path.suffix.lower() in TEXTS else read_page(path)
    if kind_of(head, path.name) == PDF:
        from assembler.collect.foreign.pdfs import read_pdf

        return read_pdf(path)
    if is_locked(path.read_bytes()):
        raise UnreadableError(wording("it is protected by a password; save it without one"))
    if kind_of(head, path.name) in PICTURES:
        raise UnreadableError(wording("it is a picture: ask for the file it was made from, or type what it says"))
    raise UnreadableError(wording("it is no file of Word or Excel"))


def _names(path: Path) -> frozenset[str]:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return frozenset(archive.namelist())
