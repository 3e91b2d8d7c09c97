"""What all Excel workbooks of the program share: sheets from right to left, texts that stay texts, whole files."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from assembler.base.files import write_whole, writing
from assembler.base.scripts import cell_text
from assembler.base.tongue import tongue

FONT = "B Nazanin"
_A4 = 9  # as Excel numbers its papers
_LINE = Side(style="thin", color="FF808080")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE7E6E6")
_PLAIN, _BOLD = Font(name=FONT, size=12), Font(name=FONT, size=12, bold=True)
_CENTRED, _SIDE = (
    Alignment(horizontal=side, vertical="center", wrap_text=True, readingOrder=2) for side in ("center", "right")
)


def new_book() -> Workbook:
    """A workbook without a sheet yet."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def set_up(sheet: Any, widths: Iterable[float], orientation: str = "landscape") -> None:
    """A sheet in the direction of its language, printed on A4 as wide as that; ``widths`` of its columns in letters."""
    sheet.sheet_view.rightToLeft = tongue().direction == "rtl"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def put(
    sheet: Any, row: int, column: int, value: int | float | str | None, *, head: bool = False, formula: bool = False,
    shown: str = "General",
) -> Any:  # fmt: skip
    """A cell with a frame, numbers shown in a format of Excel; a text stays one though it begins with «=», unless it is
    a formula of ours. Returns the cell.
    """
    cell = sheet.cell(row, column)
    cell.font, cell.border = _BOLD if head else _PLAIN, _GRID
    cell.alignment = _CENTRED if head or not isinstance(value, str) else _SIDE
    if head:
        cell.fill = _HEAD
    cell.value = value
    if isinstance(value, str) and not (formula and value.startswith("=")):
        cell.value = cell_text(value)
        cell.data_type, cell.number_format = "s", "@"
    elif value is not None:
        cell.number_format = shown
    return cell


def save(book: Workbook, path: Path) -> None:
    """Writes a workbook whole or not at all. Raises OSError."""
    stream = BytesIO()
    book.save(stream)
    write_whole(path, stream.getvalue())


def save_in_place(book: Workbook, path: Path) -> None:
    """Writes a workbook and the folders it is to stand in; raises AssemblerError ``output-unwritable``."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        save(book, path)
