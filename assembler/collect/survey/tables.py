"""A file of responses as a table: its head, and its rows chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem

CHUNK = 10_000  # rows looked at together: enough to work by columns, few enough to stay small
HEAD = 20  # rows among which the one that names the columns must be


@dataclass(frozen=True)
class Chunk:
    """Rows with the line each begins at, of a workbook its row number."""

    rows: list[list[str]]
    lines: Sequence[int]


@dataclass(frozen=True)
class Table:
    """Rows of one file or sheet, to be read once, and what there is to say of it.

    ``merged`` are the rows that cells merged downwards or sideways cover; only the first cell of those holds anything.
    """

    name: str
    chunks: Iterator[Chunk]
    merged: frozenset[int] = frozenset()
    remarks: tuple[Problem, ...] = ()
    ragged: bool = False  # rows end with their last filled cell
    position: Callable[[], float] = lambda: 0.0  # how much of it has been read, from 0 to 1


def unreadable(name: str, reason: object) -> AssemblerError:
    return AssemblerError([problem("survey-unreadable", Place(file=name), name=name, reason=reason)], ExitCode.ANSWERS)
