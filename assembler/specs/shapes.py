"""Holds a YAML node to its shape: unknown and missing words, wrong outer forms, broken expressions, all with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from assembler.base.expressions import ExpressionError, parse, parse_text
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence, describe
from assembler.specs.language.meanings import Either, Kind, ListOf, MapOf, Meaning, Shape, Use
from assembler.specs.language.reports import SHAPES

WHOLE, NUMBER = re.compile(r"\d{1,6}"), re.compile(r"\d{1,6}(\.\d{1,6})?")
TRUE, FALSE = ("true", "yes", "on", "True"), ("false", "no", "off", "False")


def expression_problem(error: ExpressionError, place: Place) -> Problem:
    """The problem a broken expression is, at its place."""
    arguments = dict(error.arguments)
    if "known" in arguments:
        known = cast("tuple[str, ...]", arguments["known"])
        arguments |= {"guess": guess(str(arguments["name"]), known), "known": listed(known)}
    return problem(error.code, place, **arguments)


def validate(node: Node, shape: Shape, place: Place) -> list[Problem]:
    """All departures of a node from a shape."""
    found: list[Problem] = []
    _against_shape(node, shape, place, found)
    return found


def refused(node: MappingNode, shape: Shape, allowed: tuple[str, ...], place: Place) -> Iterator[Problem]:
    """Words of the shape that this kind of part or block does not take; words of no kind the shape has reported."""
    for key in node.entries:
        if key not in allowed and shape.word(key) and key not in shape.one_of:
            where = place.within(line=node.line_of(key))
            yield problem("unknown-key", where, name=key, shape=allowed[0], guess="?", known=listed(allowed))


def _against_shape(node: Node, shape: Shape, place: Place, found: list[Problem]) -> None:
    if not isinstance(node, MappingNode):
        found.append(_wrong(node, f"«{shape.name}» (key: value)", place))
        return
    known = [word.name for word in shape.taken]
    for key, value in node.entries.items():
        word = shape.word(key)
        if word is None:
            where = place.within(line=node.line_of(key))
            near = guess(key, known)
            found.append(problem("unknown-key", where, name=key, shape=shape.name, guess=near, known=listed(known, 40)))
        else:
            _against(value, word.meaning, key, place.within(line=value.line), found)
    for word in shape.words:
        if word.required and _empty(node.get(word.name)):
            found.append(problem("missing-key", place.within(line=node.line), shape=shape.name, name=word.name))
    for name in (name for one, needed in shape.needs.items() if one in node.entries for name in needed):
        if _empty(node.get(name)):
            found.append(problem("missing-key", place.within(line=node.line), shape=shape.name, name=name))
    if shape.one_of and sum(name in node.entries for name in shape.one_of) != 1 and not _page_break_section(node):
        where = place.within(line=node.line)
        found.append(problem("missing-key", where, shape=shape.name, name=" | ".join(shape.one_of)))


def _page_break_section(node: MappingNode) -> bool:
    """``page_break`` is a block of its own or an option of a section."""
    return "section" in node.entries and "page_break" in node.entries


def _empty(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.text is None)


def _against(node: Node, meaning: Meaning, key: str, place: Place, found: list[Problem]) -> None:
    match meaning:
        case Use(name):
            _against_shape(node, SHAPES[name], place, found)
        case ListOf(of):
            if not isinstance(node, Sequence):
                found.append(_wrong(node, f"«{key}» (- …)", place))
                return
            for item in node.items:
                _against(item, of, key, place.within(line=item.line), found)
        case MapOf(of, keys):
            _against_map(node, of, keys, key, place, found)
        case Either(options):
            _against(node, fitting(node, options), key, place, found)
        case Kind():
            _against_kind(node, meaning, key, place, found)


def _against_map(node: Node, of: Meaning, keys: str, key: str, place: Place, found: list[Problem]) -> None:
    if not isinstance(node, MappingNode):
        found.append(_wrong(node, f"«{key}» (key: value)", place))
        return
    for name, value in node.entries.items():
        if not re.fullmatch(keys, name):
            found.append(problem("bad-name", place.within(line=node.line_of(name)), value=name))
        _against(value, of, name, place.within(line=value.line), found)


def fitting(node: Node, options: tuple[Meaning, ...]) -> Meaning:
    """The option whose outer form fits; a flag only fits a flag's words."""
    for option in options:
        if isinstance(option, Use | MapOf) and isinstance(node, MappingNode):
            return option
        if isinstance(option, ListOf) and isinstance(node, Sequence):
            return option
        is_flag = isinstance(option, Kind) and option.base == "flag"
        if isinstance(option, Kind) and isinstance(node, Scalar) and (not is_flag or node.text in (*TRUE, *FALSE)):
            return option
    return options[-1]


def _against_kind(node: Node, kind: Kind, key: str, place: Place, found: list[Problem]) -> None:
    if not isinstance(node, Scalar) or node.text is None:
        found.append(_wrong(node, f"«{key}» (…)", place))
        return
    text = node.text
    if kind.base == "name" and not re.fullmatch(kind.pattern, text):
        found.append(problem("bad-name", place, value=text))
    elif kind.base == "choice" and text not in kind.options:
        found.append(problem("bad-value", place, value=text, name=key, known=listed(kind.options)))
    elif kind.base == "flag" and text not in (*TRUE, *FALSE):
        found.append(problem("bad-value", place, value=text, name=key, known="true، false"))
    elif kind.base in ("number", "whole") and not (WHOLE if kind.base == "whole" else NUMBER).fullmatch(text):
        known = "1، 2، …" if kind.base == "whole" else "1، 2.5، …"
        found.append(problem("bad-value", place, value=text, name=key, known=known))
    elif kind.base in ("expression", "template"):
        try:
            parse(text) if kind.base == "expression" else parse_text(text)
        except ExpressionError as error:
            found.append(expression_problem(error, place))


def _wrong(node: Node, expected: str, place: Place) -> Problem:
    return problem("wrong-shape", place.within(line=node.line), expected=expected, found=describe(node))
