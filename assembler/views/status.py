"""The state of a case on a day: what is answered, what is missing, and how many days are left."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import jdatetime

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem
from assembler.base.tongue import PERSIAN, Tongue
from assembler.checks import days_left, standing
from assembler.checks.deadlines import Standing
from assembler.model.acceptances import Accepted
from assembler.model.answers import Attachment
from assembler.model.blocks import SectionSpec, forms_in
from assembler.model.filled import FilledDeadline, FilledForm, FilledItem
from assembler.model.reports import ReportSpec
from assembler.views.letters import Outgoing

# «optional» forms need no answers and got none. Forms that do not apply stand outside completeness.
Progress: TypeAlias = Literal["complete", "incomplete", "open", "not_applicable", "optional"]
PROGRESS: tuple[Progress, ...] = ("complete", "incomplete", "open", "not_applicable", "optional")
OPEN, NOT_APPLICABLE = "open", "not_applicable"  # the statuses a report calls so


@dataclass(frozen=True)
class FormState:
    """How far a form is: ``missing`` counts required answers, ``evidence`` the files given as evidence.

    ``status`` and its ``label`` are those of the report, «» for a form without a summary.
    """

    form: str
    title: str
    progress: Progress
    status: str = ""
    label: str = ""
    missing: int = 0
    errors: int = 0
    warnings: int = 0
    figure: str = ""
    evidence: int = 0

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do or to look at."""
        return self.progress not in ("incomplete", "open") and not (self.missing or self.errors or self.warnings)


@dataclass(frozen=True)
class Dimension:
    """A first-level section of the body with the forms that stand in it."""

    title: str
    forms: tuple[FormState, ...]


