"""What somebody says of foreign tables on the command line: which of ours one is, and which column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.base.persian import latin_digits
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.suggest import guess
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.proposing import Choices, leaf_at

_SAID = re.compile(r"(?:(?P<file>.+):)?(?P<table>\d{1,4})(?:\.(?P<column>\d{1,3}))?")
_NONE = ("", "-")


@dataclass(frozen=True)
class Said:
    """One thing that was said: of which file («» where there is one only), which of its tables, which column of it."""

    typed: str
    file: str
    table: int
    column: int | None
    target: str


def read_said(typed: Sequence[str], files: Sequence[Path]) -> dict[Path, Choices]:
    """What was said of each file: ``[FILE:]TABLE=form.item`` and ``[FILE:]TABLE.COLUMN=column``, «-» for none.

    Raises AssemblerError when it is not written so, or names no file.
    """
    found: dict[Path, Choices] = {path: Choices() for path in files}
    for each in map(_read, typed):
        path = _file(each, files)
        was = found[path]
        if each.column is None:
            found[path] = Choices({**was.tables, each.table: each.target}, was.columns)
        else:
            found[path] = Choices(was.tables, {**was.columns, (each.table, each.column): each.target})
    return found


def _read(typed: str) -> Said:
    left, mark, right = typed.partition("=")
    match = _SAID.fullmatch(latin_digits(left.strip()))
    if not mark or match is None:
        raise AssemblerError([problem("intake-as", said=typed)], ExitCode.USAGE)
    target = "" if right.strip() in _NONE else right.strip()
    column = match["column"]
    return Said(
        typed,
        left[: match.end("file")] if match["file"] else "",
        int(match["table"]),
        int(column) if column else None,
        target,
    )


def _file(said: Said, files: Sequence[Path]) -> Path:
    if not said.file and len(files) == 1:
        return files[0]
    name = said.file.strip()
    found = [path for path in files if name and name in (str(path), path.name, path.stem)]
    if len(found) == 1:
        return found[0]
    raise AssemblerError(
        [problem("intake-as-file", said=said.typed, known="، ".join(path.name for path in files))], ExitCode.USAGE
    )


def refuse_unknown(choices: Choices, candidates: Sequence[Candidate], tables: int, name: str) -> None:
    """Raises AssemblerError when something is said of a table a file has not, or names a table the case has not."""
    known = [each.name for each in candidates]
    for number in (*choices.tables, *(table for table, _ in choices.columns)):
        if not 1 <= number <= tables:
            raise AssemblerError([problem("intake-as-number", name=name, number=number, count=tables)], ExitCode.USAGE)
    for target in choices.tables.values():
        if target and target not in known:
            near = guess(target, known)
            raise AssemblerError([problem("intake-as-table", name=target, guess=near)], ExitCode.USAGE)


def refuse_unknown_column(candidate: Candidate, columns: Mapping[tuple[int, int], str], table: int) -> None:
    """Raises AssemblerError when a column is named that the table has not."""
    for (number, _), name in columns.items():
        if number == table and name and leaf_at(candidate, name) is None:
            known = "، ".join(candidate.leaf_names)
            raise AssemblerError([problem("intake-as-column", name=name, known=known)], ExitCode.USAGE)
