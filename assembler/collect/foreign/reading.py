"""Files of others by what they are; each fault of one is that file's problem."""

from __future__ import annotations

from pathlib import Path

from assembler.base.file_kinds import ARCHIVE
from assembler.base.foreign import UnreadableError, attempt
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.collect.foreign.grids import ForeignFile

ENDINGS = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm")
_HEAD = 4096


def read_foreign(path: Path) -> ForeignFile:
    """Reads a file somebody made. Raises AssemblerError when nothing can be read of it."""
    try:
        return _read(path)
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
    raise UnreadableError(wording("it is no file of Word or Excel"))


def _names(path: Path) -> frozenset[str]:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        return frozenset(archive.namelist())
