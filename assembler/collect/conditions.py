"""Conditions of the specs in words: ``answer == 'yes'`` becomes «the answer to question 1 is …»."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from assembler.base.expressions import Reference, parse, reference_of
from assembler.base.messages import fill, language, translate
from assembler.base.persian import parse_number, persian_digits
from assembler.model.specs import Expression, Field, FormSpec, Item

_LENGTH = 70  # of a label within a condition
_NEGATED = {"eq": "ne", "ne": "eq", "gt": "lteq", "lteq": "gt", "lt": "gteq", "gteq": "lt"}
_NUMBERED = re.compile(r"(\d+)[.)\-–]\s")  # a label that begins with the number of the question: «۱. آیا …»


class _Unsaid(Exception):
    """A turn of the language there are no words for."""


@dataclass(frozen=True)
class Names:
    """What the names of an expression mean: ``form`` and the table ``item`` it stands in, and the forms there are."""

    form: FormSpec
    forms: Mapping[str, FormSpec]
    item: Item | None = None

    def words(self, expression: Expression) -> str | None:
        """The condition in the reader's language; None when it cannot be said."""
        try:
            return self._said(parse(expression.source), negated=False)
        except _Unsaid:
            return None

    def _said(self, node: nodes.Expr, *, negated: bool) -> str:
        match node:
            case nodes.Not():
                return self._said(node.node, negated=not negated)
            case nodes.And() | nodes.Or():
                return self._joined(node, negated=negated)
            case nodes.Compare():
                return self._compared(node, negated=negated)
            case nodes.Call():
                return self._called(node, negated=negated)
        return _filled(self._question(node), negated=negated)

    def _joined(self, node: nodes.And | nodes.Or, *, negated: bool) -> str:
        """All sides. «A, or else B and C» is clear; «A and B or C» would read as the wrong one and stays unsaid."""
        sides = _sides(node)
        mixed = any(isinstance(side, nodes.And | nodes.Or) for side in sides)
        both = isinstance(node, nodes.And) != negated
        if mixed and both:
            raise _Unsaid
        word = translate("; or else") if mixed else " " + (translate("and") if both else translate("or"))
        return f"{word} ".join(self._said(side, negated=negated) for side in sides)

    def _compared(self, node: nodes.Compare, *, negated: bool) -> str:
        if len(node.ops) != 1 or node.ops[0].op not in _NEGATED:
            raise _Unsaid
        sign, right = node.ops[0].op, node.ops[0].expr
        if not isinstance(right, nodes.Const):
            raise _Unsaid
        sign = _NEGATED[sign] if negated else sign
        if isinstance(node.expr, nodes.Call):
            return self._counted(node.expr, sign, right.value)
        if isinstance(right.value, str):
            return self._equal(node.expr, right.value, sign)
        return _number(self._question(node.expr), sign, right.value, self._field(node.expr))

    def _counted(self, call: nodes.Call, sign: str, value: object) -> str:
        """A number of rows or filled cells held against 0: whether there is any."""
        if getattr(call.node, "name", "") != "count" or len(call.args) > 2 or value != 0:
            raise _Unsaid
        if sign not in ("gt", "ne", "eq", "lteq"):
            raise _Unsaid
        table, some = self._field(call.args[0]), sign in ("gt", "ne")
        if len(call.args) == 1:
            some_rows, no_rows = translate("the table «{label}» has rows"), translate("the table «{label}» has no rows")
            return (some_rows if some else no_rows).format(label=_label(table))
        assert isinstance(table, Item)
        column = _label(table.column(str(getattr(call.args[1], "value", ""))))
        if some:
            return fill("«{label}» is filled in in some row", label=column)
        return fill("«{label}» is blank in every row", label=column)

    def _called(self, call: nodes.Call, *, negated: bool) -> str:
        name = getattr(call.node, "name", "")
        if name == "filled":
            return _filled(self._question(call.args[0]), negated=negated)
        if name == "selected" and isinstance(call.args[1], nodes.Const):
            return self._equal(call.args[0], str(call.args[1].value), "ne" if negated else "eq")
        raise _Unsaid

    def _equal(self, node: nodes.Node, value: str, sign: str) -> str:
        field = self._field(node)
        question, label = self._question(node), field.label_of(value)
        if sign == "eq":
            return fill("the answer to {question} is «{value}»", question=question, value=label)
        if sign == "ne":
            return fill("the answer to {question} is not «{value}»", question=question, value=label)
        raise _Unsaid

    def _question(self, node: nodes.Node) -> str:
        """How a sentence calls an item: by its number, else by its label; of another form with the form's title."""
        field, reference = self._field(node), _reference(node)
        if reference.form and reference.form != self.form.id:
            if reference.form == "case":
                return fill("«{label}» in case.yaml", label=_label(field))
            title = shortened(self.forms[reference.form].title)
            return fill("«{label}» in the form «{title}»", label=_label(field), title=title)
        numbered = _NUMBERED.match(field.label)
        return fill("question {number}", number=numbered[1]) if numbered else f"«{_label(field)}»"

    def _field(self, node: nodes.Node) -> Field:
        """The item or column a tree names."""
        reference = _reference(node)
        form = self.forms.get(reference.form) if reference.form else self.form
        columns = self.item.columns if self.item and not reference.form else ()
        known: tuple[Field, ...] = (*columns, *(form.items if form else ()))
        found = next((field for field in known if field.name == reference.name), None)
        if found is None:
            raise _Unsaid
        return found


def _reference(node: nodes.Node) -> Reference:
    reference = reference_of(node)
    if reference is None or reference.previous:
        raise _Unsaid
    return reference


def _sides(node: nodes.And | nodes.Or) -> tuple[nodes.Expr, ...]:
    """The sides of a chain of one kind, flat."""
    sides: list[nodes.Expr] = []
    for side in (node.left, node.right):
        sides.extend(_sides(side) if isinstance(side, type(node)) else [side])
    return tuple(sides)


def _filled(question: str, *, negated: bool) -> str:
    if negated:
        return fill("{question} is blank", question=question)
    return fill("{question} is filled in", question=question)


_NUMBERS: Mapping[str, Callable[..., str]] = {
    "gt": lambda **words: fill("{question} is more than {value}", **words),
    "gteq": lambda **words: fill("{question} is at least {value}", **words),
    "lt": lambda **words: fill("{question} is less than {value}", **words),
    "lteq": lambda **words: fill("{question} is at most {value}", **words),
    "eq": lambda **words: fill("{question} is {value}", **words),
    "ne": lambda **words: fill("{question} is not {value}", **words),
}


def _number(question: str, sign: str, value: object, field: Field) -> str:
    number = parse_number(str(value))
    if number is None or isinstance(value, bool):
        raise _Unsaid
    year = str(number) if field.is_plain else ""
    said = persian_digits(year) if language() == "fa" else year
    return _NUMBERS[sign](question=question, value=said or number)


def _label(field: Field) -> str:
    return shortened(field.shown)


def shortened(text: str) -> str:
    """A label or title short enough to stand in a sentence."""
    text = text.replace("\n", " ")
    return text if len(text) <= _LENGTH else text[:_LENGTH].rpartition(" ")[0] + " …"
