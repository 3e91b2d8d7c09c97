"""What one case gives to a report made of many: its cells for each table, the checks it fails, the numbers watched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from assembler.base.catalogue.entries import Severity
from assembler.base.functions import whole_number
from assembler.base.problems import Problem
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scopes import FormScope
from assembler.model.answers import Case, Value
from assembler.model.filled import FilledPeriod, GatheredCase
from assembler.model.reports import Gather, GatheredTable, Library, ReportSpec


def evaluate_gathered(
    case: Case, name: str, period: FilledPeriod, report: ReportSpec, library: Library, gather: Gather
) -> tuple[GatheredCase, tuple[Problem, ...]]:
    """The case as ``gather`` sees it, shown as ``name``, and the expressions that failed; those count as blank."""
    evaluation = Evaluation(case, report, library)
    scope = FormScope(evaluation, "case")
    found = GatheredCase(
        name=name,
        period=period,
        fields={name: cast(Value, evaluation.item("case", name)) for name in _single(report)},
        rows=tuple(_row(table, evaluation, scope) for table in gather.tables),
        at=tuple(_at(table, evaluation, scope) for table in gather.tables),
        found=tuple(_found(gather, evaluation, scope)),
        falls=tuple(_falls(gather, evaluation, scope)),
    )
    return found, tuple(evaluation.problems)


def _single(report: ReportSpec) -> Iterator[str]:
    return (item.name for item in report.case.items if not item.is_table)


def _row(table: GatheredTable, evaluation: Evaluation, scope: FormScope) -> Mapping[str, Value] | None:
    if table.of != "cases" or (table.when and not evaluation.run(table.when, scope)):
        return None
    return {name: cast(Value, evaluation.run(expression, scope)) for name, expression in table.cells.items()}


def _at(table: GatheredTable, evaluation: Evaluation, scope: FormScope) -> int:
    """The place side by side, 0 where there is none."""
    return (whole_number(evaluation.run(table.across.at, scope)) or 0) if table.across else 0


def _found(gather: Gather, evaluation: Evaluation, scope: FormScope) -> Iterator[tuple[Severity, str]]:
    """A blank verdict says nothing: what it rests on is missing, which the case itself is told of."""
    for check in gather.checks:
        if evaluation.run(check.test, scope) is False:
            yield check.severity, evaluation.text(check.message, check.place, scope)


def _falls(gather: Gather, evaluation: Evaluation, scope: FormScope) -> Iterator[tuple[Value, bool]]:
    for fall in gather.falls:
        reason = bool(fall.unless and evaluation.run(fall.unless, scope))
        yield cast(Value, evaluation.run(fall.value, scope)), reason