@dataclass(frozen=True)
class StatusCount:
    """How many forms have a status of the report."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class DeadlineState:
    """How a deadline stands: ``days`` are those left, of one that is done those to spare; below 0 it was missed."""

    label: str
    standing: Standing
    due: jdatetime.date | None
    done: jdatetime.date | None
    days: int | None


NOTHING_OUT = Outgoing()


@dataclass(frozen=True)
class CaseState:
    """Everything that can be said of a case at a glance.

    ``fields`` are those of ``case.yaml``, which are no form of the report; ``others`` are forms that stand in no
    section.
    """

    case: str
    report: str
    title: str
    today: jdatetime.date
    fields: FormState
    dimensions: tuple[Dimension, ...]
    others: tuple[FormState, ...]
    statuses: tuple[StatusCount, ...]
    deadlines: tuple[DeadlineState, ...]
    errors: int = 0
    warnings: int = 0
    information: int = 0
    outgoing: Outgoing = NOTHING_OUT
    tongue: Tongue = PERSIAN  # of its report

    @property
    def forms(self) -> tuple[FormState, ...]:
        return (*(form for dimension in self.dimensions for form in dimension.forms), *self.others)

    @property
    def totals(self) -> Mapping[Progress, int]:
        """How many forms are how far."""
        found = [form.progress for form in self.forms]
        return {progress: found.count(progress) for progress in PROGRESS}

    @property
    def applying(self) -> int:
        """How many forms have to be answered."""
        return sum(self.totals[progress] for progress in ("complete", "incomplete", "open"))

    @property
    def percent(self) -> int:
        """The complete forms of those that apply, rounded down: 100 is said of nothing unfinished."""
        return self.totals["complete"] * 100 // self.applying if self.applying else 100


def case_state(
    name: str,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    today: jdatetime.date,
    *,
    title: str = "",
    problems: Sequence[Problem] = (),
    accepted: Sequence[Accepted] = (),
    deadlines: Sequence[FilledDeadline] = (),
    text: Callable[[str], str] = str,
) -> CaseState:
    """The state of the case called ``name``: ``problems`` are open; ``text`` fills in the titles of sections.

    A required answer whose absence was accepted is not missing.
    """
    judge = _Judge(report, forms, problems, {one.problem.place for one in accepted if one.problem.code in _ABSENT})
    dimensions, placed = judge.dimensions(text)
    others = tuple(judge.form(form) for form in report.used_forms if form not in placed)
    return CaseState(
        case=name,
        report=report.id,
        title=title,
        today=today,
        fields=judge.form("case"),
        dimensions=dimensions,
        others=others,
        statuses=_counted(report, (*(form for each in dimensions for form in each.forms), *others)),
        deadlines=tuple(_deadline(one, today) for one in deadlines),
        errors=_count(problems, Severity.ERROR),
        warnings=_count(problems, Severity.WARNING),
        information=_count(problems, Severity.INFORMATION),
        tongue=report.tongue,
    )


_ABSENT = ("required", "too-few-rows", "form-unanswered")


@dataclass(frozen=True)
class _Judge:
    """``excused`` are the places where an officer let an absent answer stand."""

    report: ReportSpec
    forms: Mapping[str, FilledForm]
    problems: Sequence[Problem]
    excused: Collection[Place]

    def dimensions(self, text: Callable[[str], str]) -> tuple[tuple[Dimension, ...], frozenset[str]]:
        """The sections that hold forms, and the forms they hold; a form stands where it stands first."""
        seen: set[str] = set()
        found = []
        blocks = (block for part in self.report.parts if part.kind == "body" for block in part.content)
        for section in (block for block in blocks if isinstance(block, SectionSpec)):
            names = [name for name in dict.fromkeys(forms_in(section.content)) if name not in seen]
            seen.update(names)
            if names:
                found.append(Dimension(text(section.title), tuple(self.form(name) for name in names)))
        return tuple(found), frozenset(seen)

    def form(self, name: str) -> FormState:
        form = self.forms[name]
        own = [found for found in self.problems if found.place.form == name]
        missing = sum(place not in self.excused for place in _missing(form))
        status = (form.summary.status or OPEN) if form.summary else ""
        return FormState(
            form=name,
            title=form.spec.shown,
            progress=self._progress(form, status, missing, own),
            status=status,
            label=next((each.label for each in self.report.statuses if each.name == status), ""),
            missing=missing,
            errors=_count(own, Severity.ERROR),
            warnings=_count(own, Severity.WARNING),
            figure=form.summary.figure.strip() if form.summary else "",
            evidence=len(set(_evidence(form))),
        )

    def _progress(self, form: FilledForm, status: str, missing: int, problems: Sequence[Problem]) -> Progress:
        items = form.items.values()
        if status == NOT_APPLICABLE or (items and not any(item.relevant for item in items)):
            return "not_applicable"
        wrong = any(found.severity is Severity.ERROR and found.code not in _ABSENT for found in problems)
        if not wrong and not any(item.answered for item in items):
            needed = bool(status or missing) and Place(form=form.spec.id) not in self.excused
            return "open" if needed else "optional"
        return "incomplete" if wrong or missing or status == OPEN else "complete"


def _missing(form: FilledForm) -> Iterator[Place]:
    """Where a required answer, or a row that must be there, is absent."""
    for item in form.items.values():
        if item.relevant and item.spec.is_table:
            yield from _missing_rows(item)
        elif item.relevant and item.required and item.value is None:
            yield item.place


def _missing_rows(item: FilledItem) -> Iterator[Place]:
    least = max(item.spec.min_rows or 0, 1 if item.required else 0)
    if not item.spec.rows and sum(not row.group for row in item.rows) < least:
        yield item.place
    for row in item.rows:
        for name, cell in row.cells.items():
            if cell.required and cell.value is None:
                yield cell.place.within(column=name)


def _evidence(form: FilledForm) -> Iterator[str]:
    """The names of the files a form gives as evidence; pictures are part of the text."""
    for item in form.items.values():
        if item.spec.type == "file" and isinstance(item.value, Attachment):
            yield item.value.name
        columns = [column.name for column in item.spec.columns if column.type == "file"]
        cells = (row.cells[name].value for row in item.rows for name in columns)
        yield from (value.name for value in cells if isinstance(value, Attachment))


def _counted(report: ReportSpec, forms: Sequence[FormState]) -> tuple[StatusCount, ...]:
    found = [form.status for form in forms]
    return tuple(StatusCount(each.name, each.label, found.count(each.name)) for each in report.statuses)


def _deadline(deadline: FilledDeadline, today: jdatetime.date) -> DeadlineState:
    days = days_left(deadline, today)
    return DeadlineState(deadline.spec.label, standing(deadline, today), deadline.due, deadline.done, days)


def _count(problems: Sequence[Problem], severity: Severity) -> int:
    return sum(found.severity is severity for found in problems)
