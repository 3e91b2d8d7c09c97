"""Workbooks of Excel to fill in: written by ``write`` as ``layout`` plans them, read by ``read``, merged by ``merge``.

``cells`` says what a value looks like in a cell and ``prose`` what a narrative does; ``formulas`` turns expressions
into formulas of the addresses ``where`` knows; ``meta`` is what a workbook remembers of its export.
"""

from assembler.collect.workbook.layout import SheetPlan, plan_sheet
from assembler.collect.workbook.merge import Merger
from assembler.collect.workbook.merged import CASE, CellChange, Conflict, Merged
from assembler.collect.workbook.meta import Memory, memory_of
from assembler.collect.workbook.names import sheet_names
from assembler.collect.workbook.read import ReadBook, read_workbook
from assembler.collect.workbook.write import GUIDE, LISTS, Guide, write_workbook

__all__ = [
    "CASE",
    "GUIDE",
    "LISTS",
    "CellChange",
    "Conflict",
    "Guide",
    "Memory",
    "Merged",
    "Merger",
    "ReadBook",
    "SheetPlan",
    "memory_of",
    "plan_sheet",
    "read_workbook",
    "sheet_names",
    "write_workbook",
]
