"""Columns of which there is one for each choice of a list or each number of a range: spelled out before all is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from assembler.base.persian import persian_digits
from assembler.base.problems import Place
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar
from assembler.base.yamlfile import Sequence as ListNode
from assembler.model.specs import Choice
from assembler.specs.nodes import items, mapping, text, whole

_MOST = 100  # columns: more stand on no sheet
_EXPRESSIONS = ("calculation", "relevant", "required", "constraint")
_LEXER = Environment(autoescape=True)
Report = Callable[..., None]
Lists = Mapping[str, tuple[Choice, ...]]


def spelled_out(node: Node | None, lists: Lists, place: Place, report: Report) -> tuple[MappingNode, ...]:
    """The entries of ``columns``; one with ``each`` as the headers and columns it stands for."""
    found: list[MappingNode] = []
    for entry in map(mapping, items(node)):
        found.extend(_columns(entry, lists, place, report) if "each" in entry.entries else [entry])
    return tuple(found)


def _columns(node: MappingNode, lists: Lists, place: Place, report: Report) -> list[MappingNode]:
    where = place.within(line=node.line_of("each"))
    under = "columns" in node.entries
    for word in node.entries:
        if word == "label" or (under and word not in ("each", "name", "columns")):
            report("word-unfit", place.within(line=node.line_of(word)), name=word, shape="columns" if under else "each")
    levels = [_choices(name, node.get("each"), lists, where, report) for name in list_names(node.get("each"))]
    count = 1
    for level in levels:
        count *= len(level)
    if not 0 < count <= _MOST:
        if all(levels):
            report("bad-value", where, value=count, name="each", known=f"1 … {_MOST}")
        return []
    rest = {key: value for key, value in node.entries.items() if key not in ("each", "name", "label")}
    return list(_level(levels, text(node, "name"), MappingNode(rest, node.keys, node.line)))


def list_names(node: Node | None) -> tuple[str, ...]:
    """The lists, outermost first; «» stands for a range."""
    if isinstance(node, Scalar):
        return (node.text or "",)
    return tuple(each.text or "" for each in items(node) if isinstance(each, Scalar)) or ("",)


def _choices(name: str, node: Node | None, lists: Lists, place: Place, report: Report) -> tuple[Choice, ...]:
    if not name:
        numbers = mapping(node)
        first, last = whole(numbers, "from"), whole(numbers, "to")
        if first is None or last is None:
            return ()  # the shape has told it
        if not first <= last < first + _MOST:
            report("bad-value", place, value=f"{first} … {last}", name="each", known=f"1 … {_MOST}")
            return ()
        return tuple(Choice(str(number), persian_digits(str(number))) for number in range(first, last + 1))
    if name not in lists:
        report("unknown-choices", place, name=name, guess=guess(name, lists), known=listed(lists))
    return lists.get(name, ())


def _level(levels: Sequence[tuple[Choice, ...]], prefix: str, node: MappingNode) -> Iterator[MappingNode]:
    """The headers of a level with what stands under them; at the last one the columns themselves."""
    for choice in levels[0]:
        name = f"{prefix}{choice.name}" if choice.name.isdecimal() else "_".join(filter(None, (prefix, choice.name)))
        label = Scalar(choice.label, node.line)
        inside: tuple[MappingNode, ...] | None = None
        if len(levels) > 1:
            inside = tuple(_level(levels[1:], name, node))
        elif "columns" in node.entries:
            inside = _named_after(name, node)
        if inside is None:
            yield _with(node, {"name": Scalar(name, node.line), "label": label})
        else:
            yield MappingNode({"label": label, "columns": ListNode(inside, node.line)}, node.keys, node.line)


def _named_after(prefix: str, node: MappingNode) -> tuple[MappingNode, ...]:
    """Columns under a header, their names after its; in their expressions they still go by the short ones."""
    columns = [mapping(each) for each in items(node.get("columns"))]
    names = {text(each, "name") for each in columns}
    found = []
    for column in columns:
        changed: dict[str, Node] = {"name": Scalar(f"{prefix}_{text(column, 'name')}", column.line_of("name"))}
        for word in _EXPRESSIONS:
            value = column.get(word)
            if isinstance(value, Scalar) and value.text:
                changed[word] = Scalar(_renamed(value.text, prefix, names), value.line, value.quoted)
        found.append(_with(column, changed))
    return tuple(found)


def _with(node: MappingNode, changed: Mapping[str, Node]) -> MappingNode:
    return MappingNode({**node.entries, **changed}, node.keys, node.line)


def _renamed(source: str, prefix: str, names: set[str]) -> str:
    """An expression with the names of neighbours written out."""
    try:
        tokens = list(_LEXER.lex("{{" + source + "}}"))[1:-1]
    except TemplateSyntaxError:
        return source  # told once it is read
    told, before = [], ""
    for _, kind, value in tokens:
        is_name = kind == "name" and value in names and before != "."
        told.append(f"{prefix}_{value}" if is_name else value)
        before = value if value.strip() else before
    return "".join(told)
