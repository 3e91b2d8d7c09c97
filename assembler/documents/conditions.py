"""What the style of tables draws by itself: the header, the closing row, the column of labels.

Word and LibreOffice give what the style says of a first row to all rows of a header that repeats. Where a row and a
column cross, programs differ in which of them wins: such cells have their look themselves. Converters differ in what
they make of such conditions, so that in the copy that is printed all cells have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, TypeAlias

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.documents.looks import Looks
from assembler.documents.markup import parse
from assembler.documents.rows import Row, closes
from assembler.documents.styles import TableLook, conditions_of_tables, identifiers, table_look

Condition: TypeAlias = Literal["head", "footer", "label"]
_BITS: dict[Condition, tuple[int, str]] = {
    "head": (0x20, "firstRow"),
    "footer": (0x40, "lastRow"),
    "label": (0x80, "firstColumn"),
}
_NO_BANDS = 0x600
_TEXTS = {"head": "TableHead", "footer": "TableFooter", "label": "TableLabel"}
_BOLD = (qn("w:b"), qn("w:bCs"))


@dataclass(frozen=True)
class Drawn:
    """Which conditions of its style a table has, how many rows, and how many of these are its header."""

    conditions: frozenset[Condition]
    rows: int
    heads: int

    def by(self, row: int, column: int) -> list[Condition]:
        """The conditions that draw a cell in a row and a column, both counted from 0."""
        told: list[tuple[Condition, bool]] = [
            ("head", row < self.heads), ("footer", row == self.rows - 1), ("label", column == 0),
        ]  # fmt: skip
        return [name for name, lies in told if lies and name in self.conditions]

    def look(self) -> str:
        """The property of the table that says so."""
        bits = _NO_BANDS | sum(_BITS[name][0] for name in self.conditions)
        first, last, column = (int(name in self.conditions) for name in ("head", "footer", "label"))
        return (
            f'<w:tblLook w:val="{bits:04X}" w:firstRow="{first}" w:lastRow="{last}" w:firstColumn="{column}"'
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )


def drawn_by_style(head: Sequence[Row], body: Sequence[Row], look: TableLook, *, notes: bool) -> Drawn:
    """What the style draws of a table: header rows all of headers, a last one that is the only closing row, and a first
    column of nothing but labels. ``notes`` stand in a row behind the last, which is neither.
    """
    found = set[Condition]()
    if head and all(one.cell.kind == "head" for row in head for one in row):
        found.add("head")
    closing = [number for number, row in enumerate(body, 1) if closes(row)]
    whole = bool(body) and all(one.cell.kind == "footer" and not one.below for one in body[-1])
    if whole and closing == [len(body)] and not notes and len(head) + len(body) > 1:
        found.add("footer")
    kinds = {row[0].cell.kind for row in body if row}
    if "label" in kinds and not notes and all(look.shades.get(kind) for kind in kinds):
        found.add("label")
    return Drawn(frozenset(found & look.styled), len(head) + len(body) + int(notes), len(head))


# ---------------------------------------------------------------- in a document


def settle_bold(document: Document) -> None:
    """Takes bold out of the conditions of the style where the text of such cells is bold by its own style: to Word
    twice bold is not bold. A template that sets tables of its own in the style keeps it.
    """
    known = identifiers(document)
    style = known.get("ReportTable")
    used = {told.get(qn("w:val")) for told in document.element.iter(qn("w:tblStyle"))}
    looks = Looks(document)
    conditions = conditions_of_tables(document, known) if style not in used else {}
    for kind, text in _TEXTS.items():
        properties = conditions[kind].find(qn("w:rPr")) if kind in conditions else None
        if properties is not None and looks.is_bold(known.get(text, "")):
            for told in [one for one in properties if one.tag in _BOLD]:
                properties.remove(told)


def draw_conditions(document: Document) -> None:
    """Gives the cells of all tables what the style of tables says of them."""
    look, style = table_look(document), identifiers(document).get("ReportTable")
    for told in document.element.body.iter(qn("w:tblLook")):
        table, own = told.getparent().getparent(), told.getparent().find(qn("w:tblStyle"))
        if own is not None and own.get(qn("w:val")) == style:
            _draw_table(table, told, look)


def _draw_table(table: etree._Element, told: etree._Element, look: TableLook) -> None:
    bits = int(told.get(qn("w:val"), "0"), 16)
    rows = list(table.iterchildren(qn("w:tr")))
    drawn = Drawn(frozenset(name for name, (bit, _) in _BITS.items() if bits & bit), len(rows), _heads(rows))
    for row, column, cell in _cells(rows) if drawn.conditions else ():
        for name in drawn.by(row, column):
            _draw(cell, look.rules.get(name, ""), look.shades.get(name, ""))
    for name, (bit, attribute) in _BITS.items():
        if name in drawn.conditions:
            bits -= bit
            told.set(qn(f"w:{attribute}"), "0")
    told.set(qn("w:val"), f"{bits:04X}")


def _heads(rows: Sequence[etree._Element]) -> int:
    """How many rows repeat at the head of each page; a table without such has one that does not."""
    repeats = (row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows)
    return max(1, sum(1 for _ in takewhile(bool, repeats)))


def _cells(rows: Sequence[etree._Element]) -> Iterator[tuple[int, int, etree._Element]]:
    for row, element in enumerate(rows):
        for column, cell in enumerate(element.iterchildren(qn("w:tc"))):
            yield row, column, cell


def _draw(cell: etree._Element, rule: str, shade: str) -> None:
    """Adds what the cell does not say itself; borders stand before shades."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return
    own = properties.find(qn("w:shd"))
    if rule and properties.find(qn("w:tcBorders")) is None:
        (border,) = parse(rule)
        properties.append(border) if own is None else own.addprevious(border)
    if shade and own is None:
        properties.extend(deepcopy(one) for one in parse(shade))
