"""Scores: what was changed without a word, what is still open, which documents lack, in the stage that is reached."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.problems import Problem, problem
from assembler.model.filled import FilledForm, FilledItem, FilledScore
from assembler.model.reports import ScoreCardSpec
from assembler.model.scores import IndicatorScore, RowScore, ScoreCard, StageScore, score_text
from assembler.model.specs import Stage

_ROWS_NAMED = 6


def check_scored(card: ScoreCard | None) -> Iterator[Problem]:
    """Problems of a case that adds up scores; none of any other."""
    if card is None:
        return
    for found in card.indicators:
        for row in found.rows:
            for stage, score in row.stages.items():
                yield from _check_score(row, stage, score, card.spec)
        if found.applies and found.form.answered:
            yield from _open(found, card)
            yield from _documents(found.form)


def _check_score(row: RowScore, stage: Stage, score: StageScore, spec: ScoreCardSpec) -> Iterator[Problem]:
    given, name = row.filled.given[stage], spec.stages[stage]
    title = row.filled.spec.title
    if given.value is None:
        if given.by or given.why:
            yield problem("score-without-value", given.place, label=title, stage=name)
    elif given.value < 0:
        yield problem("below-zero", given.place, label=title, value=given.value)
    elif given.value > row.cap:
        yield problem("above-cap", given.place, value=given.value, cap=row.cap)
    elif score.state == "ahead":
        yield problem("score-ahead", given.place, label=title, stage=name)
    elif score.state == "not_applicable":
        yield problem("score-not-applicable", given.place, label=title)
    elif score.state == "overridden" and not (given.by and given.why):
        computed, typed = score_text(row.filled.proposal), score_text(given.value)
        yield problem("score-changed", given.place, label=title, stage=name, computed=computed, typed=typed)
    elif score.state == "entered" and stage != "self" and _is_judged(row) and not _supported(row, score):
        yield problem("score-unsupported", given.place, label=title, stage=name)


def _is_judged(row: RowScore) -> bool:
    """Whether somebody of the evaluation itself judges the row: an assessor from outside has files of his own."""
    return row.filled.spec.rule.kind == "manual"


def _supported(row: RowScore, score: StageScore) -> bool:
    return bool(row.filled.comment or row.filled.evidence or score.given.why)


def _open(found: IndicatorScore, card: ScoreCard) -> Iterator[Problem]:
    """One finding an indicator for what is pending, one for what was only suggested."""
    place = found.form.items["scores"].place
    for state in ("pending", "suggested"):
        rows = [row for row in found.rows if row.stages[card.stage].state == state]
        if rows and not (state == "suggested" and card.stage == "self"):
            stage = card.spec.stages[card.stage]
            title, named = found.form.spec.title, _named(rows)
            yield problem(f"score-{state}", place, title=title, count=len(rows), stage=stage, rows=named)


def _named(rows: list[RowScore]) -> str:
    told = "، ".join(_numbered(row.filled) for row in rows[:_ROWS_NAMED])
    return told + (" …" if len(rows) > _ROWS_NAMED else "")


def _numbered(score: FilledScore) -> str:
    """A row's number, with what it still misses."""
    return f"{score.spec.no} ({'، '.join(score.missing)})" if score.missing else score.spec.no


def _documents(form: FilledForm) -> Iterator[Problem]:
    """Documents the guidance asks for that are neither attached nor remarked on; they cost no points."""
    item: FilledItem | None = form.items.get("documents")
    rows = [
        str(row.cells["title"].value or row.name)
        for row in (item.rows if item else ())
        if not any(name in row.cells and row.cells[name].value for name in ("file", "note"))
    ]
    if item and rows:
        yield problem("document-missing", item.place, title=form.spec.title, count=len(rows), names="؛ ".join(rows))
