"""YAML with positions: every value stays the text that was typed and knows its line.

PyYAML would read ``yes`` as a boolean, ``12:30`` as 750 and ``1399-12-05`` as a Gregorian date. Here only the shape of
the file is YAML's; what a scalar means is decided by the type its specification declares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from assembler.base.encodings import Undecodable, decoded
from assembler.base.file_kinds import HEAD, Content, content_of_bytes
from assembler.base.messages import wording
from assembler.base.problems import Place, Problem, problem
from assembler.base.unreadable import ORDINARY, PLAIN, TEXT, unreadable
from assembler.base.yamlfaults import (
    ITEM,
    REMEDY,
    UNQUOTED,
    Fault,
    comment_behind,
    fault_before,
    fault_of,
    sign_before,
    suspects,
)

# Aliases can unfold a small file into gigabytes; no honest file of ours comes near this. Each costs 15 microseconds.
NODE_LIMIT = 500_000
_MOST_BYTES = 16 << 20
_LONG = wording("Attach long lists as Excel files, and write values out instead of repeating them by & and *.")
_TOO_DEEP = Fault(wording("nested too deeply"), wording("Write it with fewer levels."))
_SIGNS = ("\n", ",", ": ", ":\n")  # each brings a node: a line, an item in brackets, a name and what it names
_NEVER_FIRST = ("<", "{", "%")  # but of pages, of Rich Text and of PDFs
_BLANKS = ("", "~", "null", "Null", "NULL")


def _untold(*_: object) -> None:
    """What a value is is not asked."""


# A loader that knows no types: nothing is spent on guessing those of values, nor on the tags that would tell them.
_UNTOLD = dict.fromkeys(("resolve", "descend_resolver", "ascend_resolver"), _untold)
_Loader = type("_Loader", (getattr(yaml, "CBaseLoader", yaml.BaseLoader),), _UNTOLD)


class Scalar(NamedTuple):
    """A typed text, or None for a blank."""

    text: str | None
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """``entries`` by key, in order; ``keys`` holds the line of each key."""

    entries: Mapping[str, Node]
    keys: Mapping[str, int]
    line: int

    def get(self, key: str) -> Node | None:
        return self.entries.get(key)

    def line_of(self, key: str) -> int:
        return self.keys.get(key, self.line)


Node = Scalar | Sequence | MappingNode


class Document(NamedTuple):
    """A text of YAML: its root with all marks, None of an empty one, and ours, None with what stopped the reading."""

    root: yaml.Node | None
    node: Node | None
    problems: tuple[Problem, ...]


def describe(node: Node) -> str:
    """What a node is, in words for a message."""
    if isinstance(node, MappingNode):
        return "key: value"
    if isinstance(node, Sequence):
        return "- …"
    return f"«{node.text}»" if node.text is not None else "∅"


def read(path: Path, shown: str | None = None) -> tuple[Node | None, tuple[Problem, ...]]:
    """The file's root node, or None with the problem that stopped the reading.

    ``shown`` is how messages name the file; the path itself when left out.
    """
    place = Place(file=shown or str(path))
    if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
        return None, (unreadable(path, wording("it is no ordinary file"), ORDINARY, place),)
    try:
        if (size := path.stat().st_size) > _MOST_BYTES:
            told = wording("it has {size} MB; no more than {most} are read", size=size >> 20, most=_MOST_BYTES >> 20)
            return None, (unreadable(path, told, _LONG, place),)
        data = path.read_bytes()
        text = decoded(data)
    except FileNotFoundError:
        return None, (problem("file-missing", place, name=path.name),)
    except OSError as error:
        return None, (unreadable(path, error, TEXT, place),)
    except Undecodable as error:
        return None, (_other(data, path, place) or unreadable(path, error.reason, TEXT, place),)
    # A web page may be YAML by chance; nothing is asked of what begins as any file of ours does.
    if ("\0" in text[:HEAD] or text[:HEAD].lstrip()[:1] in _NEVER_FIRST) and (other := _other(data, path, place)):
        return None, (other,)
    return parse(text, place)


def _other(data: bytes, path: Path, place: Place) -> Problem | None:
    """A file that is something else than a text, whatever its name says; its remedy is a text in its place."""
    content = content_of_bytes(data)
    if content in (Content.TEXT, Content.BINARY, Content.EMPTY):
        return None
    return unreadable(path, content.said, PLAIN, place)


def parse(text: str, place: Place) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node of a YAML text; an empty text is an empty mapping."""
    found = document(text, place)
    return found.node, found.problems


