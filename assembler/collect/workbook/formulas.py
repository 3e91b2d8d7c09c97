"""Expressions of the specs as formulas of Excel, where both mean the same; the others have none.

A blank is the empty text in a formula: what would be an error with one is blank, as in the language of the specs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from jinja2 import nodes

from assembler.base.expressions import Reference, parse, reference_of
from assembler.model.specs import Field

_LONGEST = 3_500  # characters; Excel takes 8,192, and a formula that is rounded stands twice
_SIGNS = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/"}
_COMPARED = {"eq": "=", "ne": "<>", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}


class Untold(Exception):
    """A turn of the language that no formula says."""


class FormulaScope(Protocol):
    """Where the names of an expression stand in the workbook; each raises Untold for what does not."""

    def cell(self, reference: Reference) -> str:
        """The formula of a single value."""

    def field(self, reference: Reference) -> Field:
        """The item or column meant."""

    def text(self, field: Field, choice: str) -> str:
        """How a cell says a choice."""

    def columns(self, table: Reference, column: str) -> tuple[str, ...]:
        """The range of a column; of a ticked one, those of its choices in order."""

    def all_columns(self, table: Reference) -> tuple[str, ...]:
        """The ranges of the columns that make a row a row."""

    def position(self) -> str:
        """The number of the row."""


def formula(source: str, scope: FormulaScope) -> str | None:
    """The formula of an expression, with its «=»; None when there is none."""
    try:
        found = _Translator(scope).told(parse(source))
    except Untold:
        return None
    return f"={found}" if len(found) <= _LONGEST else None


class _Translator:
    def __init__(self, scope: FormulaScope) -> None:
        self._scope = scope

    def told(self, node: nodes.Expr) -> str:
        match node:
            case nodes.Const():
                return _constant(node.value)
            case nodes.Call():
                return self._called(node)
            case nodes.Compare():
                return self._compared(node)
            case nodes.And() | nodes.Or():
                word = "AND" if isinstance(node, nodes.And) else "OR"
                return f"{word}({self._true(node.left)},{self._true(node.right)})"
            case nodes.CondExpr():
                other = self.told(node.expr2) if node.expr2 is not None else '""'
                return f"IF({self._true(node.test)},{self.told(node.expr1)},{other})"
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div():
                return f'IFERROR(({self.told(node.left)}){_SIGNS[type(node)]}({self.told(node.right)}),"")'
        return self._named(node)

    def _named(self, node: nodes.Expr) -> str:
        reference = reference_of(node)
        if reference is None or reference.previous:
            raise Untold
        if reference == Reference("position"):
            return self._scope.position()
        return self._scope.cell(reference)

    def _true(self, node: nodes.Expr) -> str:
        """A condition; a blank one does not hold."""
        told = self.told(node)
        return told if isinstance(node, nodes.And | nodes.Or) else f"(({told})=TRUE)"

    # ------------------------------------------------------------ comparisons

    def _compared(self, node: nodes.Compare) -> str:
        if len(node.ops) != 1 or node.ops[0].op not in _COMPARED:
            raise Untold
        sign, left, right = _COMPARED[node.ops[0].op], node.expr, node.ops[0].expr
        told = self.told(left)
        other = self._choice(left, right) if isinstance(right, nodes.Const) else self.told(right)
        self._refuse_days(left, right)
        return f'IF(OR(({told})="",({other})=""),"",({told}){sign}({other}))'

    def _choice(self, left: nodes.Expr, right: nodes.Const) -> str:
        reference = reference_of(left)
        if not isinstance(right.value, str) or reference is None:
            return _constant(right.value)
        field = self._scope.field(reference)
        return _constant(self._scope.text(field, right.value) if field.choices else right.value)

    def _refuse_days(self, *sides: nodes.Expr) -> None:
        """Days are texts in the workbook, and a day may be compared with a text of another spelling."""
        for side in sides:
            reference = reference_of(side)
            named = reference is not None and reference != Reference("position")
            if reference is not None and named and self._scope.field(reference).type in ("date", "calculate"):
                raise Untold

    # ------------------------------------------------------------ functions

    def _called(self, node: nodes.Call) -> str:
        name, arguments = str(getattr(node.node, "name", "")), list(node.args)
        tables: dict[str, Callable[..., str]] = {"count": self._count, "total": self._total, "mean": self._mean}
        if name in tables:
            return tables[name](*arguments)
        if name in ("percent", "ratio"):
            share = f"({self.told(arguments[0])})/({self.told(arguments[1])})"
            return f'IFERROR({share}{"*100" if name == "percent" else ""},"")'
        if name == "filled":
            return f'(({self.told(arguments[0])})<>"")'
        if name == "rounded":
            places = self.told(arguments[1]) if len(arguments) > 1 else "0"
            return f'IFERROR(ROUND({self.told(arguments[0])},{places}),"")'
        raise Untold

    def _total(self, table: nodes.Expr, column: nodes.Expr) -> str:
        found = self._one(table, column)
        return f'IF(COUNT({found})=0,"",SUM({found}))'

    def _mean(self, table: nodes.Expr, column: nodes.Expr) -> str:
        found = self._one(table, column)
        return f'IF(COUNT({found})=0,"",AVERAGE({found}))'

    def _one(self, table: nodes.Expr, column: nodes.Expr) -> str:
        found = self._scope.columns(_table(table), _text(column))
        if len(found) != 1:
            raise Untold
        return found[0]

    def _count(self, table: nodes.Expr, column: nodes.Expr | None = None, value: nodes.Expr | None = None) -> str:
        meant = _table(table)
        if column is None:
            return _rows_with_any(self._scope.all_columns(meant))
        ranges = self._scope.columns(meant, _text(column))
        if value is None:
            return _rows_with_any(ranges)
        field = self._scope.field(Reference(meant.name, meant.form, _text(column), True, meant.previous))
        if len(ranges) > 1:
            names = [choice.name for choice in field.choices]
            return _rows_with_any((ranges[names.index(_text(value))],))
        if field.type == "select_multiple":
            raise Untold
        said = self._scope.text(field, _text(value)) if field.choices else _text(value)
        return f"SUMPRODUCT(--({ranges[0]}={_constant(said)}))"


def _rows_with_any(ranges: tuple[str, ...]) -> str:
    """How many rows hold something in any of the ranges."""
    if not ranges:
        raise Untold
    if len(ranges) == 1:
        return f'SUMPRODUCT(--({ranges[0]}<>""))'
    held = "+".join(f'({each}<>"")' for each in ranges)
    return f"SUMPRODUCT(--(({held})>0))"


def _table(node: nodes.Expr) -> Reference:
    reference = reference_of(node)
    if reference is None or reference.previous:
        raise Untold
    return reference


def _text(node: nodes.Expr) -> str:
    value = getattr(node, "value", None)
    if not isinstance(value, str):
        raise Untold
    return value


def _constant(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        if len(value) > 255 or "\n" in value:
            raise Untold
        return '"' + value.replace('"', '""') + '"'
    return str(value)
