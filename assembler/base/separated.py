"""Texts of rows: in which letters they are, what cuts them into cells, whichever program wrote them. One home for all
who read such files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from assembler.base.encodings import encoding_of
from assembler.base.file_kinds import SAMPLE, Content, content_of_bytes
from assembler.base.foreign import UnreadableError
from assembler.base.messages import Wording, wording

DELIMITERS = (",", ";", "\t", "؛", "|")
UNCUT = "\x1f"  # stands in no text
LONGEST = 1 << 24  # letters of a cell or a line; a file without line ends must not fill the memory
_HEAD = 24  # lines by which is found out what cuts them
_SAVE, _COPY = wording("save it as .xlsx"), wording("copy its table into Excel and save it as .xlsx")
_ASK = wording("ask for the workbook, saved as .xlsx")
_REMEDIES: Mapping[Content, Wording] = {
    Content.LOCKED: wording("save it without one"),
    Content.PAGE: wording("open it in Excel and save it as .xlsx or CSV"),
    Content.PACKED: wording("unpack it first"),
    Content.DATABASE: wording("export the list from it as .xlsx or CSV"),
    **dict.fromkeys((Content.OLD_WORKBOOK, Content.BINARY_WORKBOOK, Content.CALC, Content.OLD_OFFICE), _SAVE),
    **dict.fromkeys((Content.WORD, Content.OLD_WORD, Content.WRITER, Content.RICH, Content.SLIDES), _COPY),
    **dict.fromkeys((Content.PDF, Content.PICTURE), _ASK),
    **dict.fromkeys((Content.OUTLOOK, Content.MAIL), wording("save the files it carries, and take those")),
}
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')


def rows_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with their numbers from 1, as a spreadsheet counts them, whatever lines a cell has; one that
    only says what cuts them is none.

    Raises UnreadableError, also from within: it is no text, it holds letters of no encoding, a quote is not closed.
    """
    content = content_of_bytes(data)
    if content == Content.EMPTY:
        return
    if reason := mistaken_for_list(content):
        raise UnreadableError(reason)
    encoding = encoding_of(data[:SAMPLE] if not data[:SAMPLE].isascii() else data)
    if encoding is None:
        raise UnreadableError(Content.BINARY.said)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = wording("line {line} holds letters that are no UTF-8; delete them and type them anew", line=line)
        raise UnreadableError(reason) from error
    delimiter, said = cut_by(list(islice(io.StringIO(text), _HEAD)))
    try:
        with wide_cells():
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            yield from islice(enumerate(rows, 1), said, None)
    except csv.Error as error:
        raise UnreadableError(wording("a quotation mark in it is not closed")) from error


def mistaken_for_list(content: Content) -> Wording | None:
    """What a file is that is neither a workbook nor a text of rows, and what to do; None of what may be one."""
    if content == Content.TEXT:
        return None
    remedy = _REMEDIES.get(content)
    return content.said if remedy is None else wording("{what}; {remedy}", what=content.said, remedy=remedy)


def cut_by(lines: Sequence[str]) -> tuple[str, int]:
    """What cuts the lines at the head of a file into cells, and how many of them only say so: «sep=;», as Excel reads
    it in front; else the sign by which the most lines have the same number of cells, outside quotes.

    A title above the columns is cut by nothing, a sign that stands in texts cuts them unevenly, and a list of one
    column with a comma in one of its names is cut by nothing at all.
    """
    if lines and (said := _SEPARATOR.fullmatch(lines[0].strip("\ufeff\r\n "))):
        return said[1], 1
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    sign = max(DELIMITERS, key=lambda sign: _evenness([line.count(sign) for line in bare]))
    alike, holding = _evenness([line.count(sign) for line in bare])[0], sum(sign in line for line in bare)
    return sign if alike > 1 or holding * 2 >= len(bare) else UNCUT, 0


def _evenness(counts: Sequence[int]) -> tuple[int, int]:
    """How many lines a sign cuts alike, and into how many cells."""
    found = {count: counts.count(count) for count in counts if count}
    alike = max(found.values(), default=0)
    return alike, max((count for count, lines in found.items() if lines == alike), default=0)


@contextmanager
def wide_cells() -> Iterator[None]:
    """Lets the csv module, which keeps one limit for all its readers, take long cells within the block."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def cells_of(lines: Iterable[str], delimiter: str, *, quotes: bool = True) -> Iterator[list[str]]:
    """The rows of lines; without ``quotes`` a quotation mark is an inch."""
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE)
