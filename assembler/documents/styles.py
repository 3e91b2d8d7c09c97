"""The names of the styles a template must carry, and how they are found in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree


class Style(NamedTuple):
    """A style by its name in Word, and what is set in it."""

    name: str
    doc: str


# Our identifier of a style; a template may know the name under another identifier.
PARAGRAPH_STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "Heading1": Style("heading 1", "The title of a section."),
        "Heading2": Style("heading 2", "The title of a section in a section."),
        "Heading3": Style("heading 3", "The title of a section two levels down."),
        "Heading4": Style("heading 4", "The title of a section three levels down, and deeper."),
        "Subheading": Style("Subheading", "A heading without a number, not in the contents."),
        "BodyText": Style("Body Text", "Paragraphs."),
        "Note": Style("Note", "Notes below a table or chart."),
        "Restored": Style("Restored", "Remarks on what was restored."),
        "List1": Style("List 1", "Entries of a list."),
        "List2": Style("List 2", "Entries of a list in a list."),
        "List3": Style("List 3", "Entries of a list two levels down."),
        "List4": Style("List 4", "Entries of a list three levels down."),
        "Caption": Style("caption", "Captions of tables, figures and charts."),
        "Figure": Style("Figure", "The paragraph a picture stands in."),
        "PlacedLetter": Style("Placed Letter", "The paragraph the page of a letter stands in."),
        "TableText": Style("Table Text", "Cells with text."),
        "TableNumber": Style("Table Number", "Cells with numbers and dates."),
        "TableHead": Style("Table Head", "Cells of the header rows."),
        "TableGroup": Style("Table Group", "Cells of band rows."),
        "TableFooter": Style("Table Footer", "Cells of closing rows."),
        "TableNote": Style("Table Note", "Footnotes of a table."),
        "AfterTable": Style("After Table", "The space behind a table."),
        "ContentsTitle": Style("Contents Title", "The title over the contents."),
        "TOC1": Style("toc 1", "Sections in the contents."),
        "TOC2": Style("toc 2", "Sections of the second level in the contents."),
        "TOC3": Style("toc 3", "Sections of the third level in the contents."),
        "TOC4": Style("toc 4", "Sections of the fourth level in the contents."),
        "SectionEnd": Style("Section End", "The paragraph that ends a part of the document; it takes no room."),
    }
)
CHARACTER_STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "InternalLink": Style("Internal Link", "References to sections, tables and figures."),
        "FootnoteMark": Style("Footnote Mark", "The number of a footnote."),
        "Sign": Style("Sign", "Ticks and boxes, which Persian fonts lack."),
    }
)
TABLE_STYLES: Mapping[str, Style] = MappingProxyType(
    {"ReportTable": Style("Report Table", "Borders of tables; the shades of its first, last and band rows.")}
)
PAGE_NUMBER_STYLE = Style("Page Number Line", "The page number at the foot of each page.")
_ALL = {key: style.name for key, style in {**PARAGRAPH_STYLES, **CHARACTER_STYLES, **TABLE_STYLES}.items()}
_REFERENCE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]*)"')
# The shades of rows live in the table style: its first row, last row and first band.
_SHADES = {"head": "firstRow", "footer": "lastRow", "group": "band1Horz"}


def required_styles() -> tuple[str, ...]:
    """The names of all styles a template with a body must hold."""
    return (*_ALL.values(), PAGE_NUMBER_STYLE.name)


def identifiers(document: Document) -> dict[str, str]:
    """The identifiers of the document's styles by lower-case name."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[name.get(qn("w:val"), "").lower()] = style.get(qn("w:styleId"), "")
    return found


def missing_styles(document: Document, names: Iterable[str]) -> list[str]:
    """Those of the names that the document has no style for."""
    known: Collection[str] = identifiers(document).keys()
    return [name for name in names if name.lower() not in known]


def substitutes(document: Document) -> dict[str, str]:
    """The document's own identifiers of our styles, where they differ from ours."""
    known = identifiers(document)
    return {ours: known[name.lower()] for ours, name in _ALL.items() if known.get(name.lower(), ours) != ours}


def rename(markup: str, substitute: Mapping[str, str]) -> str:
    """The markup with the identifiers of styles exchanged; its texts hold no ``<``, so they stay as they are."""
    if not substitute:
        return markup
    return _REFERENCE.sub(lambda found: found[1] + substitute.get(found[2], found[2]) + '"', markup)


def table_shades(document: Document) -> dict[str, str]:
    """The shade of head, footer and group cells as the template's table style sets it, as markup for ``w:tcPr``."""
    identifier = identifiers(document).get(TABLE_STYLES["ReportTable"].name.lower(), "")
    result = {}
    for style in document.styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) != identifier:
            continue
        for kind, condition in _SHADES.items():
            result[kind] = _shade(style, condition)
    return result


def _shade(style: etree._Element, condition: str) -> str:
    for part in style.iter(qn("w:tblStylePr")):
        shade = part.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
        if part.get(qn("w:type")) == condition and shade is not None:
            fill, colour, kind = (shade.get(qn(f"w:{name}"), "auto") for name in ("fill", "color", "val"))
            return f'<w:shd w:val="{kind}" w:color="{colour}" w:fill="{fill}"/>'
    return ""


def style_named(element: etree._Element, identifier: str) -> bool:
    """Whether the paragraph has the style with this identifier."""
    reference = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return reference is not None and reference.get(qn("w:val")) == identifier
