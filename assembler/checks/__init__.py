"""Stage 4: FilledForm and Packet → Problems: everything that keeps a case from being signed, gathered at once. Pure.

``answers`` holds the first ring: required, constraints, row counts, answers that do not apply. ``rules`` runs the
audit rules of the specs; a kind of rule is a function in one of its modules and a line in its table. ``prefills``,
``loose_dates``, ``days``, ``figures``, ``slips``, ``spellings``, ``tables``, ``amounts``, ``document``, ``letters``,
``letterheads``, ``scored``, ``carried``, ``years``, ``citations``, ``titles``, ``persons`` and ``unprinted`` need no
rule; ``remarks`` are no faults; ``deadlines`` rests on the day and is asked for apart.
``twice`` tells one fault once; ``acceptances`` sets apart what an officer has accepted.
"""

from assembler.checks.acceptances import acceptance, split_accepted
from assembler.checks.amounts import check_amounts
from assembler.checks.answers import check_answers
from assembler.checks.carried import check_carried
from assembler.checks.citations import check_citations
from assembler.checks.days import check_days
from assembler.checks.deadlines import check_deadlines, days_left, standing
from assembler.checks.document import check_document
from assembler.checks.figures import check_figures
from assembler.checks.identities import check_identities, is_concerned
from assembler.checks.letterheads import check_letterheads
from assembler.checks.letters import check_letter_parts
from assembler.checks.loose_dates import check_loose_dates
from assembler.checks.persons import check_persons
from assembler.checks.prefills import check_prefills
from assembler.checks.remarks import check_own_words, check_remarks
from assembler.checks.rules.table import check_from_others, check_rules
from assembler.checks.scored import check_scored
from assembler.checks.slips import check_slips
from assembler.checks.spellings import check_spellings
from assembler.checks.tables import check_tables
from assembler.checks.titles import check_titles
from assembler.checks.twice import told_once
from assembler.checks.unprinted import check_unprinted
from assembler.checks.workflows import check_workflows
from assembler.checks.years import YEAR_FINDINGS, check_slips_in_years, check_year_of, check_years

__all__ = [
    "YEAR_FINDINGS",
    "acceptance",
    "check_amounts",
    "check_answers",
    "check_carried",
    "check_citations",
    "check_days",
    "check_deadlines",
    "check_document",
    "check_figures",
    "check_from_others",
    "check_identities",
    "check_letter_parts",
    "check_letterheads",
    "check_loose_dates",
    "check_own_words",
    "check_persons",
    "check_prefills",
    "check_remarks",
    "check_rules",
    "check_scored",
    "check_slips",
    "check_slips_in_years",
    "check_spellings",
    "check_tables",
    "check_titles",
    "check_unprinted",
    "check_workflows",
    "check_year_of",
    "check_years",
    "days_left",
    "is_concerned",
    "split_accepted",
    "standing",
    "told_once",
]
