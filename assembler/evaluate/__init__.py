"""Stage 3: FormSpec and answers → FilledForm: relevance decided, calculations made, conditions judged. Pure."""

from assembler.evaluate.deadlines import evaluate_deadlines
from assembler.evaluate.evaluation import Evaluation, evaluate_case

__all__ = ["Evaluation", "evaluate_case", "evaluate_deadlines"]
