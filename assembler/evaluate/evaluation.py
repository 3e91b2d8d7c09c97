"""Evaluates the expressions of all forms of a case, each once and on demand, so that their order does not matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, partial
from itertools import accumulate
from typing import cast, overload

from assembler.base import expressions
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import parse_date, parse_number
from assembler.base.problems import Place, Problem, problem
from assembler.evaluate.workflows import processes
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Case, Value
from assembler.model.filled import FilledCell, FilledForm, FilledItem, FilledRow, FilledRule, FilledSummary
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Column, Expression, Field, FormSpec, Item, Prefill, PrintedRow

_Cell = tuple[str, str, int, str]  # form, item, row from 0, column
_BLANK = Answer(None)
_FAILURES = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)


class Evaluation:
    """The values of one case as expressions see them."""

    def __init__(self, case: Case, report: ReportSpec, library: Library) -> None:
        self._case, self._report, self._library = case, report, library
        self.specs: dict[str, FormSpec] = {**library.forms, "case": report.case}
        self.answers: dict[str, AnsweredForm] = {**case.forms, "case": case.fields}
        self.problems: list[Problem] = []
        self._items: dict[tuple[str, str], Value] = {}
        self._relevant: dict[tuple[str, str], bool] = {}
        self._cells: dict[_Cell, Value] = {}
        self._positions: dict[tuple[str, str], tuple[int, ...]] = {}
        self._rows: dict[tuple[str, str], tuple[AnsweredRow, ...]] = {}
        self._tables: dict[tuple[str, str], Rows] = {}

    # ------------------------------------------------------------ values on demand

    def item(self, form: str, name: str) -> object:
        """An item's value; a table's rows."""
        spec = self.specs[form].by_name[name]
        key = (form, name)
        if spec.is_table:
            if key not in self._tables:
                self._tables[key] = Rows(self, form, spec)
            return self._tables[key]
        if key not in self._items:
            self._items[key] = self._item_value(form, spec)
        return self._items[key]

    def _item_value(self, form: str, spec: Item) -> Value:
        if not self.applies(form, spec):
            return None
        if spec.calculation:
            return self._calculate(spec.calculation, FormScope(self, form), spec)
        return self._answer(form, name=spec.name).value

    def applies(self, form: str, item: Item) -> bool:
        """Whether an item is relevant."""
        key = (form, item.name)
        if key not in self._relevant:
            self._relevant[key] = item.relevant is None or self._truth(item.relevant, FormScope(self, form))
        return self._relevant[key]

    def _answer(self, form: str, name: str) -> Answer:
        answered = self.answers.get(form)
        return answered.values.get(name, _BLANK) if answered else _BLANK

    def rows(self, form: str, item: Item) -> tuple[AnsweredRow, ...]:
        """A table's rows in printed order: the guidance's rows with their answers, or the added ones."""
        key = (form, item.name)
        if key not in self._rows:
            answered = self.answers.get(form)
            rows = answered.tables.get(item.name, ()) if answered else ()
            if item.prefill and not rows:
                rows = tuple(self._carried_over(form, item, item.prefill))
            self._rows[key] = _with_printed_rows(item, rows, answered) if item.rows else rows
        return self._rows[key]

    def _carried_over(self, form: str, item: Item, prefill: Prefill) -> Iterator[AnsweredRow]:
        """The rows other tables lend one that nobody has answered; they stand where it would be answered."""
        answered = self.answers.get(form)
        home = answered.place if answered else Place(form=form)
        for number, source in enumerate(self.sources(prefill), start=1):
            place = home.within(item=item.name, row=number)
            cells = {
                own: Answer(self.cell(source, source.item.column(theirs)), place.within(column=own))
                for own, theirs in prefill.cells.items()
            }
            yield AnsweredRow(cells, place)

    def _lent(self, prefill: Prefill) -> Iterator[Answer]:
        """The key of each row other tables lend, where it was answered."""
        for source in self.sources(prefill):
            column = source.item.column(prefill.cells[prefill.key])
            given = source.answered.cells.get(column.name, _BLANK)
            yield Answer(self.cell(source, column), given.place)

    def sources(self, prefill: Prefill) -> Iterator[RowScope]:
        """The rows of other tables that a prefilled table takes."""
        for target in prefill.sources:
            form, _, name = target.rpartition(".")
            table = self.specs[form].by_name[name]
            for number, row in enumerate(self.rows(form, table) if self.applies(form, table) else ()):
                scope = RowScope(self, form, table, number)
                if not row.group and (prefill.when is None or self._truth(prefill.when, scope)):
                    yield scope

    def positions(self, form: str, item: Item) -> tuple[int, ...]:
        """The number of each row, band rows not counted; of a band row, that of the row before it."""
        key = (form, item.name)
        if key not in self._positions:
            counted = (not row.group for row in self.rows(form, item))
            self._positions[key] = tuple(accumulate(counted, initial=0))[1:]
        return self._positions[key]

    def cell(self, scope: RowScope, column: Column) -> Value:
        """A cell of the scope's row: as it was answered, or as its expressions make it."""
        answered = scope.answered
        given = answered.cells.get(column.name, _BLANK)
        if answered.group or not (column.relevant or column.calculation):
            return given.value
        key = (scope.own, scope.item.name, scope.row, column.name)
        if key not in self._cells:
            self._cells[key] = self._cell_value(scope, column, given)
        return self._cells[key]

    def _cell_value(self, scope: RowScope, column: Column, given: Answer) -> Value:
        if column.relevant and not self._truth(column.relevant, scope):
            if given.value is not None:
                self.problems.append(problem("not-relevant", given.place, label=column.shown))
            return None
        return self._calculate(column.calculation, scope, column) if column.calculation else given.value

    def _calculate(self, expression: Expression, scope: FormScope, field: Field) -> Value:
        value = self.run(expression, scope)
        if isinstance(value, Decimal) and field.type == "integer" and value == value.to_integral_value():
            return int(value)
        return cast(Value, value)

    def _truth(self, expression: Expression, scope: FormScope) -> bool:
        return bool(self.run(expression, scope))

    def run(self, expression: Expression, scope: FormScope) -> object:
        """The value of an expression; a failure is reported and counts as blank."""
        try:
            return expressions.evaluate(expression.source, scope)
        except RecursionError:
            self.problems.append(problem("cycle", expression.place, path=expression.source))
        except _FAILURES as error:
            self.problems.append(
                problem("expression-failed", expression.place, expression=expression.source, reason=error)
            )
        return None

    @cached_property
    def previous(self) -> Evaluation | None:
        """The values of the case of the period before, for which there is none before; None when there is none.

        Its answers are read now; those that cannot be read are told of once and count as blank.
        """
        earlier = self._case.previous
        case, problems = earlier.read() if earlier else (None, ())
        if earlier is None or case is None:
            return None
        if lost := sum(found.severity is Severity.ERROR for found in problems):
            self.problems.append(problem("previous-misread", earlier.place, name=case.name, count=lost))
        return Evaluation(replace(case, previous=None), self._report, self._library)

    # ------------------------------------------------------------ filled forms

    def form(self, name: str) -> FilledForm:
        """A form with everything decided."""
        spec = self.specs[name]
        answered = self.answers.get(name)
        items = {item.name: self.filled_item(name, item) for item in spec.items}
        place = answered.place if answered else Place(form=name)
        rules = tuple(self._rules(name, spec))
        return FilledForm(spec, items, answered is not None, place, rules, self._summary(name, spec))

    def glimpse(self, name: str) -> FilledForm:
        """A form as others look at it: items and rules are decided when they are asked for, the rest is left out."""
        answered = self.answers.get(name)
        place = answered.place if answered else Place(form=name)
        rules = _Rules(partial(self._rules, name, self.specs[name]))
        return FilledForm(self.specs[name], _Items(self, name), answered is not None, place, rules)

    def _summary(self, name: str, spec: FormSpec) -> FilledSummary | None:
        if spec.summary is None:
            return None
        scope = FormScope(self, name)
        status = self.run(spec.summary.status, scope)
        figure, reason = (
            self.text(source, spec.summary.status.place, scope) for source in (spec.summary.figure, spec.summary.reason)
        )
        return FilledSummary(str(status or ""), figure, reason)

    def _rules(self, name: str, spec: FormSpec) -> Iterator[FilledRule]:
        if name not in self.answers:
            return
        scope = FormScope(self, name)
        for rule in spec.rules:
            values = {one: cast(Value, self.run(one, scope)) for one in rule.words.expressions}
            yield FilledRule(rule, self.text(rule.message, rule.place, scope), values)

    def text(self, source: str, place: Place, scope: FormScope) -> str:
        """A text with its expressions filled in; as it stands in the spec when that fails."""
        try:
            return expressions.evaluate_text(source, scope)
        except _FAILURES as error:
            self.problems.append(problem("expression-failed", place, expression=source, reason=error))
            return source

    def filled_item(self, form: str, item: Item) -> FilledItem:
        """An item with everything decided."""
        scope = FormScope(self, form)
        relevant = self.applies(form, item)
        answer = self._answer(form, item.name)
        answered = self.answers.get(form)
        place = answer.place if answer.place.file else Place(form=form, item=item.name)
        if answered and not answer.place.file:
            place = place.within(file=answered.place.file, line=answered.place.line)
        required = relevant and self._is_required(item, scope)
        if item.is_table:
            rows = tuple(self._filled_row(form, item, number) for number in range(len(self.rows(form, item))))
            given = answered is not None and _is_given(item, answered.tables.get(item.name, ()))
            if given and answered:
                place = place.within(line=answered.tables[item.name][0].place.line)
            table = FilledItem(
                item,
                rows=rows if relevant else (),
                footer=self._footer(form, item),
                relevant=relevant,
                required=required,
                answered=given,
                place=place,
                prefilled=item.prefill is not None and not given and bool(rows),
                lent=tuple(self._lent(item.prefill)) if item.prefill and relevant else (),
            )
            return replace(table, processes=processes(table)) if item.workflow else table
        value = cast(Value, self.item(form, item.name))
        return FilledItem(
            item, value, (), (), relevant, required, self._violates(item, value, scope), answer.value is not None, place
        )

    def _is_required(self, field: Field, scope: FormScope) -> bool:
        return self._truth(field.required, scope) if isinstance(field.required, Expression) else field.required

    def _violates(self, field: Field, value: Value, scope: FormScope) -> bool:
        """Whether a value breaks its constraint; a blank or a mark never does, nor does a blank verdict."""
        if field.constraint is None or value is None or value in field.marks:
            return False
        return self.run(field.constraint.test, scope) is False

    def _filled_row(self, form: str, item: Item, number: int) -> FilledRow:
        scope = RowScope(self, form, item, number)
        answered = scope.answered
        cells = {column.name: self._filled_cell(scope, column, answered) for column in item.columns}
        return FilledRow(cells, answered.place, answered.group, answered.name)

    def _filled_cell(self, scope: RowScope, column: Column, answered: AnsweredRow) -> FilledCell:
        item, number = scope.item, scope.row
        given = answered.cells.get(column.name, _BLANK)
        place = given.place if given.place.file else answered.place.cell(column.name)
        if not answered.group and column.name not in item.deciding:
            return FilledCell(given.value, place)
        value = self.cell(scope, column)
        if answered.group:
            needed = item.group_rows is not None and column.name in item.group_rows.required
            return FilledCell(value, place, False, needed, False)
        needed = self._is_required(column, scope) and not (column.merge and number > 0)
        needed = needed and (column.relevant is None or self._truth(column.relevant, scope))
        return FilledCell(value, place, column.calculation is not None, needed, self._violates(column, value, scope))

    def _footer(self, form: str, item: Item) -> tuple[Mapping[str, Value], ...]:
        scope = FormScope(self, form)
        rows: list[Mapping[str, Value]] = []
        for row in item.footer:
            cells = {name: cast(Value, self.run(expression, scope)) for name, expression in row.cells.items()}
            if row.calculation:
                cells[""] = cast(Value, self.run(row.calculation, scope))
            rows.append(cells)
        return tuple(rows)


