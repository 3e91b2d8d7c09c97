"""The secretariat's letter numbers: one file, each number given once, none left out."""

from assembler.records.registry.book import Registry
from assembler.records.registry.entry import STATES, Entry, LetterKey, State
from assembler.records.registry.order import before_its_date, out_of_order
from assembler.records.registry.pattern import COUNTINGS, Counting, NumberPattern

__all__ = [
    "COUNTINGS",
    "STATES",
    "Counting",
    "Entry",
    "LetterKey",
    "NumberPattern",
    "Registry",
    "State",
    "before_its_date",
    "out_of_order",
]
