"""How many pages the packet has, said on its cover: only when all its parts are joined is that known.

A bookmark says where the number stands, and in its name how large and heavy it is, so that it can be drawn there. What
is converted has nothing there; the editable document gets the number as text.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.looks import Looks
from assembler.documents.markup import PAGE_UNKNOWN, Numbers, parse
from assembler.documents.package import story_parts

# Begins the name of the bookmark: then its number, the size in half-points, and «b» for bold.
TOTAL_MARK = "pages-of-packet-"
_FIRST = 300_000


def mark_total(document: Document, mark: str) -> None:
    """Puts a bookmark wherever the text ``mark`` stands, around a dash."""
    looks, numbers = Looks(document), Numbers(first=_FIRST)
    found = (
        text for part in story_parts(document) for text in part.element.iter(qn("w:t")) if mark in (text.text or "")
    )
    for number, text in enumerate(list(found)):
        text.text = (text.text or "").replace(mark, PAGE_UNKNOWN)
        run = text.getparent()
        size, bold = looks.letters(run, run.getparent())
        name = f"{TOTAL_MARK}{number}-{size}-{'b' if bold else ''}"
        begin, end = parse(f"<w:p>{numbers.bookmark(name, '')}</w:p>")[0]
        run.addprevious(begin)
        run.addnext(end)


def say_total(document: Document, words: str) -> None:
    """Says how many pages there are, where the document says so; without words the place stays blank."""
    for _, run in _places(document):
        for text in run.iter(qn("w:t")):
            text.text = words


def drop_total(document: Document) -> None:
    """Takes out the line that says how many pages there are."""
    for begin, _ in _places(document):
        line = begin.getparent()
        line.getparent().remove(line)


def _places(document: Document) -> Iterator[tuple[etree._Element, etree._Element]]:
    marks = (begin for part in story_parts(document) for begin in part.element.iter(qn("w:bookmarkStart")))
    for begin in list(marks):
        run = begin.getnext()
        if begin.get(qn("w:name"), "").startswith(TOTAL_MARK) and run is not None and run.tag == qn("w:r"):
            yield begin, run
