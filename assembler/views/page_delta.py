"""What changed from one page of a form to the next, and what of a page one person sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assembler.model.page import FormPage, PageAnswer, PageDelta, PageItem, PageRow, PageTable, TableDelta
from assembler.model.sheets import Sheet

May = Callable[[str], bool]  # of an item by its name


def seen_page(page: FormPage, sees: May, writes: May) -> FormPage:
    """The page without what somebody does not see; what he may not write is not open."""
    items = tuple(item if writes(item.field.name) else _closed(item) for item in page.items if sees(item.field.name))
    problems = tuple(found for found in page.problems if not found.item or sees(found.item))
    sheets = (_seen_sheet(sheet, sees) for sheet in page.sheets)
    return replace(page, items=items, problems=problems, sheets=tuple(sheet for sheet in sheets if sheet.items))


def _seen_sheet(sheet: Sheet, sees: May) -> Sheet:
    rows = (replace(row, items=tuple(item for item in row.items if sees(item))) for row in sheet.rows)
    return replace(sheet, rows=tuple(row for row in rows if row.items or row.heading))


def _closed(item: PageItem) -> PageItem:
    answer, table = item.answer._replace(open=False), item.table
    if table is None or not table.rows:
        return replace(item, answer=answer)
    return replace(item, answer=answer, table=replace(table, rows=tuple(map(_closed_row, table.rows))))


def _closed_row(row: PageRow) -> PageRow:
    return replace(row, cells={name: cell._replace(open=False) for name, cell in row.cells.items()})


def page_delta(before: FormPage, after: FormPage) -> PageDelta:
    """What leads from one page of a form to a later one of the same person."""
    answers: dict[str, PageAnswer] = {}
    carried: dict[str, str] = {}
    tables: dict[str, TableDelta] = {}
    for was, now in zip(before.items, after.items, strict=True):
        name = now.field.name
        if was.answer != now.answer:
            answers[name] = now.answer
        if was.carried != now.carried:
            carried[name] = now.carried
        if was.table is not None and now.table is not None:
            change = _table_delta(was.table, now.table)
            tables |= {name: change} if change else {}
    problems = None if before.problems == after.problems else after.problems
    return PageDelta(after.form, before.version, after.version, answers, carried, tables, problems)


def _table_delta(before: PageTable, after: PageTable) -> TableDelta | None:
    known = {row.key: row for row in before.rows}
    rows = tuple(row for row in after.rows if (was := known.get(row.key)) is not row and was != row)
    order = tuple(row.key for row in after.rows)
    moved = order != tuple(known)
    foot = None if before.foot == after.foot else after.foot
    if not rows and not moved and foot is None and before.lent == after.lent:
        return None
    return TableDelta(rows, order if moved else None, foot, after.lent)
