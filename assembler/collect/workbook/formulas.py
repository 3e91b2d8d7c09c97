"""Expressions of the specs as formulas of Excel, where both mean the same; the others have none.

A blank is the empty text in a formula: what would be an error with one is blank, as in the language of the specs. A
condition holds when it is true, and does not when it is false or blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
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

    def among(self, reference: Reference, choice: str) -> str:
        """Whether one of several choices was made; blank when none was."""

    def columns(self, table: Reference, column: str) -> tuple[str, ...]:
        """The range of a column; of a ticked one, those of its choices in order. Where rows between are no ordinary
        ones, a range is several with commas between them.
        """

    def named(self, table: Reference, column: str, row: str) -> str:
        """The cell of a printed row."""

    def asked(self, table: Reference, column: str) -> str:
        """What is true of each row in which a column is asked for; «» when it is in every row."""

    def all_columns(self, table: Reference) -> tuple[str, ...]:
        """The ranges of the columns that make a row a row."""

    def position(self) -> str:
        """The number of the row."""

    def to_here(self, table: Reference, column: str) -> tuple[str, str]:
        """The range of a column of the row's own table down to the row, and the cell in it."""


def formula(source: str, scope: FormulaScope) -> str | None:
    """The formula of an expression, with its «=»; None when there is none."""
    try:
        found = _Translator(scope).told(parse(source))
    except Untold:
        return None
    return f"={found}" if len(found) <= _LONGEST else None