class _Items(Mapping[str, FilledItem]):
    """The items of a form, each decided when it is asked for."""

    def __init__(self, evaluation: Evaluation, form: str) -> None:
        self._evaluation, self._form = evaluation, form
        self._specs = evaluation.specs[form].by_name
        self._filled: dict[str, FilledItem] = {}

    def __getitem__(self, name: str) -> FilledItem:
        if name not in self._filled:
            self._filled[name] = self._evaluation.filled_item(self._form, self._specs[name])
        return self._filled[name]

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)


class _Rules(Sequence[FilledRule]):
    """The rules of a form, decided once one of them is asked for."""

    def __init__(self, decide: Callable[[], Iterable[FilledRule]]) -> None:
        self._decide = decide

    @cached_property
    def _decided(self) -> tuple[FilledRule, ...]:
        return tuple(self._decide())

    @overload
    def __getitem__(self, at: int) -> FilledRule: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[FilledRule]: ...
    def __getitem__(self, at: int | slice) -> FilledRule | Sequence[FilledRule]:
        return self._decided[at]

    def __len__(self) -> int:
        return len(self._decided)


def _is_given(item: Item, rows: Sequence[AnsweredRow]) -> bool:
    """Whether a table was answered; the rows the guidance prints may stand there blank, ready to be filled in."""
    return bool(rows) and (not item.rows or any(cell.value is not None for row in rows for cell in row.cells.values()))


