"""How a narrative is typed: a paragraph a line, lists by the marks people give them («۱-», «•», «الف-», «-»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assembler.base.persian import LETTERS, persian_digits
from assembler.base.yamlfile import MappingNode, Node, Scalar, Sequence
from assembler.model.answers import Prose, ProseEntry, ProseList

_MARK = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<dashed>[-–])|(?P<bulleted>[•*])|(?P<numbered>[0-9۰-۹]{1,2})[-.)]"
    rf"|(?P<lettered>{'|'.join(LETTERS)})[-)])[ \t\u200f]+(?P<text>.*)"
)
_KINDS = ("dashed", "bulleted", "numbered", "lettered")
_STEP = "  "


@dataclass
class _Entry:
    text: str
    lists: list[_List] = field(default_factory=list)


@dataclass
class _List:
    kind: str
    indent: int
    entries: list[_Entry] = field(default_factory=list)


def prose_node(text: str) -> Sequence:
    """A typed narrative as the reader of answer files takes it; blank lines are nothing."""
    nodes: list[Node | _List] = []
    open_lists: list[_List] = []
    for line in text.split("\n"):
        found = _MARK.fullmatch(line)
        if found is None:
            open_lists.clear()
            nodes += [Scalar(line, 0, quoted=True)] if line.strip() else []
            continue
        fresh = _enter(found, open_lists)
        if fresh is not None:
            nodes.append(fresh)
    return Sequence(tuple(_list_node(node) if isinstance(node, _List) else node for node in nodes), 0)


def _enter(found: re.Match[str], open_lists: list[_List]) -> _List | None:
    """Puts an entry where its indent says; returns the list when it is a new one of the outermost level."""
    kind = next(name for name in _KINDS if found[name])
    indent = len(found["indent"].expandtabs(2))
    while len(open_lists) > 1 and open_lists[-1].indent > indent:
        open_lists.pop()
    if open_lists and open_lists[-1].indent > indent:  # the outermost list ends nowhere but where its kind does
        open_lists[-1].indent = indent
    entry = _Entry(found["text"])
    if open_lists and (open_lists[-1].indent, open_lists[-1].kind) == (indent, kind):
        open_lists[-1].entries.append(entry)
        return None
    if open_lists and open_lists[-1].indent == indent:
        open_lists.pop()
    fresh = _inner(open_lists[-1].entries[-1], kind, indent) if open_lists else _List(kind, indent)
    fresh.entries.append(entry)
    open_lists.append(fresh)
    return fresh if len(open_lists) == 1 else None


def _inner(entry: _Entry, kind: str, indent: int) -> _List:
    """The list of a kind inside an entry, which holds one of each at most."""
    for listed in entry.lists:
        if listed.kind == kind:
            return listed
    entry.lists.append(_List(kind, indent))
    return entry.lists[-1]


def _list_node(listed: _List) -> MappingNode:
    entries = Sequence(tuple(_entry_node(entry) for entry in listed.entries), 0)
    return MappingNode({listed.kind: entries}, {}, 0)


def _entry_node(entry: _Entry) -> Node:
    text = Scalar(entry.text, 0, quoted=True)
    if not entry.lists:
        return text
    lists = {name: node for each in entry.lists for name, node in _list_node(each).entries.items()}
    return MappingNode({"text": text, **lists}, {}, 0)


def prose_text(prose: Prose) -> str:
    """A narrative as it would be typed."""
    return "\n".join(line for block in prose.blocks for line in _block_lines(block))


def _block_lines(block: str | ProseList) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    else:
        yield from _list_lines(block, "")


def _list_lines(listed: ProseList, indent: str) -> Iterator[str]:
    for place, entry in enumerate(listed.entries):
        yield f"{indent}{_mark(listed, place)} {entry.text}"
        yield from _inner_lines(entry, indent + _STEP)


def _inner_lines(entry: ProseEntry, indent: str) -> Iterator[str]:
    for listed in entry.lists:
        yield from _list_lines(listed, indent)


def _mark(listed: ProseList, place: int) -> str:
    if listed.kind == "numbered":
        return persian_digits(f"{place + 1}-")
    if listed.kind == "lettered":
        return f"{LETTERS[place % len(LETTERS)]}-"
    return "-" if listed.kind == "dashed" else "•"
