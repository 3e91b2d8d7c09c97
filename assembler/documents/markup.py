"""WordprocessingML as strings: runs, paragraphs, links, bookmarks and fields, with every value escaped here only."""

from __future__ import annotations

import hashlib
import re
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap
from lxml import etree

from assembler.base.persian import LRM
from assembler.base.scripts import directed, pieces, pieces_ltr, with_persian_digits
from assembler.base.tongue import printed_words, tongue
from assembler.model.fields import Direction
from assembler.model.packet import Span, Text

_NAMESPACES = " ".join(f'xmlns:{prefix}="{nsmap[prefix]}"' for prefix in ("w", "r", "wp", "a", "pic"))
PAGE_UNKNOWN = "–"  # until the pages are counted
_ON_PAGE = "، صفحه\u00a0"
COUNTED = re.compile(r"(\D*)(\d+)((?:\D.*)?)", re.DOTALL)  # what is counted: words, the number, and what follows it
_BREAKS = re.compile(r"(\n|\t)")

NUMBER_MARK = "number_"  # begins the bookmarks of numbers of captions
_LONGEST_NAME = 40
_SAFE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


def parse(fragment: str) -> list[etree._Element]:
    """The elements of a fragment, ready to be placed in a document."""
    return list(parse_xml(f"<w:body {_NAMESPACES}>{fragment}</w:body>"))


def bookmark_name(anchor: str) -> str:
    """The bookmark of an anchor: itself when Word takes it (a letter first, 40 characters at most), else a digest."""
    if _SAFE_NAME.fullmatch(anchor):
        return anchor
    return "x" + hashlib.sha256(anchor.encode()).hexdigest()[:30]


def number_bookmark(anchor: str) -> str:
    """The bookmark on the number of the caption of an anchor."""
    name = bookmark_name(anchor)
    room = _LONGEST_NAME - len(NUMBER_MARK)
    return NUMBER_MARK + (name if len(name) <= room else bookmark_name(f" {anchor}"))


def signature_bookmark(key: str) -> str:
    """The bookmark on the paragraph where the signer with this key signs."""
    return bookmark_name("signature_" + re.sub(r"[^A-Za-z0-9_]", "_", key))


def figure_bookmark(anchor: str, page: int = 0) -> str:
    """The bookmark in the picture paragraph of a placed letter's page, counted from 0."""
    return bookmark_name(f"figure_{anchor}" + (f"_page_{page}" if page else ""))


# How each kind of piece is marked, before and after the rest of its run properties.
_MARKS = {
    "persian": ("", "<w:rtl/>"),
    "latin": ("", ""),
    "address": ("", ""),
    "number": ("", "<w:cs/>"),
    "sign": ('<w:rStyle w:val="Sign"/>', ""),
}
RTL_RUN = "<w:rPr><w:rtl/></w:rPr>"
_STRONG = "<w:b/><w:bCs/>"


def runs(text: str, properties: str = "", character_style: str = "", direction: Direction = "") -> str:
    """Runs that print the text: Persian right-to-left, Latin, numbers with hyphens and signs as they are read.

    ``properties`` are elements of ``w:rPr`` between the style and ``w:rtl``, in the order of the schema; a
    ``direction`` is one other than that of the page.
    """
    parts = []
    page = tongue().direction
    if direction == "ltr" and page == "rtl":  # what has no direction at its ends stays beside it
        text = "\n".join(f"{LRM}{line}{LRM}" if line else line for line in text.split("\n"))
    for kind, piece in pieces_ltr(text) if (direction or page) == "ltr" else pieces(text):
        before, after = _MARKS[kind]
        if character_style:
            before = f'<w:rStyle w:val="{character_style}"/>'
        parts.append(f"<w:r><w:rPr>{before}{properties}{after}</w:rPr>{_content(directed(kind, piece))}</w:r>")
    return "".join(parts)


