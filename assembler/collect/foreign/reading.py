"""Files of others by what they are; each fault of one is that file's problem."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from assembler.base.file_kinds import Content, content_of
from assembler.base.foreign import Turned, UnreadableError
from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.separated import mistaken_for_list
from assembler.collect.foreign.grids import ForeignFile

# How files are called that are read as they are.
WORD, SHEETS, PAGES = (".docx", ".docm", ".dotx"), (".xlsx", ".xlsm"), (".html", ".htm")
TEXTS, PDFS = (".txt", ".tsv", ".csv"), (".pdf",)


_OLD = (Content.OLD_WORD, Content.WRITER, Content.RICH, Content.OLD_WORKBOOK, Content.CALC, Content.BINARY_WORKBOOK)


def is_read(path: Path) -> bool:
    """Whether a file is no workbook of Excel, and still one whose tables are read, turned before or not. Raises
    OSError.
    """
    return content_of(path) in (Content.WORD, Content.PAGE, Content.TEXT, Content.PDF, *_OLD)


def read_foreign(path: Path, turned: Turned = nullcontext) -> ForeignFile:
    """Reads a file somebody made, once it was ``turned`` into one of today. What it is, its bytes say. Raises
    AssemblerError when nothing can be read of it.
    """
    try:
        content = content_of(path)
        with turned(path) as made:
            return replace(_read(made), name=path.name, taken_for=content.said)
    except UnreadableError as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _unreadable(path: Path, reason: object) -> AssemblerError:
    fault = problem("intake-unreadable", Place(file=str(path)), name=path.name, reason=reason)
    return AssemblerError([fault], ExitCode.ANSWERS)


def _read(path: Path) -> ForeignFile:
    content = content_of(path)
    if content == Content.WORD:
        from assembler.collect.foreign.word import read_word

        return read_word(path)
    if content in (Content.WORKBOOK, Content.BROKEN):  # who opens it says how it is broken
        from assembler.collect.foreign.sheets import read_sheets

        return read_sheets(path)
    if content in (Content.PAGE, Content.TEXT):
        from assembler.collect.foreign.pages import read_page, read_text

        return read_page(path) if content == Content.PAGE else read_text(path)
    if content == Content.PDF:
        from assembler.collect.foreign.pdfs import read_pdf

        return read_pdf(path)
    if content == Content.PICTURE:
        raise UnreadableError(wording("it is a picture: ask for the file it was made from, or type what it says"))
    raise UnreadableError(mistaken_for_list(content) or wording("it is no file of Word or Excel"))
