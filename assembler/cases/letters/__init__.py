"""Letters for every unit of a list: a row becomes a case in memory, cases of one report become pages together.

``lists`` reads the list, ``cases`` turns rows into cases, ``names`` names what is made of them; ``conversion`` makes
pages of many documents at once, ``unit`` makes what belongs to one row, ``workers`` share the rows, ``state`` remembers
what is whole, ``letters`` is the order of it all.
"""

from assembler.cases.letters.letters import Failure, Order, Outcome, make_letters

__all__ = ["Failure", "Order", "Outcome", "make_letters"]
