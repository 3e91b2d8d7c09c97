"""Fields that print the page of a bookmark: their numbers written, and the fields made text where Word cannot count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import persian_digits
from assembler.documents.markup import bookmark_name, parse, runs

BOOKMARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def codes(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The codes of fields that print the page of a bookmark, each with the bookmark's name."""
    for code in element.iter(qn("w:instrText")):
        words = (code.text or "").split()
        if len(words) > 1 and words[0] == "PAGEREF":
            yield code, words[1]


def write_pages(body: etree._Element, pages: Mapping[str, int]) -> None:
    """Writes the numbers of the pages bookmarks stand on, by the bookmarks' names."""
    for code, name in codes(body):
        if name in pages:
            write_result(code, runs(persian_digits(str(pages[name]))))


def write_result(code: etree._Element, shown: str) -> None:
    """Writes what the field of this code shows: a run of text."""
    separator = code.getparent().getnext()
    result = separator.getnext() if separator is not None else None
    if result is not None and result.find(qn("w:t")) is not None:
        result.getparent().replace(result, parse(f"<w:p>{shown}</w:p>")[0][0])


def settle_all(body: etree._Element) -> None:
    """All page numbers as text."""
    for code, _ in list(codes(body)):
        _make_text(code.getparent())


def settle(body: etree._Element, anchors: Collection[str]) -> None:
    """Page numbers of these anchors as text, and links to those the document has nothing of as text too."""
    names = {bookmark_name(anchor) for anchor in anchors}
    for code, name in list(codes(body)):
        if name in names:
            _make_text(code.getparent())
    present = {one.get(qn("w:name")) for one in body.iter(BOOKMARKS[0])}
    for link in list(body.iter(qn("w:hyperlink"))):
        anchor = link.get(qn("w:anchor"))
        if anchor in names and anchor not in present:
            for child in list(link):
                link.addprevious(child)
            link.getparent().remove(link)


def open_contents(body: etree._Element) -> None:
    """Contents and lists as plain lines: LibreOffice makes an index of the field around them, without its links."""
    open_: list[list[etree._Element]] = []  # the marks and codes of each field that is open, outermost first
    for run in list(body.iter(qn("w:r"))):
        mark, code = run.find(qn("w:fldChar")), run.find(qn("w:instrText"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            open_.append([run])
        elif open_ and (kind or code is not None):
            open_[-1].append(run)
        if open_ and kind == "end":
            closed = open_.pop()
            if any((one.findtext(qn("w:instrText")) or "").split()[:1] == ["TOC"] for one in closed):
                for one in closed:
                    one.getparent().remove(one)


def take_out(body: etree._Element, names: Collection[str]) -> None:
    """The bookmarks of these names, which are to lead elsewhere."""
    gone = {one.get(qn("w:id")) for one in body.iter(BOOKMARKS[0]) if one.get(qn("w:name")) in names}
    for mark in [one for one in body.iter(*BOOKMARKS) if one.get(qn("w:id")) in gone]:
        mark.getparent().remove(mark)


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