def _content(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(signs.get(piece) or _text(piece) for piece in _BREAKS.split(text) if piece)


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def spans(text: Text, properties: str = "") -> str:
    """The runs of a text; spans that lead somewhere become links inside the document, raised ones marks."""
    made, before = [], ""
    for span in text:
        if span.raised:
            made.append(mark(before, span.text))
        elif span.key:
            made.append(runs(span.text, properties, "KeyNumber"))
        elif span.chip:
            made.append(runs(f"\u00a0{span.text}\u00a0", properties, "Chip"))
        else:
            made.append(_span(span, _STRONG + properties if span.strong else properties))
        before = span.text or before
    return "".join(made)


def mark(before: str, number: str) -> str:
    """The mark of a footnote behind a text; a space parts it from digits, which would swallow it."""
    return runs(f"\u00a0{number}" if before[-1:].isdecimal() else number, character_style="FootnoteMark")


def _span(span: Span, properties: str) -> str:
    if span.cited:
        page = field(f"PAGEREF {bookmark_name(span.link)} \\h", PAGE_UNKNOWN)
        return (
            link(span.link, runs(span.text, properties, "InternalLink"))
            + runs(printed_words(_ON_PAGE), properties)
            + page
        )
    if span.link:
        return link(span.link, _reference(span, properties) or runs(span.text, properties, "InternalLink"))
    return runs(span.text, properties, direction=span.direction)


def _reference(span: Span, properties: str) -> str:
    """What leads to a counted caption or a section, its number a field; «» of what leads elsewhere."""
    if span.section and tongue().direction == "ltr":  # in Persian Word would print the number with its dash
        word, space, number = span.text.rpartition(" ")
        counted = field(f"REF {bookmark_name(span.link)} \\n \\h", number, properties, "InternalLink")
        return (runs(word + space, properties, "InternalLink") if word else "") + counted
    found = COUNTED.fullmatch(span.text) if span.counter else None
    if found is None or found[3]:
        return ""
    before = runs(found[1], properties, "InternalLink")
    return before + field(f"REF {number_bookmark(span.link)}", found[2], properties, "InternalLink")


def link(anchor: str, content: str) -> str:
    """A link to an anchor of the same document."""
    return f'<w:hyperlink w:anchor={quoteattr(bookmark_name(anchor))} w:history="1">{content}</w:hyperlink>'


def sized(size: int) -> str:
    """The run properties of a size in half-points; «» for 0, which leaves it to the style."""
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else ""


def paragraph(
    style: str,
    content: str,
    alignment: str = "",
    before: str = "",
    indent: int | None = None,
    spacing: str = "",
    direction: Direction = "",
) -> str:
    """A paragraph in the direction of the page, or in another ``direction``; ``before`` are its properties between the
    style and ``w:bidi``, ``indent`` is the room in twips at its beginning, ``spacing`` the attributes by which lines
    and paragraphs stand otherwise than the style says.
    """
    close = f"<w:spacing {spacing}/>" if spacing else ""
    moved = "" if indent is None else f'<w:ind w:left="{indent}"/>'
    justified = f'<w:jc w:val="{alignment}"/>' if alignment else ""
    turned = bidi(direction)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{turned}{close}{moved}{justified}</w:pPr>{content}</w:p>'


def bidi(direction: Direction = "") -> str:
    """The property of a paragraph that is read from the right; said, too, of one that is not on a page that is."""
    page = tongue().direction
    if (direction or page) == "rtl":
        return "<w:bidi/>"
    return '<w:bidi w:val="0"/>' if page == "rtl" else ""


def end() -> str:
    """The paragraph Word wants behind a table that ends a section: hidden, so that it finds room on a full page."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{bidi()}'
        '<w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>'
    )


def tab() -> str:
    return _quiet("<w:tab/>")


def bidi_visual() -> str:
    """The property of a table whose first column stands at the right."""
    return "<w:bidiVisual/>" if tongue().direction == "rtl" else ""


def field(code: str, shown: str, properties: str = "", character_style: str = "") -> str:
    """A live field with the result that stands there until Word computes it again."""
    instruction = f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>'
    return (
        _mark("begin")
        + _quiet(instruction)
        + _mark("separate")
        + runs(shown, properties, character_style)
        + _mark("end")
    )


def _mark(kind: str) -> str:
    return _quiet(f'<w:fldChar w:fldCharType="{kind}"/>')


def _quiet(content: str) -> str:
    # Within links LibreOffice gives runs without any properties the look of links.
    return f"<w:r>{RTL_RUN if tongue().digits == 'persian' else '<w:rPr/>'}{content}</w:r>"


class Numbers:
    """Counters for what must be unique in a document: bookmarks and drawings."""

    def __init__(self, first: int = 1000) -> None:
        self._bookmarks = count(first)
        self._drawings = count(5000)

    def bookmark(self, name: str, content: str) -> str:
        """The content inside a bookmark with this final name."""
        number = next(self._bookmarks)
        start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'

    def drawing(self) -> int:
        return next(self._drawings)


def picture(relation: str, width: float, height: float, number: int, name: str, description: str, frame: bool) -> str:
    """A run with a picture in the line; sizes in cm. ``frame`` draws a thin line around it."""
    extent, shown = _extent(width, height), _graphic(relation, width, height, number, name, description, frame)
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0">{extent}{shown}</wp:inline></w:drawing></w:r>'
    )


def floating_picture(relation: str, width: float, height: float, number: int, name: str, description: str) -> str:
    """A run with a picture at the left margin, its upper edge at that of its paragraph; text runs round it and other
    floating things keep away. Sizes in cm.
    """
    extent, shown = _extent(width, height), _graphic(relation, width, height, number, name, description, frame=False)
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:drawing>"
        '<wp:anchor distT="0" distB="0" distL="0" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'{extent}<wp:wrapSquare wrapText="bothSides"/>{shown}</wp:anchor></w:drawing></w:r>'
    )


def _extent(width: float, height: float) -> str:
    return f'<wp:extent cx="{round(width * 360000)}" cy="{round(height * 360000)}"/>'


def _graphic(relation: str, width: float, height: float, number: int, name: str, description: str, frame: bool) -> str:
    """What a picture is, whether it stands in the line or floats."""
    across, down = round(width * 360000), round(height * 360000)
    line = '<a:ln w="6350"><a:solidFill><a:srgbClr val="7F7F7F"/></a:solidFill></a:ln>' if frame else ""
    naming = f'id="{number}" name={quoteattr(name)} descr={quoteattr(with_persian_digits(description))}'
    return (
        f'<wp:docPr {naming}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {naming}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{line}</pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
