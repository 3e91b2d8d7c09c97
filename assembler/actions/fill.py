"""A case that is being filled in: its answers in memory and on disk, judged form by form as they change.

Only what a question needs is evaluated: one form, and what its expressions reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assembler.actions.open_case import OpenCase
from assembler.answers import take_attachment
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, Place, Problem
from assembler.check import check_answers, check_loose_dates, check_prefills, check_rules, check_workflows
from assembler.collect.fill import FormView
from assembler.evaluate import Evaluation
from assembler.evaluate.evaluation import FormScope, RowScope
from assembler.model.answers import AnsweredForm, Case
from assembler.model.filled import FilledForm
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library
from assembler.model.specs import Expression, FormSpec


class CaseDesk:
    """The answers of a case, kept equal in memory and on disk."""

    def __init__(self, opened: OpenCase) -> None:
        self._opened = opened
        self.specs: Mapping[str, FormSpec] = opened.specs
        self.attachments = CaseFolder(opened.case.folder).attachments
        self._now: _State | None = None

    def answered(self, form: str) -> AnsweredForm:
        """The answers as they are on disk; an empty form where there are none."""
        return self._opened.answered(form) or AnsweredForm(form, {}, {}, Place(form=form))

    def view(self, form: str) -> FormView:
        """A form as it is on disk."""
        self._now = self._now or _State(self._opened.case, self._opened.library)
        return self._now.form(form)

    def tried(self, answered: AnsweredForm) -> FormView:
        """A form as it would be."""
        return _State(_with(self._opened.case, answered), self._opened.library).form(answered.form)

    def put(self, answered: AnsweredForm) -> None:
        """Writes the answers of a form; they are on disk when this returns.

        Raises AssemblerError; when somebody else changed the file meanwhile, what it says now is read.
        """
        before = self._opened.answered(answered.form)
        if answered == before:
            return
        try:
            path = self._opened.save(answered)
        except AssemblerError:
            self._opened, self._now = self._opened.reread(), None
            raise
        if before is None and path is None:  # there was nothing to be written
            return
        place = answered.place.within(file=str(path)) if path else answered.place
        self._opened = replace(self._opened, case=_with(self._opened.case, replace(answered, place=place)))
        self._now = None

    def attach(self, path: Path) -> str:
        """Copies a file among the attachments and returns its name there. Raises AssemblerError."""
        return take_attachment(self._opened.case.folder, path)


def _with(case: Case, answered: AnsweredForm) -> Case:
    if answered.form == "case":
        return replace(case, fields=answered)
    return replace(case, forms={**case.forms, answered.form: answered})


class _State:
    """A case between two answers; its forms are filled when they are asked for, each once."""

    def __init__(self, case: Case, specs: Library) -> None:
        self.evaluation = Evaluation(case, specs.reports[case.report], specs)
        self.filled = _FilledForms(self.evaluation, (*specs.reports[case.report].used_forms, "case", *case.forms))
        self._views: dict[str, _CaseForm] = {}

    def form(self, name: str) -> _CaseForm:
        return self._views.setdefault(name, _CaseForm(self, name))


class _FilledForms(Mapping[str, FilledForm]):
    """The filled forms of a case, each filled when it is asked for."""

    def __init__(self, evaluation: Evaluation, names: tuple[str, ...]) -> None:
        self._evaluation, self._names = evaluation, tuple(dict.fromkeys(names))
        self._filled: dict[str, FilledForm] = {}

    def __getitem__(self, name: str) -> FilledForm:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._filled:
            with paused_collector():
                self._filled[name] = self._evaluation.form(name)
        return self._filled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class _CaseForm:
    """A form of a case between two answers; see FormView."""

    def __init__(self, state: _State, name: str) -> None:
        self._state, self._name = state, name
        self._spec = state.evaluation.specs[name]
        self._items = {item.name: item for item in self._spec.items}
        self._problems: tuple[Problem, ...] | None = None

    def relevant(self, item: str) -> bool:
        """Whether an item applies."""
        return self._state.evaluation.applies(self._name, self._items[item])

    def required(self, item: str) -> bool:
        """Whether an item that applies must be answered."""
        needed = self._items[item].required
        if isinstance(needed, Expression):
            needed = bool(self._state.evaluation.run(needed, FormScope(self._state.evaluation, self._name)))
        return needed and self.relevant(item)

    def cell_relevant(self, item: str, row: int, column: str) -> bool:
        """Whether a cell applies; ``row`` counts from 0."""
        condition = self._items[item].column(column).relevant
        scope = RowScope(self._state.evaluation, self._name, self._items[item], row)
        return condition is None or bool(self._state.evaluation.run(condition, scope))

    def filled(self) -> FilledForm:
        """The form with everything decided."""
        return self._state.filled[self._name]

    def problems(self) -> tuple[Problem, ...]:
        """What the checks say of the form."""
        if self._problems is None:
            self._problems = tuple(self._checked())
        return self._problems

    def _checked(self) -> Iterator[Problem]:
        forms, used = self._state.filled, (self._name,)
        yield from check_answers({self._name: self.filled()}, used)
        yield from check_rules(forms, used)
        if any(item.prefill for item in self._spec.items):
            yield from check_prefills(forms, used)
        yield from check_workflows(forms, used)
        yield from check_loose_dates(forms, used)
