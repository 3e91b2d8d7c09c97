"""What a kind of rule is given: the rule, its form, and the other forms of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow, FilledRule
from assembler.model.specs import Column


@dataclass(frozen=True)
class Subject:
    """One rule at work. Rows are numbered from 1 as the answer file has them, band rows included."""

    filled: FilledRule
    form: FilledForm
    forms: Mapping[str, FilledForm]

    @cached_property
    def item(self) -> FilledItem:
        return self.form.items[self.filled.rule.item]

    @cached_property
    def rows(self) -> tuple[FilledRow, ...]:
        """The ordinary rows of the rule's table; none when it does not apply."""
        return tuple(row for row in self.item.rows if not row.group)

    def option(self, word: str) -> str:
        """A word of the rule that is a text; «» when it was left out."""
        found = self.filled.rule.options.get(word, "")
        return found if isinstance(found, str) else ""

    def options(self, word: str) -> tuple[str, ...]:
        """A word of the rule that is a list of names."""
        found = self.filled.rule.options.get(word, ())
        return found if isinstance(found, tuple) else (found,) if isinstance(found, str) else ()

    def whole(self, word: str) -> int:
        """A word of the rule that is a number."""
        found = self.filled.rule.options.get(word, 0)
        return found if isinstance(found, int) else 0

    def value(self, word: str) -> Value:
        """What an expression of the rule came to; None when it is blank."""
        return self.filled.values.get(word)

    def column(self, word: str) -> Column:
        """The column a word of the rule names."""
        return self.item.spec.column(self.option(word))

    def cell(self, row: FilledRow, word: str) -> Value:
        """A row's cell in the column a word names; a mark such as «-» counts as blank."""
        column = self.column(word)
        value = row.cells[column.name].value
        return None if value in column.marks else value

    def place(self, row: FilledRow, column: str) -> Place:
        """The place of a row's cell."""
        return row.cells[column].place.within(column=column)

    def find(self, code: str, place: Place, **evidence: object) -> Problem:
        """A finding: the severity is the rule's, or that of the code."""
        return problem(code, place, self.filled.rule.severity, **evidence)


def groups(rows: tuple[FilledRow, ...]) -> Iterator[tuple[FilledRow | None, tuple[FilledRow, ...]]]:
    """The rows in stretches, each under its band row; None for rows before the first band."""
    band: FilledRow | None = None
    stretch: list[FilledRow] = []
    for row in rows:
        if row.group:
            if band is not None or stretch:
                yield band, tuple(stretch)
            band, stretch = row, []
        else:
            stretch.append(row)
    if band is not None or stretch:
        yield band, tuple(stretch)
