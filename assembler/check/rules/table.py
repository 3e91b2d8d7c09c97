"""Runs the audit rules of the specs: a kind of rule is a function in one of the modules beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.check.rules.citations import cited
from assembler.check.rules.columns import same_columns
from assembler.check.rules.coverage import covered
from assembler.check.rules.dates import durations, holidays, not_before, weekdays
from assembler.check.rules.endings import finished
from assembler.check.rules.marks import at_most_one, exactly_one
from assembler.check.rules.names import names
from assembler.check.rules.numbers_said import percent, said
from assembler.check.rules.quantities import rhythm, room
from assembler.check.rules.rows import duplicates, group_totals, left_blank, row_numbers
from assembler.check.rules.scores import parts, scores
from assembler.check.rules.shares import shares
from assembler.check.rules.steps import order
from assembler.check.rules.subject import Subject
from assembler.model.filled import FilledForm

# What says of a cell that it is blank.
_OF_BLANKS = ("cell-blank", "left-blank")


def check_rules(
    forms: Mapping[str, FilledForm], used: Iterable[str], unread: Container[Place] = ()
) -> Iterator[Problem]:
    """What the rules of the used forms find.

    ``unread`` are places whose answer could not be read: they are not blank, and reported already.
    """
    yield from (
        found for found in _check_rules(forms, used) if found.code not in _OF_BLANKS or found.place not in unread
    )


def _check_rules(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    for name in used:
        form = forms[name]
        for filled in form.rules:
            subject = Subject(filled, form, forms)
            if not filled.rule.item or subject.item.relevant:
                yield from KINDS[filled.rule.kind](subject)


def _expression(subject: Subject) -> Iterator[Problem]:
    """A condition the evaluation has judged already; a blank verdict means the data it needs are not there."""
    if subject.value("test") is False:
        rule = subject.filled.rule
        place = subject.item.place if rule.item else subject.form.place
        yield problem("rule", place, rule.severity, message=subject.filled.message)


Kind = Callable[[Subject], Iterator[Problem]]

KINDS: Mapping[str, Kind] = {
    "expression": _expression,
    "scores": scores,
    "parts": parts,
    "row_numbers": row_numbers,
    "duplicates": duplicates,
    "group_totals": group_totals,
    "filled": left_blank,
    "finished": finished,
    "durations": durations,
    "not_before": not_before,
    "holidays": holidays,
    "weekdays": weekdays,
    "rhythm": rhythm,
    "room": room,
    "said": said,
    "percent": percent,
    "shares": shares,
    "same_columns": same_columns,
    "names": names,
    "cited": cited,
    "order": order,
    "exactly_one": exactly_one,
    "at_most_one": at_most_one,
    "covered": covered,
}
