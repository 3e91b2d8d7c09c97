"""What offices call things besides: nothing may be called so already, or their tables could not be told by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.model.specs import Column, Item
from assembler.model.tables import PrintedRow

_Named = tuple[Item | Column | PrintedRow, str, tuple[str, ...]]  # what it is, how people know it, all it is called


def taken_names(fields: Sequence[Item | Column]) -> Iterator[Problem]:
    """The words of ``also`` by which questions, tables or columns of one place could not be told apart."""
    beside: dict[object, list[Item | Column]] = {}
    for field in fields:
        beside.setdefault(field.group if isinstance(field, Column) else field.type == "table", []).append(field)
    for each in beside.values():
        yield from _taken([(field, field.shown, _called(field)) for field in each])


def _called(field: Item | Column) -> tuple[str, ...]:
    captions = (field.caption, field.heading) if isinstance(field, Item) else ()
    return tuple(filter(None, (field.label, *captions)))


def taken_rows(rows: Sequence[PrintedRow]) -> Iterator[Problem]:
    """The same of the rows a table prints."""
    yield from _taken([(row, row.name, tuple(filter(None, row.cells.values()))) for row in rows if not row.heading])


def _taken(named: Sequence[_Named]) -> Iterator[Problem]:
    called = {fold(text): shown for _, shown, texts in named for text in texts}
    for each, shown, _ in named:
        for text in each.also:
            if fold(text) in called:
                yield problem("also-taken", each.place, text=text, name=called[fold(text)])
            called.setdefault(fold(text), shown)
