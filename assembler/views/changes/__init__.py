"""What changed between two states of a case, and what that touches.

``rows`` finds which rows of a table are the same, ``cells`` tells what differs in them, ``touching`` compares what is
printed, Pure.
"""

from assembler.model.changes import Change, Resigned, Touched, TouchedBlock, TouchedPart
from assembler.views.changes.cells import changes
from assembler.views.changes.contents import Content, by_name
from assembler.views.changes.touching import touched

__all__ = ["Change", "Content", "Resigned", "Touched", "TouchedBlock", "TouchedPart", "by_name", "changes", "touched"]