def _with_printed_rows(
    item: Item, answered: Sequence[AnsweredRow], form: AnsweredForm | None
) -> tuple[AnsweredRow, ...]:
    given = {row.name: row for row in answered}
    home = form.place.within(item=item.name) if form else None
    return tuple(
        _printed(item, row, given.get(row.name), home.within(row=number) if home else row.place)
        for number, row in enumerate(item.rows, start=1)
    )


def _printed(item: Item, row: PrintedRow, given: AnsweredRow | None, home: Place) -> AnsweredRow:
    """A printed row with the answers it got, at ``home`` when it got none; fixed cells have their columns' types."""
    fixed = {
        name: Answer(_typed(text, item.column(name)), row.place.within(column=name)) for name, text in row.cells.items()
    }
    place = given.place if given else home
    return AnsweredRow({**fixed, **(given.cells if given else {})}, place, name=row.name)


def _typed(text: str, column: Column) -> Value:
    if text in column.marks:
        return text
    if column.type in ("integer", "decimal", "percent"):
        number = parse_number(text)
        return int(number) if number is not None and column.type == "integer" else number
    return parse_date(text, column.format) if column.type == "date" else text


# ---------------------------------------------------------------- what expressions see


class Rows:
    """A table in an expression: its ordinary rows, no band rows; none at all when the table does not apply."""

    def __init__(self, evaluation: Evaluation, form: str, item: Item) -> None:
        self._evaluation = evaluation
        self._form = form
        self._item = item
        rows = evaluation.rows(form, item)
        applies = evaluation.applies(form, item)
        self._numbers = [number for number, row in enumerate(rows) if applies and not row.group]

    def __len__(self) -> int:
        return len(self._numbers)

    def column(self, name: str) -> Sequence[object]:
        column, evaluation = self._item.column(name), self._evaluation
        scopes = (RowScope(evaluation, self._form, self._item, number) for number in self._numbers)
        cells = (evaluation.cell(scope, column) for scope in scopes)
        return [None if cell in column.marks else cell for cell in cells]


