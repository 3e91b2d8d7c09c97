"""Numbers said in running text, held against one another and against what the forms know; no rule is needed for it.

``reading`` finds the numbers of a text with what they count, ``arithmetic`` holds them against one another, ``known``
is what the forms know, ``held`` compares. Silence is the rule: a number that may be of something else is left alone.
"""

from assembler.checks.figures.held import check_figures

__all__ = ["check_figures"]
