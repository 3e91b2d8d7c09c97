"""The handbook as values: chapters, and the blocks a chapter is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

BlockKind: TypeAlias = Literal["heading", "text", "item", "code", "table", "picture"]


@dataclass(frozen=True)
class Chapter:
    """A chapter in the language it is written in; ``text`` is its Markdown, ``title`` its first heading."""

    name: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Block:
    """What stands by itself, without its marks: ``text`` is a paragraph, the lines of code, what a picture shows.

    ``level`` is that of a heading, or how deep an item stands. The first of the ``rows`` of a table is its head.
    ``mark`` is what an item begins with.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
