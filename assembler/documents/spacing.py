"""How close the lines of a letter stand, and what of it stays on one page."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

# By degrees: what is left of the lines' height, and of the room between paragraphs.
_LEFT = {1: (0.93, 0.5), 2: (0.87, 0.2), 3: (0.8, 0.1)}
DEGREES = tuple(_LEFT)
_SINGLE = 240  # a line that stands by itself; closer ones touch
_KEPT = 6  # paragraphs behind the signature that stay with it: names, «رونوشت» and its first lines


def set_closer(document: Document, degree: int) -> None:
    """Sets lines and paragraphs closer than the template has them; nothing of the signature's own room is taken."""
    if degree == 0:
        return
    line, between = _LEFT[degree]
    for spacing in (*document.styles.element.iter(qn("w:spacing")), *document.element.body.iter(qn("w:spacing"))):
        if spacing.getparent().tag != qn("w:pPr"):
            continue  # that of letters within a line
        for name in ("before", "after"):
            _scale(spacing, name, between)
        if spacing.get(qn("w:lineRule"), "auto") == "auto":
            _scale(spacing, "line", line, _SINGLE)


def _scale(spacing: etree._Element, name: str, factor: float, least: int = 0) -> None:
    value = spacing.get(qn(f"w:{name}"), "")
    if value.isdigit() and int(value) > least:
        spacing.set(qn(f"w:{name}"), str(max(least, round(int(value) * factor))))


def keep_together(signature: etree._Element, document: Document) -> None:
    """Who signs and the first of those who get copies never stand on a page without the signature."""
    following = list(_paragraphs_after(signature))[:_KEPT]
    for paragraph in following[:-1]:
        Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def _paragraphs_after(element: etree._Element) -> Iterator[etree._Element]:
    return (each for each in element.itersiblings(qn("w:p")) if "".join(each.itertext()).strip())
