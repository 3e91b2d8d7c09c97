"""The deadlines of a case: one that was met stays met, though an amended letter has a later day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import jdatetime

from assembler.answers import read_case
from assembler.base.problems import AssemblerError, Problem
from assembler.evaluate import evaluate_deadlines
from assembler.model.answers import Case
from assembler.model.filled import FilledDeadline
from assembler.model.reports import Library


def deadlines_of(case: Case, specs: Library) -> tuple[tuple[FilledDeadline, ...], tuple[Problem, ...]]:
    """The deadlines that apply to a case, and what of their days cannot be read.

    What is done too late by the answers as they are counts as done when it was first issued.
    """
    found, misread = evaluate_deadlines(case, specs.reports[case.report], specs)
    if not any(one.due and one.done and one.done > one.due for one in found):
        return found, misread  # no revision needs to be read
    first: dict[str, jdatetime.date] = {}
    for label, done in _issued(case, specs):
        first.setdefault(label, done)
    days = ((one, first.get(one.spec.label)) for one in found)
    return tuple(replace(one, done=min(one.done, day)) if one.done and day else one for one, day in days), misread


def _issued(case: Case, specs: Library) -> Iterator[tuple[str, jdatetime.date]]:
    """What was done by each revision, the first one first."""
    from assembler.records.revisions import revisions  # most cases have none that is asked for

    try:
        known = revisions(case.folder)
    except AssemblerError:  # `assembler verify` says what is wrong with them
        return
    for revision in known:
        frozen, _ = read_case(revision.case_folder, specs, home=case.folder)
        if frozen is None or frozen.report != case.report:
            continue
        deadlines, _ = evaluate_deadlines(frozen, specs.reports[frozen.report], specs)
        yield from ((one.spec.label, one.done) for one in deadlines if one.done)
