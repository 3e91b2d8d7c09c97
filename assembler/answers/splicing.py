"""Changes in a YAML text at the places of its values; whatever is not meant stays to the letter.

A change may not fit the way a file is written (an anchor, a comment inside a list …): whoever splices reads the result
back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from assembler.answers.writer import block_text, flow_text
from assembler.base.persian import normalise

_BREAK = re.compile(r"\r\n|[\r\n]")
_COLON = re.compile(r"\s*:")
_HEADER = re.compile(r"[|>][-+0-9]*")
Entry = tuple[yaml.Node, yaml.Node]


class Edit(NamedTuple):
    """What stands from ``start`` up to ``end`` becomes ``text``."""

    start: int
    end: int
    text: str


class Overlap(ValueError):
    """Two edits of one text cannot both be made."""


def applied(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """The part of a text from ``start`` to ``end`` with its edits made. Raises Overlap."""
    pieces, at = [], start
    for edit in sorted(edits, key=lambda each: each[:2]):
        if edit.start < at:
            raise Overlap
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(pieces) + text[at : len(text) if end is None else end]


class RowChange(NamedTuple):
    """A row as it shall be: that of the list with this number and its edits, or a new one with its cells."""

    source: int | None
    edits: Sequence[Edit] = ()
    data: Any = None


class Splicer:
    """Makes edits of one text, which is valid YAML and a mapping, or nothing at all; ``root`` is as it was composed."""

    def __init__(self, text: str, root: yaml.Node | None) -> None:
        self.text = text
        found = _BREAK.search(text)
        self.newline = found.group() if found else "\n"
        self.root = root if isinstance(root, yaml.MappingNode) else None

    # ------------------------------------------------------------ where things are

    def line_end(self, at: int) -> int:
        """Where the line ends that goes on here: its break, or the end of the text."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def end(self, node: yaml.Node) -> int:
        """Where a value ends: behind its last letter, whatever blanks and comments its node takes in."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            return start + len(self.text[start:end].rstrip()) if node.style in ("|", ">") else end
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        if isinstance(node, yaml.SequenceNode):
            return self.end(last)
        return max(self.end(last[1]), self._colon(last[0]))

    def _colon(self, key: yaml.Node) -> int:
        """Behind the colon of a key; behind the key where it has none."""
        end = key.end_mark.index
        found = _COLON.match(self.text, end)
        return found.end() if found else int(end)

    def entry_end(self, entry: Entry) -> int:
        return max(self._colon(entry[0]), self.end(entry[1]))

    # ------------------------------------------------------------ mappings

    def changed(
        self, mapping: yaml.MappingNode, wanted: Mapping[str, Any], order: Sequence[str], *, anew: bool = False
    ) -> Iterator[Edit]:
        """Edits that give keys of a mapping other values, None for a blank; new keys stand in the given order.

        Of a list of lines those that stay keep their own, unless it is to be written ``anew``.
        """
        known = entries(mapping)
        for name, data in wanted.items():
            if name in known:
                yield from self._answer(known[name], data, flow=bool(mapping.flow_style), anew=anew)
            elif data is not None:
                before = [known[each] for each in order[: order.index(name)] if each in known]
                yield self.inserted(mapping, before[-1] if before else None, name, data)

    def _answer(self, entry: Entry, data: Any, *, flow: bool, anew: bool) -> Iterator[Edit]:
        node = entry[1]
        listed = isinstance(node, yaml.SequenceNode) and bool(node.value) and not node.flow_style
        if listed and not anew and isinstance(data, list) and data:
            yield from self.rows(entry, _list_changes(node, data))
        else:
            yield self.value(entry, data, flow=flow)

    def value(self, entry: Entry, data: Any, *, flow: bool) -> Edit:
        """The edit that gives a key another value."""
        key, node = entry
        colon, start, end = self._colon(key), node.start_mark.index, self.end(node)
        if end <= colon:
            start = end = colon
        first, rest = spelled(data, node, flow=flow)
        if flow:
            sign = "" if self.text[colon - 1 : colon] == ":" else ":"
            return Edit(start, end, first) if start > colon else Edit(colon, end, f"{sign} {first}" if first else sign)
        gap = self.text[colon:start]
        lines = [" " * key.start_mark.column + line if line else "" for line in rest]
        if _BREAK.search(gap):
            return self._under(colon, start, end, first, lines)
        tail = self._tail(node, start, end)
        head = (gap or " ") + first if first else ""
        return Edit(colon, self.line_end(end), self.newline.join([head + tail, *lines]))

    def _tail(self, node: yaml.Node, start: int, end: int) -> str:
        """The comment behind a value, or behind the sign of a block of lines; «» where there is none."""
        tail = self.text[end : self.line_end(end)]
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            header = self.text[start : self.line_end(start)]
            tail = _HEADER.sub("", header, count=1)
        return tail.rstrip() if tail.strip() else ""

    def _under(self, colon: int, start: int, end: int, first: str, lines: list[str]) -> Edit:
        """The edit of a value that stands below its key; the comments between them stay."""
        head, *comments = re.split(_BREAK, self.text[colon : self.line_start(start)].removesuffix(self.newline))
        tail = self.text[end : self.line_end(end)].rstrip()
        new = [(f" {first}" if first else "") + head.rstrip()]
        new += [*lines, *comments] if first else [*comments, *lines]
        if tail.strip() and (not head.strip() or lines):
            at = 0 if first or not lines else -1
            new[at] += tail
        return Edit(colon, self.line_end(end), self.newline.join(new))

    def inserted(self, mapping: yaml.MappingNode, behind: Entry | None, name: str, data: Any) -> Edit:
        """The edit that adds a key behind another one, or behind the first."""
        if not mapping.value:
            at = mapping.start_mark.index + 1
            return Edit(at, at, f"{name}: {flow_text(data)}")
        behind = behind or mapping.value[0]
        if mapping.flow_style:
            at = self.entry_end(behind)
            return Edit(at, at, f", {name}: {flow_text(data)}")
        at = self.line_end(self.entry_end(behind))
        return Edit(at, at, self.newline + self.newline.join(_entry_lines(name, data, behind[0].start_mark.column)))

    def removed(self, mapping: yaml.MappingNode, name: str) -> Edit:
        """The edit that takes a key out, with its line where it has one."""
        at = [key.value for key, _ in mapping.value].index(name)
        entry = mapping.value[at]
        if not mapping.flow_style:
            return Edit(self.line_start(entry[0].start_mark.index), self.next_line(self.entry_end(entry)), "")
        if at:
            return Edit(self.entry_end(mapping.value[at - 1]), self.entry_end(entry), "")
        behind = mapping.value[1][0].start_mark.index if len(mapping.value) > 1 else self.entry_end(entry)
        return Edit(entry[0].start_mark.index, behind, "")

    def appended(self, name: str, data: Any) -> str:
        """The text with a key of the root at its end."""
        head = self.text if not self.text or self.text.endswith(("\n", "\r")) else self.text + self.newline
        return head + self.newline.join(_entry_lines(name, data, 0)) + self.newline

    # ------------------------------------------------------------ lists of rows

    def rows(self, entry: Entry, wanted: Sequence[RowChange]) -> Iterator[Edit]:
        """Edits that make a list of rows another: each row takes its lines and the comments above it along."""
        node = entry[1]
        if [change.source for change in wanted] == list(range(len(node.value))):
            yield from (edit for change in wanted for edit in change.edits)
        elif isinstance(node, yaml.CollectionNode) and node.flow_style:
            yield self._flow_rows(node, wanted)
        else:
            yield self._block_rows(entry, wanted)

    def _flow_rows(self, node: yaml.Node, wanted: Sequence[RowChange]) -> Edit:
        spans = [(each.start_mark.index, self.end(each)) for each in node.value]
        texts = [
            flow_text(change.data) if change.source is None else applied(self.text, change.edits, *spans[change.source])
            for change in wanted
        ]
        between = [self.text[one[1] : other[0]] for one, other in pairwise(spans)]
        separator = next(iter(between), ", ")
        return Edit(spans[0][0], spans[-1][1], separator.join(texts))

    def _block_rows(self, entry: Entry, wanted: Sequence[RowChange]) -> Edit:
        node = entry[1]
        ends = [self.next_line(max(self.end(each), each.start_mark.index)) for each in node.value]
        starts = [self.next_line(self._colon(entry[0])), *ends[:-1]]
        indent = node.start_mark.column
        flow = any(each.flow_style for each in node.value[-1:] if isinstance(each, yaml.CollectionNode))
        chunks = []
        for change in wanted:
            if change.source is None:
                chunk = self.newline.join(_row_lines(change.data, indent, flow=flow))
            else:
                chunk = applied(self.text, change.edits, starts[change.source], ends[change.source])
            chunks.append(chunk if chunk.endswith(("\n", "\r")) else chunk + self.newline)
        end = self.line_end(max(self.end(node.value[-1]), node.value[-1].start_mark.index))
        return Edit(starts[0], end, "".join(chunks).removesuffix(self.newline))


def entries(mapping: yaml.MappingNode) -> dict[str, Entry]:
    """The entries of a mapping by key; of a repeated key the first, as the reader takes it."""
    found: dict[str, Entry] = {}
    for key, value in mapping.value:
        found.setdefault(str(key.value), (key, value))
    return found


def spelled(data: Any, old: yaml.Node | None = None, *, flow: bool = False) -> tuple[str, list[str]]:
    """A value as it is written behind its key, and the lines under it; in the manner of the old one where it can be."""
    if data is None:
        return "", []
    if flow or (isinstance(old, yaml.CollectionNode) and old.flow_style and data):
        return flow_text(data), []
    if isinstance(data, str) and isinstance(old, yaml.ScalarNode) and old.style in ("'", '"'):
        quoted = yaml.dump(data, default_style=old.style, allow_unicode=True, width=10**9).rstrip("\n")
        if not _BREAK.search(quoted):
            return quoted, []
    head, *rest = block_text({"x": data}).removesuffix("\n").split("\n")
    first = head.removeprefix("x:").strip(" ")
    if rest and first and not _HEADER.fullmatch(first):  # a quoted text that would go over several lines
        return flow_text(data), []
    return first, rest


def _list_changes(node: yaml.Node, data: Sequence[Any]) -> list[RowChange]:
    """The entries of a list as they shall be: those that say the same are kept."""
    old = [flow_text(normalise(each.value) if isinstance(each, yaml.ScalarNode) else None) for each in node.value]
    new = [flow_text(each) for each in data]
    kept: dict[int, int] = {}
    for one, other, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        kept |= {other + step: one + step for step in range(size)}
    return [RowChange(kept[at]) if at in kept else RowChange(None, (), each) for at, each in enumerate(data)]


def _entry_lines(name: str, data: Any, indent: int) -> list[str]:
    first, rest = spelled(data)
    lines = [f"{name}: {first}".rstrip(" "), *rest]
    return [" " * indent + line if line else "" for line in lines]


def _row_lines(data: Any, indent: int, *, flow: bool) -> list[str]:
    if flow:
        return [" " * indent + "- " + flow_text(data)]
    lines = block_text({"x": [data]}).removesuffix("\n").split("\n")[1:]
    return [" " * indent + line.removeprefix("  ") if line else "" for line in lines]