class FormScope:
    """Names inside a form: its items, ``case``, other forms, those of the case of the period before."""

    def __init__(self, evaluation: Evaluation, form: str) -> None:
        self.evaluation = evaluation
        self.own = form

    def name(self, name: str) -> object:
        if name == "case" and "case" not in self.evaluation.specs[self.own].by_name:
            return FormScope(self.evaluation, "case")
        value = self.evaluation.item(self.own, name)
        return None if value in self.evaluation.specs[self.own].by_name[name].marks else value

    def attribute(self, owner: object, name: str) -> object:
        if not isinstance(owner, FormScope):
            raise TypeError(f"{name}?")
        return owner.name(name)

    def form(self, form: str) -> object:
        return FormScope(self.evaluation, form)

    def previous(self, form: str) -> object:
        before = self.evaluation.previous
        return expressions.NO_CASE if before is None else FormScope(before, form)


class RowScope(FormScope):
    """Names inside a row: its columns first, ``position`` (from 1, band rows not counted), then the form's."""

    def __init__(self, evaluation: Evaluation, form: str, item: Item, row: int) -> None:
        super().__init__(evaluation, form)
        self.item = item
        self.row = row
        self.answered = evaluation.rows(form, item)[row]

    def name(self, name: str) -> object:
        column = self.item.by_name.get(name)
        if column is not None:
            value = self.evaluation.cell(self, column)
            return None if value in column.marks else value
        if name == "position":
            return self.evaluation.positions(self.own, self.item)[self.row]
        return super().name(name)
