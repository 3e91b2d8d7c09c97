"""Adding up scores: what is pending, not applicable or ahead, how a score came about, and how it is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.evaluate.scorecard import derivation, row_score, same_score, score_card
from assembler.model.filled import FilledScore, GivenScore
from assembler.model.scores import RowScore, ScoreCard, score_text
from assembler.model.specs import STAGES, ScoredRow, ScoreRule, Stage
from tests.building import World, form_text

COLUMNS = """\
  - name: scores
    type: table
    label: امتیازها
    columns:
      - {name: no, type: text}
      - {name: title, type: text}
      - {name: cap, type: decimal}
      - {name: self, type: decimal}
      - {name: evaluator, type: decimal}
      - {name: evaluator_by, type: text}
      - {name: evaluator_why, type: text}
      - {name: final, type: decimal}
      - {name: comment, type: text}
"""
BANDS = form_text(f"""\
items:
  - {{name: share, type: decimal, label: سهم}}
  - {{name: proof, type: text, label: گواه}}
{COLUMNS}scores:
  number: ۱/۱
  cap: 12
  rows:
    - name: share
      no: ۱
      title: سهم
      cap: 8
      bands:
        value: share
        unit: ٪
        steps: [{{below: 30, share: 0}}, {{below: 60, share: 0.5}}, {{share: 1, needs: [proof]}}]
    - {{name: given, no: ۲, title: به تشخیص, cap: 4, manual: true}}
""")
TARGET = form_text(
    f"""\
items:
  - {{name: achieved, type: decimal, label: تحقق}}
  - {{name: target, type: decimal, label: هدف}}
  - {{name: wanted, type: text, label: خواسته}}
{COLUMNS}scores:
  number: ۲/۱
  cap: 10
  applies: wanted != 'no'
  excuse: خواسته نشده است.
  rows:
    - {{name: reach, no: ۱, title: تحقق, cap: 6, target: {{achieved: achieved, target: target, unit: کار}}}}
    - {{name: compared, no: ۲, title: همگرایی, cap: 4, manual: true, compares: [self, final]}}
""",
    "x/b",
)
REPORT = """\
report: r
title: گزارش
source: {document: d}
choices:
  stages: [{name: self, label: خود}, {name: evaluator, label: ارزیاب}, {name: final, label: نهایی}]
case:
  - {name: agency, type: text, label: دستگاه}
  - {name: stage, type: select_one stages, label: مرحله}
forms: [x/a, x/b]
scores:
  total: 22
  stage: stage
  stages: {self: خودارزیابی, evaluator: ارزیاب, final: نهایی}
  agency: '{{ case.agency }}'
  axes:
    - {name: one, title: محور یک, cap: 12, indicators: [x/a]}
    - {name: two, title: محور دو, cap: 10, indicators: [x/b]}
parts:
  - {body: body, title: متن, template: body}
