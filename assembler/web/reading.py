"""Texts of pages as they are read: digits and signs as in all that is printed. What an editor holds stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.base.messages import language
from assembler.base.scripts import cell_text, readable

# What people read of a page and of what comes of acts, by the names under which scripts know it.
_READ = frozenset({
    "accepted", "conditions", "constraint", "doubts", "helps", "heads", "hint", "kind", "label", "legal", "message",
    "notes", "source", "taken_over", "text", "title", "where",
})  # fmt: skip
_KEPT = frozenset({"carried", "changes", "choices", "kept"})  # a choice is sent back by its label


def as_read(told: Mapping[str, object]) -> dict[str, object]:
    """What is told to a script, each text that is read as it is read."""
    return {name: value if name in _KEPT else _named(name, value) for name, value in told.items()}


def _named(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        return as_read(value)
    if isinstance(value, list | tuple):
        return [_named(name, each) for each in value]
    return text_as_read(value) if name in _READ and isinstance(value, str) else value


def text_as_read(text: str) -> str:
    """A text as it is read; among English ones, those without a Persian word keep their digits."""
    return readable(text) if language() == "fa" else cell_text(text)
