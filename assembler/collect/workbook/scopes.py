"""What the names of an expression are in a workbook: the cells of their answers, blank while not asked for."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from assembler.base.expressions import Reference
from assembler.collect.workbook.cells import SEPARATORS, choice_texts
from assembler.collect.workbook.formulas import Untold, condition, formula, rows_with_any
from assembler.collect.workbook.plans import Leaf, Region, SheetPlan
from assembler.model.specs import Column, Field, Item

CLOSED = "×"  # what stands in the hidden cell of a condition that does not hold
_MOST_COUNTED = 300  # rows whose answers are counted anew in each of them
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
        if self._region and not reference.form and reference.name in self._region.item.printed_rows:
            return self._of_row(self._plans[self._own], self._region, self._column, reference.name)
        plan, item = self._plan(reference), self._item(reference)
        if item.is_table or item.type == "select_multiple":
            raise Untold
        if item.name in plan.answers:
            address, closed = self._single(plan, item)
            return _unless(_or(_blank(address), closed), address)
        return self._hidden(plan, item)

    def _single(self, plan: SheetPlan, item: Item) -> tuple[str, str]:
        """The cell of a single answer, and what is true while it is not asked for."""
        row, column = plan.answers[item.name]
        prefix = self._prefix(plan)
        closed = f'{prefix}${get_column_letter(plan.aside)}${row}="{CLOSED}"' if item.relevant else ""
        return f"{prefix}${get_column_letter(column)}${row}", closed

    def _leaves_here(self, reference: Reference) -> tuple[Leaf, ...]:
        if self._region is None or reference.form:
            return ()
        return tuple(leaf for leaf in self._region.leaves if leaf.column.name == reference.name)

    def named(self, table: Reference, column: str, row: str) -> str:
        return self._of_row(*self._region_of(table), column, row)

    def _of_row(self, plan: SheetPlan, region: Region, column: str, row: str) -> str:
        """The cell of a column in a printed row."""
        leaves = tuple(leaf for leaf in region.leaves if leaf.column.name == column)
        number = next(at for at, printed in enumerate(region.item.rows) if printed.name == row)
        if len(leaves) != 1 or leaves[0].column.relevant:
            raise Untold
        address = f"{self._prefix(plan)}${get_column_letter(leaves[0].at)}${region.first + number}"
        return _unless(_blank(address), address)

    def _in_row(self, leaves: tuple[Leaf, ...]) -> str:
        addresses, closed = self._cells(leaves)
        if leaves[0].choice is None:
            return _unless(_or(_blank(addresses[0]), closed), addresses[0])
        if leaves[0].column.type != "select_one":
            raise Untold
        said = '""'
        for address, text in reversed(list(zip(addresses, choice_texts(leaves[0].column), strict=True))):
            said = f'IF({address}<>"",{_quoted(text)},{said})'
        return _unless(closed, said) if closed else said

    def _cells(self, leaves: tuple[Leaf, ...]) -> tuple[list[str], str]:
        """The cells of a column in the row, and what is true while it is not asked for."""
        addresses = [f"${get_column_letter(leaf.at)}{self._row}" for leaf in leaves]
        return addresses, self.closed(leaves[0].column)

    def closed(self, column: Column) -> str:
        """What is true in the row while a column of it is not asked for; «» when it always is."""
        if column.relevant is None or self._region is None:
            return ""
        aside = self._plans[self._own].aside_of(self._region, column.relevant.source)
        return f'${get_column_letter(aside)}{self._row}="{CLOSED}"'

    def among(self, reference: Reference, choice: str) -> str:
        leaves = self._leaves_here(reference)
        names = [each.name for each in self.field(reference).choices]
        if choice not in names:
            raise Untold
        text = choice_texts(self.field(reference))[names.index(choice)]
        if not leaves:
            address, closed = self._answer(reference)
            return _unless(_or(_blank(address), closed), _holds(address, text))
        addresses, closed = self._cells(leaves)
        if leaves[0].choice is None:
            return _unless(_or(_blank(addresses[0]), closed), _holds(addresses[0], text))
        none = f"AND({','.join(map(_blank, addresses))})"
        return _unless(_or(none, closed), f'{addresses[names.index(choice)]}<>""')

    def _answer(self, reference: Reference) -> tuple[str, str]:
        plan, item = self._plan(reference), self._item(reference)
        if item.name not in plan.answers:
            raise Untold
        return self._single(plan, item)

    def _hidden(self, plan: SheetPlan, item: Item) -> str:
        """The formula of a calculated item that is not shown."""
        if item.calculation is None or self._depth >= _DEEPEST:
            raise Untold
        inside = SheetScope(self._plans, plan.form.id, depth=self._depth + 1, home=self._home)
        found = formula(item.calculation.source, inside)
        asked = condition(item.relevant.source, inside) if item.relevant else "TRUE"
        if found is None or asked is None:
            raise Untold
        return f'IF({asked},{found[1:]},"")' if item.relevant else f"({found[1:]})"

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

    def asked(self, table: Reference, column: str) -> str:
        plan, region = self._region_of(table)
        relevant = region.item.column(column).relevant
        if relevant is None:
            return ""
        letter = get_column_letter(plan.aside_of(region, relevant.source))
        return f'{self._prefix(plan)}${letter}${region.first}:${letter}${region.last}<>"{CLOSED}"'

    def all_columns(self, table: Reference) -> tuple[str, ...]:
        plan, region = self._region_of(table)
        if region.item.rows:
            raise Untold
        return tuple(self._range(plan, region, leaf) for leaf in region.leaves if leaf.column.is_asked)

    def position(self) -> str:
        if self._region is None:
            raise Untold
        if self._counts_answers:
            letters = [get_column_letter(leaf.at) for leaf in self._region.leaves if leaf.column.is_asked]
            return rows_with_any([f"{each}${self._region.first}:{each}{self._row}" for each in letters])
        letter = get_column_letter(next(leaf.at for leaf in self._region.leaves if leaf.column.name == self._column))
        above = self._region.first - 1
        return f"(COUNT({letter}${above}:{letter}{self._row - 1})+1)"

    def to_here(self, table: Reference, column: str) -> tuple[str, str]:
        _, region = self._region_of(table)
        leaf = next((leaf for leaf in region.leaves if leaf.column.name == column), None)
        if region is not self._region or leaf is None or leaf.choice or leaf.column.relevant:
            raise Untold
        letter = get_column_letter(leaf.at)
        return f"${letter}${region.first}:${letter}{self._row}", f"${letter}{self._row}"

    @property
    def _counts_answers(self) -> bool:
        """Whether rows are numbered by those with answers, so that one that is put between counts too; where rows are
        printed, are bands or are very many, by the numbers above.
        """
        region = self._region
        return (
            region is not None
            and not (region.item.rows or region.item.group_rows)
            and region.last - region.first < _MOST_COUNTED
            and any(leaf.column.is_asked for leaf in region.leaves)
        )

    def _range(self, plan: SheetPlan, region: Region, leaf: Leaf) -> str:
        letter, prefix = get_column_letter(leaf.at), self._prefix(plan)
        return ",".join(f"{prefix}${letter}${first}:${letter}${last}" for first, last in region.stretches)

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


def single_formula(source: str, plans: Mapping[str, SheetPlan], form: str, name: str) -> str | None:
    """The formula of a calculated item; blank while it does not apply."""
    plan = plans[form]
    found = formula(source, SheetScope(plans, form))
    if found is None or name not in plan.answers or plan.form.by_name[name].relevant is None:
        return found
    return f'=IF(${get_column_letter(plan.aside)}${plan.answers[name][0]}="{CLOSED}","",{found[1:]})'


def row_formula(
    source: str, plans: Mapping[str, SheetPlan], form: str, region: Region, row: int, column: str
) -> str | None:
    """The formula of a calculated column in a row; blank in a row with nothing in it, and while it does not apply."""
    scope = SheetScope(plans, form, region, row, column)
    found = formula(source, scope)
    if found is None:
        return None
    blank = [closed] if (closed := scope.closed(region.item.column(column))) else []
    if region.item.relevant:
        blank.append(f'${get_column_letter(plans[form].aside)}${region.head}="{CLOSED}"')
    asked = ",".join(f"{get_column_letter(leaf.at)}{row}" for leaf in region.leaves if leaf.column.is_asked)
    if asked and not region.item.rows:
        blank.append(f"COUNTA({asked})=0")
    return "=" + _unless(_or(*blank), found[1:]) if blank else found


def _unless(test: str, told: str) -> str:
    return f'IF({test},"",{told})'


def _blank(address: str) -> str:
    return f'{address}=""'


def _or(*tests: str) -> str:
    found = [each for each in tests if each]
    return f"OR({','.join(found)})" if len(found) > 1 else found[0]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _holds(address: str, text: str) -> str:
    """Whether a cell of several choices, a line each or with signs between them, holds one."""
    cell, wanted = address, text
    for sign in (" ", "\n", *SEPARATORS):
        line = "" if sign == " " else "|"
        cell = f"SUBSTITUTE({cell},{'CHAR(10)' if sign == chr(10) else _quoted(sign)},{_quoted(line)})"
        wanted = wanted.replace(sign, line)
    return f'ISNUMBER(FIND({_quoted(f"|{wanted}|")},"|"&{cell}&"|"))'
