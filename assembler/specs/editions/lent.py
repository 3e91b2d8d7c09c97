"""What a form takes over by ``extends`` and ``append``, written out in it, so that an edition can change that too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence
from assembler.specs.editions.tracing import with_entry, without
from assembler.specs.nodes import items, mapping, text, texts

LENDING = ("extends", "append")
_ONCE = (
    "scores",
    "documents",
    "layout",
    "legal",
    "legal_doubt",
    "summary",
)  # the form's own, or that of one it extends
_OF_FORM = ("own", "inferred")  # what is said of a whole form that lends is said of each of its items
_PICKS = ("select_one ", "select_multiple ")


class WrittenOut(NamedTuple):
    """A form that takes over nothing any more; ``lent`` are the forms that stand in it now, ``last`` the names of the
    items that were appended.
    """

    node: MappingNode
    lent: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()

    def in_order(self, form: MappingNode, edition: MappingNode) -> MappingNode:
        """The edition of this form, with new items that stand behind no other before those that were appended."""
        known = _item_names(self.node)
        added = [each for each in map(mapping, items(edition.get("items"))) if "after" not in each.entries]
        new = {name for each in added if known.isdisjoint(_names(each)) for name in _names(each)}
        whole = list(items(form.get("items")))
        moved = [each for each in whole if _names(mapping(each)) & new and not _names(mapping(each)) & known]
        at = next((at for at, each in enumerate(whole) if _names(mapping(each)) & self.last), len(whole))
        kept = [[each for each in part if each not in moved] for part in (whole[:at], whole[at:])]
        return _listed(form, "items", [*kept[0], *moved, *kept[1]]) if moved else form


def written_out(form: MappingNode, lenders: Mapping[str, MappingNode], edition: MappingNode) -> WrittenOut:
    """The form with all it takes over, where an edition of it speaks of that; else as it is.

    ``lenders`` are the forms it may take over, by their names; they take over nothing themselves.
    """
    named = {word: text(form, word) for word in LENDING}
    found = [(word, lenders[name]) for word, name in named.items() if name in lenders]
    lent = {name for _, each in found for name in _said(each)}
    if lent.isdisjoint(_said(edition)) and _told(edition) <= _said(form):
        return WrittenOut(form)
    rules = [rule for _, lender in found for rule in items(lender.get("rules"))]
    form = _listed(form, "rules", [*rules, *items(form.get("rules"))])
    for word, lender in found:
        form = _with(form, word, lender)
    last = {name for word, lender in found if word == "append" for name in _item_names(lender)}
    whole = without(form, *(word for word, _ in found))
    return WrittenOut(whole, frozenset(named[word] for word, _ in found), frozenset(last))


def _item_names(form: MappingNode) -> set[str]:
    return {name for each in items(form.get("items")) for name in _names(mapping(each))}


def _names(item: MappingNode) -> set[str]:
    """What an item, or a group and those in it, is and was called."""
    return {text(each, word) for each in (item, *_walk(item.get("items"))) for word in ("name", "was")} - {""}


def _said(form: MappingNode) -> set[str]:
    """All that a form, or an edition of one, speaks of by name: items, sheets, lists of choices, rules, its summary."""
    questions = list(_walk(form.get("items")))
    names = _told(form) | {text(each, word) for each in questions for word in ("name", "was", "group")}
    names |= {text(each, word) for each in map(mapping, items(form.get("sheets"))) for word in ("name", "was")}
    names |= {f"choices.{name}" for name in mapping(form.get("choices")).entries}
    names |= {f"rules.{text(mapping(rule), 'item')}" for rule in items(form.get("rules"))}
    names |= {"summary."} if "summary" in form.entries else set()
    return names - {"", "rules."}


def _told(edition: MappingNode) -> set[str]:
    """What an edition needs to find: what it drops, and what something stands behind."""
    dropped = {name if name.startswith("rules.") else name.partition(".")[0] for name in texts(edition, "drop")}
    entries = [*_walk(edition.get("items")), *map(mapping, items(edition.get("sheets")))]
    return dropped | {behind for each in entries if (behind := text(each, "after"))}


def _walk(found: Node | None) -> Iterator[MappingNode]:
    for each in map(mapping, items(found)):
        yield each
        yield from _walk(each.get("items"))


def _with(form: MappingNode, word: str, lender: MappingNode) -> MappingNode:
    """The form with the items of one it extends before its own, or with those of one it appends behind them."""
    lists = _Lists(form, lender)
    own, kept = list(items(form.get("items"))), {text(each, "name") for each in _walk(form.get("items"))}
    lent: list[Node] = []
    for each in map(mapping, items(lender.get("items"))):
        same = next(
            (one for one in own if text(each, "name") and text(mapping(one), "name") == text(each, "name")), None
        )
        if same is None:
            lent.extend(_besides(lists.renamed(_as_told(each, lender)), kept))
        else:
            own = [one for one in own if one is not same]
            lent.append(same)
    whole = [*lent, *own] if word == "extends" else [*own, *lent]
    form = _listed(form, "items", whole)
    form = _listed(form, "sheets", [*items(form.get("sheets")), *items(lender.get("sheets"))])
    form = lists.added(form)
    for once in _ONCE:
        value = lender.get(once)
        form = with_entry(form, once, value) if value is not None and once not in form.entries else form
    return form


def _listed(form: MappingNode, word: str, found: list[Node]) -> MappingNode:
    return with_entry(form, word, Sequence(tuple(found), form.line_of(word))) if found else form


def _besides(item: MappingNode, names: set[str]) -> list[Node]:
    """An item, or a group of them, without those the form has itself."""
    if text(item, "name") in names - {""}:
        return []
    if "items" not in item.entries:
        return [item]
    inner = [kept for each in items(item.get("items")) for kept in _besides(mapping(each), names)]
    return [with_entry(item, "items", Sequence(tuple(inner), item.line_of("items")))] if inner else []


def _as_told(item: MappingNode, lender: MappingNode) -> MappingNode:
    if "items" in item.entries:
        inner = tuple(_as_told(mapping(each), lender) for each in items(item.get("items")))
        return with_entry(item, "items", Sequence(inner, item.line_of("items")))
    for word in _OF_FORM:
        value = lender.get(word)
        item = with_entry(item, word, value) if value is not None and word not in item.entries else item
    return item


@dataclass
class _Lists:
    """Lists of choices of a form that lends; one the form has another of gets a name of its own."""

    form: MappingNode
    lender: MappingNode

    def __post_init__(self) -> None:
        self._own, self._lent = mapping(self.form.get("choices")), mapping(self.lender.get("choices"))
        short = text(self.lender, "form").rpartition("/")[2].replace("-", "_")
        self._names = {name: f"{name}_{short}" if name in self._own.entries else name for name in self._lent.entries}

    def added(self, form: MappingNode) -> MappingNode:
        """The form with the lists its items pick from, its own as they are."""
        picked = {name for each in _walk(form.get("items")) for name in _picked(each)}
        found = self._own
        for name, value in self._lent.entries.items():
            if self._names[name] in picked:
                found = with_entry(found, self._names[name], value)
        return with_entry(form, "choices", found) if found.entries else form

    def renamed(self, node: MappingNode) -> MappingNode:
        """An item of the form that lends, and what is in it, picking from the lists as they are called now."""
        return MappingNode(
            {word: self._word(word, value) for word, value in node.entries.items()}, node.keys, node.line
        )

    def _word(self, word: str, value: Node) -> Node:
        if isinstance(value, Sequence) and word in ("items", "columns"):
            inner = (self.renamed(each) if isinstance(each, MappingNode) else each for each in value.items)
            return Sequence(tuple(inner), value.line)
        if word == "type" and isinstance(value, Scalar) and (name := _list_of(value.text or "")) in self._names:
            return value._replace(text=(value.text or "").replace(name, self._names[name]))
        return value


def _picked(item: MappingNode) -> Iterator[str]:
    yield _list_of(text(item, "type"))
    for column in map(mapping, items(item.get("columns"))):
        yield from _picked(column)


def _list_of(kind: str) -> str:
    return next((kind.removeprefix(pick).strip() for pick in _PICKS if kind.startswith(pick)), "")
