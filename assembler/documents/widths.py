"""How wide the tables of a template are, and how much room the text of their pages leaves them."""

from __future__ import annotations

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree

_TWIPS_PER_CM = 1440 / 2.54
_TOLERANCE = 340  # twips: tables commonly stand out of the text by the margins of their cells
_DRAWN = ("w:headerReference", "w:footerReference")


def excess_of(table: etree._Element, part: XmlPart, document: Document) -> tuple[float, float] | None:
    """Width of a table and of the text of its page in cm, where the table is the wider one; None where it fits."""
    rooms = [
        _room(section) for section in document.element.body.iter(qn("w:sectPr")) if _shows(section, part, document)
    ]
    wide = _width(table)
    if not rooms or wide <= max(rooms) + _TOLERANCE:
        return None
    return round(wide / _TWIPS_PER_CM, 1), round(max(rooms) / _TWIPS_PER_CM, 1)


def _shows(section: etree._Element, part: XmlPart, document: Document) -> bool:
    """Whether pages of the section show the part; which section a table of the body stands in is not looked at."""
    if part is document.part:
        return True
    keys = [one.get(qn("r:id")) for name in _DRAWN for one in section.iterchildren(qn(name))]
    return any(document.part.rels[key].target_part is part for key in keys if key in document.part.rels)


def _room(section: etree._Element) -> int:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return 0
    taken = sum(abs(_twips(margins, name)) for name in ("left", "right", "gutter"))
    return _twips(size, "w") - taken


def _width(table: etree._Element) -> int:
    told = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if told is not None and told.get(qn("w:type")) == "dxa":
        return _twips(told, "w")
    if told is not None and told.get(qn("w:type")) == "pct":
        return 0
    return sum(_twips(column, "w") for column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))


def _twips(element: etree._Element, name: str) -> int:
    try:
        return int(float(element.get(qn(f"w:{name}"), "0")))
    except ValueError:
        return 0
