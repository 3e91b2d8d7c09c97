"""What the pages of a letter after its first say at their head: which letter they continue."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Twips
from lxml import etree

from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.documents.markup import bidi, parse, runs
from assembler.model.packet import TemplateValue

_LINE = Twips(340)  # the height of a line of a header
_AIR = Twips(200)  # between it and the text
_LEAST = Twips(280)  # of the paper's edge no printer reaches
_LOOK = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'


def continue_letter(document: Document, fields: Mapping[str, TemplateValue]) -> None:
    """Lets following pages say which letter they continue, where the letterhead has no header of its own for them and
    room above its text.
    """
    said, section = _said(fields), document.sections[0]
    room = (section.top_margin or Length(0)) - _LINE
    if not said or room < _LEAST or _has_header(section):
        return
    if not section.different_first_page_header_footer:
        section.different_first_page_header_footer = True
        _same_footer(section)
    distance = Length(max(room - _AIR, _LEAST))
    section.header_distance = min(section.header_distance or distance, distance)
    _write(section.header._element, runs(said))
    _write(section.first_page_header._element, "")


def _said(fields: Mapping[str, TemplateValue]) -> str:
    number, date, subject = (str(fields.get(name) or "") for name in ("number", "date", "subject"))
    if number:
        words = "ادامه نامه شماره {number} مورخ {date}" if date else "ادامه نامه شماره {number}"
        return with_persian_digits(printed_words(words, number=number, date=date))
    return printed_words("ادامه نامه «{subject}»", subject=subject) if subject else ""


def _has_header(section: Section) -> bool:
    return not (section.header.is_linked_to_previous and section.first_page_header.is_linked_to_previous)


def _same_footer(section: Section) -> None:
    """The footer of all pages stands on the first one too; pictures in it are those of its own file."""
    if section.footer.is_linked_to_previous or not section.first_page_footer.is_linked_to_previous:
        return
    reference = next(one for one in section._sectPr.iter(qn("w:footerReference")) if one.get(qn("w:type")) == "default")
    same = deepcopy(reference)
    same.set(qn("w:type"), "first")
    reference.addnext(same)


def _write(story: etree._Element, content: str) -> None:
    for child in list(story):
        story.remove(child)
    story.append(parse(f"<w:p><w:pPr>{bidi()}{_LOOK}</w:pPr>{content}</w:p>")[0])
