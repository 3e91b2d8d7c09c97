"""The audit rules of the specs: one function a kind of rule. New kinds are added to KINDS and to the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from assembler.model import FilledForm, Rule
from assembler.problems import Place, Problem, problem


def check_rules(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """What the rules of the used forms find."""
    for name in used:
        if forms[name].answered:
            for kind in KINDS.values():
                yield from kind(forms[name])


def _expression(form: FilledForm) -> Iterator[Problem]:
    """Rules of the kind ``expression``: the evaluation has judged them already."""
    for rule, message in form.broken_rules:
        yield problem("rule", _place(form, rule), rule.severity, message=message)


def _place(form: FilledForm, rule: Rule) -> Place:
    return form.items[rule.item].place if rule.item else form.place


KINDS: Mapping[str, Callable[[FilledForm], Iterator[Problem]]] = {"expression": _expression}
