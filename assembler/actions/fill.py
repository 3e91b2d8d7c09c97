"""Fills in a case question by question, while others may change it too: it is held for each answer only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.actions.snapshot import FormView
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.settings import Settings
from assembler.collect.files.merging import merged_form
from assembler.collect.fill import Filling, Scope
from assembler.collect.fill.open_case import Contested
from assembler.collect.spots import form_at
from assembler.model.answers import AnsweredForm
from assembler.model.specs import FormSpec

_TRIES = 3  # to write into a file that others are writing into just now without holding the case


def fill(
    folder: Path, settings: Settings, form: str | None = None, *, everything: bool = False, with_case: bool = False
) -> Filling:
    """A session of filling in a case: of one form, named whole or by its end, or of all; answered questions too when
    ``everything`` is asked. The fields of the case come first when one of them is missing, or ``with_case``.

    Raises AssemblerError: there is no such form, the specs are broken, a file of the case cannot be read.
    """
    opened = OpenCase.read(folder, settings)
    case = SharedCase(opened)
    return Filling(case, Scope(_forms(case, form, with_case=with_case), everything), opened.report.tongue)


def _forms(case: SharedCase, name: str | None, *, with_case: bool) -> tuple[str, ...]:
    """The forms that are asked, by the whole name of the one that was named or by its end."""
    if name is None:
        first = with_case or bool(Filling(case, Scope(("case",))).missing())
        return tuple(each for each in case.specs if each != "case" or first)
    return (form_at(case.specs, name).id,)


class SharedCase:
    """An open case that others may change between two answers; see ``OpenCase`` of ``collect.fill``."""

    def __init__(self, case: OpenCase) -> None:
        self._case = case
        self.specs: Mapping[str, FormSpec] = case.specs
        self.attachments = case.attachments

    def answered(self, form: str) -> AnsweredForm:
        """The answers as they are on disk; an empty form where there are none."""
        return self._case.answered(form) or AnsweredForm(form, {}, {}, Place(form=form))

    def view(self, form: str) -> FormView:
        """A form as it is on disk."""
        return self._case.view(form)

    def tried(self, answered: AnsweredForm) -> FormView:
        """A form as it would be."""
        return self._case.tried(answered)

    def put(self, answered: AnsweredForm) -> tuple[Path, ...]:
        """Writes what is new in a form, beside what somebody else wrote meanwhile; gives the files he changed.

        Waits a while for who holds the case. Raises Contested when another changed the same answer, and AssemblerError.
        """
        base = self._case.answered(answered.form)
        return () if answered == base else _put(self._case.folder, self._case, base, answered)

    def refresh(self) -> tuple[Path, ...]:
        """Reads what somebody else changed, and gives the files he changed. Raises AssemblerError."""
        return self._case.refresh()

    def attach(self, path: Path) -> str:
        """Copies a file among the attachments and returns its name there. Raises AssemblerError."""
        return _attach(self._case.folder, self._case, path)


@locked("fill", brief=True)
def _put(_folder: Path, case: OpenCase, base: AnsweredForm | None, ours: AnsweredForm) -> tuple[Path, ...]:
    changed = case.refresh()
    for _ in range(_TRIES):
        try:
            case.save(_merged(case, base, ours) if changed else ours)
            return changed
        except AssemblerError as error:
            if all(found.code != "answers-changed" for found in error.problems):
                raise
            changed = (*changed, *(Path(found.place.file or "") for found in error.problems))
            case.reread()
    raise AssemblerError([problem("answers-changed", name=ours.form)], ExitCode.ANSWERS)


def _merged(case: OpenCase, base: AnsweredForm | None, ours: AnsweredForm) -> AnsweredForm:
    """The form as it is to be, now that it says something else than it did. Raises Contested."""
    theirs = case.answered(ours.form) or AnsweredForm(ours.form, {}, {})
    merged = merged_form(case.specs[ours.form], base or AnsweredForm(ours.form, {}, {}), ours, theirs)
    if merged.contested:
        raise Contested(merged.contested, merged.form)
    return merged.form


@locked("fill", brief=True)
def _attach(_folder: Path, case: OpenCase, path: Path) -> str:
    return case.attach(path)
