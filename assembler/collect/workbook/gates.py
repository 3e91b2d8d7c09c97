"""What is asked for now: each condition as a formula in a hidden cell, and the cells that are greyed while it fails.

The hidden cell stands beside what it decides on, as Excel follows no other sheet in a rule of looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from assembler.collect.workbook.formulas import condition
from assembler.collect.workbook.plans import FIRST, Region, SheetPlan
from assembler.collect.workbook.scopes import CLOSED, SheetScope


@dataclass(frozen=True)
class Gate:
    """A condition: its hidden ``column``, the formulas there by row, the cells it closes as ranges, and what is true
    of the first of these while it is closed.
    """

    column: int
    formulas: Mapping[int, str]
    cells: str
    closed: str


def gates(plan: SheetPlan, plans: Mapping[str, SheetPlan]) -> Iterator[Gate]:
    """Those of a sheet. Where no formula says a condition there is none: what it decides on stays open."""
    for item in plan.form.items:
        region = plan.regions.get(item.name)
        if item.relevant and region is not None:
            area = (FIRST, region.first, FIRST + plan.columns - 1, region.last)
            yield from _gate(plan, plans, item.relevant.source, region.head, area)
        elif item.relevant and item.name in plan.answers:
            row, at = plan.answers[item.name]
            yield from _gate(plan, plans, item.relevant.source, row, (at, row, plan.answer_columns[1], row))
        if region is not None:
            yield from _gates_of_rows(plan, plans, region)


def _gate(
    plan: SheetPlan, plans: Mapping[str, SheetPlan], source: str, row: int, area: tuple[int, int, int, int]
) -> Iterator[Gate]:
    left, top, right, bottom = area
    told = condition(source, SheetScope(plans, plan.form.id))
    if told is not None and bottom >= top:
        cells = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        closed = f'${get_column_letter(plan.aside)}${row}="{CLOSED}"'
        yield Gate(plan.aside, {row: _formula(told)}, cells, closed)


def _gates_of_rows(plan: SheetPlan, plans: Mapping[str, SheetPlan], region: Region) -> Iterator[Gate]:
    """Those of the columns of a table, a formula a row; a band row answers to none."""
    base = plan.base_rows[region.item.name]
    bands = {region.first + at for at, row in enumerate(base) if row.group}
    rows = [row for row in range(region.first, region.last + 1) if row not in bands]
    for source in region.conditions:
        scopes = {row: SheetScope(plans, plan.form.id, region, row) for row in rows}
        formulas = {row: _formula(told) for row, scope in scopes.items() if (told := condition(source, scope))}
        letters = [
            get_column_letter(leaf.at)
            for leaf in region.leaves
            if leaf.column.relevant and leaf.column.relevant.source == source
        ]
        if formulas:
            aside = plan.aside_of(region, source)
            cells = " ".join(f"{letter}{region.first}:{letter}{region.last}" for letter in letters)
            yield Gate(aside, formulas, cells, f'${get_column_letter(aside)}{region.first}="{CLOSED}"')


def _formula(told: str) -> str:
    return f'=IF(IFERROR({told},TRUE),"","{CLOSED}")'
