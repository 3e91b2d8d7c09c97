"""Labels merged over rows that may stand on several pages: bookmarks in the printed copy tell where the rows went.

Neither Word nor LibreOffice says such a label again: the cell is blank at the head of the next page. Where it is, only
the pages tell, so it is written over them; the editable document needs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.tongue import printed_words
from assembler.documents.lengths import is_number
from assembler.documents.looks import Looks
from assembler.documents.markup import Numbers, parse
from assembler.documents.rows import CONTINUED
from assembler.model.merged import MergedLabel

_TWIPS = 20.0  # in a point
_FIRST_MARK = 200_000


@dataclass(frozen=True)
class _Merge:
    """A cell merged downwards: where it begins in its table, the column it stands in, and the rows it covers."""

    cell: etree._Element
    column: int
    columns: int
    rows: tuple[etree._Element, ...]


def mark_merges(document: Document) -> tuple[MergedLabel, ...]:
    """Puts a bookmark into each row beside a label that may be parted by a page break, and tells these labels."""
    looks, numbers = Looks(document), Numbers(first=_FIRST_MARK)
    marked: dict[etree._Element, str] = {}
    found = []
    for table in document.element.body.iterchildren(qn("w:tbl")):
        for merge in _merges(table):
            if all(map(_stays, merge.rows[:-1])) or not (words := _words(merge.cell)):
                continue
            rows = tuple(_mark(row, marked, numbers) for row in merge.rows)
            found.append(_label(table, merge, words, rows, looks))
    return tuple(found)


def _merges(table: etree._Element) -> Iterator[_Merge]:
    open_: dict[int, tuple[etree._Element, int, list[etree._Element]]] = {}
    for row in table.iterchildren(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            continue
        begun: dict[int, tuple[etree._Element, int, list[etree._Element]]] = {}
        column = 0
        for cell in row.iterchildren(qn("w:tc")):
            columns, merge = _span(cell), cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) == "restart":
                begun[column] = (cell, columns, [row])
            elif merge is not None and column in open_:
                begun[column] = open_.pop(column)
                begun[column][2].append(row)
            column += columns
        yield from _closed(open_)
        open_ = begun
    yield from _closed(open_)


def _closed(open_: Mapping[int, tuple[etree._Element, int, list[etree._Element]]]) -> Iterator[_Merge]:
    for column, (cell, columns, rows) in open_.items():
        yield _Merge(cell, column, columns, tuple(rows))


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"), "1")) if span is not None else 1


def _stays(row: etree._Element) -> bool:
    """Whether a row stays on the page of the next one."""
    keep = row.find(f".//{qn('w:keepNext')}")
    return keep is not None and keep.get(qn("w:val")) != "0"


def _words(cell: etree._Element) -> str:
    """What the cell says, without the raised marks of notes; a number is said again as it is."""
    raised = f"{qn('w:rPr')}/{qn('w:rStyle')}"
    runs = (run for run in cell.iter(qn("w:r")) if run.find(raised) is None)
    words = " ".join("".join(text.text or "" for run in runs for text in run.iter(qn("w:t"))).split())
    return words if not words or is_number(words) else words + printed_words(CONTINUED)


def _mark(row: etree._Element, marked: dict[etree._Element, str], numbers: Numbers) -> str:
    """The bookmark of a row, in its fullest cell: there its first line stands highest."""
    if row not in marked:
        marked[row] = f"row_{len(marked)}"
        own = [cell for cell in row.iterchildren(qn("w:tc")) if cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is None]
        cell = max(own or list(row.iterchildren(qn("w:tc"))), key=lambda one: len("".join(one.itertext())))
        first = cell.find(qn("w:p"))
        mark = parse(f"<w:p>{numbers.bookmark(marked[row], '')}</w:p>")[0]
        place = 0 if first.find(qn("w:pPr")) is None else 1
        for at, child in enumerate(list(mark)):
            first.insert(place + at, child)
    return marked[row]


def _label(table: etree._Element, merge: _Merge, words: str, rows: tuple[str, ...], looks: Looks) -> MergedLabel:
    widths = [int(one.get(qn("w:w"), "0")) for one in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    begin, width = sum(widths[: merge.column]), sum(widths[merge.column : merge.column + merge.columns])
    first, last = _margins(table)
    left = last - begin - width if looks.table_is_rtl(table) else first + begin
    run = next(merge.cell.iter(qn("w:r")))
    size, bold = looks.letters(run, run.getparent())
    centred = looks.is_centred(run.getparent())
    return MergedLabel(words, rows, left / _TWIPS, width / _TWIPS, size / 2, bold, centred)


def _margins(table: etree._Element) -> tuple[int, int]:
    """Where text begins and ends across the page of a table, in twips."""
    following = (one for sibling in table.itersiblings() for one in sibling.iter(qn("w:sectPr")))
    section = next(following, None)
    size, margins = (section.find(qn(name)) if section is not None else None for name in ("w:pgSz", "w:pgMar"))
    if size is None or margins is None:
        return 0, 0
    return int(margins.get(qn("w:left"), "0")), int(size.get(qn("w:w"), "0")) - int(margins.get(qn("w:right"), "0"))
