"""Questions under one heading and one condition: each is asked when both hold, and the heading stands over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import listed
from assembler.base.tongue import printed_words
from assembler.base.yamlfile import MappingNode
from assembler.model.specs import Expression, FormSpec, Item
from assembler.specs.nodes import expression, items, mapping, text

_WORDS = ("group", "relevant", "items")
_OTHERS = "پرسش‌های دیگر"  # what stands behind a group and belongs to none


def grouped(node: MappingNode, place: Place, build: Callable[[MappingNode], Item]) -> Iterator[Item | Problem]:
    """The heading of a group and its questions; of one that is no group the question itself."""
    if "group" not in node.entries:
        if "items" in node.entries:
            where = place.within(line=node.line_of("items"))
            yield problem("word-unfit", where, name="items", shape=text(node, "type") or "item")
        yield build(node)
        return
    where = place.within(line=node.line)
    for key in node.entries:
        if key not in _WORDS:
            at = place.within(line=node.line_of(key))
            yield problem("unknown-key", at, name=key, shape="group", guess="items", known=listed(_WORDS))
    held = expression(node, "relevant", where)
    inside = [mapping(each) for each in items(node.get("items"))]
    for each in inside:
        if "group" in each.entries:
            yield problem("word-unfit", place.within(line=each.line), name="group", shape="group")
    built = [build(each) for each in inside if "group" not in each.entries]
    if not built:
        return
    name = f"over_{built[0].name}"
    yield _heading(name, text(node, "group"), held, where)
    yield from (replace(item, relevant=_both(held, item.relevant), under=name) for item in built)


def with_ends(form: FormSpec) -> FormSpec:
    """The form with a heading over what stands behind a group and belongs to none, so that each reader sees where the
    group ends.
    """
    found: list[Item] = []
    before: list[Item] = []  # the headings of the groups that end here
    for at, item in enumerate(form.items):
        if item.is_heading:
            before = [*before, item] if item.under else []
        elif before and not item.under and (item.is_asked or "hidden" not in item.appearance):
            found.append(_end(before, form.items[at:], {each.name for each in form.items}))
            before = []
        found.append(item)
    return replace(form, items=tuple(found))


def _end(before: Sequence[Item], behind: Sequence[Item], taken: Collection[str]) -> Item:
    """The heading behind groups: there where one of them is and something it stands over."""
    below = takewhile(lambda item: not item.is_heading, behind)
    held = _both(_either(before), _either([item for item in below if item.is_asked or item.calculation]))
    name = f"over_{behind[0].name}"
    while name in taken:
        name += "_"
    return _heading(name, printed_words(_OTHERS), held, behind[0].place)


def _heading(name: str, label: str, held: Expression | None, place: Place) -> Item:
    return Item(name, "note", label, relevant=held, appearance=("heading",), under=name, place=place)


def _either(items: Iterable[Item]) -> Expression | None:
    """The condition under which one of the items is there; None where one always is."""
    conditions = [item.relevant for item in items]
    if not conditions or None in conditions:
        return None
    told = dict.fromkeys(f"({each.source})" for each in conditions if each)
    return Expression(" or ".join(told), next(filter(None, conditions)).place)


def _both(held: Expression | None, own: Expression | None) -> Expression | None:
    if held is None or own is None:
        return own or held
    return Expression(f"({held.source}) and ({own.source})", own.place)
