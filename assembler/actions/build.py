"""Makes the signed-ready PDF of a case and its Word files."""

from __future__ import annotations

from pathlib import Path

from assembler.answers.families import settings_of
from assembler.assembly.engine import choose, clear_killed
from assembler.assembly.office import OfficeFor, StandingOffice
from assembler.assembly.unchanged import Built, CaseHasErrors, issued_as, unchanged
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings

__all__ = ["Built", "CaseHasErrors", "StandingOffice", "build", "clear_killed"]


def build(
    folder: Path, out: Path, settings: Settings, progress: Progress = silent, office: OfficeFor | None = None
) -> Built:
    """Makes ``out/<case>.pdf``, ``out/parts/*.docx`` and ``out/receipt.json``; makes nothing when nothing changed.

    LibreOffice is started for it unless an ``office`` gives one that stays. A case that has not changed since it was
    issued is built as it was issued. Raises AssemblerError: the case has errors and no draft was asked for, a template
    cannot be filled, the engine failed, the result cannot be written.
    """
    settings = settings_of(folder, settings)
    clear_killed(out)  # also where there is nothing to build
    issued = "" if settings.draft else issued_as(folder)
    already = unchanged(folder, out, settings, choose(settings), issued)
    return already or _built(folder, out, settings, progress, office, as_issued=bool(issued))


def _built(
    folder: Path, out: Path, settings: Settings, progress: Progress, office: OfficeFor | None, *, as_issued: bool
) -> Built:
    # Loaded here: a re-run with nothing changed must answer at once.
    from assembler import assembly, pipeline
    from assembler.actions.issue import standing_issue

    issue = standing_issue(folder, settings) if as_issued else None
    return assembly.build.build(folder, out, settings, pipeline.read, progress, issue, office)
