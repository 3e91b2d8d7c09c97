"""Narratives as text of a cell, and back: paragraphs are lines, entries of lists bear marks and are indented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from assembler.base.persian import LETTERS, persian_digits
from assembler.model.answers import Prose, ProseEntry, ProseList

_Kind: TypeAlias = Literal["numbered", "bulleted", "lettered", "dashed"]
_INDENT = "    "
_LETTER = "|".join(LETTERS)
_MARKED = re.compile(rf"( *)(?:(•)|(–)|([۰-۹0-9]{{1,3}})-|({_LETTER})-) +(.*)")
_KINDS: tuple[_Kind, ...] = ("bulleted", "dashed", "numbered", "lettered")
_Line: TypeAlias = tuple[int, _Kind | None, str]


def prose_text(prose: Prose) -> str | None:
    """A narrative as lines; None when they would not read back as the same narrative."""
    lines = [line for block in prose.blocks for line in ([block] if isinstance(block, str) else _list_lines(block, 0))]
    text = "\n".join(lines)
    return text if read_prose(text) == prose else None


def _list_lines(listed: ProseList, depth: int) -> Iterator[str]:
    for number, entry in enumerate(listed.entries, start=1):
        yield f"{_INDENT * depth}{_mark(listed.kind, number)} {entry.text}"
        for inner in entry.lists:
            yield from _list_lines(inner, depth + 1)


def _mark(kind: _Kind, number: int) -> str:
    if kind == "lettered":
        return f"{LETTERS[min(number, len(LETTERS)) - 1]}-"
    return {"bulleted": "•", "dashed": "–"}.get(kind) or persian_digits(f"{number}-")


def read_prose(text: str) -> Prose | None:
    """The narrative of a cell's text; None when it is blank. A mark that begins anew begins a new list."""
    lines = [_line(line) for line in text.split("\n") if line.strip()]
    blocks: list[str | ProseList] = []
    at = 0
    while at < len(lines):
        if lines[at][1] is None:
            blocks.append(lines[at][2])
            at += 1
        else:
            listed, at = _read_list(lines, at)
            blocks.append(listed)
    return Prose(tuple(blocks)) if blocks else None


def _line(line: str) -> _Line:
    found = _MARKED.fullmatch(line.rstrip())
    if not found:
        return 0, None, line.strip()
    kind = next(kind for kind, mark in zip(_KINDS, found.groups()[1:5], strict=True) if mark)
    return len(found[1]) // len(_INDENT), kind, found[6].strip()


def _read_list(lines: list[_Line], at: int) -> tuple[ProseList, int]:
    depth, kind, _ = lines[at]
    assert kind is not None
    entries: list[ProseEntry] = []
    while at < len(lines) and lines[at][0] == depth and lines[at][1] == kind:
        text = lines[at][2]
        at += 1
        inner: list[ProseList] = []
        while at < len(lines) and lines[at][1] is not None and lines[at][0] > depth:
            listed, at = _read_list(lines, at)
            inner.append(listed)
        entries.append(ProseEntry(text, tuple(inner)))
    return ProseList(kind, tuple(entries)), at
