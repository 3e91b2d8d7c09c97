"""Evaluates the expressions of all forms of a case, each once and on demand, so that their order does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, partial
from itertools import accumulate
from typing import cast

from assembler.base import expressions
from assembler.base.catalogue.entries import Severity
from assembler.base.functions import plainly, printable, whole_number
from assembler.base.persian import is_dash
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import listed
from assembler.evaluate.decided import DecidedItems, DecidedRules
from assembler.evaluate.printed_rows import is_given, with_printed_rows
from assembler.evaluate.scopes import FormScope, Rows, RowScope
from assembler.evaluate.wording import worded
from assembler.evaluate.workflows import processes
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Case, Value
from assembler.model.filled import FilledCell, FilledForm, FilledItem, FilledRow, FilledRule, FilledSummary
from assembler.model.folders import MOST_EARLIER, PREVIOUS
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Column, Expression, Field, FormSpec, Item, Prefill
from assembler.model.types import WHOLES
from assembler.model.values import printed
from assembler.model.years import known_values, said

_Cell = tuple[str, str, int, str]  # form, item, row from 0, column
_BLANK = Answer(None)
_UNSAID = "…"
_FAILURES = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)


class Evaluation:
    """The values of one case as expressions see them."""

    def __init__(
        self, case: Case, report: ReportSpec, library: Library, depth: int = 0, told: list[Problem] | None = None
    ) -> None:
        """``depth`` is how many cases come after it in a line of cases, ``told`` what the first of them
        is told of the others."""
        self._case, self._report, self._library, self._depth = case, report, library, depth
        self.specs: dict[str, FormSpec] = {**library.forms, "case": report.case}
        self.answers: dict[str, AnsweredForm] = {**case.forms, "case": case.fields}
        self._known = known_values(report.years, report.case, case.fields)
        self.problems: list[Problem] = []
        self._of_line = self.problems if told is None else told
        self._items: dict[tuple[str, str], Value] = {}
        self._relevant: dict[tuple[str, str], bool] = {}
        self._cells: dict[_Cell, Value] = {}
        self._positions: dict[tuple[str, str], tuple[int, ...]] = {}
        self._rows: dict[tuple[str, str], tuple[AnsweredRow, ...]] = {}
        self._tables: dict[tuple[str, str], Rows] = {}
        self.specs |= {name: said(self.specs[name], self._said) for name in self._named() if name in self.specs}

    def _named(self) -> Iterator[str]:
        """The forms whose texts may name fields of the case: those of other reports name what it does not have."""
        yield from dict.fromkeys((*self._report.used_forms, *self._case.forms, "case"))

    def _said(self, text: str) -> str:
        """A text of a form that names fields of the case, with «…» for what nobody has said; blank when that is all."""
        pieces = expressions.parse_text(text)
        case = FormScope(self, "case")
        try:
            told = [piece if isinstance(piece, str) else self._piece(piece, case, as_printed=True) for piece in pieces]
        except _FAILURES:  # a form answered besides those of the report, or looked at without any
            return text
        return "".join(each or _UNSAID for each in told) if any(told) else ""

    def _piece(self, piece: expressions.Tree, scope: FormScope, *, as_printed: bool = False) -> str:
        """What an expression of a text says: as a number or a text, a year, one counted from it, or what is
        ``as_printed`` as its item is.
        """
        named = expressions.reference_of(piece)
        shifted = expressions.shifted_of(piece)
        if shifted and (item := self._item_named(shifted, scope)) and item.is_plain:
            return plainly(expressions.value_of(piece, scope))
        value = expressions.value_of(piece, scope)
        item = self._item_named(named, scope) if named else None
        has_form = item is not None and (as_printed or item.is_plain)
        return printed(cast(Value, value), item) if item and has_form else printable(value)

    def _item_named(self, named: expressions.Reference, scope: FormScope) -> Item | None:
        spec = self.specs.get(named.form or scope.own) if not named.previous else None
        return spec.by_name.get(named.name) if spec else None

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
        given = self._answer(form, name=spec.name).value
        return self._known.get(spec.name) if given is None and form == "case" else given

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
            self._rows[key] = with_printed_rows(item, rows, answered) if item.rows else rows
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
        if answered.group or not (column.relevant or scope.calculation(column)):
            return given.value
        key = (scope.own, scope.item.name, scope.row, column.name)
        if key not in self._cells:
            self._cells[key] = self._cell_value(scope, column, given)
        return self._cells[key]

    def _cell_value(self, scope: RowScope, column: Column, given: Answer) -> Value:
        if column.relevant and not self._truth(column.relevant, scope):
            return None
        calculation = scope.calculation(column)
        return self._calculate(calculation, scope.reckoning(column), column) if calculation else given.value

    def _calculate(self, expression: Expression, scope: FormScope, field: Field) -> Value:
        value = self.run(expression, scope)
        if isinstance(value, Decimal) and field.type in WHOLES and value == value.to_integral_value():
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
        """The values of the case of the period before; None when there is none.

        Its answers are read now; those that cannot be read are told of once and count as blank. Of a line of cases no
        more are followed than a year can have periods, and it is told.
        """
        earlier = self._case.previous
        if earlier and self._depth == MOST_EARLIER:
            self._of_line.append(problem("previous-too-far", earlier.place, most=MOST_EARLIER))
            return None
        case, problems = earlier.read() if earlier else (None, ())
        if earlier is None or case is None:
            return None
        if lost := sum(found.severity is Severity.ERROR for found in problems):
            self._of_line.append(problem("previous-misread", earlier.place, name=case.name, count=lost))
        return Evaluation(case, self._report, self._library, self._depth + 1, self._of_line)

    @cached_property
    def of_year(self) -> tuple[Evaluation, ...]:
        """The cases of the periods of the year before this one, the latest first; what is missing is told of."""
        found: list[Evaluation] = []
        year, at = self._period
        if year is None or at is None:
            return ()
        before, wanted = self.previous, at - 1
        while before and before._period[0] == year and wanted:
            found.append(before)
            wanted -= 1
            before = before.previous if wanted else None
        numbers = {each._period[1] for each in found}
        if missing := [number for number in range(1, at) if number not in numbers]:
            place = self.answers["case"].place.within(form="case", item=PREVIOUS)
            self._of_line.append(problem("so-far-gap", place, periods=listed(map(str, missing))))
        return tuple(each for each in found if each._period[1] in range(1, at))

    @cached_property
    def _period(self) -> tuple[int | None, int | None]:
        """The year of the case, and its period in it."""
        if self._report.periods is None:
            return None, None
        scope, periods = FormScope(self, "case"), self._report.periods
        return whole_number(self.run(periods.year, scope)), whole_number(self.run(periods.number, scope))

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
        rules = DecidedRules(partial(self._rules, name, self.specs[name]))
        items = DecidedItems(self.specs[name].by_name, partial(self.filled_item, name))
        return FilledForm(self.specs[name], items, answered is not None, place, rules)

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
            pieces = expressions.parse_text(source)
            return "".join(piece if isinstance(piece, str) else self._piece(piece, scope) for piece in pieces)
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
            given = answered is not None and is_given(item, answered.tables.get(item.name, ()))
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
        value = worded(cast(Value, self.item(form, item.name)), item, scope.name)
        given = answer.value is not None and (relevant or not is_dash(answer.value))
        return FilledItem(item, value, (), (), relevant, required, self._violates(item, value, scope), given, place)

    def _is_required(self, field: Field, scope: FormScope) -> bool:
        return self._truth(field.required, scope) if isinstance(field.required, Expression) else field.required

    def _violates(self, field: Field, value: Value, scope: FormScope) -> bool:
        """Whether a value breaks its constraint; a blank, a dash or a mark never does, nor does a blank verdict."""
        if field.constraint is None or value is None or value in field.marks or is_dash(value):
            return False
        return self.run(field.constraint.test, scope) is False

    def _filled_row(self, form: str, item: Item, number: int) -> FilledRow:
        scope = RowScope(self, form, item, number)
        answered = scope.answered
        cells = {column.name: self._filled_cell(scope, column, answered) for column in item.columns}
        return FilledRow(cells, answered.place, answered.group, answered.name, scope.is_reckoned)

    def _filled_cell(self, scope: RowScope, column: Column, answered: AnsweredRow) -> FilledCell:
        item, number = scope.item, scope.row
        given = answered.cells.get(column.name, _BLANK)
        place = given.place if given.place.file else answered.place.cell(column.name)
        if not answered.group and column.name not in item.deciding:
            return FilledCell(worded(given.value, column, scope.name), place)
        value = worded(self.cell(scope, column), column, scope.name)
        if answered.group:
            needed = item.group_rows is not None and column.name in item.group_rows.required
            return FilledCell(value, place, False, needed, False)
        if scope.is_closed(column):
            return FilledCell(None, place, closed=True)
        needed = not scope.shuts(column) and self._is_required(column, scope) and not (column.merge and number > 0)
        needed = needed and (column.relevant is None or self._truth(column.relevant, scope))
        computed = scope.calculation(column) is not None
        unasked = value is None and column.relevant is not None and not (given.value is None or is_dash(given.value))
        violates = self._violates(column, value, scope)
        return FilledCell(value, place, computed, needed, violates, unasked=unasked)

    def _footer(self, form: str, item: Item) -> tuple[Mapping[str, Value], ...]:
        scope = FormScope(self, form)
        rows: list[Mapping[str, Value]] = []
        for row in item.footer:
            cells = {name: cast(Value, self.run(expression, scope)) for name, expression in row.cells.items()}
            if row.calculation:
                cells[""] = cast(Value, self.run(row.calculation, scope))
            rows.append(cells)
        return tuple(rows)
