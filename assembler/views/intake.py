"""What files of others bring to a case as a page to read and print: each table beside what the case makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assembler.base.messages import digits, fill, language, translate
from assembler.views.templates import environment

_TEMPLATE = "intake.html.jinja"

Fate = Literal["", "new", "same", "conflict", "unread", "waits"]
LineKind = Literal["title", "head", "row", "aside"]


@dataclass(frozen=True)
class ShownCell:
    """A cell with what becomes of it; ``notes`` say more, such as what each side of a conflict has."""

    text: str
    fate: Fate = ""
    notes: tuple[str, ...] = ()
    rows: int = 1
    columns: int = 1
    of_us: bool = False  # what the form prints itself


@dataclass(frozen=True)
class ShownLine:
    """A row: its ``number`` as people count it there, and in words what becomes of it."""

    number: str
    kind: LineKind
    told: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class ShownHead:
    """A column of a foreign table: which of ours it is, and how somebody says so where that is not sure. Its state is
    «» where nobody knows what the table is.
    """

    number: str
    state: Literal["sure", "asked", "left", ""]
    told: str
    typed: str = ""


@dataclass(frozen=True)
class Guess:
    """A table that one may be: what it is called by people and by commands, and what speaks for it."""

    name: str
    code: str
    percent: str
    why: str
    typed: str = ""


@dataclass(frozen=True)
class Step:
    """What is to be done, or to be known: in words, and as it is typed."""

    text: str
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The table of the case as it would be."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[ShownLine, ...]
    rest: str = ""


@dataclass(frozen=True)
class ShownTable:
    """A foreign table, what it is taken for, ``verdict``, with what else it may be, and what comes of it. ``number`` is
    its own in the file, ``target`` what it is taken for as commands say it, ``columns`` ours, by name and as shown.
    """

    title: str
    caption: str
    state: Literal["sure", "asked", "left"]
    verdict: str
    guesses: tuple[Guess, ...]
    remarks: tuple[Step, ...]
    heads: tuple[ShownHead, ...]
    lines: tuple[ShownLine, ...]
    rest: str = ""
    outcome: Outcome | None = None
    number: int = 0
    target: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ShownFile:
    """A file of others with its tables; ``unit`` is the department, «» when unknown."""

    name: str
    unit: str
    tables: tuple[ShownTable, ...]


@dataclass(frozen=True)
class Told:
    """A finding on the way: what it says, what to do, where it stands."""

    message: str
    hint: str
    where: str


def intake_page(title: str, files: Sequence[ShownFile], told: Sequence[Told], steps: Sequence[Step]) -> str:
    """The whole page, in the language that is spoken; all that others wrote is escaped."""
    return environment().get_template(_TEMPLATE).render(
        title=title, files=files, told=told, steps=steps, language=language(),
        direction="rtl" if language() == "fa" else "ltr", digits=digits, fill=fill,
        signs=SIGNS, states=states(), fates=fates(), words=_words(),
    )  # fmt: skip


# Signs tell on paper without colours too.
SIGNS = {"new": "+", "same": "=", "conflict": "≠", "unread": "!", "waits": "…", "sure": "✓", "asked": "?", "left": "✕"}


def fates() -> dict[str, str]:
    """What becomes of a cell, in words."""
    return {
        "new": translate("taken: the case had nothing here"),
        "same": translate("the case says the same"),
        "conflict": translate("in conflict: file and case differ, neither is taken"),
        "unread": translate("could not be read"),
        "waits": translate("waits until its columns are said"),
    }


def states() -> dict[str, str]:
    """How sure it is what a table or a column is, in words."""
    return {
        "sure": translate("sure"),
        "asked": translate("to be said by you"),
        "left": translate("left out"),
    }


def _words() -> dict[str, str]:
    return {
        "kind": translate("Preview of departments' tables"),
        "marks": translate("What the signs mean"),
        "columns": translate("Signs of tables and columns"),
        "struck": translate("a row struck through is left out; the reason stands beside it"),
        "none": translate("There is no file among these that a department made itself."),
        "no_table": translate("No table was found in this file."),
        "source": translate("In the file"),
        "outcome": translate("In the case"),
        "guess": translate("It may be"),
        "first": translate("First and second guess"),
        "likeness": translate("Likeness"),
        "why": translate("Why"),
        "say": translate("To say so, add"),
        "row": translate("Row"),
        "column": translate("Column"),
        "nothing": translate("Nothing of this table goes into the case."),
        "until": translate("Nothing of this table goes into the case until you say which it is."),
        "told": translate("What is to be known besides"),
        "steps": translate("What is to be done next"),
    }
