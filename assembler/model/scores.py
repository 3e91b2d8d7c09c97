"""The score card of a case: rows, indicators, axes and totals, each in its three stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assembler.base.persian import format_number
from assembler.base.tongue import printed_words
from assembler.model.filled import FilledForm, FilledScore, GivenScore
from assembler.model.reports import Axis, ScoreCardSpec
from assembler.model.specs import STAGES, ScoreSheet, Stage

State = Literal["computed", "suggested", "entered", "overridden", "pending", "not_applicable", "ahead"]
STATES: Mapping[State, str] = {
    "computed": "محاسبه‌شده",
    "suggested": "پیشنهادی",
    "entered": "واردشده",
    "overridden": "تغییریافته",
    "pending": "در انتظار",
    "not_applicable": "عدم مصداق",
    "ahead": "",
}

SUMMARY = "scores.summary"  # where the totals stand, named as tables of forms are
_ZERO = Decimal(0)
_TWO_PLACES = Decimal("0.01")


def state_words(state: State) -> str:
    """What a state is called on paper."""
    return printed_words(STATES[state]) if STATES[state] else ""


@dataclass(frozen=True, eq=False, repr=False)
class StageScore:
    """A score of one stage, how it came to be, and who changed it and why."""

    value: Decimal | None
    state: State
    given: GivenScore = field(default_factory=GivenScore)


@dataclass(frozen=True, eq=False, repr=False)
class RowScore:
    """A scored row with its three scores; those of stages that are not reached are «ahead» and blank."""

    filled: FilledScore
    stages: Mapping[Stage, StageScore]
    derivation: str = ""

    @property
    def cap(self) -> Decimal:
        return self.filled.spec.cap

    @property
    def difference(self) -> Decimal | None:
        """The last reached score less the self-assessment."""
        own = self.stages["self"].value
        later = [found.value for stage, found in self.stages.items() if stage != "self" and found.state != "ahead"]
        return later[-1] - own if later and later[-1] is not None and own is not None else None


@dataclass(frozen=True, eq=False, repr=False)
class Total:
    """What rows have got together in a stage, None before it is reached; how many are pending, and merely suggested."""

    value: Decimal | None
    pending: int = 0
    suggested: int = 0
    pending_cap: Decimal = _ZERO


@dataclass(frozen=True, eq=False, repr=False)
class IndicatorScore:
    form: FilledForm
    sheet: ScoreSheet
    rows: tuple[RowScore, ...]
    totals: Mapping[Stage, Total]

    @property
    def cap(self) -> Decimal:
        return self.sheet.cap

    @property
    def applies(self) -> bool:
        return all(row.filled.applies for row in self.rows)

    @property
    def ceiling(self) -> Decimal:
        """The cap of what applies."""
        return sum((row.cap for row in self.rows if row.filled.applies), _ZERO)


@dataclass(frozen=True, eq=False, repr=False)
class AxisScore:
    spec: Axis
    indicators: tuple[IndicatorScore, ...]
    totals: Mapping[Stage, Total]

    @property
    def ceiling(self) -> Decimal:
        return sum((found.ceiling for found in self.indicators), _ZERO)


@dataclass(frozen=True, eq=False, repr=False)
class ScoreCard:
    """All scores of a case; ``stage`` is the last one reached."""

    spec: ScoreCardSpec
    stage: Stage
    axes: tuple[AxisScore, ...]
    totals: Mapping[Stage, Total]

    @property
    def indicators(self) -> tuple[IndicatorScore, ...]:
        return tuple(found for axis in self.axes for found in axis.indicators)

    @property
    def rows(self) -> tuple[RowScore, ...]:
        return tuple(row for found in self.indicators for row in found.rows)

    @property
    def ceiling(self) -> Decimal:
        """The most this case can get: the total without what does not apply."""
        return sum((axis.ceiling for axis in self.axes), _ZERO)

    @property
    def reached(self) -> tuple[Stage, ...]:
        return STAGES[: STAGES.index(self.stage) + 1]

    def percent(self, stage: Stage) -> Decimal | None:
        """A stage's total as a percentage of the ceiling."""
        value = self.totals[stage].value
        return value / self.ceiling * 100 if value is not None and self.ceiling else None


def score_text(value: Decimal | int | None) -> str:
    """A score as printed: two decimals at most, rounded half up; a blank is empty."""
    if value is None:
        return ""
    return format_number(Decimal(value).quantize(_TWO_PLACES, ROUND_HALF_UP))
