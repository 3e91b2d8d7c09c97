"""What belongs to the year of a case: the specifications as they speak of it, and the days its dates lie between."""

from __future__ import annotations

from dataclasses import replace

import jdatetime

from assembler.base.persian import parse_date
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scopes import FormScope
from assembler.model.answers import Case
from assembler.model.filled import FilledYearDates
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Expression
from assembler.model.years import proposing


def in_year(case: Case, library: Library) -> Library:
    """The specifications as they speak to a case: forms name its year, its fields propose what is known of it."""
    report = library.reports[case.report]
    specs = Evaluation(case, report, library).specs
    forms = {name: specs[name] for name in library.forms}
    own = replace(report, case=proposing(report.years, specs["case"], case.fields))
    return replace(library, forms=forms, reports={**library.reports, report.id: own})


def evaluate_year_dates(case: Case, report: ReportSpec, library: Library) -> tuple[FilledYearDates, ...]:
    """The days between which dates of the year of a case lie."""
    if report.years is None or not report.years.dates:
        return ()
    evaluation = Evaluation(case, report, library)

    def day(expression: Expression | None) -> jdatetime.date | None:
        found = evaluation.run(expression, FormScope(evaluation, "case")) if expression else None
        found = parse_date(found) if isinstance(found, str) else found
        return found if isinstance(found, jdatetime.date) else None

    return tuple(FilledYearDates(dates.of, day(dates.first), day(dates.last)) for dates in report.years.dates)
