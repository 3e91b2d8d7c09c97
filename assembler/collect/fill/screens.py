"""What a dialogue shows and waits for."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import fill, number, translate
from assembler.base.persian import agrees
from assembler.base.problems import Problem

Style: TypeAlias = Literal["", "title", "question", "faint", "error", "warning", "done"]


class Line(NamedTuple):
    """A line to be shown, as long as it may be, with how it is meant to look."""

    text: str
    style: Style = ""


class Screen(NamedTuple):
    """Lines to show, then the prompt.

    ``editor`` asks for a text in an editor, which begins with ``text``. A screen that is ``gathering`` waits for
    more of an answer; «.» ends it. While one is ``pending`` what was typed last is not written.
    """

    lines: tuple[Line, ...]
    prompt: str = "> "
    editor: bool = False
    text: str = ""
    gathering: bool = False
    pending: bool = False


class PutDown(NamedTuple):
    """What became of answers that were put down: whether they are written, what kept them from it, what is to be told,
    and whether somebody else changed files meanwhile, which were read.
    """

    written: bool = True
    problems: tuple[Problem, ...] = ()
    lines: tuple[Line, ...] = ()
    was_read: bool = False


# Gives screens, takes what was typed at each; returns the last word.
Dialogue: TypeAlias = Generator[Screen, str, None]


class LeaveDialogue(Exception):
    """The officer leaves; everything confirmed is on disk."""


class GoBack(Exception):
    """To the question before."""


class ConfirmForm(Exception):
    """All of this form that came from another case still holds."""


class GoTo(Exception):
    """To a form or question by what was typed of it."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def sure(question: Line, *before: Line, pending: bool = False) -> Generator[Screen, str, bool]:
    """Whether an officer says yes to a question."""
    told = Line("  " + translate("«بله» or y: yes; anything else: no."), "faint")
    typed = yield Screen((*before, question, told), pending=pending)
    return agrees(typed)


def problem_lines(problems: tuple[Problem, ...], *, rows: bool = False) -> list[Line]:
    """Problems as they stand under an answer; under a table with the number of the ``rows``."""
    signs = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFORMATION: "·"}
    styles: dict[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: ""}
    lines = []
    for found in problems:
        row = f"{translate('Row')} {number(found.place.row)}: " if rows and found.place.row else ""
        lines.append(Line(f"  {signs[found.severity]} {row}{found.message}", styles[found.severity]))
        lines += [Line(f"    {found.hint}", "faint")] if found.hint else []
    return lines


def changed_lines(changed: Sequence[Path]) -> list[Line]:
    """That somebody else changed files meanwhile."""
    names = "، ".join(dict.fromkeys(path.name for path in changed))
    told = fill("Somebody else changed {names} meanwhile; what it says now was read.", names=names)
    return [Line(f"  ! {told}", "warning")] if changed else []


def done(text: str) -> Line:
    """A line that says what was done."""
    return Line(f"  ✓ {text}", "done")


def refused(text: str) -> Line:
    """A line that says why something cannot be done."""
    return Line(f"  ✗ {text}", "error")
