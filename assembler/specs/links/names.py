"""What an expression may name where it stands, and what is wrong with one that names something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.base.expressions import ExpressionError, Reference, compared, parse, parse_text, references
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.specs import Column, Expression, Field, FormSpec, Item
from assembler.specs.language.names import ROW_NAMES
from assembler.specs.shapes import expression_problem


@dataclass(frozen=True)
class Names:
    """What an expression may name where it stands.

    ``own`` is the form whose items go by their bare names, ``columns`` those of the row it stands in, ``row`` the
    table of a list's entries. ``case`` is None while it is not known which report asks: ``case.field`` is then taken
    on trust. ``statuses`` are what ``summary.`` may be followed by in the texts and conditions of a report, ``packet``
    what ``packet.`` may be followed by in the texts of its parts and in letters.
    Forms in ``broken`` have problems of their own; nothing is said of their items.
    """

    forms: Mapping[str, FormSpec]
    own: FormSpec | None = None
    columns: tuple[Column, ...] = ()
    row: Item | None = None
    case: FormSpec | None = None
    statuses: frozenset[str] | None = None
    packet: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def bare(self) -> dict[str, Field | None]:
        """The bare names with what they name; None for names that are no field."""
        items: dict[str, Field | None] = {item.name: item for item in self.own.items} if self.own else {}
        if not self.columns:
            return items
        return {**items, **dict.fromkeys(ROW_NAMES), **{column.name: column for column in self.columns}}


def check_expression(expression: Expression, names: Names) -> Iterator[Problem]:
    """Names an expression uses that nothing answers to."""
    for reference in references(parse(expression.source)):
        yield from _check_reference(reference, expression.source, expression.place, names)
    for reference, choice in compared(parse(expression.source)):
        yield from _check_choice(reference, choice, expression.place, names)


def _check_choice(reference: Reference, choice: str, place: Place, names: Names) -> Iterator[Problem]:
    """A select item can only be compared with one of its choices."""
    known = _known(reference, names) or {}
    field = known.get(reference.name)
    choices = [each.name for each in field.choices] if field else []
    if choices and choice not in choices:
        yield problem("bad-value", place, value=choice, name=reference.name, known=listed(choices))


def check_text(source: str, place: Place, names: Names) -> Iterator[Problem]:
    """The same for a text with ``{{ expressions }}``."""
    try:
        pieces = parse_text(source)
    except ExpressionError as error:
        yield expression_problem(error, place)
        return
    for piece in pieces:
        for reference in references(piece) if not isinstance(piece, str) else ():
            yield from _check_reference(reference, source, place, names)


def _check_reference(reference: Reference, source: str, place: Place, names: Names) -> Iterator[Problem]:
    known = _known(reference, names)
    if known is None:
        return
    if reference.form and reference.form not in (*names.forms, *_standing(reference, names)):
        yield problem("unknown-form", place, name=reference.form, guess=guess(reference.form, names.forms))
    elif not reference.name:
        word = "previous" if reference.previous else "form"
        usage = f"{word}('{reference.form}').item"
        yield problem("expression-arguments", place, expression=source, name=word, usage=usage)
    elif reference.name not in known:
        yield _unknown_name(reference.name, known, source, place)
    else:
        yield from _check_kind(reference, known[reference.name], source, place)


def _standing(reference: Reference, names: Names) -> tuple[str, ...]:
    """The names that stand for something besides forms; of the case before there are its fields only."""
    if reference.previous:
        return ("case",)
    summary, packet = ("summary",) if names.statuses is not None else (), ("packet",) if names.packet else ()
    return ("case", "row", *summary, *packet)


def _known(reference: Reference, names: Names) -> Mapping[str, Field | None] | None:
    """The names a reference may choose from; None when nothing can be said of them."""
    if not reference.form:
        return names.bare()
    if reference.previous and reference.form in ("row", "summary", "packet"):
        return {}
    if reference.form == "row":
        return {column.name: column for column in names.row.columns} if names.row else {}
    if reference.form == "case":
        return {item.name: item for item in names.case.items} if names.case else None
    if reference.form == "summary" and names.statuses is not None:
        return dict.fromkeys(sorted(names.statuses))
    if reference.form == "packet" and names.packet:
        return dict.fromkeys(sorted(names.packet))
    if reference.form in names.broken:
        return None
    owner = names.forms.get(reference.form)
    return {item.name: item for item in owner.items} if owner else {}


def _check_kind(reference: Reference, named: Field | None, source: str, place: Place) -> Iterator[Problem]:
    """A table stands where a function takes one, and nowhere else; its column must be one of its own."""
    is_table = isinstance(named, Item) and named.is_table
    if is_table != reference.table:
        found, expected = (named.type, "table") if reference.table and named else ("table", "value")
        yield problem("wrong-item-kind", place, name=reference.name, found=found, expected=expected)
    elif isinstance(named, Item) and reference.column:
        columns = [column.name for column in named.columns]
        if reference.column not in columns:
            yield _unknown_name(reference.column, columns, source, place)


def _unknown_name(name: str, known: Iterable[str], source: str, place: Place) -> Problem:
    known = list(known)
    return problem(
        "expression-unknown-name", place, expression=source, name=name, guess=guess(name, known), known=listed(known)
    )


def unknown(names: Iterable[str], known: Collection[str], shape: str, place: Place) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield problem("unknown-item", place, name=name, shape=shape, guess=guess(name, known), known=listed(known))


def item_of(target: str, forms: Mapping[str, FormSpec]) -> Item | None:
    form, _, name = target.rpartition(".")
    return next((item for item in forms[form].items if item.name == name), None) if form in forms else None


def check_item(target: str, types: tuple[str, ...], place: Place, names: Names) -> Iterator[Problem]:
    form, _, name = target.rpartition(".")
    if not form:
        return  # the shape has reported it
    if form not in names.forms:
        yield problem("unknown-form", place, name=form, guess=guess(form, names.forms))
        return
    if form in names.broken:
        return
    item = item_of(target, names.forms)
    if item is None:
        known = [item.name for item in names.forms[form].items]
        yield problem("unknown-item", place, name=name, shape=form, guess=guess(name, known), known=listed(known))
    elif item.type not in types:
        yield problem("wrong-item-kind", place, name=target, found=item.type, expected=listed(types))
