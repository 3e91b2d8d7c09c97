"""Workbooks of Excel to fill in: planned by ``layout``, written by ``write``, read by ``read``, merged by ``merge``.

``plans`` are sheets as data, over the ``grid`` their tables share; ``cells`` says what a value looks like in a cell and
``prose`` what a narrative does, ``styles`` and ``checks`` what cells look like and take, ``formulas`` turns expressions
into formulas of the addresses ``scopes`` knows, ``gates`` are the conditions of what is asked, ``guide`` is the first
sheet, ``meta`` what a workbook remembers of its export. ``exported`` are the rows as they left, ``rows`` finds them
again; ``merge_cells`` and ``merge_tables`` take what changed, ``merged`` is what comes of it.
"""

from assembler.collect.workbook.checks import LISTS
from assembler.collect.workbook.guide import GUIDE, Guide
from assembler.collect.workbook.layout import plan_sheet
from assembler.collect.workbook.merge import Merger
from assembler.collect.workbook.merged import CASE, CellChange, Conflict, Merged
from assembler.collect.workbook.meta import Memory, fields_of, memory_of
from assembler.collect.workbook.names import sheet_names
from assembler.collect.workbook.plans import SheetPlan
from assembler.collect.workbook.read import ReadBook, read_workbook
from assembler.collect.workbook.write import write_workbook

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
    "fields_of",
    "memory_of",
    "plan_sheet",
    "read_workbook",
    "sheet_names",
    "write_workbook",
]
