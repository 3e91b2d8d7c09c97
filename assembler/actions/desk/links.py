"""Which forms look at which: where an answer of one may change what is shown or told of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from assembler.base.expressions import parse, parse_text, references
from assembler.model.specs import Expression, FormSpec, Prefill, Rule, RuleWords


def looking_at(form: str, specs: Mapping[str, FormSpec]) -> tuple[str, ...]:
    """The other forms that look at one, also through others, and those its rules look into."""
    named = {name: frozenset(_named(spec)) & specs.keys() - {name} for name, spec in specs.items()}
    found, fresh = {form}, {form}
    while fresh:
        fresh = {name for name in specs if named[name] & fresh} - found
        found |= fresh
    found |= {other for name in tuple(found) for other in _among(specs[name])}
    return tuple(name for name in specs if name in found and name != form)


def _named(part: object) -> Iterator[str]:
    """The forms that a part of a specification names."""
    if isinstance(part, Expression):
        yield from (each.form for each in references(parse(part.source)) if each.form and not each.previous)
    elif isinstance(part, Prefill):
        yield from (source.rpartition(".")[0] for source in part.sources)
    elif isinstance(part, Rule):
        yield from _in_text(part.message)
        yield from _named(part.words)
    elif isinstance(part, RuleWords):
        for each in part.given().values():
            yield from _named(each)
    elif isinstance(part, str):
        yield from [part.rpartition(".")[0]] if "/" in part else []
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _named(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from _named(each)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _named(getattr(part, one.name))


def _in_text(text: str) -> Iterator[str]:
    for piece in parse_text(text):
        if not isinstance(piece, str):
            yield from (each.form for each in references(piece) if each.form and not each.previous)


def _among(spec: FormSpec) -> Iterator[str]:
    """The forms into which the rules of a form look, and where they may find something."""
    for rule in spec.rules:
        yield from _named(rule.words)
