"""A case at one time, evaluated and checked form by form as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.garbage import paused_collector
from assembler.base.problems import Problem
from assembler.checks import check_answers, check_loose_dates, check_prefills, check_rules, check_workflows
from assembler.evaluate import Evaluation
from assembler.evaluate.evaluation import FormScope, RowScope
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.reports import Library
from assembler.model.specs import Expression


class Snapshot:
    """A case at one time; its forms are filled when they are asked for, each once."""

    def __init__(self, case: Case, specs: Library) -> None:
        self.evaluation = Evaluation(case, specs.reports[case.report], specs)
        self.filled = _FilledForms(self.evaluation, (*specs.reports[case.report].used_forms, "case", *case.forms))
        self._views: dict[str, FormView] = {}

    def form(self, name: str) -> FormView:
        return self._views.setdefault(name, FormView(self, name))


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


class FormView:
    """A form of a case at one time; see ``FormView`` of ``collect.fill``."""

    def __init__(self, snapshot: Snapshot, name: str) -> None:
        self._snapshot, self._name = snapshot, name
        self._spec = snapshot.evaluation.specs[name]
        self._items = {item.name: item for item in self._spec.items}
        self._problems: tuple[Problem, ...] | None = None

    def relevant(self, item: str) -> bool:
        """Whether an item applies."""
        return self._snapshot.evaluation.applies(self._name, self._items[item])

    def required(self, item: str) -> bool:
        """Whether an item that applies must be answered."""
        needed = self._items[item].required
        if isinstance(needed, Expression):
            needed = bool(self._snapshot.evaluation.run(needed, FormScope(self._snapshot.evaluation, self._name)))
        return needed and self.relevant(item)

    def cell_relevant(self, item: str, row: int, column: str) -> bool:
        """Whether a cell applies; ``row`` counts from 0."""
        condition = self._items[item].column(column).relevant
        scope = RowScope(self._snapshot.evaluation, self._name, self._items[item], row)
        return condition is None or bool(self._snapshot.evaluation.run(condition, scope))

    def filled(self) -> FilledForm:
        """The form with everything decided."""
        return self._snapshot.filled[self._name]

    def problems(self) -> tuple[Problem, ...]:
        """What the checks say of the form."""
        if self._problems is None:
            self._problems = tuple(self._checked())
        return self._problems

    def _checked(self) -> Iterator[Problem]:
        forms, used = self._snapshot.filled, (self._name,)
        yield from check_answers({self._name: self.filled()}, used)
        yield from check_rules(forms, used)
        if any(item.prefill for item in self._spec.items):
            yield from check_prefills(forms, used)
        yield from check_workflows(forms, used)
        yield from check_loose_dates(forms, used)
