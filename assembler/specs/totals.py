"""Totals of a table both ways: a column that adds up each row, a closing row that adds up each column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assembler.base.problems import Place
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode
from assembler.model.specs import Column, Expression
from assembler.model.tables import FooterRow
from assembler.specs.nodes import mapping, text, texts
from assembler.specs.printed_rows import ADDED_UP

ACROSS = "across"
Report = Callable[..., None]


class Totals:
    """What ``totals`` of a table adds to it."""

    def __init__(self, table: MappingNode, columns: Sequence[Column], place: Place, report: Report) -> None:
        self._name, self._columns = text(table, "name"), columns
        node = mapping(table.get("totals"))
        self._place = place.within(line=table.line_of("totals"))
        self._across, self._down, only = text(node, "across"), text(node, "down"), texts(node, "only")
        if "totals" not in table.entries:
            return
        if not (self._across or self._down):
            report("missing-key", self._place, shape="totals", name="across | down")
        known = [column.name for column in columns if column.type in ADDED_UP]
        for name in (each for each in only if each not in known):
            report("unknown-item", self._place, name=name, shape="table", guess=guess(name, known), known=listed(known))
        self._added = [name for name in only if name in known] or [name for name in known if self._is_plain(name)]
        if not self._added:
            report("totals-nothing", self._place)

    def _is_plain(self, name: str) -> bool:
        """Whether a column is added up unless it is said otherwise: it is answered, and printed."""
        column = next(each for each in self._columns if each.name == name)
        return column.is_asked and not {"hidden", "plain"} & {*column.appearance}

    def columns(self) -> Iterator[Column]:
        """The total of each row, as a column behind the others."""
        if self._across and self._added:
            types = {column.type for column in self._columns if column.name in self._added}
            told = Expression(f"sum({', '.join(self._added)})", self._place)
            kind = "decimal" if "decimal" in types else "integer"
            place = self._place.within(column=ACROSS)
            yield Column(ACROSS, kind, self._across, calculation=told, place=place, width=2.4)

    def footer(self) -> Iterator[FooterRow]:
        """The total of each column, as the last closing row."""
        if self._down and self._added:
            names = [*self._added, *([ACROSS] if self._across else [])]
            told = {name: Expression(f"total({self._name}, '{name}')", self._place) for name in names}
            yield FooterRow(self._down, cells=told)
