"""The steps of processes as the rows of a table tell them: which belong together, and where each goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast, get_args

from assembler.base.persian import fold, persian_digits
from assembler.model.answers import Value
from assembler.model.filled import Branch, FilledItem, FilledRow, Process, RowStep
from assembler.model.packet import StepKind, WorkflowStep
from assembler.model.specs import Column, WorkflowColumns
from assembler.model.values import shown

KINDS: tuple[StepKind, ...] = get_args(StepKind)
# Branches part at «؛» and new lines; at a comma only after a number, as a branch word may hold a comma itself.
_BETWEEN = re.compile(r"[؛;\n]+|(?<=[0-9۰-۹»)])\s*[،,](?=[^\n؛;]*[:：])")
_COLON = re.compile(r"\s*[:：]\s*")
_BEFORE = r"(?:(?:برو )?به\s+)?(?:(?:گام|مرحله|ردیف|شماره|بند)\s+)?"
_STEP = re.compile(_BEFORE + r"[«(]?([^\s«»():،,]{1,20})[»)]?")


def processes(item: FilledItem) -> tuple[Process, ...]:
    """The processes of a table with ``workflow``, in order, row by row.

    Branches to steps that are not there, and those that cannot be read, are left out of a step's ``next``: nothing can
    be drawn for them.
    """
    columns = item.spec.workflow
    if columns is None:
        return ()
    return tuple(Process(name, tuple(_steps(item, columns, rows))) for name, rows in _gathered(item, columns))


def _gathered(item: FilledItem, columns: WorkflowColumns) -> list[tuple[str, list[FilledRow]]]:
    """The rows of each process; a blank name continues the process above, and the same name always means the same."""
    found: dict[str, tuple[str, list[FilledRow]]] = {}
    key = ""
    for row in item.rows:
        if row.group or not _says_anything(item, columns, row):
            continue
        name = _cell(item, row, columns.of)
        key = fold(name) or key
        found.setdefault(key, (name, []))[1].append(row)
    return list(found.values())


def _says_anything(item: FilledItem, columns: WorkflowColumns, row: FilledRow) -> bool:
    """Whether a row has more than the number that is calculated for it."""
    named = (columns.of, columns.kind, columns.actor, columns.action, columns.document, columns.next)
    return any(_cell(item, row, name) for name in named)


def _steps(item: FilledItem, columns: WorkflowColumns, rows: Sequence[FilledRow]) -> Iterator[RowStep]:
    numbers = [persian_digits(_cell(item, row, columns.step) or str(at)) for at, row in enumerate(rows, start=1)]
    known = {fold(number): number for number in reversed(numbers)}
    for at, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        kind = _kind(row.cells[columns.kind].value)
        branches = parse_next(_cell(item, row, columns.next))
        if branches == () and kind != "end" and at + 1 < len(rows):
            branches = (("", numbers[at + 1]),)
        step = WorkflowStep(
            number=number,
            kind=kind,
            actor=_cell(item, row, columns.actor),
            action=_cell(item, row, columns.action),
            document=_cell(item, row, columns.document),
            next=tuple((word, known[fold(to)]) for word, to in branches or () if fold(to) in known),
        )
        yield RowStep(row, step, branches)


def _kind(value: Value) -> StepKind:
    return cast(StepKind, value) if value in KINDS else "action"


def parse_next(text: str) -> tuple[Branch, ...] | None:
    """The branches of a ``next`` cell, in order: «۵», «بلی: ۴؛ خیر: ۲», one a line; () for a blank one.

    None when it cannot be read: a branch without a step, or more than one word where a step's number should stand.
    """
    found: list[Branch] = []
    for part in filter(str.strip, _BETWEEN.split(text)):
        word, colon, target = _parted(part.strip(" ،,."))
        step = _STEP.fullmatch(target)
        if step is None or (colon and not word):
            return None
        found.append((word, persian_digits(step.group(1))))
    return tuple(found)


def _parted(part: str) -> tuple[str, bool, str]:
    """The word of a branch, whether it has one, and what stands where its step should."""
    pieces = _COLON.split(part)
    if len(pieces) == 1:
        return "", False, part
    return ": ".join(pieces[:-1]).strip(" «»"), True, pieces[-1].strip()


def _cell(item: FilledItem, row: FilledRow, name: str) -> str:
    """What a cell says as text; «» for a blank one, one with a mark such as «-», and a column nobody named."""
    if not name:
        return ""
    column, value = item.spec.column(name), row.cells[name].value
    return "" if value in column.marks else _text(value, column)


def _text(value: Value, column: Column) -> str:
    if isinstance(value, tuple):
        return "، ".join(map(column.label_of, value))
    return shown(value, column).strip()
