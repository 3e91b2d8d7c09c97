"""Where a dialogue finds the answers, has them judged and puts them down: given to it, as collecting knows no check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from assembler.base.problems import AssemblerError, ExitCode, Problem
from assembler.model.answers import AnsweredForm
from assembler.model.filled import FilledForm
from assembler.model.specs import FormSpec


class Contested(AssemblerError):
    """Somebody else changed the same answers meanwhile, as its problems tell; they are read now. ``over`` is the form
    with what was to be written over them.
    """

    def __init__(self, problems: Iterable[Problem], over: AnsweredForm) -> None:
        super().__init__(problems, ExitCode.ANSWERS)
        self.over = over


class FormView(Protocol):
    """A form as its expressions see it, with answers that need not be on disk."""

    def relevant(self, item: str) -> bool:
        """Whether an item applies."""

    def required(self, item: str) -> bool:
        """Whether an item that applies must be answered."""

    def cell_relevant(self, item: str, row: int, column: str) -> bool:
        """Whether a cell applies; ``row`` counts from 0 among the rows as they are shown."""

    def filled(self) -> FilledForm:
        """The form with everything decided."""

    def problems(self) -> tuple[Problem, ...]:
        """What the checks say of the form."""


class OpenCase(Protocol):
    """The case that is filled in. Forms are known by their names, the fields of the case as «case»."""

    specs: Mapping[str, FormSpec]
    attachments: Path

    def answered(self, form: str) -> AnsweredForm:
        """The answers as they are on disk; an empty form where there are none."""

    def view(self, form: str) -> FormView:
        """A form as it is on disk."""

    def tried(self, answered: AnsweredForm) -> FormView:
        """A form as it would be."""

    def put(self, answered: AnsweredForm) -> tuple[Path, ...]:
        """Writes what is new in a form; it is on disk when this returns. What somebody else wrote meanwhile stays and
        is read: gives the files he changed.

        Raises Contested when he changed the same answer, and AssemblerError; nothing is written then.
        """

    def refresh(self) -> tuple[Path, ...]:
        """Reads what somebody else changed, and gives the files he changed. Raises AssemblerError."""

    def attach(self, path: Path) -> str:
        """Copies a file among the attachments and returns its name there. Raises AssemblerError."""
