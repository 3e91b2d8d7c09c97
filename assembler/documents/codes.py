"""The QR code of a letter's document ID: where the template keeps a place for it, else below the number at the left."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import segno
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from assembler.base.tongue import printed_words
from assembler.documents import markup
from assembler.documents.package import story_parts
from assembler.model.packet import DocumentId, TemplateValue

SIZE = 2.0  # cm, the quiet zone of four squares on each side included
_DRAWING = 4999  # the pictures of the body count from 5000
_NAME = "document-id"
_DESCRIPTION = "شناسه سند نامه شماره {number}"
_DATA = ("number", "date", "attachment")  # the fields that stand at the top left of a letter
_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def stamp(document: Document, mark: str, code: DocumentId | None, fields: Mapping[str, TemplateValue]) -> None:
    """Set the code of a letter in the paragraph that ``mark`` keeps for it; where a template keeps none, it stands at
    the left margin below the number and the date, and the lines beside it run round it.
    """
    if code is None:
        return
    data, description = picture(code.content), printed_words(_DESCRIPTION, number=code.number)
    holders = list(_holders(document, mark))
    if not holders:
        relation = _embedded(document, document.part, data)
        shown = markup.floating_picture(relation, SIZE, SIZE, _DRAWING, _NAME, description)
        _below_the_data(
            document.element.body, fields, markup.parse(f"<w:p><w:pPr>{markup.bidi()}{_LINE}</w:pPr>{shown}</w:p>")[0]
        )
        return
    for number, (part, paragraph) in enumerate(holders):
        for child in [one for one in paragraph if one.tag != qn("w:pPr")]:
            paragraph.remove(child)
        relation = _embedded(document, part, data)
        shown = markup.picture(relation, SIZE, SIZE, _DRAWING - number, _NAME, description, frame=False)
        paragraph.extend(markup.parse(f"<w:p>{shown}</w:p>")[0])
        Paragraph(paragraph, part).paragraph_format.line_spacing = 1.0


def picture(content: str) -> bytes:
    """The code as a PNG file, the same bytes every time; damage to a seventh of it can be made good."""
    out = io.BytesIO()
    segno.make_qr(content, error="m", encoding="utf-8").save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def _embedded(document: Document, part: XmlPart, data: bytes) -> str:
    """The relation by which a part of the file shows the picture; filled headers know no pictures of their own."""
    relation: str = part.relate_to(document.part.package.get_or_add_image_part(io.BytesIO(data)), RELATION.IMAGE)
    return relation


def _holders(document: Document, mark: str) -> Iterator[tuple[XmlPart, etree._Element]]:
    """The paragraphs kept for the code, with the part of the file each stands in."""
    for part in story_parts(document):
        for paragraph in list(part.element.iter(qn("w:p"))):
            own = (text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is paragraph)
            if mark in "".join(text.text or "" for text in own):
                yield part, paragraph


def _below_the_data(body: etree._Element, fields: Mapping[str, TemplateValue], fresh: etree._Element) -> None:
    """Put a paragraph behind the number, date and attachments where they stand in the text; first of all elsewhere."""
    values = [str(value) for name in _DATA if (value := fields.get(name))]
    children = [child for child in body if child.tag in (qn("w:p"), qn("w:tbl"))]
    bearing = [any(value in _text(child) for value in values) for child in children]
    first = bearing.index(True) if True in bearing else -1
    last = next((place for place in range(first + 1, len(children)) if not bearing[place]), len(children))
    if first < 0:
        body.insert(0, fresh)
    else:
        children[last - 1].addnext(fresh)


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