def condition(source: str, scope: FormulaScope) -> str | None:
    """What is true in a formula when a condition holds, and false when it does not; None when no formula says it."""
    try:
        found = _Translator(scope).true(parse(source))
    except Untold:
        return None
    return found if len(found) <= _LONGEST else None


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
                return self.true(node)
            case nodes.Not():
                return f'IF({self.true(node)},TRUE,IF({self._false(node)},FALSE,""))'
            case nodes.CondExpr():
                other = self.told(node.expr2) if node.expr2 is not None else '""'
                return f'IF({self.true(node.test)},{self.told(node.expr1)},IF({self._false(node.test)},{other},""))'
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

    # ------------------------------------------------------------ conditions

    def true(self, node: nodes.Expr) -> str:
        """Whether a condition holds; a blank one does not."""
        match node:
            case nodes.And() | nodes.Or():
                word = "AND" if isinstance(node, nodes.And) else "OR"
                return f"{word}({self.true(node.left)},{self.true(node.right)})"
            case nodes.Not():
                return self._false(node.node)
        told = self.told(node)
        return f"(({told})=TRUE)" if _says_yes_or_no(node) else f'AND(({told})<>"",({told})<>0,({told})<>FALSE)'

    def _false(self, node: nodes.Expr) -> str:
        """Whether what a condition denies holds; of a blank one it does not."""
        match node:
            case nodes.And() | nodes.Or():
                word = "OR" if isinstance(node, nodes.And) else "AND"
                return f"{word}({self._false(node.left)},{self._false(node.right)})"
            case nodes.Not():
                return self.true(node.node)
        told = self.told(node)
        return f"(({told})=FALSE)" if _says_yes_or_no(node) else f"OR(({told})=0,({told})=FALSE)"

    # ------------------------------------------------------------ comparisons

    def _compared(self, node: nodes.Compare) -> str:
        if len(node.ops) != 1:
            raise Untold
        sign, left, right = node.ops[0].op, node.expr, node.ops[0].expr
        if sign in ("in", "notin"):
            return self._inside(left, right, "NOT" if sign == "notin" else "")
        if sign not in _COMPARED:
            raise Untold
        told = self.told(left)
        other = self._choice(left, right) if isinstance(right, nodes.Const) else self.told(right)
        self._refuse_days(left, right)
        test = '({})<>""' if sign in ("eq", "ne") else "ISNUMBER({})"
        known = (
            test.format(said) for node, said in ((left, told), (right, other)) if not isinstance(node, nodes.Const)
        )
        return f'IF(AND({",".join(known) or "TRUE"}),({told}){_COMPARED[sign]}({other}),"")'

    def _inside(self, left: nodes.Expr, right: nodes.Expr, negated: str) -> str:
        """One of several that are written out, or a choice among those that were made."""
        if isinstance(right, nodes.List | nodes.Tuple):
            told = self.told(left)
            self._refuse_days(left)
            each = ",".join(f"({told})={self._choice(left, one)}" for one in map(_written_out, right.items))
            return f'IF(({told})="","",{negated}(OR({each or "FALSE"})))'
        if isinstance(left, nodes.Const):
            found = self._among(right, left)
            return f'IF(({found})="","",NOT({found}))' if negated else found
        raise Untold

    def _among(self, several: nodes.Expr, choice: nodes.Expr) -> str:
        reference = reference_of(several)
        if reference is None or reference.previous or self._scope.field(reference).type != "select_multiple":
            raise Untold
        return self._scope.among(reference, _text(choice))

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
        tables |= {"greatest": partial(self._extreme, "MAX"), "least": partial(self._extreme, "MIN")}
        tables |= {"running": self._running}
        if name in tables:
            return tables[name](*arguments)
        if name == "cell":
            return self._scope.named(_table(arguments[0]), *map(_text, arguments[1:]))
        if name == "sum":
            told = [self.told(each) for each in arguments]
            some, added = ("+".join(f"{of}({each})" for each in told) for of in ("ISNUMBER", "N"))
            return f'IF(({some})=0,"",{added})'
        if name in ("percent", "ratio"):
            share = f"({self.told(arguments[0])})/({self.told(arguments[1])})"
            return f'IFERROR({share}{"*100" if name == "percent" else ""},"")'
        if name == "filled":
            return f'(({self.told(arguments[0])})<>"")'
        if name == "otherwise":
            value, default = map(self.told, arguments)
            return f'IF(({value})="",{default},{value})'
        if name == "selected":
            reference = reference_of(arguments[0])
            several = reference is not None and self._scope.field(reference).type == "select_multiple"
            equal = nodes.Compare(arguments[0], [nodes.Operand("eq", arguments[1])])
            return f"(({self._among(*arguments) if several else self._compared(equal)})=TRUE)"
        if name == "length":
            self._refuse_others(arguments[0])
            text = self.told(arguments[0])
            return f'IF(({text})="","",LEN({text}))'
        if name == "joined":
            return self._joined(*arguments)
        if name == "rounded":
            places = self.told(arguments[1]) if len(arguments) > 1 else "0"
            return f'IFERROR(ROUND({self.told(arguments[0])},{places}),"")'
        raise Untold

    def _joined(self, between: nodes.Expr, *parts: nodes.Expr) -> str:
        """Each text once more for each that follows: of many it would be too long, and there is none."""
        self._refuse_others(*parts)
        told = ""
        for part in map(self.told, parts):
            sign = f'IF(AND(({told})<>"",({part})<>""),{_constant(_text(between))},"")'
            told = f"({told})&{sign}&({part})" if told else f"({part})"
            if len(told) > _LONGEST:
                raise Untold
        return told

    def _refuse_others(self, *parts: nodes.Expr) -> None:
        """Only a plain text stands in its cell as the language has it."""
        for part in parts:
            reference = reference_of(part)
            if not isinstance(part, nodes.Const) and (
                reference is None or self._scope.field(reference).type != "text" or self._scope.field(reference).is_list
            ):
                raise Untold

    def _extreme(self, function: str, table: nodes.Expr, column: nodes.Expr) -> str:
        found, asked = self._one(table, column)
        meant = _table(table)
        if asked or self._scope.field(Reference(meant.name, meant.form, _text(column), True)).type == "date":
            raise Untold
        return f'IF(COUNT({found})=0,"",{function}({found}))'

    def _running(self, table: nodes.Expr, column: nodes.Expr) -> str:
        down, here = self._scope.to_here(_table(table), _text(column))
        return f'IF(ISNUMBER({here}),SUM({down}),"")'

    def _total(self, table: nodes.Expr, column: nodes.Expr) -> str:
        found, asked = self._one(table, column)
        some = f"SUMPRODUCT(--ISNUMBER({found}),--({asked}))" if asked else f"COUNT({found})"
        numbers = f"SUMPRODUCT({found},--({asked}))" if asked else f"SUM({found})"
        return f'IF({some}=0,"",{numbers})'

    def _mean(self, table: nodes.Expr, column: nodes.Expr) -> str:
        found, asked = self._one(table, column)
        if not asked:
            return f'IF(COUNT({found})=0,"",AVERAGE({found}))'
        return f'IFERROR(SUMPRODUCT({found},--({asked}))/SUMPRODUCT(--ISNUMBER({found}),--({asked})),"")'

    def _one(self, table: nodes.Expr, column: nodes.Expr) -> tuple[str, str]:
        """The range of a column, and what is true where it is asked for."""
        found = self._scope.columns(_table(table), _text(column))
        asked = self._scope.asked(_table(table), _text(column))
        if len(found) != 1 or (asked and "," in found[0]):
            raise Untold
        return found[0], asked

    def _count(self, table: nodes.Expr, column: nodes.Expr | None = None, value: nodes.Expr | None = None) -> str:
        meant = _table(table)
        if column is None:
            return rows_with_any(self._scope.all_columns(meant))
        ranges = self._scope.columns(meant, _text(column))
        if any("," in each for each in ranges):  # a formula that counts takes one stretch of rows
            raise Untold
        asked = self._scope.asked(meant, _text(column))
        if value is None:
            return rows_with_any(ranges, asked)
        field = self._scope.field(Reference(meant.name, meant.form, _text(column), True, meant.previous))
        if len(ranges) > 1:
            names = [choice.name for choice in field.choices]
            return rows_with_any((ranges[names.index(_text(value))],), asked)
        if field.type == "select_multiple":
            raise Untold
        said = self._scope.text(field, _text(value)) if field.choices else _text(value)
        return f"SUMPRODUCT(--({ranges[0]}={_constant(said)}){_and(asked)})"


def _says_yes_or_no(node: nodes.Expr) -> bool:
    """Whether what an expression gives is true, false or blank."""
    called = isinstance(node, nodes.Call) and getattr(node.node, "name", "") in ("filled", "selected")
    return called or isinstance(node, nodes.Compare)


def rows_with_any(ranges: Sequence[str], asked: str = "") -> str:
    """How many rows hold something in any of the ranges, of those in which it is asked for."""
    if not ranges:
        raise Untold
    if len(ranges) == 1:
        return f'SUMPRODUCT(--({ranges[0]}<>""){_and(asked)})'
    held = "+".join(f'({each}<>"")' for each in ranges)
    return f"SUMPRODUCT(--(({held})>0){_and(asked)})"


def _and(asked: str) -> str:
    return f",--({asked})" if asked else ""


def _table(node: nodes.Expr) -> Reference:
    reference = reference_of(node)
    if reference is None or reference.previous:
        raise Untold
    return reference


def _written_out(node: nodes.Expr) -> nodes.Const:
    if not isinstance(node, nodes.Const):
        raise Untold
    return node


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
