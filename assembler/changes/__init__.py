"""What changed between two states of a case, and what that touches.

``rows`` finds which rows of a table are the same, ``cells`` tells what differs in them, ``touching`` compares what is
printed, ``states`` reads the states of a case that are compared. All but ``states`` are pure.
"""

from assembler.changes.cells import changes
from assembler.changes.contents import Content, by_name
from assembler.changes.touching import touched
from assembler.model import Change, Resigned, Touched, TouchedBlock, TouchedPart

__all__ = ["Change", "Content", "Resigned", "Touched", "TouchedBlock", "TouchedPart", "by_name", "changes", "touched"]
