"""What the texts and conditions of a report can name: ``case.field``, ``form('…').item``, ``previous('…').item``, in
lists ``row.column``, in letters and the texts of parts ``packet.annexes``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from assembler.base.expressions import NO_CASE, Tree, evaluate, parse_text, reference_of, shifted_of, value_of
from assembler.base.functions import plainly, printable
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.specs import Expression
from assembler.model.values import printed

NO_FORMS: Mapping[str, FilledForm] = MappingProxyType({})


class _Rows:
    def __init__(self, item: FilledItem) -> None:
        self._item = item
        self._rows = [row for row in item.rows if row.is_ordinary]

    def __len__(self) -> int:
        return len(self._rows)

    def column(self, name: str) -> Sequence[object]:
        marks = self._item.spec.column(name).marks
        cells = (row.cells[name].value for row in self._rows)
        return [None if value in marks else value for value in cells]

    def cell(self, column: str, row: str) -> object:
        found = next((each.cells[column].value for each in self._item.rows if each.name == row), None)
        return None if found in self._item.spec.column(column).marks else found


class _Items:
    """A form's items; marks count as blank."""

    def __init__(self, form: FilledForm) -> None:
        self.form = form

    def get(self, name: str) -> object:
        item = self.form.items[name]
        if item.spec.is_table:
            return _Rows(item)
        return None if item.value in item.spec.marks else item.value


class ReportScope:
    """The scope of a report's texts. Values in texts are printed as such only where their field is known.

    ``summary`` says how many forms have each status, ``previous`` are the forms of the case of the period before,
    ``annexes`` counts what follows the letter, ``amended`` is what a letter amends.
    """

    def __init__(
        self,
        forms: Mapping[str, FilledForm],
        row: tuple[FilledItem, FilledRow] | None = None,
        summary: Mapping[str, int] | None = None,
        previous: Mapping[str, FilledForm] = NO_FORMS,
        annexes: Callable[[], int] | None = None,
        amended: Mapping[str, object] | None = None,
    ) -> None:
        self._forms = forms
        self._row = row
        self._summary = summary
        self._previous = previous
        self._annexes = annexes
        self._amended = amended

    def with_row(self, item: FilledItem, row: FilledRow) -> ReportScope:
        """The same for an entry of a list."""
        return ReportScope(self._forms, (item, row), self._summary, self._previous, self._annexes)

    def with_amended(self, amended: Mapping[str, object]) -> ReportScope:
        """The same for what a letter says once it amends one."""
        return ReportScope(self._forms, self._row, self._summary, self._previous, self._annexes, amended)

    def name(self, name: str) -> object:
        if name == "case":
            return _Items(self._forms["case"])
        if name == "row" and self._row:
            return self._row
        if name == "summary" and self._summary is not None:
            return self._summary
        if name == "packet" and self._annexes is not None:
            return {"annexes": self._annexes()}
        if name == "amended" and self._amended is not None:
            return self._amended
        raise KeyError(name)

    def attribute(self, owner: object, name: str) -> object:
        if isinstance(owner, _Items):
            return owner.get(name)
        if isinstance(owner, Mapping):
            return owner[name]
        if isinstance(owner, tuple):
            item, row = owner
            return printed(row.cells[name].value, item.spec.column(name))
        raise TypeError(name)

    def form(self, form: str) -> object:
        return _Items(self._forms[form])

    def previous(self, form: str) -> object:
        return _Items(self._previous[form]) if form in self._previous else NO_CASE

    def earlier(self) -> tuple[()]:
        """None: what is summed over a year is summed in its form."""
        return ()

    def text(self, source: str) -> str:
        """A text of the report with its expressions filled in."""
        pieces = parse_text(source)
        return "".join(piece if isinstance(piece, str) else self._printed(piece) for piece in pieces)

    def _printed(self, node: Tree) -> str:
        """An item by its label and format, anything calculated as plain numbers and texts."""
        named = reference_of(node)
        forms = self._previous if named and named.previous else self._forms
        if named and named.form in forms:
            item = forms[named.form].items[named.name]
            return printed(item.value, item.spec)
        counted = shifted_of(node)
        if counted and counted.form in forms and forms[counted.form].items[counted.name].spec.is_plain:
            return plainly(value_of(node, self))
        return printable(value_of(node, self))

    def holds(self, condition: Expression | None) -> bool:
        return condition is None or bool(evaluate(condition.source, self))
