"""Answers under the names their questions have now: items, columns, printed rows and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assembler.base.persian import fold
from assembler.collect.editions.matching import ItemPair, choices_paired
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow
from assembler.model.specs import Column, Item


def renamed(old: AnsweredForm, pair: ItemPair) -> AnsweredForm:
    """The answer of one question as if it had been given to the one it is now; what has no place there is left out."""
    before, now = pair.old, pair.new
    if before is None or now is None:
        return replace(old, values={}, tables={})
    if before.name in old.tables:
        rows = (_row(row, pair) for row in old.tables[before.name])
        return replace(old, values={}, tables={now.name: tuple(row for row in rows if row is not None)})
    answer = old.values.get(before.name)
    return replace(old, values={now.name: _chosen(answer, before, now)} if answer else {}, tables={})


def left_of(old: AnsweredForm, pair: ItemPair) -> tuple[AnsweredRow, ...]:
    """What of the rows of a table has no place in the one it is now: whole rows that are printed no more, and cells of
    columns that are gone behind the first cell of their row, by which it is known.
    """
    if pair.old is None or pair.new is None or pair.old.name not in old.tables:
        return ()
    columns, rows = _columns(pair), _rows(pair)
    known = {column.name for column in pair.old.columns}
    found = []
    for row in old.tables[pair.old.name]:
        held = {name: answer for name, answer in row.cells.items() if answer.value is not None and name in known}
        lost = held if row.name and row.name not in rows else {n: a for n, a in held.items() if n not in columns}
        if lost:
            first = dict(list(held.items())[:1]) if not row.name else {}
            found.append(replace(row, cells={**first, **lost}))
    return tuple(found)


def _row(row: AnsweredRow, pair: ItemPair) -> AnsweredRow | None:
    if row.name and row.name not in (rows := _rows(pair)):
        return None
    columns = _columns(pair)
    cells = {
        columns[name][1].name: _chosen(answer, *columns[name]) for name, answer in row.cells.items() if name in columns
    }
    if not cells and any(answer.value is not None for answer in row.cells.values()):
        return None
    return replace(row, cells=cells, name=rows[row.name] if row.name else "")


def _columns(pair: ItemPair) -> Mapping[str, tuple[Column, Column]]:
    """The columns of the old table that stand in the new one, by their old names."""
    if pair.old is None or not pair.old.columns:  # nothing is known of it but its answers
        return {column.name: (column, column) for column in pair.new.columns} if pair.new else {}
    return {each.old.name: (each.old, each.new) for each in pair.columns if each.old and each.new}


def _rows(pair: ItemPair) -> Mapping[str, str]:
    if pair.old is None or not pair.old.columns:
        return {row.name: row.name for row in pair.new.rows} if pair.new else {}
    return {each.old.name: each.new.name for each in pair.rows if each.old and each.new}


def _chosen(answer: Answer, old: Item | Column, new: Item | Column) -> Answer:
    """A choice under the name it has now; one that is no more stays as it was, and whoever reads it refuses it."""
    value = answer.value
    names = {
        pair.old.name: pair.new.name
        for pair in (choices_paired(old, new) if old.choices and new.choices else ())
        if pair.old and pair.new and (not pair.is_alike or fold(pair.old.label) == fold(pair.new.label))
    }
    if isinstance(value, tuple):
        return answer._replace(value=tuple(names.get(each, each) for each in value))
    if isinstance(value, str) and names.get(value, value) != value:
        return answer._replace(value=names[value])
    return answer
