"""Adds up scores: rows to indicators, indicators to axes, axes to a total, in each of the three stages.

A stage that is not reached has no scores. Rows that do not apply leave the ceiling; rows nobody has scored are pending
and count nothing, so a total is told together with what is still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assembler.base.persian import listed_texts, with_percent, with_unit
from assembler.base.tongue import printed_in, printed_words, tongue
from assembler.model.filled import FilledForm, FilledScore
from assembler.model.reports import Axis, ReportSpec
from assembler.model.scores import (
    _ZERO,
    AxisScore,
    IndicatorScore,
    RowScore,
    ScoreCard,
    StageScore,
    State,
    Total,
    score_text,
    state_words,
)
from assembler.model.specs import STAGES, Stage


def score_card(report: ReportSpec, forms: Mapping[str, FilledForm]) -> ScoreCard | None:
    """The scores of a case; None of a report that adds up none. A stage nobody has named is that of self-assessment."""
    spec = report.scores
    if spec is None:
        return None
    named = forms["case"].items[spec.stage].value
    stage = next((known for known in STAGES if known == named), STAGES[0])
    reached = STAGES[: STAGES.index(stage) + 1]
    with printed_in(report.tongue):
        axes = tuple(_axis(axis, forms, reached) for axis in spec.axes)
        card = ScoreCard(spec, stage, axes, _totals([row for axis in axes for row in _rows(axis)]))
        return _with_comparisons(card)


def _axis(spec: Axis, forms: Mapping[str, FilledForm], reached: Sequence[Stage]) -> AxisScore:
    found = tuple(_indicator(forms[name], reached) for name in spec.indicators)
    return AxisScore(spec, found, _totals([row for indicator in found for row in indicator.rows]))


def _rows(axis: AxisScore) -> Iterator[RowScore]:
    return (row for indicator in axis.indicators for row in indicator.rows)


def _indicator(form: FilledForm, reached: Sequence[Stage]) -> IndicatorScore:
    assert form.spec.scoring is not None
    rows = tuple(row_score(score, reached) for score in form.scores)
    return IndicatorScore(form, form.spec.scoring, rows, _totals(rows))


def _totals(rows: Sequence[RowScore]) -> Mapping[Stage, Total]:
    return {stage: _total(rows, stage) for stage in STAGES}


def _total(rows: Sequence[RowScore], stage: Stage) -> Total:
    found = [(row.stages[stage], row.cap) for row in rows]
    if all(score.state in ("ahead", "not_applicable") for score, _ in found):
        return Total(None)
    return Total(
        sum((score.value for score, _ in found if score.value is not None), _ZERO),
        sum(score.state == "pending" for score, _ in found),
        sum(score.state == "suggested" for score, _ in found),
        sum((cap for score, cap in found if score.state == "pending"), _ZERO),
    )


# ---------------------------------------------------------------- one row


def row_score(filled: FilledScore, reached: Sequence[Stage] = STAGES) -> RowScore:
    """The three scores of a row, by what was entered and what its rule makes of the answers.

    Each stage has what was entered in it, or what the rule gives; the final score is the evaluator's where nobody
    entered another. A self-assessment is nobody else's score.
    """
    own, judged = (_stage(filled, stage) for stage in ("self", "evaluator"))
    last = _stage(filled, "final") if filled.given["final"].value is not None else judged
    found: dict[Stage, StageScore] = {"self": own, "evaluator": judged, "final": last}
    ahead = StageScore(None, "ahead")
    return RowScore(filled, {s: found[s] if s in reached else ahead for s in STAGES}, derivation(filled))


def _stage(filled: FilledScore, stage: Stage) -> StageScore:
    given, proposal = filled.given[stage], filled.proposal
    if not filled.applies:
        return StageScore(None, "not_applicable")
    if given.value is not None:
        return StageScore(Decimal(given.value), _state_of_given(filled, given.value), given)
    if proposal is None:
        return StageScore(None, "pending")
    return StageScore(proposal, "suggested" if filled.spec.rule.kind == "target" else "computed")


def _state_of_given(filled: FilledScore, value: Decimal | int) -> State:
    """What an entered score is beside that of the rule: as people write it, to two places."""
    if filled.proposal is None:
        return "entered"
    if same_score(filled.proposal, value):
        return "entered" if filled.spec.rule.kind == "target" else "computed"
    return "overridden"


def same_score(computed: Decimal, typed: Decimal | int) -> bool:
    """Whether a typed score is the computed one, which may have more decimals than anybody types."""
    return abs(computed - typed) < Decimal("0.01")


# ---------------------------------------------------------------- how it came about

_ARROWS = {"rtl": " ← ", "ltr": " → "}  # as the text is read
_SHARES = {Decimal(0): "بدون امتیاز", Decimal("0.5"): "نصف امتیاز", Decimal(1): "امتیاز کامل"}


def derivation(filled: FilledScore) -> str:
    """How a score came about, as people read it: «۴۵٪ ← نصف امتیاز ← ۳٫۵ از ۷»; what stands in the way otherwise."""
    if not filled.applies:
        return state_words("not_applicable")
    steps = [step for step in (filled.shown, *_steps(filled)) if step]
    return _ARROWS[tongue().direction].join(dict.fromkeys(steps))


def _steps(filled: FilledScore) -> Iterator[str]:
    rule = filled.spec.rule
    if rule.kind == "external":
        yield printed_words("ارزیابی با {assessor}", assessor=rule.assessor)
        return
    if rule.kind == "target":
        yield from _towards(filled)
    elif rule.kind == "bands" and isinstance(filled.figure, int | Decimal):
        yield with_unit(score_text(filled.figure), filled.unit)
    elif rule.kind == "levels" and filled.figure is not None:
        yield _choice_label(filled)
    if filled.missing:
        yield printed_words("در انتظار: {what}", what=listed_texts(filled.missing))
    elif filled.proposal is not None and filled.share is not None:
        if rule.kind != "target":
            yield _share_words(filled.share)
        yield printed_words("{one} از {whole}", one=score_text(filled.proposal), whole=score_text(filled.spec.cap))
    elif rule.kind == "levels" and filled.figure is not None:
        yield printed_words("امتیاز را ارزیاب تعیین می‌کند")


def _share_words(share: Decimal) -> str:
    known = _SHARES.get(share)
    return printed_words(known) if known else printed_words("{percent} امتیاز", percent=_percent_text(share))


def _percent_text(share: Decimal) -> str:
    return with_percent(score_text(share * 100))


def _towards(filled: FilledScore) -> Iterator[str]:
    achieved, target = filled.figure, filled.target
    if isinstance(achieved, int | Decimal) and isinstance(target, int | Decimal):
        aim = with_unit(score_text(target), filled.unit)
        yield printed_words("تحقق {achieved} از هدف {target}", achieved=score_text(achieved), target=aim)
        if filled.share is not None:
            yield _percent_text(filled.share)


def _choice_label(filled: FilledScore) -> str:
    return next((label for name, label in filled.choices if name == filled.figure), str(filled.figure))


def _with_comparisons(card: ScoreCard) -> ScoreCard:
    """The card with the totals that some rows compare, each without itself, in their derivations."""
    if not any(row.filled.spec.rule.compares for row in card.rows):
        return card

    def told(row: RowScore) -> RowScore:
        stages = row.filled.spec.rule.compares
        return replace(row, derivation=_compared(card, row, stages)) if stages and row.filled.applies else row

    def indicator(found: IndicatorScore) -> IndicatorScore:
        return replace(found, rows=tuple(told(row) for row in found.rows))

    return replace(
        card,
        axes=tuple(replace(axis, indicators=tuple(indicator(each) for each in axis.indicators)) for axis in card.axes),
    )


def _compared(card: ScoreCard, own: RowScore, stages: Sequence[Stage]) -> str:
    """Totals of stages without one row; of rows that have a score in all of these stages, so that they compare."""
    others = [row for row in card.rows if row.filled is not own.filled and row.filled.applies]
    both = [row for row in others if all(row.stages[stage].value is not None for stage in stages)]
    if not both:
        return printed_words("در انتظار امتیاز دیگر نماگرها")
    sums = {stage: sum((row.stages[stage].value or _ZERO for row in both), _ZERO) for stage in stages}
    told = listed_texts(f"{card.spec.stages[stage]} {score_text(total)}" for stage, total in sums.items())
    values = list(sums.values())
    open_rows = len(others) - len(both)
    apart = printed_words("اختلاف {number}", number=score_text(abs(values[-1] - values[0])))
    still = printed_words("{count} نماگر هنوز مقایسه‌پذیر نیست", count=score_text(open_rows)) if open_rows else ""
    said = printed_words("بدون این نماگر: {totals}", totals=told)
    return f"{said}{_ARROWS[tongue().direction]}{apart}{f' ({still})' if still else ''}"
