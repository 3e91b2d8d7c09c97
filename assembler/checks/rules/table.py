"""Runs the audit rules of the specs: a kind of rule is a function in one of the modules beside this and a row here."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from assembler.base.problems import Place, Problem, problem
from assembler.checks.rules.blanks import left_blank
from assembler.checks.rules.citations import cited
from assembler.checks.rules.columns import same_columns
from assembler.checks.rules.coverage import covered
from assembler.checks.rules.dates import durations, holidays, not_before, weekdays
from assembler.checks.rules.endings import finished
from assembler.checks.rules.entries import entries
from assembler.checks.rules.figures import agrees, careers, no_more, row_sum, tally
from assembler.checks.rules.group_totals import group_totals
from assembler.checks.rules.levels import levels
from assembler.checks.rules.marks import at_most_one, exactly_one
from assembler.checks.rules.month_names import months
from assembler.checks.rules.names import names
from assembler.checks.rules.numbering import row_numbers
from assembler.checks.rules.numbers_said import percent, said
from assembler.checks.rules.often import times
from assembler.checks.rules.pairs import pairs, unsettled
from assembler.checks.rules.quantities import rhythm, room
from assembler.checks.rules.rising import rising
from assembler.checks.rules.rows import duplicates
from assembler.checks.rules.scores import parts, scores
from assembler.checks.rules.shares import shares
from assembler.checks.rules.steps import order
from assembler.checks.rules.subject import Subject
from assembler.model import rules
from assembler.model.filled import FilledForm, FilledRule
from assembler.model.specs import FormSpec, Rule, RuleWords

# Kinds that look at other forms by `among`.
_LOOKING_ELSEWHERE = rules.Names | rules.Cited | rules.Covered | rules.Levels | rules.Pairs
# What says of a cell that it is blank.
_OF_BLANKS = ("cell-blank", "left-blank")

Words = TypeVar("Words", bound=RuleWords)


def check_rules(
    forms: Mapping[str, FilledForm],
    used: Iterable[str],
    unread: Container[Place] = (),
    before: Mapping[str, FilledForm] | None = None,
) -> Iterator[Problem]:
    """What the rules of the used forms find; ``before`` are the forms of the case of the period before.

    ``unread`` are places whose answer could not be read: they are not blank, and reported already.
    """
    yield from (
        found
        for found in _check_rules(forms, used, before or {})
        if found.code not in _OF_BLANKS or found.place not in unread
    )


def _check_rules(
    forms: Mapping[str, FilledForm], used: Iterable[str], before: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    for name in used:
        for filled in forms[name].rules:
            yield from _check(filled, forms[name], forms, before)


def _check(
    filled: FilledRule, form: FilledForm, forms: Mapping[str, FilledForm], before: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    subject = Subject(filled.rule.words, filled, form, forms, before)
    if not filled.rule.item or subject.item.relevant:
        yield from CHECKS[type(filled.rule.words)](subject)


def check_from_others(
    name: str,
    forms: Mapping[str, FilledForm],
    specs: Mapping[str, FormSpec],
    used: Iterable[str],
    before: Mapping[str, FilledForm],
) -> Iterator[Problem]:
    """What the rules of other forms find in one whose answers they look at too."""
    for other in used:
        if other != name and any(_looks_at(rule, name) for rule in specs[other].rules):
            about = (filled for filled in forms[other].rules if _looks_at(filled.rule, name))
            found = (each for filled in about for each in _check(filled, forms[other], forms, before))
            yield from (each for each in found if each.place.form == name)


def _looks_at(rule: Rule, form: str) -> bool:
    among = rule.words.among if isinstance(rule.words, _LOOKING_ELSEWHERE) else ()
    return any(target.startswith(f"{form}.") for target in among)


def _condition(subject: Subject[rules.Condition]) -> Iterator[Problem]:
    """A condition the evaluation has judged already; a blank verdict means the data it needs are not there."""
    if subject.value(subject.words.test) is False:
        rule = subject.filled.rule
        place = subject.item.place if rule.item else subject.form.place
        yield problem("rule", place, rule.severity, message=subject.filled.message)


Check = Callable[[Subject[Any]], Iterator[Problem]]


def _row(words: type[Words], check: Callable[[Subject[Words]], Iterator[Problem]]) -> tuple[type[RuleWords], Check]:
    """A kind of rule with what checks it: that both speak of the same words is for mypy to see."""
    return words, check


CHECKS: Mapping[type[RuleWords], Check] = dict(
    (
        _row(rules.Condition, _condition),
        _row(rules.Scores, scores),
        _row(rules.Parts, parts),
        _row(rules.Agrees, agrees),
        _row(rules.NoMore, no_more),
        _row(rules.RowSum, row_sum),
        _row(rules.Careers, careers),
        _row(rules.Tally, tally),
        _row(rules.Entries, entries),
        _row(rules.Levels, levels),
        _row(rules.Rising, rising),
        _row(rules.RowNumbers, row_numbers),
        _row(rules.Duplicates, duplicates),
        _row(rules.GroupTotals, group_totals),
        _row(rules.Filled, left_blank),
        _row(rules.Finished, finished),
        _row(rules.Durations, durations),
        _row(rules.NotBefore, not_before),
        _row(rules.Holidays, holidays),
        _row(rules.Weekdays, weekdays),
        _row(rules.Months, months),
        _row(rules.Rhythm, rhythm),
        _row(rules.Room, room),
        _row(rules.Said, said),
        _row(rules.Times, times),
        _row(rules.Percent, percent),
        _row(rules.Shares, shares),
        _row(rules.SameColumns, same_columns),
        _row(rules.Names, names),
        _row(rules.Cited, cited),
        _row(rules.Order, order),
        _row(rules.ExactlyOne, exactly_one),
        _row(rules.AtMostOne, at_most_one),
        _row(rules.Covered, covered),
        _row(rules.Pairs, pairs),
        _row(rules.Unsettled, unsettled),
    )
)
