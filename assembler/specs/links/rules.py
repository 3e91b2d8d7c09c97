"""Names within rules: items and columns nobody has, and those in which a rule could never find anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model import rules
from assembler.model.specs import Field, FormSpec, Item, Rule
from assembler.model.types import NUMBERS
from assembler.specs.language.rules import RULES
from assembler.specs.links.names import Names, unknown

# The types of columns in which a rule can find what it looks at; what is calculated may be of any.
_TYPES = {rules.DateColumn: ("date",), rules.NumberColumn: NUMBERS, rules.TextColumn: ("text",)}
_TEXT_TYPES = ("text", "narrative")


def check_rule(rule: Rule, form: FormSpec, names: Names) -> Iterator[Problem]:
    """The items and columns a rule names."""
    items = {item.name: item for item in form.items}
    item = items.get(rule.item)
    if rule.item and item is None:
        yield from unknown([rule.item], items, form.id, rule.place)
    for kind, name in _names(rule):
        if kind in (rules.ColumnName, *_TYPES):
            yield from _check_column(name, kind, item, rule.place)
        elif kind is rules.TextName:
            yield from _check_text(name, items, item, rule.place)
        elif kind is rules.ItemName:
            yield from unknown([name], items, "rule", rule.place)
        elif name.partition(".")[0] not in names.broken:
            yield from _check_target(name, kind, names.forms, rule.place)
    if item is not None:
        yield from _check_item(item, rule)


def _names(rule: Rule) -> Iterator[tuple[object, str]]:
    """What the words name, each with the type its class declares for it."""
    declared = RULES[rule.kind].names
    for word, value in rule.words.given().items():
        if word in declared:
            for name in value if isinstance(value, tuple) else [str(value)]:
                yield declared[word], name


def _check_column(name: str, kind: object, item: Item | None, place: Place) -> Iterator[Problem]:
    if item is None:
        return
    columns = {column.name: column for column in item.columns}
    if name not in columns:
        yield from unknown([name], columns, item.name, place)
    elif kind in _TYPES:
        yield from _check_type(columns[name], _TYPES[kind], place)


def _check_type(field: Field, types: tuple[str, ...], place: Place) -> Iterator[Problem]:
    if field.type not in (*types, "calculate") and field.calculation is None:
        yield problem("wrong-item-kind", place, name=field.name, found=field.type, expected=listed(types))


def _check_text(name: str, items: Mapping[str, Item], item: Item | None, place: Place) -> Iterator[Problem]:
    columns = {column.name: column for column in item.columns} if item else {}
    field = columns.get(name) or items.get(name)
    if field is None:
        yield from unknown([name], {**columns, **items}, "rule", place)
    else:
        yield from _check_type(field, _TEXT_TYPES, place)


def _check_target(target: str, kind: object, forms: Mapping[str, FormSpec], place: Place) -> Iterator[Problem]:
    """``form.item`` or ``form.item.column``."""
    form, name, *path = target.split(".")
    items = {item.name: item for item in forms[form].items} if form in forms else {}
    columns = {column.name for column in items[name].columns} if name in items else set()
    if name not in items or (path and path[0] not in columns):
        known = [*columns] if name in items else [*items]
        near = guess(path[-1] if path else name, known)
        yield problem("unknown-item", place, name=target, shape="rule", guess=near, known=listed(known))
    elif kind is rules.TableTarget and not items[name].is_table:
        yield problem("wrong-item-kind", place, name=target, found=items[name].type, expected="table")
    elif kind is rules.ColumnTarget and not path:
        yield problem("wrong-item-kind", place, name=target, found=items[name].type, expected="column")


def _check_item(item: Item, rule: Rule) -> Iterator[Problem]:
    """Whether the item holds what a rule that names none of its columns looks at."""
    if isinstance(rule.words, rules.SameColumns) and not item.is_table:
        yield problem("wrong-item-kind", rule.place, name=item.name, found=item.type, expected="table")
    elif isinstance(rule.words, rules.Agrees | rules.NoMore | rules.Tally) and not item.is_table:
        yield from _check_type(item, NUMBERS, rule.place)
    elif isinstance(rule.words, rules.GroupTotals) and item.is_table:
        yield from _check_bands(item, rule.words.quantity, rule.place)
    elif isinstance(rule.words, rules.Phrase | rules.Shares | rules.Finished | rules.Entries) and not any(
        field.type in (*_TEXT_TYPES, "calculate") for field in (item, *item.columns)
    ):
        yield problem("wrong-item-kind", rule.place, name=item.name, found=item.type, expected=listed(_TEXT_TYPES))


def _check_bands(item: Item, quantity: str, place: Place) -> Iterator[Problem]:
    """The rows of a group have a total where the table has such rows, with the quantity among their columns."""
    if item.group_rows is None:
        yield problem("missing-key", place, shape=item.name, name="group_rows")
    elif quantity not in item.group_rows.columns:
        yield from unknown([quantity], item.group_rows.columns, "group_rows", place)
