"""The deadlines of a report with the days that a case gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import jdatetime

from assembler.base.expressions import parse, references
from assembler.base.functions import printable
from assembler.base.persian import parse_date
from assembler.base.problems import Place, Problem, problem
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scopes import FormScope
from assembler.model.answers import Case
from assembler.model.filled import FilledDeadline
from assembler.model.reports import Deadline, Library, ReportSpec
from assembler.model.specs import Expression


def evaluate_deadlines(
    case: Case, report: ReportSpec, library: Library
) -> tuple[tuple[FilledDeadline, ...], tuple[Problem, ...]]:
    """The deadlines that apply to a case, in the order of the report, and what of their days cannot be read."""
    evaluation = Evaluation(case, report, library)
    days = _Days(evaluation, report)
    applying = (one for one in report.deadlines if one.when is None or evaluation.run(one.when, days.scope))
    return tuple([days.filled(one) for one in applying]), tuple(evaluation.problems)


class _ReportScope(FormScope):
    """Names in the conditions of a report: ``case``, other forms, and how many forms have each status."""

    def __init__(self, evaluation: Evaluation, report: ReportSpec) -> None:
        super().__init__(evaluation, "case")
        self._filled, self._report = evaluation.form, report

    def name(self, name: str) -> object:
        return self._summary if name == "summary" else super().name(name)

    def attribute(self, owner: object, name: str) -> object:
        return owner[name] if isinstance(owner, Mapping) else super().attribute(owner, name)

    @cached_property
    def _summary(self) -> Mapping[str, int]:
        filled = [self._filled(name).summary for name in self._report.used_forms]
        found = [summary.status or "open" for summary in filled if summary]
        names = {"open", *(status.name for status in self._report.statuses)}
        return {name: found.count(name) for name in names} | {"all": len(found)}


class _Days:
    """Reads the days of deadlines."""

    def __init__(self, evaluation: Evaluation, report: ReportSpec) -> None:
        self._evaluation = evaluation
        self.scope = _ReportScope(evaluation, report)

    def filled(self, deadline: Deadline) -> FilledDeadline:
        """A deadline that stands where an officer can say what is missing: the day itself, else when it was done."""
        due, done = self._day(deadline.date, deadline), self._day(deadline.done, deadline)
        telling = (deadline.date,) if due is None else (deadline.done, deadline.date)
        places = (place for expression in telling if expression for place in self._answers(expression))
        return FilledDeadline(deadline, due, done, next(places, deadline.place))

    def _day(self, expression: Expression | None, deadline: Deadline) -> jdatetime.date | None:
        """A date as it is, a text read as one; blank when there is none or it cannot be read."""
        value = self._evaluation.run(expression, self.scope) if expression else None
        if value is None or isinstance(value, jdatetime.date):
            return value
        if isinstance(value, str):
            if not value.strip():
                return None
            if date := parse_date(value):
                return date
        assert expression is not None
        place = next(self._answers(expression), deadline.place)
        found = problem("deadline-unreadable", place, label=deadline.label, value=printable(value))
        self._evaluation.problems.append(found)
        return None

    def _answers(self, expression: Expression) -> Iterator[Place]:
        """Where the items an expression uses were answered or, in an answered form, would be."""
        for reference in references(parse(expression.source)):
            form = reference.form or "case"
            if reference.previous or form not in self._evaluation.specs:
                continue
            answered = self._evaluation.answers.get(form)
            if answered and answered.place.file:
                given = answered.values.get(reference.name)
                yield given.place if given else answered.place.within(form=form, item=reference.name)
            else:
                yield Place(form=form, item=reference.name)
