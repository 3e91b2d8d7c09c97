"""What a page of a form and its changes are sent as: plain data for JSON, without what says nothing.

What is left out: an answer's ``shown`` where it is as ``typed``; what is false, empty or «», and of an answer
``relevant``, ``open`` and ``exact`` where they are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from assembler.model.acts import (
    CHANGE_KINDS,
    CaseOverview,
    Change,
    Conflict,
    Outcome,
    PastedCell,
    Preview,
    Refused,
    Target,
    Written,
)
from assembler.model.page import (
    FormPage,
    PageAnswer,
    PageBox,
    PageDelta,
    PageField,
    PageItem,
    PageProblem,
    PageRow,
    PageTable,
    TableDelta,
)
from assembler.views.json import Json, problems_json, sheet_json

_TRUE = ("relevant", "open", "exact")  # unless something else is said


def page_json(page: FormPage) -> Json:
    """A whole page."""
    return {
        "form": page.form,
        "title": page.title,
        "version": page.version,
        "legal": list(page.legal),
        "source": page.source,
        "notes": list(page.notes),
        "direction": page.direction,
        "items": [_item(item) for item in page.items],
        "problems": [_problem(found) for found in page.problems],
        "sheets": [sheet_json(sheet) for sheet in page.sheets],
    }


def delta_json(delta: PageDelta) -> Json:
    """What changed; ``problems`` are left out while they are the same."""
    problems = {} if delta.problems is None else {"problems": [_problem(found) for found in delta.problems]}
    return {
        "form": delta.form,
        "before": delta.before,
        "version": delta.version,
        "answers": {name: _answer(answer) for name, answer in delta.answers.items()},
        "carried": dict(delta.carried),
        "tables": {name: _table_delta(table) for name, table in delta.tables.items()},
        **problems,
    }


def outcome_json(outcome: Outcome) -> Json:
    """What came of an act: ``outcome`` is «written», «conflict» or «refused»."""
    match outcome:
        case Written():
            return {
                "outcome": "written",
                "changes": [change_json(change) for change in outcome.changes],
                "delta": delta_json(outcome.delta),
                "others": list(outcome.others),
                "kept": [change_json(change) for change in outcome.kept],
                "warnings": problems_json(outcome.warnings),
            }
        case Conflict():
            contested = [{**asdict(each), "at": target_json(each.at)} for each in outcome.contested]
            return {"outcome": "conflict", "contested": contested, "delta": delta_json(outcome.delta)}
        case Refused():
            return {"outcome": "refused", "problems": problems_json(outcome.problems)}


def target_json(at: Target) -> Json:
    return _telling(asdict(at))


def change_json(change: Change) -> Json:
    """A change as it is kept; ``change_from`` reads it."""
    return _telling({**vars(change), "at": target_json(change.at)})


def change_from(data: Mapping[str, object]) -> Change:
    """A change that was kept. Raises KeyError and ValueError when it is none."""
    at = data["at"]
    if not isinstance(at, Mapping):
        raise ValueError("at")
    kind = next((each for each in CHANGE_KINDS if each == data["kind"]), None)
    if kind is None:
        raise ValueError("kind")
    target = Target(**{name: str(at.get(name, "")) for name in ("form", "item", "row", "column")})
    act, who, before, after = (str(data.get(name, "")) for name in ("act", "who", "before", "after"))
    return Change(act, who, kind, target, before, after, data.get("was"), data.get("now"), bool(data.get("band")))


def preview_json(preview: Preview) -> Json:
    return {**vars(preview), "columns": list(preview.columns), "cells": [_pasted(cell) for cell in preview.cells]}


def _pasted(cell: PastedCell) -> Json:
    told = problems_json([cell.problem])[0] if cell.problem else None
    return _telling({**vars(cell), "problem": told})


def overview_json(overview: CaseOverview) -> Json:
    return {
        **vars(overview),
        "sections": [
            {"title": section.title, "forms": [vars(form) for form in section.forms]} for section in overview.sections
        ],
        "due": [vars(each) for each in overview.due],
        "problems": problems_json(overview.problems),
    }


# ---------------------------------------------------------------- the parts of a page


def _telling(data: Mapping[str, object]) -> Json:
    """Without what says nothing; a number and a blank that was something are told."""
    return {name: value for name, value in data.items() if value not in ("", None, (), []) and value is not False}


def _answer(answer: PageAnswer) -> Json:
    data = _telling({**answer._asdict(), "chosen": list(answer.chosen)})
    data |= {name: False for name in _TRUE if not getattr(answer, name)}
    for name in _TRUE:
        if data.get(name) is True:
            del data[name]
    if answer.shown == answer.typed:
        data.pop("shown", None)
    return data


def _field(field: PageField) -> Json:
    choices = [_telling(vars(choice)) for choice in field.choices]
    data = {**vars(field), "choices": choices}
    for name in ("heads", "helps", "notes", "conditions", "marks", "appearance"):
        data[name] = list(data[name])
    return _telling(data)


def _item(item: PageItem) -> Json:
    more = {"carried": item.carried, "alike": item.alike, "doubts": list(item.doubts), "number": item.number}
    table = {"table": _table(item.table)} if item.table else {}
    return {**_field(item.field), "answer": _answer(item.answer), **table, **_telling(more)}


def _table(table: PageTable) -> Json:
    return {
        **_telling({**vars(table), "bands": list(table.bands), "notes": list(table.notes)}),
        "columns": [_field(column) for column in table.columns],
        "leaves": [_telling(vars(leaf)) for leaf in table.leaves],
        "head": _boxes(table.head),
        "rows": [_row(row) for row in table.rows],
        "foot": _boxes(table.foot),
    }


def _row(row: PageRow) -> Json:
    return {
        **_telling({**vars(row), "closed": list(row.closed)}),
        "cells": {name: _answer(cell) for name, cell in row.cells.items()},
    }


def _table_delta(delta: TableDelta) -> Json:
    data: Json = {"rows": [_row(row) for row in delta.rows], "lent": delta.lent}
    data |= {} if delta.order is None else {"order": list(delta.order)}
    return data | ({} if delta.foot is None else {"foot": _boxes(delta.foot)})


def _boxes(rows: Iterable[Iterable[PageBox]]) -> list[list[Json]]:
    return [[vars(box) for box in row] for row in rows]


def _problem(found: PageProblem) -> Json:
    return _telling({**vars(found), "severity": str(found.severity)})
