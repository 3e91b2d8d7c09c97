"""What differs between the score cards of two states: the totals of indicators, axes and the whole, as a summary shows
them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.persian import numbered
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.changes import Change
from assembler.model.scores import SUMMARY, ScoreCard, Total, score_text
from assembler.model.specs import Stage

_TITLE = "جمع امتیازها"
_NONE = "(خالی)"


def total_changes(before: ScoreCard | None, after: ScoreCard | None) -> Iterator[Change]:
    """A change for each total that differs, with its stages; nothing where one state adds up no scores."""
    if before is None or after is None:
        return
    old, new = dict(_totals(before)), dict(_totals(after))
    form, _, item = SUMMARY.partition(".")
    for label in dict.fromkeys((*new, *old)):
        was, now = old.get(label, {}), new.get(label, {})
        other = [stage for stage in after.totals if was.get(stage, "") != now.get(stage, "")]
        if other:
            told, tells = (_said(each, other, after.spec.stages) for each in (was, now))
            yield Change(
                form, item, None, "", label, told, tells, "calculated", title=printed_words(_TITLE), item_label=label
            )


def _totals(card: ScoreCard) -> Iterator[tuple[str, Mapping[Stage, str]]]:
    for axis in card.axes:
        for one in axis.indicators:
            called = printed_words("شاخص {number}", number=with_persian_digits(one.sheet.number))
            yield numbered(called, one.form.spec.title), _texts(one.totals)
        yield printed_words("جمع {title}", title=axis.spec.title), _texts(axis.totals)
    yield printed_words("جمع کل"), _texts(card.totals)


def _texts(totals: Mapping[Stage, Total]) -> Mapping[Stage, str]:
    return {stage: score_text(total.value) for stage, total in totals.items()}


def _said(texts: Mapping[Stage, str], stages: list[Stage], names: Mapping[str, str]) -> str:
    """The scores of some stages, each behind its name."""
    blank = printed_words(_NONE)
    return printed_words("؛ ").join(f"{names.get(stage, stage)}: {texts.get(stage) or blank}" for stage in stages)
