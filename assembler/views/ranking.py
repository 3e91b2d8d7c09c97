"""Ranks cases by their scores: by the share of what they could get, so that what does not apply costs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.model.scores import AxisScore, IndicatorScore, ScoreCard, Total
from assembler.model.specs import STAGES, Stage

Why = Literal["", "stage", "nothing"]
_HAIR = Decimal("1e-12")  # percentages closer than this differ by the rounding of divisions only


@dataclass(frozen=True)
class Part:
    """What was got in a whole case, an axis or an indicator; ``cap`` is the most anyone can get, ``ceiling`` the most
    of what applies to this case.
    """

    title: str
    cap: Decimal
    ceiling: Decimal
    totals: Mapping[Stage, Total]
    number: str = ""

    def score(self, stage: Stage) -> Decimal | None:
        """The score; None where nothing applies, or nothing is scored yet."""
        total = self.totals[stage]
        return None if total.pending_cap == self.ceiling else total.value

    def percent(self, stage: Stage) -> Decimal | None:
        """The score as a percentage of the ceiling."""
        score = self.score(stage)
        return score / self.ceiling * 100 if score is not None and self.ceiling else None


@dataclass(frozen=True)
class CaseScores:
    """The scores of a case; ``stage`` is the last one it has reached, ``province`` «» where it names none."""

    case: str
    agency: str
    province: str
    stage: Stage
    whole: Part
    axes: tuple[Part, ...]
    indicators: tuple[tuple[Part, ...], ...]  # by axis

    def percent(self, stage: Stage) -> Decimal | None:
        """What it has, pending rows counting nothing, as a percentage of its ceiling; None where it has no scores."""
        value = self.whole.totals[stage].value
        return value / self.whole.ceiling * 100 if value is not None and self.whole.ceiling else None


@dataclass(frozen=True)
class Standing:
    """A case with its rank; without one, ``why`` says whether the stage is not reached or nothing applies."""

    rank: int | None
    scores: CaseScores
    why: Why = ""


@dataclass(frozen=True)
class Ranking:
    """The cases in the order of their ranks in a stage, the unranked ones at the end."""

    stage: Stage
    standings: tuple[Standing, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        return tuple(each for each in self.standings if each.rank is not None)

    @property
    def pending(self) -> tuple[Standing, ...]:
        """The ranked ones with rows that nobody has scored."""
        return tuple(each for each in self.ranked if each.scores.whole.totals[self.stage].pending)


def case_scores(case: str, agency: str, province: str, card: ScoreCard) -> CaseScores:
    """What of a case's scores is compared with those of others."""
    whole = Part("", card.spec.total, card.ceiling, card.totals)
    axes = tuple(_axis(axis) for axis in card.axes)
    indicators = tuple(tuple(_indicator(found) for found in axis.indicators) for axis in card.axes)
    return CaseScores(case, agency, province, card.stage, whole, axes, indicators)


def _axis(axis: AxisScore) -> Part:
    return Part(axis.spec.title, axis.spec.cap, axis.ceiling, axis.totals)


def _indicator(found: IndicatorScore) -> Part:
    return Part(found.form.spec.title, found.cap, found.ceiling, found.totals, found.sheet.number)


def common_stage(cases: Iterable[CaseScores]) -> Stage:
    """The last stage that all of the cases have reached; there must be one."""
    return min((case.stage for case in cases), key=STAGES.index)


def rank(cases: Iterable[CaseScores], stage: Stage) -> Ranking:
    """The cases by their percentages in a stage, the highest first; equal ones share a rank: 1, 2, 2, 4."""
    found = sorted(cases, key=lambda case: (-_weight(case, stage), fold(case.agency), case.case))
    placed = [case for case in found if case.percent(stage) is not None]
    rest = (Standing(None, case, _why(case, stage)) for case in found if case.percent(stage) is None)
    return Ranking(stage, (*_ranked(placed, stage), *rest))


def _ranked(cases: Sequence[CaseScores], stage: Stage) -> Iterator[Standing]:
    place, before = 0, None
    for count, case in enumerate(cases, start=1):
        weight = _weight(case, stage)
        if weight != before:
            place, before = count, weight
        yield Standing(place, case)


def _weight(case: CaseScores, stage: Stage) -> Decimal:
    percent = case.percent(stage)
    return Decimal(-1) if percent is None else percent.quantize(_HAIR)


def _why(case: CaseScores, stage: Stage) -> Why:
    return "stage" if STAGES.index(case.stage) < STAGES.index(stage) else "nothing"


def same_agencies(cases: Iterable[CaseScores]) -> Iterator[Problem]:
    """Agencies that would be ranked several times, however their names are spelled."""
    named: dict[str, list[CaseScores]] = defaultdict(list)
    for case in cases:
        named[fold(case.agency)].append(case)
    for found in named.values():
        if len(found) > 1:
            yield problem("scores-twice", agency=found[0].agency, names="، ".join(case.case for case in found))
