"""The last lines before a new page: so much of them stays together that no page is almost empty."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.lengths import LINE, MARGINS, MARGINS_ABOVE, STANDARD, lines
from assembler.documents.looks import Looks
from assembler.documents.markup import parse

# Of a page: how much stays together at the end, and beyond which it is let go. On turned pages nothing follows a table,
# so they share its rows.
_HELD, _MOST = 0.25, 0.4
_HELD_TURNED, _MOST_TURNED = 0.4, 0.6
_EMU = 635  # of a twip
_SECTION = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def hold_endings(document: Document) -> None:
    """Ties the rows and paragraphs before each new page or turn of the paper, from the last one up, each to the next.

    Properties alone do it, so that Word sets such pages as well. What is tied is reckoned, not measured.
    """
    looks, body = Looks(document), document.element.body
    ending = _Ending(looks, body.find(qn("w:sectPr")))
    for unit in reversed(list(_units(body))):
        section = unit.find(_SECTION)
        if section is not None:
            ending = _Ending(looks, section)
        ending.hold(unit)
        if unit.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            ending = _Ending(looks, ending.section)


def _units(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and rows, which stand on one page or go over to the next."""
    for child in body:
        if child.tag == qn("w:tbl"):
            yield from child.iterchildren(qn("w:tr"))
        elif child.tag == qn("w:p"):
            yield child


class _Ending:
    """The end of a stretch of pages, followed upwards."""

    def __init__(self, looks: Looks, section: etree._Element) -> None:
        self.section, self._looks = section, looks
        self._width, self._page = _room(section)
        turned = self._width > self._page
        self._enough, self._most = (_HELD_TURNED, _MOST_TURNED) if turned else (_HELD, _MOST)
        self._held, self._is_full = 0, False

    def hold(self, unit: etree._Element) -> None:
        """Ties what stands above to what is held already; stops where that is enough."""
        if self._is_full:
            return
        own = self._height(unit)
        self._is_full = self._held >= self._enough * self._page or self._held + own > self._most * self._page
        if self._is_full:
            return
        if self._held:
            for paragraph in unit.iter(qn("w:p")):
                _set(paragraph, "w:keepNext")
        if unit.tag == qn("w:p"):
            _set(unit, "w:keepLines")
        self._held += own

    def _height(self, unit: etree._Element) -> int:
        if unit.tag == qn("w:tr"):
            return max(map(self._cell_height, unit.iterchildren(qn("w:tc"))), default=0)
        drawn = sum(int(one.get("cy", "0")) // _EMU for one in unit.iter(qn("wp:extent")))
        return drawn + self._text_height(unit, self._width)

    def _cell_height(self, cell: etree._Element) -> int:
        told = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
        width = int(told.get(qn("w:w"), "0")) - MARGINS if told is not None else 0
        return MARGINS_ABOVE + sum(self._text_height(one, max(width, 1)) for one in cell.iterchildren(qn("w:p")))

    def _text_height(self, paragraph: etree._Element, width: int) -> int:
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        return self._looks.height(paragraph, lambda size: lines(text, width * STANDARD // size), LINE / STANDARD)


def _room(section: etree._Element) -> tuple[int, int]:
    """The width and height of the text on a page of a section, in twips."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 9298, 14170

    def taken(*names: str) -> int:
        return sum(abs(int(float(margins.get(qn(f"w:{name}"), "0")))) for name in names)

    across, down = (int(float(size.get(qn(f"w:{name}"), "0"))) for name in ("w", "h"))
    return across - taken("left", "right", "gutter"), down - taken("top", "bottom")


def _set(paragraph: etree._Element, name: str) -> None:
    """Switches a property on, in its place behind the style."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        properties = parse("<w:p><w:pPr/></w:p>")[0][0]
        paragraph.insert(0, properties)
    for old in properties.findall(qn(name)):
        properties.remove(old)
    before = ("w:pStyle",) if name == "w:keepNext" else ("w:pStyle", "w:keepNext")
    place = sum(properties.find(qn(each)) is not None for each in before)
    properties.insert(place, parse(f"<w:pPr><{name}/></w:pPr>")[0][0])
