"""What of a template is not the document itself: what it would fetch, run or carry. Nothing of it goes into our files.

A list says which parts a document may lead to: all that Word and LibreOffice write for text, pictures and charts.
Others, such as programs, embedded files and controls, are left out with what shows them, whatever they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.part import Part, XmlPart
from docx.opc.rel import _Relationship
from docx.oxml.ns import qn
from lxml import etree

# The last words of the types of relationships.
_OWN = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail"),
        *("styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "numbering", "theme", "themeOverride"),
        *("header", "footer", "footnotes", "endnotes", "image", "hyperlink", "font", "customXml", "customXmlProps"),
        *(
            "comments",
            "commentsExtended",
            "commentsIds",
            "commentsExtensible",
            "people",
        ),  # each told and left out by itself
        *("chart", "chartEx", "chartColorStyle", "chartStyle", "chartUserShapes"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
        *("bibliography", "keyMapCustomizations", "glossaryDocument"),
    )
)
_OF_CHARTS = "package"  # the numbers behind a chart, as a workbook
_PROGRAMS = ("vbaProject", "wordVbaData")
_READS_FILES = re.compile(r"^\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|RD|DATABASE)\b", re.I)
_POINTERS = tuple(qn(name) for name in ("r:link", "r:embed", "r:id", "r:href", "r:pict"))
_HOLDERS = tuple(
    qn(name) for name in ("w:drawing", "w:pict", "w:object", "w:altChunk", "w:attachedTemplate", "w:control")
)
# Attributes of older drawings that name a file themselves.
_SOURCES = (
    "src",
    "althref",
    "{urn:schemas-microsoft-com:office:office}href",
    "{urn:schemas-microsoft-com:office:office}althref",
)
_VML = "{urn:schemas-microsoft-com:vml}"
_SHOWN = 80


def fetched(document: Document) -> Iterator[str]:
    """What a document would fetch when it is opened: addresses and fields that read files; links to click are not."""
    for part in document.part.package.iter_parts():
        yield from (one.target_ref for one in part.rels.values() if _is_fetched(one))
        if isinstance(part, XmlPart):
            yield from (element.attrib[name] for element, name in _sources(part.element))
            yield from (code.strip()[:_SHOWN] for code in _reading_codes(part.element))


def elsewhere(document: Document) -> tuple[str, ...]:
    """Where headers and footers lie that are no part of the document."""
    rels = document.part.rels.values()
    return tuple(one.target_ref for one in rels if one.is_external and _kind(one) in ("header", "footer"))


def carried(document: Document) -> Iterator[str]:
    """What a document carries that is none of its text, pictures and charts, by its name; programs are told apart."""
    for part in document.part.package.iter_parts():
        for one in part.rels.values():
            if not one.is_external and not _is_own(part, one) and _kind(one) not in _PROGRAMS:
                yield str(one.target_part.partname).rsplit("/", 1)[-1]


def drop_outside(document: Document) -> None:
    """Takes out all that ``fetched`` and ``carried`` tell, and programs; links to click stay."""
    for part in list(document.part.package.iter_parts()):
        lost = [key for key, one in part.rels.items() if _is_fetched(one) or not _is_own(part, one)]
        if isinstance(part, XmlPart):
            if lost:
                _drop_pointers(part.element, set(lost))
            for element, name in list(_sources(part.element)):
                del element.attrib[name]
            _silence_fields(part.element)
        for key in lost:
            part.rels.pop(key)


def _kind(relation: _Relationship) -> str:
    return str(relation.reltype).rsplit("/", 1)[-1]


def _is_fetched(relation: _Relationship) -> bool:
    return bool(relation.is_external) and relation.reltype != RELATION.HYPERLINK


def _is_own(part: Part, relation: _Relationship) -> bool:
    kind = _kind(relation)
    return kind in _OWN or (kind == _OF_CHARTS and "/charts/" in str(part.partname))


def _sources(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(f"{_VML}*"):
        yield from ((element, name) for name in _SOURCES if name in element.attrib)


def _drop_pointers(root: etree._Element, keys: set[str]) -> None:
    pointing = [
        element
        for element in root.iter(etree.Element)
        if any(element.get(name) in keys for name in _POINTERS if element.get(name))
    ]
    for element in pointing:
        holder = next((one for one in (element, *element.iterancestors()) if one.tag in _HOLDERS), element)
        parent = holder.getparent()
        if parent is not None:
            parent.remove(holder)


def _reading_codes(root: etree._Element) -> Iterator[str]:
    """The codes of fields that read other files."""
    told = ("".join(code.text or "" for code in codes) for codes in _field_codes(root))
    simple = (one.get(qn("w:instr")) or "" for one in root.iter(qn("w:fldSimple")))
    yield from (code for code in (*told, *simple) if _READS_FILES.search(code))


def _silence_fields(root: etree._Element) -> None:
    """Fields that read other files become harmless quotations of nothing."""
    for codes in _field_codes(root):
        if _READS_FILES.search("".join(code.text or "" for code in codes)):
            codes[0].text = ' QUOTE "" '
            for code in codes[1:]:
                code.text = ""
    for simple in root.iter(qn("w:fldSimple")):
        if _READS_FILES.search(simple.get(qn("w:instr")) or ""):
            simple.set(qn("w:instr"), ' QUOTE "" ')


def _field_codes(root: etree._Element) -> list[list[etree._Element]]:
    """The texts of field codes, those of one field together: a code may be cut into several runs."""
    fields: list[list[etree._Element]] = []
    fresh = True
    for element in root.iter(qn("w:instrText"), qn("w:fldChar")):
        if element.tag == qn("w:fldChar"):
            fresh = True
        elif fresh:
            fields.append([element])
            fresh = False
        else:
            fields[-1].append(element)
    return fields
