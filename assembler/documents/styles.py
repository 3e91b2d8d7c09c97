"""How the styles a template must carry are found in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.style_names import CHARACTER_STYLES, PAGE_NUMBER_STYLE, PARAGRAPH_STYLES, TABLE_STYLES

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
