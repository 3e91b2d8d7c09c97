"""Stage 4: FilledForm and Packet → Problems: everything that keeps a case from being signed, gathered at once. Pure.

``answers`` holds the first ring: required, constraints, row counts, answers that do not apply. ``rules`` runs the
audit rules of the specs; a kind of rule is a function in ``scores``, ``rows``, ``endings``, ``dates``, ``quantities``,
``numbers_said``, ``columns`` or ``names`` and a line in its table. ``loose_dates`` and ``document`` need no rule.
``acceptance`` sets apart what an officer has accepted.
"""

from assembler.check.acceptance import acceptance, split_accepted
from assembler.check.answers import check_answers
from assembler.check.document import check_document
from assembler.check.loose_dates import check_loose_dates
from assembler.check.rules import check_rules

__all__ = ["acceptance", "check_answers", "check_document", "check_loose_dates", "check_rules", "split_accepted"]
