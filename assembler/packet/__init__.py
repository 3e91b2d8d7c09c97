"""Stage 5: ReportSpec and FilledForms → Packet: parts in order, numbered, every text as it will be printed. Pure.

``plan`` has the report spelled out by ``answers`` and numbered by ``numbering``, then its parts made; ``blocks`` has a
function for every kind of block: ``grids`` makes tables, ``sheets`` printed forms, ``prose`` narratives and lists,
``values`` the text of single values. ``findings`` is the sheet of open problems, ``corrections`` that of corrections.
"""

from assembler.packet.fields import offered_names
from assembler.packet.findings import findings_part
from assembler.packet.plan import assemble
from assembler.packet.summaries import report_scope

__all__ = ["assemble", "findings_part", "offered_names", "report_scope"]
