"""What the kinds of cells look like: ink, frame, letters, the form of numbers; and those with findings."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from assembler.base.catalogue.entries import Severity
from assembler.base.excel import FONT
from assembler.base.tongue import tongue
from assembler.collect.workbook.plans import Kind
from assembler.model.fields import Direction
from assembler.model.specs import Field
from assembler.model.types import NUMBERS, WHOLES

_LINE = Side(style="thin", color="FFA6A6A6")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
INK = {
    "title": "FFD9E2EF",
    "section": "FFE7E6E6",
    "head": "FFD9D9D9",
    "footer": "FFE7E6E6",
    "band": "FFF7F3E3",
    "label": "FFF2F2F2",
    "printed": "FFF2F2F2",
    "computed": "FFEDEDED",
    "answer": "FFFFFBE0",
    "locked": "FFD9D9D9",
    "closed": "FFBFBFBF",
}
CLOSED_INK, CLOSED_LETTERS = "FFD9D9D9", "FF7F7F7F"  # of what is not asked for
FOUND_INK = {Severity.ERROR: "FFF8C9C4", Severity.WARNING: "FFFFD8A8", Severity.INFORMATION: "FFD6E8F7"}
_BOLD = ("title", "section", "head", "footer", "band")
OPEN = ("answer", "band")
READ = ("title", "section", "head", "label", "legal", "hint", "note")  # what nobody writes and no formula looks at
_CENTRED = (*NUMBERS, "date")
_PERSIAN = "[$-3000429]"  # Persian digits
_SIZES = {"title": 15, "section": 13, "legal": 11, "hint": 10, "note": 11}


class Styles:
    """The look of each kind of cell, made once: a sheet has thousands of cells and a handful of looks."""

    def __init__(self, book: Workbook) -> None:
        self._scratch: Any = book.create_sheet("-")
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}

    def of(self, kind: Kind, field: Field | None, ticked: bool, severity: Severity | None) -> Any:
        sort = field.type if field else ""
        plain = field is not None and field.is_plain
        direction = field.direction if field and kind in ("label", "head") else field.answer_direction if field else ""
        key = (kind, sort, plain, ticked, severity, direction)
        if key not in self._made:
            cell = self._scratch.cell(1, 1)
            self._dress(cell, kind, sort, plain, ticked, direction)
            if severity is not None:
                cell.fill = PatternFill("solid", fgColor=FOUND_INK[severity])
            self._made[key] = copy(cell._style)
        return self._made[key]

    def _dress(self, cell: Any, kind: Kind, sort: str, plain: bool, ticked: bool, direction: Direction) -> None:
        grey = "FF595959" if kind in ("hint", "legal", "locked") else "FF000000"
        cell.font = Font(name=FONT, size=_SIZES.get(kind, 12), bold=kind in _BOLD, color=grey)
        cell.border = Border() if kind in ("legal", "note") else GRID
        centred = kind in ("title", "head") or ticked or (sort in _CENTRED and kind in (*OPEN, "computed", "printed"))
        turned = tongue().direction == "rtl"
        side = "center" if centred or kind == "footer" else "right" if turned else "left"
        upright = "top" if kind in ("hint", "legal", "note") else "center"
        order = 1 if (direction or tongue().direction) == "ltr" else 2
        cell.alignment = Alignment(horizontal=side, vertical=upright, wrap_text=True, readingOrder=order)
        cell.fill = PatternFill("solid", fgColor=INK[kind]) if kind in INK else PatternFill()
        cell.protection = Protection(locked=kind not in OPEN)
        cell.number_format = _number_format(kind, sort, plain)

    def done(self) -> None:
        if "-" in self._book.sheetnames:
            self._book.remove(self._scratch)


def _number_format(kind: Kind, sort: str, plain: bool) -> str:
    """How numbers are shown: in the digits of the paper; texts and dates stay as they are typed."""
    digits, percent = (_PERSIAN, "٪") if tongue().digits == "persian" else ("", "%")
    if kind == "footer":
        return f"{digits}General"
    if sort in WHOLES:
        return f"{digits}0" if plain else f"{digits}#,##0"
    if sort == "decimal" or (sort == "calculate" and kind == "computed"):
        return f"{digits}General"
    if sort == "percent":
        return f'{digits}General"{percent}"'
    return "@" if kind in OPEN else f"{digits}General"
