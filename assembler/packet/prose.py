"""Narratives and lists: paragraphs, marked entries, and references turned into printed numbers with links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase

from assembler.base.persian import LETTERS, persian_digits
from assembler.base.tongue import tongue
from assembler.model.answers import Prose, ProseEntry, ProseList
from assembler.model.packet import Block, ListBlock, ListEntry, Paragraph, Span, Text

# Whatever stands in double brackets is meant as a reference; a mistyped one must be found, not printed.
REFERENCE = re.compile(r"\[\[([^\[\]|]*)(\|[^\[\]]*)?\]\]")
Linker = Callable[[str, bool], Span]

_END = {"rtl": "-", "ltr": "."}
_BULLETS = ("•", "▪")


def mark(kind: str, number: int, depth: int = 0) -> str:
    """What stands before an entry, counting from 1."""
    match kind:
        case "numbered":
            return persian_digits(str(number)) + _END[tongue().direction]
        case "lettered":
            letters = LETTERS if tongue().language == "fa" else ascii_lowercase
            known = letters[number - 1] if number <= len(letters) else persian_digits(str(number))
            return known + _END[tongue().direction]
        case "dashed":
            return "-"
    return _BULLETS[min(depth, len(_BULLETS) - 1)]


def linked(text: str, link: Linker) -> Text:
    """A text with its ``[[references]]`` replaced."""
    spans: list[Span] = []
    end = 0
    for found in REFERENCE.finditer(text):
        if found.start() > end:
            spans.append(Span(text[end : found.start()]))
        name, form = found.group(1).strip(), (found.group(2) or "").strip("| ")
        known_form = form in ("", "number")
        spans.append(link(name if known_form else found.group()[2:-2], form == "number"))
        end = found.end()
    if end < len(text):
        spans.append(Span(text[end:]))
    return tuple(spans)


def prose_blocks(prose: Prose, link: Linker) -> Iterator[Block]:
    """The blocks of a narrative."""
    for block in prose.blocks:
        if isinstance(block, ProseList):
            yield _list(block, link, 0)
        else:
            yield Paragraph(linked(block, link))


def _list(listed: ProseList, link: Linker, depth: int) -> ListBlock:
    return ListBlock(
        tuple(_entry(entry, listed.kind, number, link, depth) for number, entry in enumerate(listed.entries, start=1))
    )


def _entry(entry: ProseEntry, kind: str, number: int, link: Linker, depth: int) -> ListEntry:
    lists = tuple(_list(each, link, depth + 1) for each in entry.lists)
    return ListEntry(mark(kind, number, depth), linked(entry.text, link), lists)


def marked_list(texts: Sequence[str], kind: str) -> ListBlock:
    """Plain texts as a list."""
    return ListBlock(tuple(ListEntry(mark(kind, number), (Span(text),)) for number, text in enumerate(texts, start=1)))