def document(text: str, place: Place) -> Document:
    """A YAML text as PyYAML composes it and as we take it; an empty text is an empty mapping."""
    if len(text) > NODE_LIMIT and sum(map(text.count, _SIGNS)) > NODE_LIMIT:
        return _too_large(place)  # composing it would take a minute
    if fault := fault_before(text):
        return _broken(place, fault)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        # A key without its colon is told at the next line.
        unended = (error.problem or "").startswith("could not find expected ':'")
        mark = (error.context_mark if unended else None) or error.problem_mark or error.context_mark
        line = min(mark.line + 1, len(text.splitlines())) if mark else None  # an open bracket ends behind the text
        return _broken(place, fault_of(text, line, error.problem or error.context or ""))
    except yaml.YAMLError as error:
        line = _line_at(text, getattr(error, "position", None))
        return _broken(place, fault_of(text, line, str(getattr(error, "reason", error))))
    except RecursionError:
        return _broken(place, _TOO_DEEP)
    if root is None:
        return Document(None, MappingNode({}, {}, 1), ())
    builder = _Builder(place, text)
    try:
        if "*" in text and _unfolded(root, {}) > NODE_LIMIT:
            return _too_large(place)
        return Document(root, builder.build(root), tuple(builder.problems))
    except _TooLarge:
        return _too_large(place)
    except RecursionError:  # also an alias that holds itself
        return _broken(place, _TOO_DEEP)


def _too_large(place: Place) -> Document:
    return Document(None, None, (problem("yaml-too-large", place, limit=NODE_LIMIT),))


def _unfolded(node: yaml.Node, known: dict[int, int]) -> int:
    """How many nodes there are once aliases are followed. Raises RecursionError for one that holds itself."""
    if id(node) not in known:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        inner = (
            *(each for pair in pairs for each in pair),
            *(node.value if isinstance(node, yaml.SequenceNode) else ()),
        )
        known[id(node)] = 1 + sum(_unfolded(each, known) for each in inner)
    return known[id(node)]


def _broken(place: Place, fault: Fault) -> Document:
    return Document(None, None, (_fault(place, fault),))


def _fault(place: Place, fault: Fault) -> Problem:
    return problem("yaml-broken", place.within(line=fault.line), reason=fault.reason, remedy=fault.remedy)


def _line_at(text: str, position: int | None) -> int | None:
    """The line of a byte of the text; PyYAML's reader tells the position of a forbidden character only."""
    return None if position is None else text.encode("utf-8", "surrogatepass")[:position].count(b"\n") + 1


class _TooLarge(Exception):
    pass


class _Builder:
    """Turns PyYAML's nodes into ours, counting them, refusing repeated keys and telling what of a text is left out."""

    def __init__(self, place: Place, text: str) -> None:
        self.place = place
        self.problems: list[Problem] = []
        self.count = 0
        self.suspects = suspects(text)
        self.text = text
        self.text_lines: list[str] | None = None  # split once, where a line is looked at

    @property
    def lines(self) -> list[str]:
        if self.text_lines is None:
            self.text_lines = self.text.split("\n")
        return self.text_lines

    def build(self, node: yaml.Node) -> Node:
        self.count += 1
        if self.count > NODE_LIMIT:
            raise _TooLarge
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            quoted = bool(node.style)  # «» of a plain one from libyaml, None from PyYAML's own parser
            # A text goes on over lines, and what follows a # in its last is lost as well.
            if line in self.suspects or (not quoted and node.end_mark.line + 1 in self.suspects):
                self._tell_lost(node, line)
            return Scalar(None if not quoted and node.value in _BLANKS else node.value, line, quoted)
        if isinstance(node, yaml.SequenceNode):
            self.problems += [fault for child in node.value for fault in self._swallowed(child)]
            return Sequence(tuple(self.build(child) for child in node.value), line)
        return self._mapping(node, line)

    def _tell_lost(self, node: yaml.ScalarNode, line: int) -> None:
        where = self.place.within(line=line)
        sign = sign_before(self.lines[line - 1], node.start_mark.column)
        if sign and not (sign[0] == "&" and f"*{sign[1:]}" in self.text):
            self.problems.append(problem("yaml-sign", where, sign=sign))
        end = node.end_mark
        if not node.style and (rest := comment_behind(self.lines[end.line], end.column)):
            self.problems.append(problem("yaml-comment", self.place.within(line=end.line + 1), text=rest))

    def _swallowed(self, node: yaml.Node) -> Iterator[Problem]:
        """An item that stands further in than the one before is read as the end of its text."""
        if isinstance(node, yaml.ScalarNode) and not node.style and node.end_mark.line > node.start_mark.line:
            for number in range(node.start_mark.line + 1, node.end_mark.line + 1):
                if self.lines[number].lstrip(" ").startswith("- "):
                    yield _fault(self.place, ITEM._replace(line=number + 1))

    def _mapping(self, node: yaml.Node, line: int) -> MappingNode:
        entries: dict[str, Node] = {}
        keys: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                where = self.place.within(line=key_line)
                is_expression = isinstance(key_node, yaml.MappingNode)  # {{ x }} is read as one within another
                fault = UNQUOTED if is_expression else Fault(wording("a key must be a text"), REMEDY)
                self.problems.append(_fault(where, fault._replace(line=key_line)))
                continue
            if key in entries:
                self.problems.append(problem("yaml-duplicate-key", self.place.within(line=key_line), name=key))
                continue
            entries[key] = self.build(value_node)
            keys[key] = key_line
        return MappingNode(entries, keys, line)
