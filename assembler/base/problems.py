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
from typing import NamedTuple, TypedDict, Unpack

from assembler.base.catalogue import CATALOGUE
from assembler.base.catalogue.entries import Severity
from assembler.base.messages import digits, fill


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


# What each tells, to be translated.
EXIT_MEANINGS: Mapping[ExitCode, str] = MappingProxyType(
    {
        ExitCode.OK: "Done, no errors.",
        ExitCode.UNEXPECTED: "Something unforeseen; the trace is in the file that is named.",
        ExitCode.USAGE: "The command was called wrongly.",
        ExitCode.ANSWERS: "The case has errors.",
        ExitCode.SPEC: "A specification has errors.",
        ExitCode.TEMPLATE: "A Word template has errors.",
        ExitCode.ENGINE: "LibreOffice is missing, failed or hung, or fonts are missing.",
        ExitCode.OUTPUT: "The result could not be written, or did not stand the proof.",
        ExitCode.REGISTRY: "The registry of letters is locked, broken or says no.",
        ExitCode.LOCKED: "Another process is changing the case.",
        ExitCode.INTERRUPTED: "Interrupted; nothing half-made is left.",
    }
)


class _PlaceParts(TypedDict, total=False):
    file: str | None
    line: int | None
    form: str | None
    item: str | None
    row: int | None
    column: str | None


class LineElsewhere(int):
    """A line of a file of its own, among those of another one: what is read together may stand in several files."""

    file: str

    @classmethod
    def of(cls, line: int, file: str) -> LineElsewhere:
        """The line in a file; one that knows its file already keeps it."""
        if isinstance(line, cls):
            return line
        found = cls(line)
        found.file = file
        return found


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

    def within(self, **parts: Unpack[_PlaceParts]) -> Place:
        """The same place, told more precisely; a line of another file brings its file."""
        line = parts.get("line")
        if isinstance(line, LineElsewhere):
            parts = {"file": line.file, **parts, "line": int(line)}
        return self._replace(**parts)

    def holds(self, other: Place) -> bool:
        """Whether another place is this one or lies in it, whatever the file and line."""
        return all(own in (None, theirs) for own, theirs in zip(self[2:], other[2:], strict=True))

    def cell(self, column: str, line: int | None = None) -> Place:
        """The place of a cell in the row that stands here; its own line where it has one."""
        return Place(self.file, line or self.line, self.form, self.item, self.row, column)


@dataclass(frozen=True)
class PlaceNames:
    """What people call the parts of a place, as far as somebody who knows the forms told.

    ``form`` is its title, ``item`` and ``column`` what stands above them, ``row`` the text the row is known by.
    """

    form: str = ""
    item: str = ""
    row: str = ""
    column: str = ""


def place_words(item: str, row: int | None = None, row_name: str = "", column: str = "") -> str:
    """A place in words of the reader's language: «خدمات، ردیف ۴ («صدور گواهی»)، ستون «مسئول اجرا»»."""
    return "، ".join(
        filter(None, (item, _row_words(row, row_name), fill("column «{name}»", name=column) if column else ""))
    )


def _row_words(row: int | None, name: str) -> str:
    named = f"«{name}»" if name else ""
    if row is None:
        return named
    return fill("row {number}", number=digits(row)) + (f" ({named})" if named else "")


NOWHERE = Place()
UNNAMED = PlaceNames()
_NO_ARGUMENTS: Mapping[str, object] = MappingProxyType({})
# «Did you mean …?» when no known name comes near a mistyped one: there is nothing to ask.
_UNASKED = re.compile(r"^[^«]*«\?»[^?؟]*[?؟]\s*")


@dataclass(frozen=True)
class Problem:
    """One finding. ``code`` is stable; message and hint are rendered in the reader's language."""

    code: str
    place: Place = NOWHERE
    arguments: Mapping[str, object] = field(default_factory=lambda: _NO_ARGUMENTS)
    graver: Severity | None = None  # a severity the spec chose instead of the catalogue's
    acceptable: bool = field(default=False, compare=False)  # a judgement of the data, which an officer may let stand
    names: PlaceNames = field(default=UNNAMED, compare=False)

    @property
    def severity(self) -> Severity:
        return self.graver or CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """What is wrong, and behind it what whoever specified the check adds to it (``note``)."""
        said = fill(CATALOGUE[self.code].message, **self.arguments)
        return " ".join(filter(None, (said, str(self.arguments.get("note", "")).strip())))

    def __str__(self) -> str:
        """As the reason of another problem."""
        return self.message

    @property
    def hint(self) -> str:
        return _UNASKED.sub("", fill(CATALOGUE[self.code].hint, **self.arguments))

    @property
    def where(self) -> str:
        """Its place within its form in words, the form where it has no item; «» where nobody has words for it."""
        place, names = self.place, self.names
        if place.form and not names.item:
            return names.form
        return place_words(names.item or place.item or "", place.row, names.row, names.column or place.column or "")

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
