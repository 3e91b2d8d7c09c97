"""Cases evaluated as a whole: the forms of one, and those of the case of the period before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.base.problems import Problem
from assembler.base.tongue import printed_in
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scoring import filled_scores
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.reports import Library, ReportSpec


def evaluate_case(
    case: Case, report: ReportSpec, library: Library
) -> tuple[Mapping[str, FilledForm], tuple[Problem, ...]]:
    """The forms a report uses, and any other that was answered, filled; ``case`` holds the case's own fields."""
    with printed_in(report.tongue):
        evaluation = Evaluation(case, report, library)
        names = dict.fromkeys([*report.used_forms, "case", *case.forms])
        return {name: filled_form(evaluation, name) for name in names}, tuple(evaluation.problems)


def filled_form(evaluation: Evaluation, name: str) -> FilledForm:
    """A form of a case with everything decided, and what its score sheet makes of it."""
    form = evaluation.form(name)
    return replace(form, scores=tuple(filled_scores(evaluation, form.spec))) if form.spec.scoring else form


class PreviousForms(Mapping[str, FilledForm]):
    """The filled forms of the case of the period before, each filled when it is asked for; none without such a case.

    ``problems`` gathers what of that case could not be read.
    """

    def __init__(self, case: Case, report: ReportSpec, library: Library) -> None:
        self._own = Evaluation(case, report, library)
        self._names = (*library.forms, "case") if case.previous else ()
        self._filled: dict[str, FilledForm] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._own.problems)

    def __getitem__(self, name: str) -> FilledForm:
        before = self._own.previous if name in self._names else None
        if before is None:
            raise KeyError(name)
        if name not in self._filled:
            self._filled[name] = before.form(name)
        return self._filled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
