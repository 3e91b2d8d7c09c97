"""References from a document to the evidence that stands behind it in the packet.

What is converted gets as many blank pages behind its own as the evidence has, so that its page numbers and links come
out right at once; they are cut off again. Word has no such pages: there the numbers are text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.markup import Numbers, bidi, bookmark_name, parse

BEHIND = "behind_the_document"  # the bookmark on the first of the blank pages
_MARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def add_pages_behind(body: etree._Element, behind: Sequence[tuple[str, int]]) -> None:
    """A page for each page of the evidence, its anchor on the first of them; one without pages shares the last one."""
    _take_out(body, {bookmark_name(anchor) for anchor, _ in behind})
    numbers = Numbers(first=100_000)
    pages: list[list[str]] = []
    for anchor, count in behind:
        pages.extend([] for _ in range(count))
        pages[-max(count, 1)].append(anchor)
    pages.append([])  # LibreOffice finds no bookmark in the last paragraph
    for number, anchors in enumerate(pages):
        content = "".join(numbers.bookmark(bookmark_name(anchor), "") for anchor in anchors)
        if number == 0:
            content = numbers.bookmark(BEHIND, content)
        page = parse(f"<w:p><w:pPr><w:pageBreakBefore/>{bidi()}</w:pPr>{content}</w:p>")[0]
        body[-1].addprevious(page)  # the last section


def _take_out(body: etree._Element, names: Collection[str]) -> None:
    """The bookmarks of these names, which are to lead elsewhere."""
    gone = {one.get(qn("w:id")) for one in body.iter(_MARKS[0]) if one.get(qn("w:name")) in names}
    for mark in [one for one in body.iter(*_MARKS) if one.get(qn("w:id")) in gone]:
        mark.getparent().remove(mark)


def settle(body: etree._Element, names: Collection[str]) -> None:
    """Page numbers of these anchors as text, and links to those the document has nothing of as text too."""
    for code in list(body.iter(qn("w:instrText"))):
        words = (code.text or "").split()
        if len(words) > 1 and words[0] == "PAGEREF" and words[1] in names:
            _make_text(code.getparent())
    present = {one.get(qn("w:name")) for one in body.iter(_MARKS[0])}
    for link in list(body.iter(qn("w:hyperlink"))):
        anchor = link.get(qn("w:anchor"))
        if anchor in names and anchor not in present:
            for child in list(link):
                link.addprevious(child)
            link.getparent().remove(link)


def _make_text(code: etree._Element) -> None:
    """Takes away the marks of the field whose code stands in this run, and leaves its result."""
    marks = [code.getprevious(), code, *_until_end(code)]
    for run in marks:
        if run is not None and (run.find(qn("w:fldChar")) is not None or run is code):
            run.getparent().remove(run)


def _until_end(code: etree._Element) -> Iterator[etree._Element]:
    for run in code.itersiblings():
        yield run
        mark = run.find(qn("w:fldChar"))
        if mark is not None and mark.get(qn("w:fldCharType")) == "end":
            return
