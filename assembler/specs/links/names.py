"""What an expression may name where it stands, and what is wrong with one that names something else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from assembler.base.expressions import (
    ExpressionError,
    Reference,
    compared,
    follows_line,
    parse,
    parse_text,
    placed_tables,
    references,
    texts_joined,
)
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.specs import Column, Expression, Field, FormSpec, Item
from assembler.specs.language.names import ROW_NAMES
from assembler.specs.shapes import expression_problem

NOTHING_RENAMED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Names:
    """What an expression may name where it stands.

    ``own`` is the form whose items go by their bare names, ``columns`` those of the row it stands in, ``rows`` the
    printed rows whose cells go by theirs, ``row`` the table of a list's entries. ``case`` is None while it is not known
    which report asks: ``case.field`` is then taken on trust. ``owned`` is what ``summary.`` may be followed by in the
    texts and conditions of a report, ``packet.`` in the texts of its parts and in letters, ``amended.`` in what letters
    say once they amend one.
    Forms in ``broken`` have problems of their own; nothing is said of their items. ``periods`` says whether the report
    that asks has any.
    """

    forms: Mapping[str, FormSpec]
    own: FormSpec | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[str, ...] = ()
    row: Item | None = None
    case: FormSpec | None = None
    owned: Mapping[str, frozenset[str]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    periods: bool = False
    table: str = ""  # the one in whose row it stands
    so_far: str = "text"  # why nothing may be summed over the year where it stands; «» where it may

    def bare(self) -> dict[str, Field | None]:
        """The bare names with what they name; None for names that are no field."""
        items: dict[str, Field | None] = {item.name: item for item in self.own.items} if self.own else {}
        if not self.columns:
            return items
        columns: dict[str, Field | None] = {column.name: column for column in self.columns}
        return {**items, **dict.fromkeys(ROW_NAMES), **dict.fromkeys(self.rows), **columns}


def check_expression(expression: Expression, names: Names) -> Iterator[Problem]:
    """Names an expression uses that nothing answers to."""
    if names.so_far and follows_line(parse(expression.source)):
        yield problem(f"so-far-{names.so_far}", expression.place, expression=expression.source)
    if [table for table in placed_tables(parse(expression.source)) if table != names.table]:
        yield problem("running-unfit", expression.place, expression=expression.source)
    for reference in texts_joined(parse(expression.source)):
        field = (_known(reference, names) or {}).get(reference.name)
        if field and field.choices:
            yield problem("wrong-item-kind", expression.place, name=field.name, found=field.type, expected="text")
    for reference in references(parse(expression.source)):
        yield from _check_reference(reference, expression.source, expression.place, names)
    for reference, choice in compared(parse(expression.source)):
        yield from _check_choice(reference, choice, expression, names)


def _check_choice(reference: Reference, choice: str, expression: Expression, names: Names) -> Iterator[Problem]:
    """A select item can only be compared with one of its choices."""
    known = _known(reference, names) or {}
    field = known.get(reference.name)
    choices = [each.name for each in field.choices] if field else []
    renamed = _called(field.choices if field else ()).get(choice)
    if renamed and choice not in choices:
        yield _renamed(choice, renamed, expression.source, expression.place)
    elif choices and choice not in choices:
        yield problem("bad-value", expression.place, value=choice, name=reference.name, known=listed(choices))


def check_text(source: str, place: Place, names: Names) -> Iterator[Problem]:
    """The same for a text with ``{{ expressions }}``."""
    try:
        pieces = parse_text(source)
    except ExpressionError as error:
        yield expression_problem(error, place)
        return
    for piece in pieces:
        if not isinstance(piece, str) and placed_tables(piece):
            yield problem("running-unfit", place, expression=source)
        if names.so_far and not isinstance(piece, str) and follows_line(piece):
            yield problem(f"so-far-{names.so_far}", place, expression=source)
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
        fields = [f"case.{item.name}" for item in names.case.items] if names.case and not reference.form else []
        yield _unknown_name(reference.name, known or fields, source, place, _renames(reference, known, names))
    else:
        yield from _check_kind(reference, known[reference.name], source, place)


def _standing(reference: Reference, names: Names) -> tuple[str, ...]:
    """The names that stand for something besides forms; of the case before there are its fields only."""
    if reference.previous:
        return ("case",)
    return ("case", "row", *names.owned)


def _known(reference: Reference, names: Names) -> Mapping[str, Field | None] | None:
    """The names a reference may choose from; None when nothing can be said of them."""
    if not reference.form:
        return names.bare()
    if reference.previous and (reference.form == "row" or reference.form in names.owned):
        return {}
    if reference.form == "row":
        return {column.name: column for column in names.row.columns} if names.row else {}
    if reference.form == "case":
        return {item.name: item for item in names.case.items} if names.case else None
    if reference.form in names.owned:
        return dict.fromkeys(sorted(names.owned[reference.form]))
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
            yield _unknown_name(reference.column, columns, source, place, _called(named.columns))
        rows = [row.name for row in named.rows if not row.heading]
        if reference.row and reference.row not in rows:
            yield _unknown_name(reference.row, rows, source, place, _called(named.rows))


class _Once(Protocol):
    """What had another name in the edition before."""

    @property
    def name(self) -> str: ...

    @property
    def was(self) -> str: ...


def _called(named: Iterable[_Once]) -> dict[str, str]:
    """What things are called by the names they had in the edition before."""
    return {one.was: one.name for one in named if one.was and one.was != one.name}


def _renames(reference: Reference, known: Mapping[str, Field | None], names: Names) -> dict[str, str]:
    """What names that stood in the edition before are called now, where a reference stands."""
    table = names.own.by_name.get(names.table) if names.own and not reference.form else None
    rows = _called(table.rows) if table and names.rows else {}
    return rows | _called(filter(None, known.values()))


def _renamed(name: str, new: str, source: str, place: Place) -> Problem:
    return problem("expression-renamed", place, expression=source, name=name, new=new)


def _unknown_name(
    name: str, known: Iterable[str], source: str, place: Place, called: Mapping[str, str] = NOTHING_RENAMED
) -> Problem:
    if name in called:
        return _renamed(name, called[name], source, place)
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


_SAYING_DATES = ("date", "text", "narrative")


def check_date(target: str, place: Place, names: Names) -> Iterator[Problem]:
    """A date of a form, or a text that says some: ``form.item``, or ``form.table.column``."""
    form, *rest = target.split(".")
    if len(rest) == 1:
        yield from check_item(target, _SAYING_DATES, place, names)
        return
    yield from check_item(".".join((form, *rest[:1])), ("table",), place, names)
    table = item_of(".".join((form, *rest[:1])), names.forms)
    if table is None or not table.is_table:
        return
    column = table.by_name.get(rest[1])
    if column is None:
        known = list(table.by_name)
        near = guess(rest[1], known)
        yield problem("unknown-item", place, name=rest[1], shape=table.name, guess=near, known=listed(known))
    elif column.type not in _SAYING_DATES:
        yield problem("wrong-item-kind", place, name=target, found=column.type, expected=listed(_SAYING_DATES))
