"""What names an item or a column of a form follows it to the name an edition gives it; expressions are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence
from assembler.specs.editions.tracing import with_entry
from assembler.specs.language.forms import SURVEY
from assembler.specs.language.items import FOOTER, GROUP_ROWS, PREFILL, PRINTED_ROW, TOTALS, WORKFLOW
from assembler.specs.language.meanings import IDENTIFIER, ListOf, MapOf, Meaning, Shape
from assembler.specs.language.rules import RULE
from assembler.specs.nodes import mapping, text

Names = Mapping[str, str]

_OF_ITEMS = ("item", "table", "rows", "items")  # words of rules, boxes and sheets that name items
# The words of a table that name columns of it, with the shape of what they hold.
_OF_COLUMNS: Mapping[str, Shape] = {
    "rows": PRINTED_ROW,
    "footer": FOOTER,
    "totals": TOTALS,
    "group_rows": GROUP_ROWS,
    "prefill": PREFILL,
    "workflow": WORKFLOW,
}
_IN_SURVEY = ("number", "question", "level", "group")  # columns of the table of its questions


def with_new_names(form: MappingNode, renamed: Names, columns: Mapping[str, Names]) -> MappingNode:
    """A form as it was, its items called by their new names wherever rules, boxes, sheets and a survey name them, and
    the columns of each table, by the table's old name, wherever the table, its rules and a survey do.
    """
    if columns:
        form = _in_list(form, "items", lambda item: _item(item, columns))
        form = _in_list(form, "rules", lambda rule: _rule(rule, columns))
    survey = mapping(form.get("survey"))
    if survey.entries:
        form = with_entry(form, "survey", _survey(survey, renamed, columns))
    for word in ("rules", "layout", "sheets") if renamed else ():
        form = _in_list(form, word, lambda node: _following(node, renamed))
    return _in_list(form, "items", lambda item: _within(item, "items", renamed)) if renamed else form


def _in_list(node: MappingNode, word: str, new: Callable[[Node], Node]) -> MappingNode:
    held = node.get(word)
    if not isinstance(held, Sequence):
        return node
    return with_entry(node, word, Sequence(tuple(new(each) for each in held.items), held.line))


def _following(node: Node, names: Names) -> Node:
    """A rule, a row of boxes or a sheet with what its items are called now."""
    if isinstance(node, Scalar):
        return _named(node, names)
    if isinstance(node, Sequence):
        return Sequence(tuple(_following(each, names) for each in node.items), node.line)
    for word in _OF_ITEMS:
        if word in node.entries:
            node = with_entry(node, word, _following(node.entries[word], names))
    return node


def _within(node: Node, inside: str, names: Names) -> Node:
    """A question whose choices belong to another answer; groups and common headers hold others ``inside``."""
    if not isinstance(node, MappingNode):
        return node
    node = _in_list(node, inside, lambda each: _within(each, inside, names))
    return _words(node, ["within"], names)


def _item(item: Node, columns: Mapping[str, Names]) -> Node:
    """An item, or a group of items: tables with what their columns are called now."""
    if not isinstance(item, MappingNode):
        return item
    item = _in_list(item, "items", lambda each: _item(each, columns))
    names = columns.get(text(item, "name"), {})
    if not names:
        return item
    item = _in_list(item, "columns", lambda column: _within(column, "columns", names))
    for word, shape in _OF_COLUMNS.items():
        if word in item.entries:
            item = with_entry(item, word, _shaped(item.entries[word], shape, names))
    return item


def _rule(rule: Node, columns: Mapping[str, Names]) -> Node:
    """A rule of a table: all its words that are names, but for those of items."""
    names = columns.get(text(mapping(rule), "item"), {})
    if not names or not isinstance(rule, MappingNode):
        return rule
    return _words(
        rule, (word.name for word in RULE.words if _names(word.meaning) and word.name not in _OF_ITEMS), names
    )


def _survey(survey: MappingNode, renamed: Names, columns: Mapping[str, Names]) -> MappingNode:
    survey = _words(survey, _IN_SURVEY, columns.get(text(survey, "questions"), {}))
    others = (word.name for word in SURVEY.words if word.name not in (*_IN_SURVEY, "numbers", "inverted"))
    return _words(survey, others, renamed)


def _shaped(node: Node, shape: Shape, names: Names) -> Node:
    if isinstance(node, Sequence):
        return Sequence(tuple(_shaped(each, shape, names) for each in node.items), node.line)
    if not isinstance(node, MappingNode):
        return node
    own = (word.name for word in shape.words if word.name not in ("name", "was"))
    return _words(node, own, names, shape)


def _words(node: MappingNode, words: Iterable[str], names: Names, shape: Shape | None = None) -> MappingNode:
    """A mapping with new names at words that hold names, lists of names, or values by name."""
    meanings = {word.name: word.meaning for word in shape.words} if shape else {}
    for word in words:
        held = node.get(word)
        if held is not None and _names(meanings.get(word, IDENTIFIER)):
            node = with_entry(node, word, _named(held, names))
    return node


def _names(meaning: Meaning) -> bool:
    """Whether a word holds a name, a list of names, or values by name."""
    return isinstance(meaning, MapOf) or meaning in (IDENTIFIER, ListOf(IDENTIFIER))


def _named(node: Node, names: Names) -> Node:
    if isinstance(node, Scalar):
        return node._replace(text=names.get(node.text or "", node.text))
    if isinstance(node, Sequence):
        return Sequence(tuple(_named(each, names) for each in node.items), node.line)
    entries = {_key(key, names): value for key, value in node.entries.items()}
    return MappingNode(entries, {_key(key, names): line for key, line in node.keys.items()}, node.line)


def _key(key: str, names: Names) -> str:
    """A column, or a choice of one that is ticked, as «column.choice»."""
    column, dot, choice = key.partition(".")
    return names.get(column, column) + dot + choice
