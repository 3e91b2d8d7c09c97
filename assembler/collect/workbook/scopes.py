"""What the names of an expression are in a workbook: the cells of their answers."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from assembler.base.expressions import Reference
from assembler.collect.workbook.cells import choice_texts
from assembler.collect.workbook.formulas import Untold, formula
from assembler.collect.workbook.plans import Leaf, Region, SheetPlan
from assembler.model.specs import Field, Item

_DEEPEST = 5  # calculations that rest on hidden ones


class SheetScope:
    """The names of a form's sheet, or of a row of one of its tables."""

    def __init__(
        self, plans: Mapping[str, SheetPlan], own: str, region: Region | None = None, row: int = 0, column: str = "",
        depth: int = 0, home: str = "",
    ) -> None:  # fmt: skip
        self._plans, self._own, self._region, self._row = plans, own, region, row
        self._column, self._depth, self._home = column, depth, home or own

    def cell(self, reference: Reference) -> str:
        leaves = self._leaves_here(reference)
        if leaves:
            return self._in_row(leaves)
        plan, item = self._plan(reference), self._item(reference)
        if item.is_table or item.type == "select_multiple":
            raise Untold
        if item.name in plan.answers:
            row, column = plan.answers[item.name]
            address = f"{self._prefix(plan)}${get_column_letter(column)}${row}"
            return f'IF({address}="","",{address})'
        return self._hidden(plan, item)

    def _leaves_here(self, reference: Reference) -> tuple[Leaf, ...]:
        if self._region is None or reference.form:
            return ()
        return tuple(leaf for leaf in self._region.leaves if leaf.column.name == reference.name)

    def _in_row(self, leaves: tuple[Leaf, ...]) -> str:
        addresses = [f"${get_column_letter(leaf.at)}{self._row}" for leaf in leaves]
        if leaves[0].choice is None:
            return f'IF({addresses[0]}="","",{addresses[0]})'
        if leaves[0].column.type != "select_one":
            raise Untold
        said = '""'
        for address, text in reversed(list(zip(addresses, choice_texts(leaves[0].column), strict=True))):
            quoted = text.replace('"', '""')
            said = f'IF({address}<>"","{quoted}",{said})'
        return said

    def _hidden(self, plan: SheetPlan, item: Item) -> str:
        """The formula of a calculated item that is not shown."""
        if item.calculation is None or self._depth >= _DEEPEST:
            raise Untold
        inside = SheetScope(self._plans, plan.form.id, depth=self._depth + 1, home=self._home)
        found = formula(item.calculation.source, inside)
        if found is None:
            raise Untold
        return f"({found[1:]})"

    def field(self, reference: Reference) -> Field:
        if reference.column:
            return self._item(reference).column(reference.column)
        leaves = self._leaves_here(reference)
        return leaves[0].column if leaves else self._item(reference)

    def text(self, field: Field, choice: str) -> str:
        names = [each.name for each in field.choices]
        return choice_texts(field)[names.index(choice)] if choice in names else choice

    def columns(self, table: Reference, column: str) -> tuple[str, ...]:
        plan, region = self._region_of(table)
        leaves = [leaf for leaf in region.leaves if leaf.column.name == column]
        return tuple(self._range(plan, region, leaf) for leaf in leaves)

    def all_columns(self, table: Reference) -> tuple[str, ...]:
        plan, region = self._region_of(table)
        if region.item.rows:
            raise Untold
        return tuple(self._range(plan, region, leaf) for leaf in region.leaves if leaf.column.is_asked)

    def position(self) -> str:
        if self._region is None:
            raise Untold
        letter = get_column_letter(next(leaf.at for leaf in self._region.leaves if leaf.column.name == self._column))
        above = self._region.first - 1
        return f"(COUNT({letter}${above}:{letter}{self._row - 1})+1)"

    def _range(self, plan: SheetPlan, region: Region, leaf: Leaf) -> str:
        letter = get_column_letter(leaf.at)
        return f"{self._prefix(plan)}${letter}${region.first}:${letter}${region.last}"

    def _region_of(self, table: Reference) -> tuple[SheetPlan, Region]:
        """A table of the workbook. Of one with band rows nothing is counted by formulas: they would count those too."""
        plan = self._plan(table)
        region = plan.regions.get(table.name)
        if region is None or region.item.group_rows or region.last < region.first:
            raise Untold
        return plan, region

    def _plan(self, reference: Reference) -> SheetPlan:
        plan = self._plans.get(reference.form or self._own)
        if plan is None or reference.previous:
            raise Untold
        return plan

    def _item(self, reference: Reference) -> Item:
        items = (item for item in self._plan(reference).form.items if item.name == reference.name)
        if (found := next(items, None)) is None:
            raise Untold
        return found

    def _prefix(self, plan: SheetPlan) -> str:
        """The sheet, where the formula stands on another."""
        return "" if plan.form.id == self._home else "'" + plan.name.replace("'", "''") + "'!"


def row_formula(
    source: str, plans: Mapping[str, SheetPlan], form: str, region: Region, row: int, column: str
) -> str | None:
    """The formula of a calculated column in a row; blank in a row with nothing in it."""
    found = formula(source, SheetScope(plans, form, region, row, column))
    if found is None or region.item.rows:
        return found
    asked = ",".join(f"{get_column_letter(leaf.at)}{row}" for leaf in region.leaves if leaf.column.is_asked)
    return f'=IF(COUNTA({asked})=0,"",{found[1:]})' if asked else found
