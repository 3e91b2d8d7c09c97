"""What becomes of a form when workbooks are merged into it: what they change, and where two sides differ."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from assembler.base.problems import Problem
from assembler.collect.workbook.cells import cell_value
from assembler.collect.workbook.plans import BaseRow
from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Value
from assembler.model.specs import Field
from assembler.model.types import NUMBERS
from assembler.model.values import shown, typed_text

CASE = "case"


@dataclass(frozen=True)
class CellChange:
    """What a workbook brings: a cell, a whole row, or another order of rows. ``where`` is «sheet!cell».

    ``label`` is what the question is called, ``head`` the column of a cell.
    """

    form: str
    item: str
    label: str
    where: str
    source: str
    old: str = ""
    new: str = ""
    row: int | None = None
    column: str = ""
    head: str = ""
    kind: Literal["cell", "added", "deleted", "order"] = "cell"


@dataclass(frozen=True)
class Conflict:
    """What two sides changed differently: the texts of both, with who they are, and what it was at export; None where
    nothing was exported.
    """

    form: str
    item: str
    label: str
    where: str
    base: str | None
    sides: tuple[tuple[str, str], tuple[str, str]]
    row: int | None = None
    column: str = ""
    head: str = ""


@dataclass
class Merged:
    """A form with what the workbooks brought."""

    before: AnsweredForm | None
    after: AnsweredForm
    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    touched: set[Path] = field(default_factory=set)  # the workbooks in which something was changed
    title: str = ""
    # All rows as they become, by item, with those no file says anything of; and of each table of a file of others, by
    # its path and number, which of them its rows went to, by where they stand in it.
    rows: dict[str, list[Row]] = field(default_factory=dict)
    landed: dict[tuple[Path, int], dict[int, int]] = field(default_factory=dict)


@dataclass(eq=False)
class Row:
    """A row as it is becoming; ``first`` is what it said in the case, None of an added one."""

    answered: AnsweredRow
    cells: dict[str, Value]
    number: int
    first: BaseRow | None
    source: str = CASE


def was_exported(base: str, asked: Field) -> str:
    """What was exported, as changes are told."""
    read = typed_text(base, asked) if asked.type in NUMBERS else None
    return base if read is None else _number(read, asked)


def told(value: Value, asked: Field) -> str:
    """A value as changes are told: as it stands in its cell, numbers in Persian digits."""
    if value is None or isinstance(value, Attachment):
        return value.name if value else ""
    written = cell_value(value, asked)
    return _number(value, asked) if not isinstance(written, str) else written


def _number(value: Value, asked: Field) -> str:
    """Without the sign of a percentage, as the cell has it."""
    return shown(value, replace(asked, type="decimal") if asked.type == "percent" else asked)
