"""Filling in a case question by question: what is asked next, what an answer means, where one can go from there.

A dialogue is a generator: it gives a Screen and takes what was typed. It prints nothing and reads nothing; answers are
kept by the OpenCase it is given, on disk before the next screen. ``session`` walks through the questions, ``tables``
through the rows of a table; ``asking`` asks for one value, ``typed`` reads it, ``prose`` is how narratives are typed,
``pasted`` reads a block from a worksheet, ``words`` are the commands, ``telling`` is what is shown.
"""

from assembler.collect.fill.open_case import FormView, OpenCase
from assembler.collect.fill.screens import Dialogue, LeaveDialogue, Line, Screen
from assembler.collect.fill.session import Filling, Scope

__all__ = ["Dialogue", "Filling", "FormView", "LeaveDialogue", "Line", "OpenCase", "Scope", "Screen"]
