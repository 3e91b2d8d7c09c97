"""What an edition says, laid over what the edition before says: words replace words, and what has a name is found by
it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence
from assembler.specs.editions.renaming import with_new_names
from assembler.specs.editions.tracing import with_entry, without
from assembler.specs.language.blocks import PART
from assembler.specs.nodes import items, mapping, text, texts

# Where the entries of a list are found by a name of theirs, and by which word; all other lists are replaced whole.
_NAMED = {"items": "name", "columns": "name", "rows": "name", "sheets": "name", "case": "name", "signers": "key"}
_INSIDE = {"items": "items", "columns": "columns", "case": "items"}  # what of them holds others: groups, common headers
_HEADS = ("group", "label")  # by which those that hold others are known
PLACING = ("after",)
RULES = "rules"


@dataclass
class Merger:
    """Lays nodes over others; ``problems`` fills as it goes."""

    place: Place
    problems: list[Problem] = field(default_factory=list)

    def over(self, old: MappingNode, new: MappingNode) -> MappingNode:
        """The old mapping with the words of the new one; a blank word takes the old one away."""
        found = old
        for word, value in new.entries.items():
            if isinstance(value, Scalar) and value.text is None:
                found = without(found, word)
                continue
            merged = self._word(word, found.get(word), value)
            found = replace(with_entry(found, word, merged), keys={**found.keys, word: new.line_of(word)})
        return replace(found, line=new.line)

    def _word(self, word: str, old: Node | None, new: Node) -> Node:
        if isinstance(old, MappingNode) and isinstance(new, MappingNode):
            return self.over(old, new)
        if not (isinstance(old, Sequence) and isinstance(new, Sequence)):
            return new
        if word == "parts":
            return self._list(old, new, Named(_part_name))
        if word == "rules":
            return _rules(old, new)
        if word in _NAMED and all(isinstance(each, MappingNode) for each in new.items):
            return self._list(old, new, Named(_by(_NAMED[word]), _INSIDE.get(word, "")))
        return new

    def _list(self, old: Sequence, new: Sequence, names: Named) -> Sequence:
        found = list(old.items)
        for entry in new.items:
            if isinstance(entry, MappingNode):
                self._entry(found, entry, names)
            else:
                found.append(entry)
        return Sequence(tuple(found), old.line)

    def _entry(self, found: list[Node], entry: MappingNode, names: Named) -> None:
        """An entry over the one it is named after, where that stands; else behind the one it says, or at the end."""
        plain = without(entry, *PLACING)
        known = names.known(found)
        name = text(entry, "was") or names.of(entry)
        if name in known:
            merged = self._over_named(known[name], plain)
            if "after" not in entry.entries:
                _put(found, known[name], [merged], names)
                return
            _put(found, known[name], [], names)
            plain = merged
        elif (head := names.head(entry)) and (same := names.headed(found, head)) is not None:
            _put(found, same, [self.over(same, plain)], names)
            return
        behind = text(entry, "after")
        if behind and behind not in known:
            near, where = guess(behind, known), self.place.within(line=entry.line_of("after"))
            self.problems.append(
                problem("unknown-item", where, name=behind, shape="after", guess=near, known=listed(known))
            )
        if behind in known:
            _put(found, known[behind], [known[behind], plain], names)
        else:
            found.append(plain)

    def _over_named(self, old: MappingNode, new: MappingNode) -> MappingNode:
        """One that is renamed keeps knowing what it was; one that keeps its name needs not."""
        return self.over(old if "was" in new.entries else without(old, "was"), new)

    def blocks(self, part: Sequence, changes: Sequence) -> Sequence:
        """The parts with changes of blocks that are found by their identifiers, however deep they stand."""
        names = Named(_by("id"), "content")
        found = list(part.items)
        for entry in changes.items:
            if isinstance(entry, MappingNode):
                self._block(found, entry, names)
        return Sequence(tuple(found), part.line)

    def _block(self, found: list[Node], entry: MappingNode, names: Named) -> None:
        known = names.known(found)
        if text(entry, "id") in known or text(entry, "after") in known:
            self._entry(found, entry, names)
            return
        name = text(entry, "after") or text(entry, "id")
        near = guess(name, known)
        where = self.place.within(line=entry.line)
        self.problems.append(problem("unknown-item", where, name=name, shape="blocks", guess=near, known=listed(known)))

    def form(self, old: MappingNode, new: MappingNode) -> MappingNode:
        """A form over the one before; what names an item or a column of it follows to its new name."""
        told = [*Named(_by("name"), "items").walk(list(items(new.get("items"))))]
        columns = {text(each, "was") or text(each, "name"): _renamed(each, "columns", "columns") for each in told}
        changed = {table: names for table, names in columns.items() if names}
        return self.over(with_new_names(old, _renamed(new, "items", "items"), changed), new)

    def drop(self, form: MappingNode, dropped: Node | None) -> MappingNode:
        """The form without items, without columns and rows of tables as ``table.name``, without sheets, or without the
        rules that look at an item, as ``rules.item``.
        """
        for entry in items(dropped):
            if isinstance(entry, Scalar):
                form = self._drop(form, entry.text or "", self.place.within(line=entry.line))
        return form

    def _drop(self, form: MappingNode, path: str, place: Place) -> MappingNode:
        owner, _, inside = path.partition(".")
        tree = Named(_by("name"), "items")
        questions, sheets = list(items(form.get("items"))), list(items(form.get("sheets")))
        known, sheets_known = tree.known(questions), Named(_by("name")).known(sheets)
        if owner in known and not inside:
            _put(questions, known[owner], [], tree)
            return _rules_besides(_with_list(form, "items", questions), owner)
        if owner in known and (smaller := _without_inside(known[owner], inside)) is not None:
            _put(questions, known[owner], [smaller], tree)
            return _with_list(form, "items", questions)
        if owner in sheets_known and not inside:
            _put(sheets, sheets_known[owner], [], Named(_by("name")))
            return _with_list(form, "sheets", sheets)
        if owner == RULES and inside in (ruled := [text(mapping(rule), "item") for rule in items(form.get(RULES))]):
            return _rules_besides(form, inside)
        if owner == RULES:
            known = {f"{RULES}.{item}": form for item in ruled if item}
        names = [f"{owner}.{each}" for each in _inside(known[owner])] if owner in known else [*known, *sheets_known]
        self.problems.append(
            problem("unknown-item", place, name=path, shape="drop", guess=guess(path, names), known=listed(names))
        )
        return form


@dataclass(frozen=True)
class Named:
    """How entries of a list are known: by a name each, those that hold others under ``inside`` by what heads them."""

    of: Callable[[MappingNode], str]
    inside: str = ""

    def walk(self, nodes: list[Node]) -> Iterator[MappingNode]:
        for node in nodes:
            if isinstance(node, MappingNode):
                yield node
                yield from self.walk(list(items(node.get(self.inside)))) if self.inside else ()

    def known(self, nodes: list[Node]) -> dict[str, MappingNode]:
        return {name: node for node in self.walk(nodes) if (name := self.of(node))}

    def head(self, entry: MappingNode) -> str:
        """What heads an entry that holds others and has no name itself."""
        if not self.inside or self.inside not in entry.entries or self.of(entry):
            return ""
        return next((text(entry, word) for word in _HEADS if text(entry, word)), "")

    def headed(self, nodes: list[Node], head: str) -> MappingNode | None:
        return next((node for node in self.walk(nodes) if self.head(node) == head), None)


def _by(word: str) -> Callable[[MappingNode], str]:
    return lambda node: text(node, word)


def _part_name(node: MappingNode) -> str:
    return next((text(node, kind) for kind in PART.one_of if kind in node.entries), "")


def _put(nodes: list[Node], old: MappingNode, new: list[MappingNode], names: Named) -> bool:
    """Puts nodes in the place of one that stands in a list, or inside one of its entries."""
    for at, node in enumerate(nodes):
        if node is old:
            nodes[at : at + 1] = new
            return True
        if names.inside and isinstance(node, MappingNode) and names.inside in node.entries:
            inner = list(items(node.get(names.inside)))
            if _put(inner, old, new, names):
                nodes[at] = _with_list(node, names.inside, inner)
                return True
    return False


def _with_list(node: MappingNode, word: str, found: list[Node]) -> MappingNode:
    """The mapping with another list; without the word when nothing is left in it."""
    old = node.get(word)
    line = old.line if old is not None else node.line
    return with_entry(node, word, Sequence(tuple(found), line)) if found else without(node, word)


def _inside(item: MappingNode) -> list[str]:
    columns = Named(_by("name"), "columns").known(list(items(item.get("columns"))))
    return [*columns, *Named(_by("name")).known(list(items(item.get("rows"))))]


def _without_inside(item: MappingNode, name: str) -> MappingNode | None:
    """A table without a column or a row of it; None when it has none of the name."""
    for word, names in (("columns", Named(_by("name"), "columns")), ("rows", Named(_by("name")))):
        nodes = list(items(item.get(word)))
        if name in (known := names.known(nodes)):
            _put(nodes, known[name], [], names)
            return _with_list(item, word, nodes)
    return None


def _renamed(node: MappingNode, word: str, inside: str) -> dict[str, str]:
    """Of the entries of a list that say what they were: the new name of each, by the old one."""
    told = Named(_by("name"), inside).walk(list(items(node.get(word))))
    return {text(each, "was"): text(each, "name") for each in told if text(each, "was")}


def _rules(old: Sequence, new: Sequence) -> Sequence:
    """A rule takes the place of those of its kind that look at the same item."""
    told = {_rule(each) for each in new.items}
    return Sequence((*(each for each in old.items if _rule(each) not in told), *new.items), old.line)


def _rule(node: Node) -> tuple[str, str, tuple[str, ...]]:
    found = mapping(node)
    return text(found, "kind"), text(found, "item"), texts(found, "items")


def _rules_besides(form: MappingNode, item: str) -> MappingNode:
    """Rules that look at an item go with it."""
    rules = [rule for rule in items(form.get("rules")) if text(mapping(rule), "item") != item]
    return _with_list(form, "rules", rules)
