"""Reads the audit rules of a form, and reports words that their kinds lack or do not take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args, get_origin

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Sequence
from assembler.model.specs import Expression, Rule, RuleWords, WordValue
from assembler.specs import nodes
from assembler.specs.language.rules import RULES, RuleKind
from assembler.specs.nodes import expression, text, texts, whole


def read_rule(node: MappingNode, place: Place, problems: list[Problem]) -> Rule | None:
    """The rule a node says; None, with the reason among the problems, where it lacks what its kind needs.

    An unknown kind and a broken word have been reported by the shape.
    """
    kind = RULES.get(text(node, "kind"))
    if kind is None:
        return None
    problems.extend((*_lacking(kind, node, place), *_foreign(kind, node, place)))
    words = {name: _word(declared, node, name, place) for name, declared in kind.words.declared().items()}
    given = {name: value for name, value in words.items() if value not in (None, ())}
    if not given.keys() >= set(kind.own_needs):
        return None
    make: Callable[..., RuleWords] = kind.words
    severity = nodes.severity(node, "severity", Severity.WARNING) if "severity" in node.entries else None
    return Rule(kind.name, make(**given), text(node, "message"), severity, text(node, "item"), place)


def _lacking(kind: RuleKind, node: MappingNode, place: Place) -> Iterator[Problem]:
    """Words the kind needs, and any without which it had nothing to look at; an empty list names nothing."""
    given = {name for name, value in node.entries.items() if not (isinstance(value, Sequence) and not value.items)}
    lacking = [name for name in kind.needs if name not in given]
    if kind.one_of and not given.intersection((*kind.one_of, *kind.beside)):
        lacking.append(" | ".join(kind.one_of))
    lacking += [needed for name, needed in kind.beside.items() if name in given and needed not in given]
    for name in dict.fromkeys(lacking):
        yield problem("missing-key", place, shape=kind.name, name=name)
    if text(node, "every") == "0":
        where = place.within(line=node.line_of("every"))
        yield problem("bad-value", where, value="0", name="every", known="1، 2، …")


def _foreign(kind: RuleKind, node: MappingNode, place: Place) -> Iterator[Problem]:
    """Words of the language that the kind does not take, or not beside another."""
    first, *others = [name for name in kind.apart if name in node.entries] or [""]
    for name in others:
        yield problem("word-unfit", place.within(line=node.line_of(name)), name=name, shape=first)
    for name in node.entries:
        if name not in ("kind", "severity", "message", *kind.needs, *kind.may):
            where, known = place.within(line=node.line_of(name)), listed((*kind.needs, *kind.may))
            near = guess(name, kind.needs)
            yield problem("unknown-key", where, name=name, shape=kind.name, guess=near, known=known)


def _word(declared: object, node: MappingNode, name: str, place: Place) -> WordValue:
    """A word as its class declares it; None or () where it is left out."""
    if Expression in (declared, *get_args(declared)):
        return expression(node, name, place)
    if declared is int:
        return whole(node, name)
    return texts(node, name) if get_origin(declared) is tuple else text(node, name) or None
