"""What the style of tables draws by itself: the shade and the rule of a header of one row.

Converters differ in what they make of such conditions, so that in the copy that is printed the cells have it.
"""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.markup import parse
from assembler.documents.styles import identifiers, table_look
from assembler.model.packet import GridBlock

_PLAIN, _HEADED = ("0600", "0"), ("0620", "1")  # the same, as bits and as a switch


def is_headed(grid: GridBlock) -> bool:
    """Whether the first row is the whole header: what the style says of it then holds for all of it."""
    return len(grid.head) == 1 and all(cell.kind == "head" for cell in grid.head[0])


def condition(*, headed: bool) -> str:
    """Which conditions of its style a table has: that of the first row, or none."""
    bits, first = _HEADED if headed else _PLAIN
    return (
        f'<w:tblLook w:val="{bits}" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
    )


def draw_heads(document: Document) -> None:
    """Gives the cells of headers what the style of tables says of them."""
    look, style = table_look(document), identifiers(document).get("ReportTable")
    drawn = parse(look.rules.get("head", "") + look.shades.get("head", ""))
    for told in document.element.body.iter(qn("w:tblLook")):
        table, own = told.getparent().getparent(), told.getparent().find(qn("w:tblStyle"))
        row = table.find(qn("w:tr"))
        is_ours = own is not None and own.get(qn("w:val")) == style and told.get(qn("w:val")) == _HEADED[0]
        if is_ours and row is not None and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            told.set(qn("w:val"), _PLAIN[0])
            told.set(qn("w:firstRow"), _PLAIN[1])
            for cell in row.iterchildren(qn("w:tc")):
                _draw(cell, drawn)


def _draw(cell: etree._Element, drawn: list[etree._Element]) -> None:
    properties = cell.find(qn("w:tcPr"))
    if properties is not None and properties.find(qn("w:shd")) is None:
        properties.extend(deepcopy(one) for one in drawn)
