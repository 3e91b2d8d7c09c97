"""The row of numbers under the headers of a table: «(۱)», and of what is calculated of other columns «(۳)=(۱)-(۲)»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import nodes

from assembler.base.expressions import parse
from assembler.base.persian import persian_digits
from assembler.model.specs import Column, Item

_SIGNS: Mapping[type, str] = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "×", nodes.Div: "÷"}
_FEW = 4  # columns of a sum that are all written out


class _Untold(Exception):
    """What is not made of columns of the table alone."""


def column_numbers(item: Item, printed: Sequence[Column]) -> tuple[str, ...]:
    """What stands under each printed column, a ticked one being several of them; none where none is wanted."""
    if not item.column_numbers:
        return ()
    numbers = {column.name: at for at, column in reversed(list(enumerate(printed, start=1)))}
    return tuple(_told(column, at, numbers, item) for at, column in enumerate(printed, start=1))


def _told(column: Column, at: int, numbers: Mapping[str, int], item: Item) -> str:
    if column.formula:
        return column.formula
    if item.column_numbers == "formulas" and column.calculation:
        try:
            return f"{_number(at)}={_made_of(parse(column.calculation.source), numbers)}"
        except _Untold:
            pass
    return _number(at)


def _number(at: int) -> str:
    return f"({persian_digits(str(at))})"


def _made_of(node: nodes.Expr, numbers: Mapping[str, int]) -> str:
    match node:
        case nodes.Name() if node.name in numbers:
            return _number(numbers[node.name])
        case nodes.Const() if isinstance(node.value, int):
            return persian_digits(str(node.value))
        case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div():
            sign = _SIGNS[type(node)]
            return f"{_side(node.left, sign, numbers)}{sign}{_side(node.right, sign, numbers)}"
        case nodes.Call():
            return _called(str(getattr(node.node, "name", "")), node.args, numbers)
    raise _Untold


def _side(node: nodes.Expr, sign: str, numbers: Mapping[str, int]) -> str:
    """A side of a sign, between brackets where it would be read otherwise."""
    told = _made_of(node, numbers)
    loose = isinstance(node, nodes.Add | nodes.Sub)
    return f"[{told}]" if loose and sign in "-×÷" else told


def _called(name: str, arguments: Sequence[nodes.Expr], numbers: Mapping[str, int]) -> str:
    told = [_made_of(each, numbers) for each in arguments]
    if name == "sum":
        given = [numbers[each.name] for each in arguments if isinstance(each, nodes.Name)]
        one_by_one = given == list(range(given[0], given[0] + len(told))) if given else False
        return f"{told[0]}+…+{told[-1]}" if len(told) > _FEW and one_by_one else "+".join(told)
    if name in ("percent", "ratio"):
        return f"{told[0]}÷{told[1]}" + (f"×{persian_digits('100')}" if name == "percent" else "")
    raise _Untold
