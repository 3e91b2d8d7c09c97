"""Which period of which unit a case is of, by the words of its report."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.base.expressions import parse, references
from assembler.base.functions import whole_number
from assembler.base.periods import Period
from assembler.base.problems import Place, Problem, problem
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scopes import FormScope
from assembler.model.answers import Case
from assembler.model.filled import FilledPeriod
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Expression

_WORDS = ("year", "number", "months", "start", "days")


def evaluate_period(
    case: Case, report: ReportSpec, library: Library
) -> tuple[FilledPeriod | None, tuple[Problem, ...]]:
    """The period of a case, None when its report has none or it cannot be told, and why it cannot."""
    if report.periods is None:
        return None, ()
    evaluation = Evaluation(case, report, library)
    scope = FormScope(evaluation, "case")
    expressions = dict(zip(_WORDS, report.periods.expressions, strict=True))
    values = {word: whole_number(evaluation.run(expression, scope)) for word, expression in expressions.items()}
    found = _period(values, expressions, evaluation)
    unit = " ".join(evaluation.text(report.periods.unit, report.periods.place, scope).split())
    problems = tuple(evaluation.problems)
    if isinstance(found, Problem):
        return None, (*problems, found)
    if not unit:
        return None, (*problems, problem("period-unsaid", case.fields.place, label="unit"))
    return FilledPeriod(unit, found, values["days"] or 0), problems


def _period(
    values: Mapping[str, int | None], expressions: Mapping[str, Expression], evaluation: Evaluation
) -> Period | Problem:
    """The period of these numbers, or why there is none, at the answer that says the wrong one."""
    for word, expression in expressions.items():
        if values[word] is None:
            place, label = _answered(expression, evaluation)
            return problem("period-unsaid", place, label=label or word)
    year, number, months, start = (values[word] or 0 for word in _WORDS[:4])
    try:
        return Period(year, number, months, start)
    except ValueError:
        place, _ = _answered(expressions["number"], evaluation)
        return problem("period-wrong", place, year=str(year), number=number, months=months, start=start)


def _answered(expression: Expression, evaluation: Evaluation) -> tuple[Place, str]:
    """Where the first item an expression uses is or would be answered, and its label; the place in the report, else."""
    for reference in references(parse(expression.source)):
        form = reference.form or "case"
        answered = evaluation.answers.get(form)
        if answered and not reference.previous and form in evaluation.specs:
            item = evaluation.specs[form].item(reference.name)
            given = answered.values.get(item.name)
            place = given.place if given else answered.place.within(form=form, item=item.name)
            return place, item.shown
    return expression.place, ""
