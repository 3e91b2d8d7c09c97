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
from zipfile import ZIP_DEFLATED, ZipFile, is_zipfile

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS

from assembler.base.excel_rows import refusal
from assembler.base.file_kinds import ARCHIVE, Content, content_of
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import Wording, wording
from assembler.base.separated import mistaken_for_list

_SAMPLE = 1 << 16
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
    if reason := mistaken(path):
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
        if reason := mistaken(path):
            return reason
        with path.open("rb") as file:
            is_whole = not file.read(4).startswith(ARCHIVE) or is_zipfile(path)
        return wording("its name does not end with .xlsx; rename it") if is_whole else DAMAGED
    except OSError as error:
        return wording("{reason}", reason=error.strerror or str(error))


def mistaken(path: Path) -> Wording | None:
    """What a file is that is no .xlsx, and what to do; None of what may be one: who opens that says how it is broken.
    Raises OSError.
    """
    content = content_of(path)
    if content in (Content.WORKBOOK, Content.BROKEN):
        return None
    if content in (Content.TEXT, Content.BINARY):
        return wording("it is no Excel workbook; save it as .xlsx")
    return mistaken_for_list(content)


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
