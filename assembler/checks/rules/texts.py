"""The texts of an item, wherever they stand: in a narrative, a plain answer or the cells of a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from assembler.base.problems import Place
from assembler.model.answers import texts_in
from assembler.model.filled import FilledItem
from assembler.model.specs import Field

# What a text must have for a check to look at it. It is asked of all texts of a column together first, so it has to
# hold of texts one below the other when it holds of one of them.
Look = Callable[[str], object]


def texts_of(item: FilledItem, look: Look = bool) -> Iterator[tuple[str, Place]]:
    """Every text of an item that a look lets pass, with its place; a table gives those of its cells, band rows
    included.
    """
    for text in texts_in(item.value):
        if look(text):
            yield text, item.place
    columns = {name: found for name in item.wording if (found := looked_at(item, name, look))}
    for row in item.rows if columns else ():
        for name, found in columns.items():
            cell = row.cells[name]
            for text in texts_in(cell.value):
                if text in found:
                    yield text, cell.place.within(column=name)


def typed_texts(item: FilledItem, look: Look = bool) -> Iterator[tuple[str, Field, Place]]:
    """The texts somebody typed in an item and a look lets pass, with their fields and places; marks, and what is
    calculated, are none.
    """
    for text in typed_answers(item):
        if look(text):
            yield text, item.spec, item.place
    for name in typed_columns(item):
        yield from typed_cells(item, name, looked_at(item, name, look))


def typed_answers(item: FilledItem) -> Iterator[str]:
    """The texts of an item that is no table."""
    if item.spec.type in ("text", "narrative") and item.spec.calculation is None:
        yield from (text for text in texts_in(item.value) if text not in item.spec.marks)


def typed_columns(item: FilledItem) -> Iterator[str]:
    """The columns of a table in which texts are typed."""
    yield from (each.name for each in item.spec.columns if each.type == "text" and each.calculation is None)


def typed_cells(item: FilledItem, name: str, wanted: Collection[str]) -> Iterator[tuple[str, Field, Place]]:
    """Those of the wanted texts that somebody typed in a column: row by row."""
    column, printed = item.spec.by_name[name], item.spec.printed_rows
    for row in item.rows if wanted else ():
        cell = row.cells[name]
        if cell.computed or (row.name in printed and printed[row.name].shuts(name)):
            continue
        for text in texts_in(cell.value):
            if text in wanted and text not in column.marks:
                yield text, column, cell.place.cell(name)


def looked_at(item: FilledItem, column: str, look: Look) -> Collection[str]:
    """The texts of a column that a look lets pass: each is looked at once, and none where all of them have nothing."""
    wording = item.wording[column]
    return frozenset(filter(look, wording.texts)) if look(wording.whole) else ()
