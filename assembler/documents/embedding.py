"""Fonts inside a Word file, so that it looks the same where they are not installed.

A file that carries a stand-in names it: where text asks for a font by another name, programs differ in whether they
look among those the file carries. The name it had stays as the other name of the font.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from assembler.documents.looks import DRAWING, theme_of
from assembler.documents.markup import parse
from assembler.documents.opening import NOTES

_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_EMBEDDED = qn("w:embed")  # begins the names of what says which file a font has
_HIDDEN = 32  # bytes at the beginning of a font that the key changes
_NAMES = tuple(qn(f"w:{name}") for name in ("ascii", "hAnsi", "cs", "eastAsia"))
_BEFORE_SWITCH = tuple(
    qn(f"w:{name}")
    for name in (
        *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
        *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
        *("printFractionalCharacterWidth", "printFormsData"),
    )
)


@dataclass(frozen=True)
class Carried:
    """A font file to be carried: the family text asks for, the one the file holds, and whether it is its bold one."""

    family: str
    used: str
    bold: bool
    file: Path


def embed_fonts(document: Document, fonts: Sequence[Carried]) -> None:
    """Puts the fonts into the document that it names and does not carry yet."""
    table = _font_table(document)
    root = parse_xml(table.blob)
    named = {one.get(qn("w:name"), ""): one for one in root}
    full = {
        name for name, one in named.items() if any(etree.QName(child).localname.startswith("embed") for child in one)
    }
    used = _families(document) | named.keys()
    wanted = [one for one in fonts if one.family in used and one.family not in full]
    if not wanted:
        return
    _rename(document, {one.family: one.used for one in wanted})
    for one in wanted:
        entry = _entry(root, one)
        kind = "embedBold" if one.bold else "embedRegular"
        key = "{" + str(uuid.UUID(bytes=hashlib.sha256(one.file.read_bytes()).digest()[:16])).upper() + "}"
        relation = table.relate_to(_part(document, one.file.read_bytes(), key), _FONT)
        entry.extend(parse(f'<w:{kind} r:id="{relation}" w:fontKey="{key}"/>'))
    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    _switch_on(document.settings.element)


def obfuscated(font: bytes, key: str) -> bytes:
    """The bytes of a font as Word keeps them, changed at the beginning by a key; done twice they are the font again."""
    turned = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(one ^ turned[at % len(turned)] for at, one in enumerate(font[:_HIDDEN]))
    return head + font[_HIDDEN:]


def _part(document: Document, font: bytes, key: str) -> Part:
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    name = next(one for at in range(1, len(taken) + 2) if (one := f"/word/fonts/font{at}.odttf") not in taken)
    return Part(PackURI(name), _OBFUSCATED, obfuscated(font, key), package)


def _font_table(document: Document) -> Part:
    rels = document.part.rels.values()
    found = next((one.target_part for one in rels if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE), None)
    if isinstance(found, Part):
        return found
    blank = f'<w:fonts xmlns:w="{nsmap["w"]}" xmlns:r="{nsmap["r"]}"/>'.encode()
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blank, document.part.package)
    document.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    return table


def _entry(root: etree._Element, font: Carried) -> etree._Element:
    """The entry of the font in the list of fonts: that of the family text asked for, by its own name."""
    known = {one.get(qn("w:name")): one for one in root}
    entry = known.get(font.used)
    if entry is None:
        entry = known.get(font.family)
    if entry is None:
        (entry,) = parse(f'<w:font w:name={quoteattr(font.used)}><w:charset w:val="B2"/></w:font>')
        root.append(entry)
    if font.used != font.family and entry.get(qn("w:name")) != font.used:
        entry.set(qn("w:name"), font.used)
        for told in entry.findall(qn("w:altName")):
            entry.remove(told)
        entry.insert(0, parse(f"<w:altName w:val={quoteattr(font.family)}/>")[0])
    return entry


def _roots(document: Document) -> Iterator[etree._Element]:
    """The markup of all parts that name fonts; that of footnotes is put back when it was gone through."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield part.element
        elif str(part.partname) in NOTES:
            root = parse_xml(part.blob)
            yield root
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _families(document: Document) -> set[str]:
    told = (fonts for root in _roots(document) for fonts in root.iter(qn("w:rFonts")))
    named = {fonts.get(name, "") for fonts in told for name in _NAMES}
    return named | {font.get("typeface", "") for font in _themed(document)}


def _themed(document: Document) -> Iterator[etree._Element]:
    """The fonts of the theme, which styles may ask for by their part in it; they are put back as ``_roots`` does."""
    root = theme_of(document)
    if root is None:
        return
    yield from root.iter(*(f"{DRAWING}{name}" for name in ("latin", "cs", "font")))
    part = document.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _rename(document: Document, names: Mapping[str, str]) -> None:
    for root in _roots(document):
        for fonts in root.iter(qn("w:rFonts")):
            for name in _NAMES:
                if (told := fonts.get(name)) in names:
                    fonts.set(name, names[told])
    for font in _themed(document):
        if (told := font.get("typeface")) in names:
            font.set("typeface", names[told])


def _switch_on(settings: etree._Element) -> None:
    """Says that the file carries fonts; Word keeps them, then, when the file is saved."""
    if settings.find(qn("w:embedTrueTypeFonts")) is not None:
        return
    before = [one for one in settings if one.tag in _BEFORE_SWITCH]
    switch = parse("<w:embedTrueTypeFonts/>")[0]
    if before:
        before[-1].addnext(switch)
    else:
        settings.insert(0, switch)
