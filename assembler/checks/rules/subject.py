"""What a kind of rule is given: the words of the rule, its form, and the other forms of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

import jdatetime

from assembler.base.persian import is_dash
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow, FilledRule
from assembler.model.rules import ColumnName, DateColumn, NumberColumn
from assembler.model.specs import Column, Expression, RuleWords

Words = TypeVar("Words", bound=RuleWords, covariant=True)


@dataclass(frozen=True)
class Subject(Generic[Words]):
    """One rule at work. Rows are numbered from 1 as the answer file has them, band rows included."""

    words: Words
    filled: FilledRule
    form: FilledForm
    forms: Mapping[str, FilledForm]
    before: Mapping[str, FilledForm]  # those of the case of the period before; none without such a case

    @cached_property
    def item(self) -> FilledItem:
        return self.form.items[self.filled.rule.item]

    @cached_property
    def rows(self) -> tuple[FilledRow, ...]:
        """The ordinary rows of the rule's table; none when it does not apply."""
        return tuple(row for row in self.item.rows if row.is_ordinary)

    @property
    def note(self) -> str:
        """What the rule adds to the words of its kind, with a space before it; «» when it adds nothing."""
        return f" {self.filled.message}" if self.filled.message else ""

    def value(self, expression: Expression) -> Value:
        """What an expression among the words came to; None when it is blank."""
        return self.filled.values.get(expression)

    def column(self, name: ColumnName) -> Column:
        return self.item.spec.column(name)

    def cell(self, row: FilledRow, name: ColumnName) -> Value:
        """A row's cell; a dash, or a mark such as «to be said», counts as blank."""
        value = row.cells[name].value
        return None if value in self.column(name).marks or is_dash(value) else value

    def date(self, row: FilledRow, name: DateColumn) -> jdatetime.date | None:
        value = self.cell(row, name)
        return value if isinstance(value, jdatetime.date) else None

    def number(self, row: FilledRow, name: NumberColumn) -> Decimal | None:
        return number_in(self.cell(row, name))

    def place(self, row: FilledRow, name: str) -> Place:
        """The place of a row's cell."""
        return row.cells[name].place.within(column=name)

    def target(self, name: str) -> FilledItem | None:
        """The item ``form.item`` or ``form.item.column`` names; None where the case has no such form."""
        form, item = name.split(".")[:2]
        return self.forms[form].items.get(item) if form in self.forms else None

    def find(self, code: str, place: Place, **evidence: object) -> Problem:
        """A finding: the severity is the rule's, or that of the code; the rule's message stands behind it where it is
        not what the finding says.
        """
        if self.note and "message" not in evidence:
            evidence = {**evidence, "note": self.note}
        return problem(code, place, self.filled.rule.severity, **evidence)


def number_in(value: Value) -> Decimal | None:
    """The number a cell holds; None for a blank, a mark or anything else."""
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
