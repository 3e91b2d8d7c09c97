"""Stage 3: FormSpec and answers → FilledForm: relevance decided, calculations made, conditions judged. Pure."""

from assembler.evaluate.cases import PreviousForms, evaluate_case, filled_form
from assembler.evaluate.deadlines import evaluate_deadlines
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.gathering import evaluate_gathered
from assembler.evaluate.periods import evaluate_period
from assembler.evaluate.years import evaluate_year_dates, in_year

__all__ = [
    "Evaluation",
    "PreviousForms",
    "evaluate_case",
    "evaluate_deadlines",
    "evaluate_gathered",
    "evaluate_period",
    "evaluate_year_dates",
    "filled_form",
    "in_year",
]
