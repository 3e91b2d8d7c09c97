"""A Word template opened as it is filled: tracked changes accepted, comments gone, each tag in one piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.names import STRAIGHT
from assembler.documents.package import open_checked, story_parts, within
from assembler.documents.tracking import accept, unwrap

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# What stands for a letter between the texts of a paragraph; a tag may run on over it.
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
_UNSEEN = (qn("w:softHyphen"), qn("w:noBreakHyphen"), qn("w:lastRenderedPageBreak"))
_SETTINGS = tuple(
    qn(f"w:{name}") for name in ("trackRevisions", "mailMerge", "documentProtection", "writeProtection", "rsids")
)
# Parts that hold comments and their authors, and programs.
_ASIDE = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people", "vbaProject", "wordVbaData")
NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
# A text box a second time, for older programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SWITCHES = tuple(qn(f"w:{name}") for name in ("bidiVisual", "cantSplit", "tblHeader", "hidden"))
_VALUE = qn("w:val")
_TEXT, _PARAGRAPH, _LOOK = qn("w:t"), qn("w:p"), qn("w:rPr")


def open_as_left(template: Path) -> Document:
    """The template as its author left it, without wrappers nobody sees. Raises AssemblerError as ``open_checked``."""
    document = open_checked(template)
    with within(template):
        for part in story_parts(document):
            unwrap(part.element)
    return document


def open_template(template: Path) -> Document:
    """The template as it is filled. Raises AssemblerError (``template-broken``) when it is no Word document."""
    document = open_as_left(template)
    with within(template):
        accept_changes(document)
        join_tags(document)
    return document


def accept_changes(document: Document) -> None:
    """Accept the tracked changes of a document as its author left it; comments, macros and older shapes go."""
    for part in story_parts(document):
        accept(part.element)
        for older in [one for one in part.element.iter(_FALLBACK) if next(one.iter(_PARAGRAPH), None) is not None]:
            older.getparent().remove(older)
        _mend(part.element)
    for part in document.part.package.iter_parts():
        for key in [key for key, relation in part.rels.items() if relation.reltype.rsplit("/", 1)[-1] in _ASIDE]:
            part.rels.pop(key)
        if isinstance(part, XmlPart):
            _settle_part(part.element)
        elif str(part.partname) in NOTES:
            root = parse_xml(part.blob)
            accept(root)
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _mend(root: etree._Element) -> None:
    """What LibreOffice writes otherwise than the schema has it: switches, properties told twice, a section's place."""
    for switch in root.iter(*_SWITCHES):
        if switch.get(_VALUE) in ("true", "on"):
            del switch.attrib[_VALUE]
    for look in root.iter(_LOOK):
        for child in [child for child in look if child.getprevious() is not None and _repeats(child)]:
            look.remove(child)
    for section in [one for one in root.iter(qn("w:sectPr")) if one.getparent().tag == qn("w:pPr")]:
        section.getparent().append(section)


def _repeats(child: etree._Element) -> bool:
    return bool(child.getprevious().tag == child.tag)


def _settle_part(root: etree._Element) -> None:
    if root.tag in (qn("w:styles"), qn("w:numbering")):
        accept(root)
    if root.tag == qn("w:settings"):
        for switch in list(root.iterchildren(*_SETTINGS)):
            root.remove(switch)


def own_texts(paragraph: etree._Element) -> list[etree._Element]:
    """The elements that are the text of the paragraph itself, without that of text boxes anchored in it."""
    return [
        one
        for one in paragraph.iter(_TEXT, *_SIGNS)
        if next((each for each in one.iterancestors() if each.tag == _PARAGRAPH), None) is paragraph
        and one.getparent().tag == qn("w:r")
    ]


def note_text(blob: bytes) -> str:
    """The text of a part with footnotes, paragraph by paragraph."""
    paragraphs = parse_xml(blob).iter(_PARAGRAPH)
    return "\n".join("".join(one.text or "" for one in each.iter(_TEXT)) for each in paragraphs)


def letters(one: etree._Element) -> str:
    return _SIGNS.get(one.tag) or one.text or ""


def text_of(paragraph: etree._Element) -> str:
    return "".join(map(letters, own_texts(paragraph)))


def join_tags(document: Document) -> None:
    """Make each tag one piece of text, whatever cuts it: spelling, bookmarks, links, pieces of another look."""
    for part in story_parts(document):
        for paragraph in part.element.iter(_PARAGRAPH):
            _join_tags(paragraph)


def _join_tags(paragraph: etree._Element) -> None:
    """Give each tag that lies in several pieces to the first of them, and straight quotes to all."""
    pieces = own_texts(paragraph)
    text = "".join(map(letters, pieces))
    if "{" not in text:
        return
    owners = [number for number, one in enumerate(pieces) for _ in letters(one)]
    written = list(text)
    for found in TAG.finditer(text):
        first = next((number for number in owners[found.start() :] if pieces[number].tag == _TEXT), None)
        written[found.start() : found.end()] = re.sub(r"[\n\t]", " ", found.group()).translate(STRAIGHT)
        if first is not None:
            owners[found.start() : found.end()] = [first] * len(found.group())
    for number, one in enumerate(pieces):
        _rewrite(one, "".join(letter for letter, owner in zip(written, owners, strict=True) if owner == number))
    for run in _runs_of(paragraph):
        _drop_when_bare(run)


def _rewrite(one: etree._Element, text: str) -> None:
    if text == letters(one):
        return
    if one.tag != _TEXT or not text:
        one.getparent().remove(one)
        return
    one.text = text
    one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _runs_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    return iter([run for run in paragraph.iter(qn("w:r")) if next(run.iterancestors(_PARAGRAPH)) is paragraph])


def _drop_when_bare(run: etree._Element) -> None:
    if all(child.tag in (_LOOK, *_UNSEEN) for child in run):
        run.getparent().remove(run)
