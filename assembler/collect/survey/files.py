"""Responses as rows of texts, chunk by chunk: a CSV file whatever its encoding and delimiter, or sheets of a workbook.

What a file is, its first bytes say, not its name. No file is held in memory, whatever its size.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from assembler.base.encodings import encoding_of
from assembler.base.file_kinds import ARCHIVE, OLD_OFFICE, content_of_bytes
from assembler.base.foreign import Turned, UnreadableError
from assembler.base.messages import wording
from assembler.base.persian import seen
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.separated import LONGEST, cut_by, mistaken_for_list, wide_cells
from assembler.collect.survey.tables import CHUNK, HEAD, Chunk, Table, unreadable

_SAMPLE = 1 << 16
_BLOCK = 1 << 20
_MOST_LINES = 200  # lines of one row: more, and a quotation mark was never closed
_ENDS = re.compile("\r\n|\r|\n")


def open_tables(
    path: Path, sheets: Sequence[str] = (), encoding: str = "", turned: Turned = nullcontext
) -> Iterator[Table]:
    """The tables of a file, one after the other, each to be read before the next is asked for.

    ``sheets`` names those of a workbook, the first when none is named; what is none of today is ``turned`` into one.
    Raises AssemblerError ``survey-unreadable``.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_SAMPLE)
        if head.startswith((ARCHIVE, OLD_OFFICE)):
            from assembler.collect.survey.workbook import sheet_tables

            with turned(path) as made:
                yield from sheet_tables(made, path.name, sheets)
            return
        if head and (reason := mistaken_for_list(content_of_bytes(head))):
            raise unreadable(path.name, reason)
        yield from _text_table(path, encoding or detect_encoding(path))
    except OSError as error:
        raise unreadable(path.name, error.strerror or str(error)) from error
    except UnreadableError as error:
        raise unreadable(path.name, error.reason) from error


# ---------------------------------------------------------------- encodings


def detect_encoding(path: Path) -> str:
    """The encoding of a text file: by its mark, by its zeros, or by whether its first foreign letters are UTF-8."""
    found = encoding_of(_telling_sample(path))
    if found is None:
        raise unreadable(path.name, wording("it is no text"))
    return found


def _telling_sample(path: Path) -> bytes:
    """The beginning of a file; when it is all Latin, the first block that is not."""
    with path.open("rb") as file:
        sample = block = file.read(_SAMPLE)
        while block.isascii() and (block := file.read(_BLOCK)):
            sample = block if not block.isascii() else sample
    return sample


# ---------------------------------------------------------------- text


def _text_table(path: Path, encoding: str) -> Iterator[Table]:
    """One table; bytes that are none of the encoding come as letters no document can carry, and are told so later."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    try:
        with path.open(encoding=encoding, errors=errors, newline="") as file:
            head = (file.readline(_SAMPLE) for _ in range(HEAD))
            delimiter, skipped = cut_by([line for line in head if line.strip() and len(line) < _SAMPLE])
            file.seek(0)
            for _ in range(skipped):
                file.readline()
            size = max(path.stat().st_size, 1)
            chunks = _chunks(file, delimiter, path.name, skipped)
            yield Table(path.name, chunks, position=lambda: cast(BinaryIO, file.buffer).tell() / size)
    except (LookupError, UnicodeError) as error:
        raise unreadable(path.name, str(error)) from error


def _chunks(file: TextIO, delimiter: str, name: str, skipped: int) -> Iterator[Chunk]:
    reader = csv.reader(map(seen, iter(partial(file.readline, LONGEST), "")), delimiter=delimiter)
    # The first chunk is the head, so that little is held while the columns are looked for.
    size, begun = HEAD, 0
    while True:
        try:
            with wide_cells():
                rows = list(islice(reader, size))
        except csv.Error as error:
            place = Place(file=name, line=reader.line_num + skipped)
            raise AssemblerError([problem("survey-broken", place, reason=str(error))], ExitCode.ANSWERS) from error
        if not rows:
            return
        yield Chunk(rows, _lines(rows, begun + skipped + 1, reader.line_num - begun, name))
        size, begun = CHUNK, reader.line_num


def _lines(rows: list[list[str]], first: int, taken: int, name: str) -> Sequence[int]:
    """The line each row begins at; rows take several when cells hold line ends."""
    if taken == len(rows):
        return range(first, first + taken)
    lines = []
    for row in rows:
        lines.append(first)
        more = len(_ENDS.findall("\0".join(row)))
        if more > _MOST_LINES:
            open_quote = problem("survey-open-quote", Place(file=name, line=first), count=more)
            raise AssemblerError([open_quote], ExitCode.ANSWERS)
        first += 1 + more
    return lines


# ---------------------------------------------------------------- writing


_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def shielded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unshielded(cell: str) -> str:
    """A cell without the apostrophe that ``shielded`` put before it."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


class SideFile:
    """A CSV file written row by row beside its place, and moved there only at the end; none when nothing was said."""

    def __init__(self, path: Path, head: Sequence[str] = ()) -> None:
        self.path = path
        self._head = head
        self._file: TextIO | None = None

    @property
    def temporary(self) -> Path:
        return self.path.with_name(f".{self.path.name}.part")

    def under(self, head: Sequence[str]) -> None:
        """A head that stands above the rows from here on, once there are any."""
        self._head = head

    def add(self, row: Sequence[str]) -> None:
        if self._file is None:
            # Excel knows UTF-8 by its mark; broken bytes go back as they came.
            self._file = self.temporary.open("w", encoding="utf-8", errors="surrogateescape", newline="")
            self._file.write("\ufeff")
        for each in (self._head, row) if self._head else (row,):
            csv.writer(self._file).writerow([shielded(cell) for cell in each])
        self._head = ()

    def close(self) -> Path | None:
        """The finished file under its temporary name; None when there is none."""
        if self._file is None:
            return None
        self._file.close()
        return self.temporary

    def discard(self) -> None:
        if self._file is not None:
            with suppress(OSError), closing(self._file):
                self.temporary.unlink(missing_ok=True)
