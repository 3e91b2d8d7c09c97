"""A case at one time, evaluated and checked form by form as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.garbage import paused_collector
from assembler.base.problems import Place, Problem
from assembler.evaluate import Evaluation, filled_form
from assembler.evaluate.scopes import FormScope, RowScope
from assembler.model.acceptances import Accepted
from assembler.model.answers import Case
from assembler.model.filled import FilledForm
from assembler.model.reports import Library
from assembler.model.specs import Expression
from assembler.pipeline import check_form, check_years_of_form, judge_at


class Snapshot:
    """A case at one time; its forms are filled when they are asked for, each once."""

    def __init__(self, case: Case, problems: tuple[Problem, ...], specs: Library) -> None:
        self.case, self.problems, self.library = case, problems, specs
        self.evaluation = Evaluation(case, specs.reports[case.report], specs)
        self.forms = _Forms(self.evaluation, (*specs.reports[case.report].used_forms, "case", *case.forms))
        self._views: dict[str, FormView] = {}

    def form(self, name: str) -> FormView:
        return self._views.setdefault(name, FormView(self, name))


class _Forms(Mapping[str, FilledForm]):
    """The forms of a case: those that were filled in whole, of the others what is looked at."""

    def __init__(self, evaluation: Evaluation, names: tuple[str, ...]) -> None:
        self._evaluation, self._names = evaluation, dict.fromkeys(names)
        self._seen: dict[str, FilledForm] = {}
        self._whole: dict[str, FilledForm] = {}

    def whole(self, name: str) -> FilledForm:
        """A form with everything decided."""
        if name not in self._whole:
            with paused_collector():
                self._whole[name] = filled_form(self._evaluation, name)
        return self._whole[name]

    def __getitem__(self, name: str) -> FilledForm:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._whole and name not in self._seen:
            self._seen[name] = self._evaluation.glimpse(name)
        return self._whole.get(name) or self._seen[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

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
        return self._snapshot.forms.whole(self._name)

    @paused_collector()
    def problems(self) -> tuple[Problem, ...]:
        """What the checks say of the form."""
        if self._problems is None:
            self.filled()
            now = self._snapshot
            found = check_form(self._name, now.forms, now.problems)
            self._problems = (*found, *check_years_of_form(self._name, now.forms, now.case, now.library))
        return self._problems

    @paused_collector()
    def judged(self, at: Place | None = None) -> tuple[Problem, ...]:
        """The open problems of the form, or at a place in it, as those of the whole case are told."""
        return self.parted(at)[0]

    @paused_collector()
    def parted(self, at: Place | None = None) -> tuple[tuple[Problem, ...], tuple[Accepted, ...]]:
        """As ``judged``, with what an officer accepted there."""
        now = self._snapshot
        self.filled()  # that evaluates it
        problems = (*now.problems, *now.evaluation.problems)
        return judge_at(at or Place(form=self._name), now.forms, now.case, problems, now.library)