"""


def card_of(folder: Path, a: str = "", b: str = "", stage: str = "final") -> ScoreCard:
    answers = [f"form: x/a\n{a}", f"form: x/b\n{b}"]
    world = World(folder, [BANDS, TARGET], answers, report=REPORT, case=f"report: r\nstage: {stage}\n")
    found = score_card(world.report, world.forms)
    assert found is not None
    return found


def row(card: ScoreCard, name: str) -> RowScore:
    return next(each for each in card.rows if each.filled.spec.name == name)


def totals(card: ScoreCard) -> list[Decimal | None]:
    return [card.totals[stage].value for stage in STAGES]


# ---------------------------------------------------------------- sums


def test_rows_add_up_to_indicators_axes_and_a_total(tmp_path: Path) -> None:
    """4 + 3 and 4.5 + 1; 4 + 2 and 4.5 + 1; 4 + 2.5 and 4.5 + 1.5."""
    card = card_of(
        tmp_path,
        "share: 30\nscores: {given: {self: 3, evaluator: 2, final: 2.5}}\n",
        "achieved: 3\ntarget: 4\nscores: {compared: {self: 1, evaluator: 1, final: 1.5}}\n",
    )
    assert [[axis.totals[stage].value for stage in STAGES] for axis in card.axes] == [
        [Decimal(7), Decimal(6), Decimal("6.5")],
        [Decimal("5.5"), Decimal("5.5"), Decimal(6)],
    ]
    assert totals(card) == [Decimal("12.5"), Decimal("11.5"), Decimal("12.5")]
    assert card.ceiling == card.spec.total == 22
    assert card.percent("final") == Decimal("12.5") / 22 * 100
    assert [total.suggested for total in card.totals.values()] == [1, 1, 1]


def test_pending_rows_count_nothing_and_are_told(tmp_path: Path) -> None:
    card = card_of(tmp_path, "share: 45\n", "achieved: 3\n")
    assert totals(card) == [4, 4, 4]
    assert [total.pending for total in card.totals.values()] == [3, 3, 3]
    assert card.totals["final"].pending_cap == 4 + 6 + 4
    assert row(card, "reach").filled.missing == ("هدف",)
    assert card.ceiling == 22


def test_what_does_not_apply_leaves_the_ceiling(tmp_path: Path) -> None:
    card = card_of(tmp_path, "share: 45\n", "wanted: no\nachieved: 4\ntarget: 4\nscores: {compared: {final: 4}}\n")
    assert card.ceiling == 12
    assert card.axes[1].ceiling == 0
    assert [total.value for total in card.axes[1].totals.values()] == [None] * 3
    assert totals(card) == [4, 4, 4]
    assert {score.state for score in row(card, "compared").stages.values()} == {"not_applicable"}
    assert not card.indicators[1].applies
    assert card.percent("final") == Decimal(4) / 12 * 100


def test_stages_ahead_are_blank(tmp_path: Path) -> None:
    text = "share: 45\nscores: {given: {self: 1, evaluator: 2, final: 3}}\n"
    for stage, told in (("self", [5, None, None]), ("evaluator", [5, 6, None]), ("final", [5, 6, 7])):
        card = card_of(tmp_path / stage, text, stage=stage)
        assert totals(card) == told
        assert [card.percent(each) is None for each in STAGES] == [value is None for value in told]
        assert card.reached == STAGES[: len([value for value in told if value is not None])]


def test_a_case_without_a_stage_is_at_its_own_assessment(tmp_path: Path) -> None:
    assert card_of(tmp_path, stage="").stage == "self"


def test_no_score_at_all_is_zero_of_everything_and_all_pending(tmp_path: Path) -> None:
    card = card_of(tmp_path)
    assert totals(card) == [0, 0, 0]
    assert [total.pending for total in card.totals.values()] == [4, 4, 4]


# ---------------------------------------------------------------- one row


def test_the_final_score_is_the_evaluators_unless_another_is_entered(tmp_path: Path) -> None:
    card = card_of(tmp_path / "a", "scores: {given: {self: 3, evaluator: 2}}\n")
    assert [score.value for score in row(card, "given").stages.values()] == [3, 2, 2]
    card = card_of(tmp_path / "b", "scores: {given: {self: 3, evaluator: 2, final: 4}}\n")
    assert [score.value for score in row(card, "given").stages.values()] == [3, 2, 4]
    card = card_of(tmp_path / "c", "scores: {given: {self: 3}}\n")
    assert [score.state for score in row(card, "given").stages.values()] == ["entered", "pending", "pending"]


@pytest.mark.parametrize(
    ("scores", "stage", "difference"),
    [
        ("self: 3, evaluator: 2", "final", "-1"),
        ("self: 3, evaluator: 2, final: 3.5", "final", "0.5"),
        ("self: 3, evaluator: 2, final: 3.5", "evaluator", "-1"),
        ("self: 3, evaluator: 2", "self", None),
        ("self: 3", "final", None),
        ("evaluator: 3", "final", None),
    ],
)
def test_the_difference_is_of_the_last_score_reached(
    scores: str, stage: str, difference: str | None, tmp_path: Path
) -> None:
    card = card_of(tmp_path, f"scores: {{given: {{{scores}}}}}\n", stage=stage)
    assert row(card, "given").difference == (None if difference is None else Decimal(difference))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("share: 29.99\n", "۲۹٫۹۹٪ ← بدون امتیاز ← ۰ از ۸"),
        ("share: 30\n", "۳۰٪ ← نصف امتیاز ← ۴ از ۸"),
        ("share: 60\n", "۶۰٪ ← در انتظار: گواه"),
        ("share: 60\nproof: هست\n", "۶۰٪ ← امتیاز کامل ← ۸ از ۸"),
        ("", "در انتظار: سهم"),
    ],
)
def test_a_derivation_leads_from_the_figure_to_the_points(answers: str, told: str, tmp_path: Path) -> None:
    assert row(card_of(tmp_path, answers), "share").derivation == told


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("achieved: 3\ntarget: 4\n", "تحقق ۳ از هدف ۴ کار ← ۷۵٪ ← ۴٫۵ از ۶"),
        ("achieved: 9\ntarget: 4\n", "تحقق ۹ از هدف ۴ کار ← ۱۰۰٪ ← ۶ از ۶"),
        ("achieved: 3\n", "در انتظار: هدف"),
        ("achieved: 3\ntarget: 0\n", "تحقق ۳ از هدف ۰ کار"),
        ("achieved: 3\nwanted: no\n", "عدم مصداق"),
    ],
)
def test_the_derivation_of_a_target(answers: str, told: str, tmp_path: Path) -> None:
    assert row(card_of(tmp_path, b=answers), "reach").derivation == told


def test_a_comparison_takes_only_rows_with_both_scores(tmp_path: Path) -> None:
    """Of share 4 and 4 and of given 3 and 2.5; the row itself and what is pending stay out."""
    card = card_of(
        tmp_path,
        "share: 45\nscores: {given: {self: 3, evaluator: 2, final: 2.5}}\n",
        "scores: {compared: {self: 4, final: 1}}\n",
    )
    told = "بدون این نماگر: خودارزیابی ۷، نهایی ۶٫۵ ← اختلاف ۰٫۵ (۱ نماگر هنوز مقایسه‌پذیر نیست)"
    assert row(card, "compared").derivation == told


# ---------------------------------------------------------------- states of a row alone


def filled(
    proposal: str | None, given: str | None = None, kind: str = "bands", cap: str = "10", applies: bool = True
) -> FilledScore:
    """A row with a proposal and one score, entered by the evaluator."""
    rule = ScoreRule(kind)  # type: ignore[arg-type]
    entered = {stage: GivenScore() for stage in STAGES}
    entered["evaluator"] = GivenScore(None if given is None else Decimal(given))
    value = None if proposal is None else Decimal(proposal)
    spec = ScoredRow("r", "۱", "سطر", "", "", Decimal(cap), rule)
    return FilledScore(spec, applies, entered, proposal=value, share=None if value is None else value / Decimal(cap))


@pytest.mark.parametrize(
    ("kind", "proposal", "given", "states"),
    [
        ("bands", "5", None, "computed computed computed"),
        ("bands", "5", "5", "computed computed computed"),
        ("bands", "5", "4", "computed overridden overridden"),
        ("bands", None, "4", "pending entered entered"),
        ("bands", None, None, "pending pending pending"),
        ("holds", "0", "10", "computed overridden overridden"),
        ("levels", "10", None, "computed computed computed"),
        ("target", "5", None, "suggested suggested suggested"),
        ("target", "5", "5", "suggested entered entered"),
        ("target", "5", "4", "suggested overridden overridden"),
        ("manual", None, "4", "pending entered entered"),
        ("external", None, None, "pending pending pending"),
    ],
)
def test_the_state_of_each_stage(kind: str, proposal: str | None, given: str | None, states: str) -> None:
    found = row_score(filled(proposal, given, kind))
    assert [score.state for score in found.stages.values()] == states.split()


def test_a_row_that_does_not_apply_has_no_score_whatever_was_entered() -> None:
    found = row_score(filled("5", "4", applies=False))
    assert {(score.value, score.state) for score in found.stages.values()} == {(None, "not_applicable")}
    assert found.derivation == derivation(found.filled) == "عدم مصداق"


def test_a_stage_that_is_not_reached_is_ahead() -> None:
    found = row_score(filled("5", "4"), STAGES[:1])
    assert [score.state for score in found.stages.values()] == ["computed", "ahead", "ahead"]
    assert found.difference is None


@pytest.mark.parametrize(
    ("computed", "typed", "same"),
    [
        ("33.33333", "33.33", True),
        ("33.33333", "33.34", True),
        ("33.33333", "33.32", False),
        ("5", "5.01", False),
        ("5", "4.991", True),
        ("0", "0", True),
    ],
)
def test_scores_are_the_same_to_two_places(computed: str, typed: str, same: bool) -> None:
    assert same_score(Decimal(computed), Decimal(typed)) == same


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("0", "۰"),
        ("7.50", "۷٫۵"),
        ("33.333333", "۳۳٫۳۳"),
        ("0.005", "۰٫۰۱"),
        ("0.0049", "۰"),
        ("-1.75", "-۱٫۷۵"),
        ("-0.001", "۰"),
        ("1000", "۱٬۰۰۰"),
    ],
)
def test_a_score_is_told_to_two_places(value: str, told: str) -> None:
    assert score_text(Decimal(value)).replace("−", "-").strip("\u200e\u200f") == told


def test_a_blank_score_is_told_by_nothing() -> None:
    assert score_text(None) == ""


@given(
    st.decimals(0, 10, places=3),
    st.one_of(st.none(), st.decimals(0, 10, places=2)),
    st.sampled_from(["bands", "holds", "target", "levels"]),
)
def test_what_was_entered_stands_and_nothing_else_does(proposal: Decimal, given: Decimal | None, kind: str) -> None:
    found = row_score(filled(str(proposal), None if given is None else str(given), kind))
    values: dict[Stage, Decimal | None] = {stage: score.value for stage, score in found.stages.items()}
    assert values["self"] == proposal
    assert values["evaluator"] == values["final"] == (proposal if given is None else given)
    assert (found.stages["final"].state == "overridden") == (
        given is not None and abs(given - proposal) >= Decimal("0.01")
    )
