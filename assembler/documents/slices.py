"""A printed copy cut where a page begins anyway, so that a change is converted with its neighbours only.

What reaches across a cut is a page number or a link. A link becomes an address, which is led to its place when the
pages are put together. A number stands as zeros in a colour of its own, and is put into the pages when all are counted:
so no slice waits for another, or is made again because a page was added before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import persian_digits
from assembler.documents.markup import bidi, bookmark_name, end, parse, runs
from assembler.documents.package import save
from assembler.documents.page_references import BOOKMARKS, codes, settle_all, take_out, write_result
from assembler.model.slices import ACROSS, DIGITS, SAMPLE, Reference

_SECTION = qn("w:sectPr")
_CLOSING = f"{qn('w:pPr')}/{_SECTION}"  # the set-up of the section that ends in a paragraph
_OF_FIRST_PAGE = (qn("w:titlePg"), qn("w:pgNumType"))


@dataclass(frozen=True)
class Slice:
    """A stretch of a body that begins and ends with a page: what stands in it, the set-up of its last section, and the
    page numbers it prints, in their order.
    """

    elements: tuple[etree._Element, ...]
    section: etree._Element
    asks: tuple[Reference, ...]

    def bookmarks(self) -> frozenset[str]:
        marks = (mark for element in self.elements for mark in element.iter(BOOKMARKS[0]))
        return frozenset(mark.get(qn("w:name"), "") for mark in marks)


def cut(document: Document, behind: Collection[str] = ()) -> tuple[Slice, ...]:
    """The body of a document in slices, which the document holds no more afterwards. The anchors ``behind`` it stand
    in what follows the document, wherever its own lists name them.
    """
    body = document.element.body
    take_out(body, {bookmark_name(anchor) for anchor in behind})
    last = body[-1]
    slices: list[Slice] = []
    held: list[etree._Element] = []
    for element in list(body)[:-1]:
        if held and _begins_page(element):
            slices.append(_slice(held, _following_section(element, last), first=not slices))
            held = []
        held.append(element)
    slices.append(_slice(held, last, first=not slices))
    return tuple(slices)


def write_slice(document: Document, part: Slice, numbers: Sequence[str], out: Path, *, marked: bool) -> None:
    """Writes a slice of the document to ``out``, the same bytes wherever in the document it stands.

    ``numbers`` are those it prints, in Latin digits; ``marked``, they are zeros and get colours, by which the right
    ones are put in their stead, and a first page shows all digits in all letters that numbers stand in.
    """
    body = document.element.body
    body[:] = [deepcopy(each) for each in (*part.elements, part.section)]
    styles = _write_numbers(body, numbers, marked=marked)
    if marked and styles:
        body[:0] = _digits_page(styles, part.section)
    _number_anew(body)
    with _own_relations(document):
        _lead_across(document)
        _drop_pictures(document)
        save(document, out)


def _begins_page(element: etree._Element) -> bool:
    mark = element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _following_section(element: etree._Element, last: etree._Element) -> etree._Element:
    """The set-up of the section an element stands in."""
    following = (each.find(_CLOSING) for each in (element, *element.itersiblings()))
    return next((found for found in following if found is not None), last)


def _slice(elements: list[etree._Element], section: etree._Element, *, first: bool) -> Slice:
    """A slice that ends in a section of this set-up; where that ended in its last paragraph, it is the slice's own."""
    if elements and (closed := elements[-1].find(_CLOSING)) is not None:
        closed.getparent().remove(closed)
        section = closed
    section = deepcopy(section)
    inner = (found for element in elements if (found := element.find(_CLOSING)) is not None)
    for each in (*inner, section) if not first else ():
        _is_not_first(each)
    behind = parse(end()) if not elements or elements[-1].tag == qn("w:tbl") else []
    return Slice((*elements, *behind), section, tuple(_asked(elements)))


def _is_not_first(section: etree._Element) -> None:
    """Takes from a set-up what holds for the first page of a document only."""
    for child in [one for one in section if one.tag in _OF_FIRST_PAGE]:
        section.remove(child)


def _asked(elements: Sequence[etree._Element]) -> Iterator[Reference]:
    for element in elements:
        for code, name in codes(element):
            yield Reference(name, in_column=_style(code).startswith("TOC"))


def _style(inner: etree._Element) -> str:
    paragraph = next(inner.iterancestors(qn("w:p")))
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val"), "") if style is not None else ""


def _write_numbers(body: etree._Element, numbers: Sequence[str], *, marked: bool) -> Sequence[str]:
    """Writes the numbers; returns the styles of the paragraphs they stand in."""
    styles: dict[str, None] = {}
    for at, ((code, _), number) in enumerate(zip(list(codes(body)), numbers, strict=True), 1):
        styles[_style(code)] = None
        colour = f'<w:color w:val="{at:06X}"/>' if marked and number.isdecimal() else ""
        write_result(code, runs(persian_digits(number), colour))
    settle_all(body)
    return list(styles)


def _digits_page(styles: Sequence[str], section: etree._Element) -> list[etree._Element]:
    """A page with all digits, light and strong, as they stand in paragraphs of these styles."""
    colour, digits = f'<w:color w:val="{SAMPLE:06X}"/>', persian_digits(DIGITS)
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi()}</w:pPr>{runs(digits, strong + colour)}</w:p>'
        for style in styles
        for strong in ('<w:b w:val="0"/><w:bCs w:val="0"/>', "<w:b/><w:bCs/>")
    )
    shown = parse(lines + end())
    own = deepcopy(section)
    _is_not_first(own)
    shown[-1].find(qn("w:pPr")).append(own)
    return shown


def _number_anew(body: etree._Element) -> None:
    """Bookmarks and drawings are numbered through the document: in a slice from one."""
    numbers: dict[str, str] = {}
    for mark in body.iter(*BOOKMARKS):
        mark.set(qn("w:id"), numbers.setdefault(mark.get(qn("w:id"), ""), str(len(numbers) + 1)))
    for number, drawing in enumerate(body.iter(qn("wp:docPr")), 1):
        drawing.set("id", str(number))


@contextmanager
def _own_relations(document: Document) -> Iterator[None]:
    """Gives the document back what it refers to, whatever is added and left out within the block."""
    relations = document.part.rels
    kept = dict(relations)
    try:
        yield
    finally:
        relations.clear()
        relations.update(kept)


def _lead_across(document: Document) -> None:
    """Links to what stands in other slices become addresses. LibreOffice forgets links in no style of a link."""
    body = document.element.body
    own = {mark.get(qn("w:name")) for mark in body.iter(BOOKMARKS[0])}
    for link in body.iter(qn("w:hyperlink")):
        name = link.get(qn("w:anchor"))
        if name and name not in own:
            del link.attrib[qn("w:anchor")]
            link.set(qn("r:id"), document.part.relate_to(ACROSS + name, RELATION.HYPERLINK, is_external=True))
        for look in link.iter(qn("w:rPr")):
            if look.find(qn("w:rStyle")) is None:
                look.insert(0, parse('<w:rStyle w:val="InternalLink"/>')[0])


def _drop_pictures(document: Document) -> None:
    """Leaves out the pictures of other slices."""
    used = {value for element in document.element.body.iter(etree.Element) for value in element.attrib.values()}
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == RELATION.IMAGE and key not in used:
            document.part.rels.pop(key)
