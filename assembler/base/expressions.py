"""Expressions of the specs: Jinja's grammar, read into a closed language and interpreted over plain values.

Nothing is compiled to Python: a handful of node kinds is walked by hand, so an expression can reach values and the
functions of the language (``functions``) and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeAlias, cast
from weakref import WeakKeyDictionary

from jinja2 import Environment, TemplateSyntaxError, nodes

from assembler.base.functions import ARITHMETIC, COMPARISONS, FUNCTIONS, Function, column_of, is_number, printable
from assembler.base.messages import wording

_GRAMMAR = Environment(autoescape=True)
_GAP = re.compile(r"(\{\{.*?\}\})+", re.DOTALL)
_ALLOWED = (
    nodes.Const, nodes.Name, nodes.Getattr, nodes.Call, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg, nodes.Pos, nodes.CondExpr, nodes.List, nodes.Tuple,
)  # fmt: skip


Tree: TypeAlias = nodes.Expr


class ExpressionError(Exception):
    """A broken expression: the catalogue code and its arguments."""

    def __init__(self, code: str, **arguments: object) -> None:
        self.code = code
        self.arguments = arguments
        super().__init__(code)


class Scope(Protocol):
    """Where names get their values."""

    def name(self, name: str) -> object: ...

    def attribute(self, owner: object, name: str) -> object: ...

    def form(self, form: str) -> object: ...

    def previous(self, form: str) -> object:
        """A form of the case of the period before; NO_CASE when there is none, of which everything is blank."""

    def earlier(self) -> Iterable[Scope]:
        """The same place in the cases of the periods of the year before this one."""


class _NoCase:
    """Stands for any form of a case there is none of."""


NO_CASE = _NoCase()


# ---------------------------------------------------------------- reading


@dataclass(frozen=True)
class Reference:
    """A name an expression uses: ``form`` is empty for the own form, ``column`` when the whole table is meant.

    ``table`` says that it stands where a function takes a table, ``previous`` that the case of the period before is
    meant. ``row`` is the name of a printed row, where a function names one.
    """

    name: str
    form: str = ""
    column: str = ""
    table: bool = False
    previous: bool = False
    row: str = ""


class Written(NamedTuple):
    """How something is written, and what it gives."""

    usage: str
    doc: str


# What a call may name a form by; behind it stands the name of an item.
OF_FORMS: Mapping[str, Written] = {
    "form": Written("form('folder/name')", "An item of any form of the case: form('folder/name').item."),
    "previous": Written(
        "previous('folder/name')",
        "The same in the case of the period before; blank when there is none. previous('case').field is a field of it.",
    ),
}


@lru_cache(maxsize=4096)
def parse(source: str) -> nodes.Expr:
    """The syntax tree of one expression; raises ExpressionError when it is broken or reaches outside the language."""
    try:
        template = _GRAMMAR.parse("{{ " + source + " }}")
    except TemplateSyntaxError as error:
        raise ExpressionError("expression-broken", expression=source, reason=error.message) from None
    except RecursionError:
        raise ExpressionError("expression-broken", expression=source, reason=wording("nested too deeply")) from None
    output = template.body[0] if len(template.body) == 1 else None
    parts = output.nodes if isinstance(output, nodes.Output) else []
    if len(parts) != 1 or isinstance(parts[0], nodes.TemplateData):
        raise ExpressionError("expression-broken", expression=source, reason=wording("one expression is expected"))
    _admit(parts[0], source)
    return parts[0]


def unfilled(text: str, gap: str = "…") -> str:
    """A text in a line, with a gap for its ``{{ expressions }}``: as it is told before anybody answered."""
    return " ".join(_GAP.sub(gap, text).split())


@lru_cache(maxsize=4096)
def parse_text(source: str) -> tuple[str | nodes.Expr, ...]:
    """The pieces of a text with ``{{ expressions }}`` in it."""
    if "{" not in source:
        return (source,) if source else ()
    try:
        template = _GRAMMAR.parse(source)
    except TemplateSyntaxError as error:
        raise ExpressionError("expression-broken", expression=source, reason=error.message) from None
    except RecursionError:
        raise ExpressionError("expression-broken", expression=source, reason=wording("nested too deeply")) from None
    pieces: list[str | nodes.Expr] = []
    for output in template.body:
        if not isinstance(output, nodes.Output):
            raise ExpressionError("expression-forbidden", expression=source, part=type(output).__name__)
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                pieces.append(node.data)
            else:
                _admit(node, source)
                pieces.append(node)
    return tuple(pieces)


def _admit(node: nodes.Node, source: str) -> None:
    for found in (node, *node.find_all(nodes.Node)):
        if not isinstance(found, _ALLOWED):
            raise ExpressionError("expression-forbidden", expression=source, part=type(found).__name__)
        if isinstance(found, nodes.Getattr) and (found.attr.startswith("_") or reference_of(found) is None):
            raise ExpressionError("expression-forbidden", expression=source, part=f".{found.attr}")
        if isinstance(found, nodes.Call):
            _admit_call(found, source)


def _admit_call(call: nodes.Call, source: str) -> None:
    if not isinstance(call.node, nodes.Name) or call.kwargs or call.dyn_args or call.dyn_kwargs:
        raise ExpressionError("expression-forbidden", expression=source, part="call")
    name = call.node.name
    if name in OF_FORMS:
        if len(call.args) != 1 or not isinstance(call.args[0], nodes.Const):
            raise ExpressionError("expression-arguments", expression=source, name=name, usage=OF_FORMS[name].usage)
    elif name not in FUNCTIONS:
        raise ExpressionError("expression-unknown-name", expression=source, name=name, known=(*FUNCTIONS, *OF_FORMS))
    elif not _takes(FUNCTIONS[name], call.args):
        raise ExpressionError("expression-arguments", expression=source, name=name, usage=FUNCTIONS[name].usage)


def _takes(function: Function, arguments: Sequence[nodes.Expr]) -> bool:
    """Whether arguments suit a function: a table is named, column and row are written out, so that all is checked."""
    if not function.least <= len(arguments) <= function.most:
        return False
    if not function.table:
        return True
    columns = arguments[1 : 1 + function.columns + function.rows]
    named = all(isinstance(column, nodes.Const) and isinstance(column.value, str) for column in columns)
    return named and reference_of(arguments[0]) is not None


@lru_cache(maxsize=4096)
def references(node: nodes.Expr) -> tuple[Reference, ...]:
    """The items, columns and forms an expression uses; ``case.x`` comes as the form «case»."""
    found: list[Reference] = []
    _collect(node, found)
    return tuple(found)


@lru_cache(maxsize=4096)
def compared(node: nodes.Expr) -> tuple[tuple[Reference, str], ...]:
    """The names an expression holds against a written-out text, with the text: ``listed == 'yes'``."""
    return tuple(_compared(node))


def _compared(node: nodes.Expr) -> Iterator[tuple[Reference, str]]:
    for found in (node, *node.find_all(nodes.Node)):
        if isinstance(found, nodes.Compare) and len(found.ops) == 1 and found.ops[0].op in ("eq", "ne"):
            pair = (found.expr, found.ops[0].expr)
        elif isinstance(found, nodes.Call) and getattr(found.node, "name", "") == "selected":
            pair = (found.args[0], found.args[1])
        else:
            continue
        reference, text = reference_of(pair[0]), pair[1]
        if reference is not None and isinstance(text, nodes.Const) and isinstance(text.value, str):
            yield reference, text.value


def _collect(node: nodes.Node, found: list[Reference]) -> None:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        name, arguments = node.node.name, list(node.args)
        if name in OF_FORMS:
            found.append(_of_form(node))
            return
        if FUNCTIONS[name].table:
            table = cast(Reference, reference_of(arguments[0]))
            named = 1 + FUNCTIONS[name].columns
            columns = [str(cast(nodes.Const, column).value) for column in arguments[1:named]] or [""]
            rows = arguments[named : named + FUNCTIONS[name].rows]
            row = str(cast(nodes.Const, rows[0]).value) if rows else ""
            found.extend(replace(table, column=column, table=True, row=row) for column in columns)
            arguments = arguments[named + len(rows) :]
        for argument in arguments:
            _collect(argument, found)
        return
    reference = reference_of(node)
    if reference is not None:
        found.append(reference)
        return
    for child in node.iter_child_nodes():
        _collect(child, found)


def reference_of(node: nodes.Node) -> Reference | None:
    """What a tree names when it is a name and nothing else."""
    if isinstance(node, nodes.Name):
        return Reference(node.name)
    if isinstance(node, nodes.Getattr):
        owner = node.node
        if isinstance(owner, nodes.Name):
            return Reference(node.attr, form=owner.name)
        if isinstance(owner, nodes.Call) and isinstance(owner.node, nodes.Name) and owner.node.name in OF_FORMS:
            return replace(_of_form(owner), name=node.attr)
    return None


def shifted_of(node: nodes.Node) -> Reference | None:
    """What a tree names and counts on or back from by a whole number: «year - 1»."""
    if not isinstance(node, nodes.Add | nodes.Sub):
        return None
    count = node.right if isinstance(node.right, nodes.Const) else node.left
    named = node.left if count is node.right else node.right
    is_count = isinstance(count, nodes.Const) and isinstance(count.value, int)
    return reference_of(named) if is_count and not (count is node.left and isinstance(node, nodes.Sub)) else None


def _called(call: nodes.Call) -> str:
    """The name of what a call that was let in calls."""
    return cast(nodes.Name, call.node).name


def _of_form(call: nodes.Call) -> Reference:
    """The form a call names, in which of the two cases."""
    form = str(getattr(call.args[0], "value", "")) if call.args else ""
    return Reference("", form, previous=_called(call) == "previous")


# ---------------------------------------------------------------- interpreting


def evaluate(source: str, scope: Scope) -> object:
    """The value of an expression over a scope."""
    return value_of(parse(source), scope)


def evaluate_text(source: str, scope: Scope, show: Callable[[object], str] | None = None) -> str:
    """A text with its ``{{ expressions }}`` replaced by their values as people read them; blanks print nothing."""
    printed = show or printable
    return "".join(piece if isinstance(piece, str) else printed(value_of(piece, scope)) for piece in parse_text(source))


def value_of(node: nodes.Expr, scope: Scope) -> object:
    """The value of a checked syntax tree over a scope."""
    if isinstance(node, nodes.Const):
        return Decimal(str(node.value)) if isinstance(node.value, float) else node.value
    if isinstance(node, nodes.Name):
        return scope.name(node.name)
    if isinstance(node, nodes.Getattr):
        owner = value_of(node.node, scope)
        return None if owner is NO_CASE else scope.attribute(owner, node.attr)
    if isinstance(node, nodes.Call):
        return _call(node, scope)
    if isinstance(node, nodes.Compare):
        return _compare(node, scope)
    if isinstance(node, nodes.And | nodes.Or):
        return _logic(node, scope)
    if isinstance(node, nodes.Not):
        value = value_of(node.node, scope)
        return None if value is None else not value
    if isinstance(node, nodes.CondExpr):
        test = value_of(node.test, scope)
        chosen = None if test is None else node.expr1 if test else node.expr2
        return None if chosen is None else value_of(chosen, scope)
    if isinstance(node, nodes.BinExpr):
        return ARITHMETIC[type(node)](value_of(node.left, scope), value_of(node.right, scope))
    if isinstance(node, nodes.List | nodes.Tuple):
        return tuple(value_of(item, scope) for item in node.items)
    return _sign(node, scope)


def _logic(node: nodes.And | nodes.Or, scope: Scope) -> bool | None:
    """And, or: a side that settles the matter does so whatever the other is; otherwise a blank side makes it blank."""
    settles = isinstance(node, nodes.Or)
    sides = []
    for side in (node.left, node.right):
        value = value_of(side, scope)
        if value is not None and bool(value) is settles:
            return settles
        sides.append(value)
    return None if None in sides else not settles


def _call(node: nodes.Call, scope: Scope) -> object:
    name = _called(node)
    if name in FUNCTIONS and FUNCTIONS[name].line:
        return FUNCTIONS[name].call(*(value_of(node.args[0], each) for each in (scope, *scope.earlier())))
    arguments = [value_of(argument, scope) for argument in node.args]
    if name in OF_FORMS:
        form = str(arguments[0])
        return scope.previous(form) if name == "previous" else scope.form(form)
    function = FUNCTIONS[name]
    if function.placed:
        cells = arguments[0] and _of_table(_COLUMN, *arguments)
        at = cast(int, scope.name("position"))
        return function.call(cast("Sequence[object]", cells)[:at]) if cells else None
    if function.table:  # a table of no case is blank, and so is what is made of it
        return None if arguments[0] is None else _of_table(function, *arguments)
    return function.call(*arguments)


_COLUMN = Function(column_of, "", "", 2, 2)
# What functions made of a table: the calculation of a column asks for the same total in each of its rows.
_made: WeakKeyDictionary[Any, dict[tuple[object, ...], object]] = WeakKeyDictionary()


def _of_table(function: Function, table: object, *arguments: object) -> object:
    made = _made.setdefault(table, {})
    key = (function.usage, *arguments)
    if key not in made:
        made[key] = function.call(table, *arguments)
    return made[key]


def _compare(node: nodes.Compare, scope: Scope) -> bool | None:
    left = value_of(node.expr, scope)
    for operand in node.ops:
        right = value_of(operand.expr, scope)
        holds = COMPARISONS[operand.op](left, right)
        if not holds:
            return holds
        left = right
    return True


def _sign(node: nodes.Expr, scope: Scope) -> object:
    value = value_of(cast(nodes.UnaryExpr, node).node, scope)
    if not is_number(value):
        return None
    return -value if isinstance(node, nodes.Neg) else value


def follows_line(node: nodes.Expr) -> bool:
    """Whether an expression reaches into the cases of the year so far."""
    calls = [node] if isinstance(node, nodes.Call) else []
    return any(function.line for each in (*calls, *node.find_all(nodes.Call)) if (function := _function(each)))


def placed_tables(node: nodes.Expr) -> tuple[str, ...]:
    """The tables whose rows down to this one an expression asks for."""
    calls = [node] if isinstance(node, nodes.Call) else []
    named = (each for each in (*calls, *node.find_all(nodes.Call)) if (found := _function(each)) and found.placed)
    tables = (cast(Reference, reference_of(each.args[0])) for each in named)
    return tuple(f"{table.form}.{table.name}" if table.form else table.name for table in tables)


def texts_joined(node: nodes.Expr) -> Iterator[Reference]:
    """The items an expression joins as texts."""
    calls = [node] if isinstance(node, nodes.Call) else []
    for call in (*calls, *node.find_all(nodes.Call)):
        if getattr(call.node, "name", "") == "joined":
            yield from (found for part in call.args if (found := reference_of(part)))


def _function(call: nodes.Call) -> Function | None:
    return FUNCTIONS.get(str(getattr(call.node, "name", "")))


def is_percent(source: str) -> bool:
    """Whether an expression is a percentage, to be printed with its sign."""
    node = parse(source)
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "percent"
