"""The texts of an item, wherever they stand: in a narrative, a plain answer or the cells of a table."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.problems import Place
from assembler.model.answers import Prose, ProseList, Value
from assembler.model.filled import FilledItem


def texts_of(item: FilledItem) -> Iterator[tuple[str, Place]]:
    """Every text of an item with its place; a table gives those of its cells, band rows included."""
    for text in texts_in(item.value):
        yield text, item.place
    for row in item.rows:
        for name, cell in row.cells.items():
            for text in texts_in(cell.value):
                yield text, cell.place.within(column=name)


def texts_in(value: Value) -> Iterator[str]:
    """The texts a value holds: one, several, or those of a narrative's paragraphs and lists, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, Prose):
        for block in value.blocks:
            if isinstance(block, str):
                yield block
            else:
                yield from _texts_of_list(block)


def _texts_of_list(listed: ProseList) -> Iterator[str]:
    for entry in listed.entries:
        yield entry.text
        for inner in entry.lists:
            yield from _texts_of_list(inner)
