"""What the program publishes as JSON: the one place that says which keys there are; pages have ``page_json``.

Keys and values stay as they are: what reads them is not ours. Days are ``1405/02/31``, scores exact decimals as texts.
The shape of a problem is that of ``Problem.as_json``, which receipts hold too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

import jdatetime

from assembler.base.persian import date_text
from assembler.base.problems import Problem
from assembler.base.tongue import Tongue, printed_in
from assembler.model.reports import ReportSpec
from assembler.model.sheets import Sheet
from assembler.model.specs import Choice, Column, Expression, Field, FormSpec, Item, Rule, Stage
from assembler.model.tables import PrintedRow

if TYPE_CHECKING:  # a command loads what it shows, and no more
    from assembler.model.changes import Change
    from assembler.model.unread import UnreadCase
    from assembler.records.registry import Entry
    from assembler.views.answers import AnswerView
    from assembler.views.changes.comparison import Comparison, Side
    from assembler.views.due import DueState, PeriodState
    from assembler.views.letters import LetterState, Outgoing
    from assembler.views.ranking import Part, Ranking, Standing
    from assembler.views.status import CaseState, DeadlineState

Json: TypeAlias = dict[str, object]


def problems_json(problems: Iterable[Problem]) -> list[Json]:
    return [found.as_json() for found in problems]


def _day(day: jdatetime.date | None) -> str | None:
    return date_text(day) if day else None


# ---------------------------------------------------------------- status and due


def status_json(state: CaseState) -> Json:
    return {
        "case": state.case,
        "report": state.report,
        "title": state.title,
        "today": _day(state.today),
        "percent": state.percent,
        "totals": dict(state.totals),
        "statuses": [asdict(status) for status in state.statuses],
        "fields": asdict(state.fields),
        "dimensions": [asdict(dimension) for dimension in state.dimensions],
        "others": [asdict(form) for form in state.others],
        "deadlines": [_deadline(deadline) for deadline in state.deadlines],
        "problems": {"errors": state.errors, "warnings": state.warnings, "information": state.information},
        **_outgoing(state.outgoing),
    }


def _outgoing(told: Outgoing) -> Json:
    return {
        "letters": [_letter(letter) for letter in told.letters],
        "unused_numbers": [{**vars(each), "given": _day(each.given)} for each in told.unused],
        "revisions": [{"number": one.number, "unconfirmed": one.unconfirmed or None} for one in told.revisions],
        "changed_since_issue": told.changed,
        "registry": str(told.registry) if told.registry else None,
        "unreadable": problems_json(told.problems),
    }


def _letter(letter: LetterState) -> Json:
    return {
        "letter": letter.letter,
        "title": letter.title,
        "number": letter.number or None,
        "date": _day(letter.date),
        "state": letter.stage,
        "revision": letter.revision or None,
        "signed": _day(letter.signed),
        "sent": _day(letter.sent),
        "amended_by": letter.amended_by or None,
    }


def _deadline(deadline: DeadlineState) -> Json:
    return {**vars(deadline), "due": _day(deadline.due), "done": _day(deadline.done)}


def due_json(state: DueState) -> Json:
    return {
        "today": _day(state.today),
        "totals": dict(state.totals),
        "units": [
            {"unit": unit.unit, "report": unit.report, "periods": [_period(each, unit.tongue) for each in unit.periods]}
            for unit in state.units
        ],
        "broken": [{"case": case.case, "problems": problems_json(case.problems)} for case in state.broken],
    }


def _period(state: PeriodState, written: Tongue) -> Json:
    with printed_in(written):
        label = state.period.label
    return {
        "period": label,
        "year": state.period.year,
        "number": state.period.number,
        "standing": state.standing,
        "due": _day(state.due),
        "sent": _day(state.sent),
        "days": state.days,
        "case": state.case or None,
    }


# ---------------------------------------------------------------- diff


def comparison_json(found: Comparison) -> Json:
    touched = found.touched
    return {
        "before": _side(found.before),
        "after": _side(found.after),
        "changes": [_change(change, touched.pages) for change in found.changes],
        "blocks": [asdict(block) for block in touched.blocks],
        "parts": [asdict(part) for part in touched.parts],
        "letters": [asdict(part) for part in touched.letters],
        "signatures": [asdict(each) for each in touched.signatures],
    }


def _side(side: Side) -> Json:
    return {"revision": side.revision or None, "folder": str(side.folder), "errors": side.errors}


def _change(change: Change, pages: Mapping[str, int]) -> Json:
    place = {"file": change.place.file, "line": change.place.line}
    return {**asdict(change), "place": place, "page": pages.get(f"{change.form}.{change.item}")}


# ---------------------------------------------------------------- scores


def scores_json(ranking: Ranking, axes: Sequence[str], unread: Sequence[UnreadCase]) -> list[Json]:
    """The cases by rank, then those that were left out, each with its errors; ``axes`` are the names of the axes."""
    errors = {case.case: problems_json(case.errors) for case in unread}
    ranked = [
        {**_standing(each, ranking.stage, axes), "problems": errors.get(each.scores.case, [])}
        for each in ranking.standings
    ]
    left = [case.case for case in unread if not case.taken]
    lost: list[Json] = [{"rank": None, "why": "unread", "case": case, "problems": errors[case]} for case in left]
    return [*ranked, *lost]


def _standing(standing: Standing, stage: Stage, axes: Sequence[str]) -> Json:
    found = standing.scores
    total = found.whole.totals[stage]
    return {
        "rank": standing.rank,
        "why": standing.why or None,
        "agency": found.agency,
        "province": found.province or None,
        "case": found.case,
        "stage": stage,
        "reached": found.stage,
        "percent": _exact(found.percent(stage)),
        "total": _exact(total.value),
        "ceiling": _exact(found.whole.ceiling),
        "pending": {"rows": total.pending, "points": _exact(total.pending_cap)},
        "suggested": total.suggested,
        "axes": {name: _part(axis, stage) for name, axis in zip(axes, found.axes, strict=True)},
        "indicators": {part.number: _part(part, stage) for indicators in found.indicators for part in indicators},
    }


def _part(part: Part, stage: Stage) -> Json:
    return {
        "score": _exact(part.score(stage)),
        "ceiling": _exact(part.ceiling),
        "percent": _exact(part.percent(stage)),
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


# ---------------------------------------------------------------- answers


def answer_json(view: AnswerView) -> Json:
    return {
        "place": view.place,
        "label": view.label,
        "type": view.type,
        "value": view.data,
        "calculated": view.calculated,
        "relevant": view.relevant,
    }


# ---------------------------------------------------------------- the registry


def entry_json(entry: Entry) -> Json:
    return {
        name: date_text(value) if isinstance(value, jdatetime.date) else value
        for name, value in entry._asdict().items()
    }


# ---------------------------------------------------------------- forms


def report_json(report: ReportSpec) -> Json:
    """A report as it is listed: its identifier and title, whose guidance orders it, for whom it is, its forms."""
    return {
        "id": report.id,
        "title": report.title,
        "source": {"document": report.source.document, "clause": list(report.source.clause)},
        "audience": report.audience,
        "forms": list(report.used_forms),
    }


def form_json(form: FormSpec) -> Json:
    """A form fully resolved: extended items in place, choices spelled out, columns with their groups."""
    return {
        "id": form.id,
        "title": form.title,
        "source": {"document": form.source.document, "clause": list(form.source.clause), "note": form.source.note},
        "legal": list(form.legal),
        "inferred": form.inferred,
        "own": form.own,
        "legal_doubt": form.legal_doubt,
        "was": form.was,
        "items": [_item(item) for item in form.items],
        "sheets": [sheet_json(sheet) for sheet in form.sheets],
        "rules": [_rule(rule) for rule in form.rules],
    }


def sheet_json(sheet: Sheet) -> Json:
    return {
        "name": sheet.name,
        "caption": sheet.caption,
        "heads": list(sheet.heads),
        "rows": [{"items": list(row.items), "label": row.label, "heading": row.heading} for row in sheet.rows],
        "notes": list(sheet.notes),
        "inferred": sheet.inferred,
    }


def _rule(rule: Rule) -> Json:
    severity = str(rule.severity) if rule.severity else None
    shared: Json = {"kind": rule.kind, "item": rule.item or None, "message": rule.message, "severity": severity}
    words = rule.words.given().items()
    return shared | {word: value.source if isinstance(value, Expression) else value for word, value in words}


def _item(item: Item) -> Json:
    shared = _field(item)
    if not item.is_table:
        return shared
    return shared | {
        "caption": item.caption,
        "heading": item.heading,
        "columns": [_column(column) for column in item.columns],
        "rows": [_printed_row(row) for row in item.rows],
        "group_rows": list(item.group_rows.columns) if item.group_rows else [],
        "footer": [
            {
                "label": row.label,
                "calculation": _source(row.calculation),
                "cells": {name: expression.source for name, expression in row.cells.items()},
            }
            for row in item.footer
        ],
        "notes": list(item.notes),
        "page": item.page,
        "column_numbers": item.column_numbers,
    }


def _printed_row(row: PrintedRow) -> Json:
    told = {"name": row.name, "cells": dict(row.cells), "heading": row.heading, "closed": sorted(row.closed)}
    told |= {"also": list(row.also)} if row.also else {}
    calculations = {name: expression.source for name, expression in row.calculations.items()}
    return told | {"calculations": calculations, "reckoned": row.reckoned}


def _column(column: Column) -> Json:
    return _field(column) | {"groups": list(column.group), "merge": column.merge}


def _field(field: Field) -> Json:
    constraint = field.constraint
    return {
        "name": field.name,
        "type": field.type,
        "label": field.label,
        "translation": field.translation,
        "direction": field.direction,
        "hint": field.hint,
        "also": list(field.also),
        "required": _source(field.required) if isinstance(field.required, Expression) else field.required,
        "relevant": _source(field.relevant),
        "constraint": constraint
        and {"test": constraint.test.source, "message": constraint.message, "severity": str(constraint.severity)},
        "calculation": _source(field.calculation),
        "default": field.default,
        "appearance": list(field.appearance),
        "choices": [_choice(choice) for choice in field.choices],
        "within": field.within,
        "check": field.check,
        "digits": field.digits,
        "marks": list(field.marks),
        "format": field.format,
        "unit": field.unit,
        "blank": field.blank,
        "carry": field.carry,
        "was": field.was,
        "footnote": field.footnote,
        "inferred": field.inferred,
        "doubt": field.doubt,
        "own": field.own,
    }


def _choice(choice: Choice) -> Json:
    more: Json = {"code": choice.code, "within": choice.within, "ask": choice.ask, "inferred": choice.inferred}
    return {"name": choice.name, "label": choice.label, **{name: value for name, value in more.items() if value}}


def _source(expression: Expression | None) -> str | None:
    return expression.source if expression else None
