"""Answers that are printed nowhere: whoever gave them believes that they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.model.filled import FilledForm


def check_unprinted(unprinted: Iterable[tuple[str, str, str]], forms: Mapping[str, FilledForm]) -> Iterator[Problem]:
    """A warning for each answer, by form and item, or column of it, that no part of the packet prints."""
    for form, name, column in unprinted:
        item = forms[form].items[name]
        place = item.place.within(form=form, item=name, column=column or None)
        shown = item.spec.column(column).shown if column else item.spec.shown
        yield problem("answer-unprinted", place, name=shown)
