"""Problems as values, the catalogue of their codes, and the exit codes of the program.

A stage never stops at the first problem: it gathers them and returns them beside its result. Only the command line
prints and exits. The catalogue holds one entry a code: severity, message and remedy, both gettext identifiers with
named places to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from assembler.base.catalogue import CATALOGUE
from assembler.base.catalogue.entries import Severity
from assembler.base.messages import fill


class ExitCode(IntEnum):
    """What the process tells its caller. Codes 1 and 2 are Python's and click's own."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    ANSWERS = 3  # the case has errors
    SPEC = 4  # a form or report specification has errors
    TEMPLATE = 5  # a Word template has errors or could not be filled
    ENGINE = 6  # the converter is missing, failed, hung or lied
    OUTPUT = 7  # the result could not be written or did not stand the proof
    REGISTRY = 8  # the registry of letter numbers cannot be used, or did not stand the proof
    LOCKED = 9  # somebody else is changing the case
    INTERRUPTED = 130


class Place(NamedTuple):
    """Where something stands: any part may be unknown. ``line`` and ``row`` count from 1.

    A case has one for every cell, and a tuple is made several times faster than a frozen dataclass.
    """

    file: str | None = None
    line: int | None = None
    form: str | None = None
    item: str | None = None
    row: int | None = None
    column: str | None = None

    def within(self, **parts: str | int | None) -> Place:
        """The same place, told more precisely."""
        return self._replace(**parts)  # type: ignore[arg-type]

    def cell(self, column: str, line: int | None = None) -> Place:
        """The place of a cell in the row that stands here; its own line where it has one."""
        return Place(self.file, line or self.line, self.form, self.item, self.row, column)


NOWHERE = Place()
_NO_ARGUMENTS: Mapping[str, object] = MappingProxyType(
    {}
)  # «Did you mean …?» when no known name comes near a mistyped one: there is nothing to ask.
_UNASKED = re.compile(r"^[^«]*«\?»[^?؟]*[?؟]\s*")


@dataclass(frozen=True)
class Problem:
    """One finding. ``code`` is stable; message and hint are rendered in the reader's language."""

    code: str
    place: Place = NOWHERE
    arguments: Mapping[str, object] = field(default_factory=lambda: _NO_ARGUMENTS)
    graver: Severity | None = None  # a severity the spec chose instead of the catalogue's
    acceptable: bool = field(default=False, compare=False)  # a judgement of the data, which an officer may let stand

    @property
    def severity(self) -> Severity:
        return self.graver or CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        return fill(CATALOGUE[self.code].message, **self.arguments)

    def __str__(self) -> str:
        """As the reason of another problem."""
        return self.message

    @property
    def hint(self) -> str:
        return _UNASKED.sub("", fill(CATALOGUE[self.code].hint, **self.arguments))

    def as_json(self) -> dict[str, object]:
        """The published shape of a problem: exactly these ten keys."""
        where = self.place
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": where.file,
            "line": where.line,
            "form": where.form,
            "item": where.item,
            "row": where.row,
            "column": where.column,
            "message": self.message,
            "hint": self.hint,
        }


def problem(code: str, place: Place = NOWHERE, severity: Severity | None = None, /, **arguments: object) -> Problem:
    """Make a problem; the code must be in the catalogue."""
    if code not in CATALOGUE:
        raise KeyError(f"no problem code {code!r} in the catalogue")
    return Problem(code, place, MappingProxyType(arguments), severity)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(found.severity is Severity.ERROR for found in problems)


class AssemblerError(Exception):
    """A failure that ends the run: problems to show and the exit code to leave with."""

    def __init__(self, problems: Iterable[Problem], exit_code: ExitCode) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__("; ".join(f"{found.code}: {found.message}" for found in self.problems))
