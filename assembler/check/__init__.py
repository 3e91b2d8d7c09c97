"""Stage 4: FilledForm → Problems: everything that keeps a case from being signed, gathered at once. Pure.

``answers`` holds the first ring: required, constraints, row counts, answers that do not apply. ``rules`` runs the
audit rules of the specs; a kind of rule is a function there and an entry in its table.
"""

from assembler.check.answers import check_answers
from assembler.check.rules import check_rules

__all__ = ["check_answers", "check_rules"]
