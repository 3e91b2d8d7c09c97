"""The one door for workbooks that others made: what a file is, its first bytes say; what is no sound workbook is told
in a sentence, and no warning of a library reaches anybody.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS

from assembler.base.archives import part_of
from assembler.base.excel_rows import refusal
from assembler.base.file_kinds import ARCHIVE, OLD_OFFICE, PICTURES, is_locked, kind_of
from assembler.base.foreign import UnreadableError, attempt, foreign
from assembler.base.messages import Wording, wording

_SAMPLE = 1 << 16
_PAGES = (b"<html", b"<!doctype", b"<?xml", b"<table")
# Strict Open XML differs from what everybody writes by the names of its namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_MARK_OF_STRICT = b"http://purl.oclc.org/ooxml/"
DAMAGED = wording("the workbook is damaged")
_MOST_STRICT = 64 << 20  # bytes of a Strict workbook unpacked, which is turned in memory


@contextmanager
def opened(path: Path, most: int, *, results: bool) -> Iterator[Any]:
    """A workbook to be read row by row; ``results`` takes what formulas last came to. ``most`` bytes may it unpack to.

    Raises UnreadableError, also for what is found broken while it is read, and OSError.
    """
    with path.open("rb") as file:
        if reason := mistaken(file.read(_SAMPLE), path):
            raise UnreadableError(reason)
    with foreign(path, told=DAMAGED):
        if reason := refusal(path, most):
            raise UnreadableError(reason)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = _plain(path)
            book = openpyxl.load_workbook(source, read_only=True, data_only=results, keep_links=False)
            try:
                yield book
            finally:
                book.close()
                source.close()


def what_it_is(path: Path) -> Wording:
    """What a file is that was to be an .xlsx, and what to do, in a sentence."""
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
        is_whole = not head.startswith(ARCHIVE) or attempt(lambda: _contents(path), path, None) is not None
        return mistaken(head, path) or (wording("its name does not end with .xlsx; rename it") if is_whole else DAMAGED)
    except OSError as error:
        return wording("{reason}", reason=error.strerror or str(error))


def mistaken(head: bytes, path: Path) -> Wording | None:
    """What a file is that is no .xlsx, by its first bytes and the names in its archive; None of what may be one."""
    if not head:
        return wording("it is empty")
    if head.startswith(OLD_OFFICE):
        if is_locked(path.read_bytes()):
            return wording("it is protected by a password; save it without one")
        return wording("it is a workbook of old Excel, or one with a password; save it as .xlsx")
    if head.startswith(ARCHIVE):
        return _kind_of_archive(path)
    return mistaken_text(head) or wording("it is no Excel workbook; save it as .xlsx")


def mistaken_text(head: bytes) -> Wording | None:
    """What a file is that is neither a workbook nor a text of rows; None of what may be one."""
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begin.startswith(_PAGES):
        return wording("it is a web page; open it and save it as .xlsx or CSV")
    if begin.startswith(b"%pdf"):
        return wording("it is a PDF; ask for the workbook, saved as .xlsx")
    if begin.startswith(b"{\\rtf"):
        return wording("it is a Rich Text file; copy its table into Excel and save it as .xlsx")
    # A list whose first column is called «GIF8» begins as some pictures do; no text of one byte a letter holds a zero.
    is_picture = kind_of(head, "") in PICTURES and b"\0" in head
    return wording("it is a picture; ask for the workbook, saved as .xlsx") if is_picture else None


def _kind_of_archive(path: Path) -> Wording | None:
    contents = attempt(lambda: _contents(path), path, None)
    if contents is None:
        return None  # who opens it says how it is broken
    names, opendocument = contents
    if opendocument:
        return wording("it is an OpenDocument file; save it as .xlsx")
    if any(name.startswith("word/") for name in names):
        return wording("it is a Word file; copy its table into Excel and save it as .xlsx")
    if any(name.startswith("ppt/") for name in names):
        return wording("it is a PowerPoint file; copy its table into Excel and save it as .xlsx")
    if any(name.endswith("workbook.bin") for name in names):
        return wording("it is a binary workbook (.xlsb); save it as .xlsx")
    return None if any(name.startswith("xl/") for name in names) else wording("it is a packed file; unpack it first")


def _contents(path: Path) -> tuple[frozenset[str], bool]:
    """The names in an archive, and whether it is one of OpenDocument."""
    with ZipFile(path) as archive:
        names = frozenset(archive.namelist())
        return names, "mimetype" in names and b"opendocument" in part_of(archive, "mimetype", _SAMPLE)


def _plain(path: Path) -> BinaryIO:
    """The file, or a copy in memory in the usual namespaces where it is Strict Open XML."""
    with ZipFile(path) as archive:
        books = [name for name in archive.namelist() if name.endswith("workbook.xml")]
        if not books or _MARK_OF_STRICT not in archive.read(books[0])[:_SAMPLE]:
            return path.open("rb")  # of a file called otherwise openpyxl would not hear
        if sum(part.file_size for part in archive.infolist()) > _MOST_STRICT:
            raise UnreadableError(wording("it is a large workbook in Strict Open XML; save it as .xlsx"))
        copy = io.BytesIO()
        with ZipFile(copy, "w", ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                data = archive.read(entry)
                for strict, usual in _STRICT:
                    data = data.replace(strict, usual)
                target.writestr(entry.filename, data)
    copy.seek(0)
    return copy


def number_format(book: Any, style: int) -> str:
    """The number format of a style of a book: what the cell shows its number as; «» where it has none."""
    found = int(book._cell_styles[style].numFmtId)
    own = found - 164
    if 0 <= own < len(book._number_formats):
        return str(book._number_formats[own])
    return str(BUILTIN_FORMATS.get(found, ""))
