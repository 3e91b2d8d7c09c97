"""What programs call: the actions with settings that are found as the command line finds them.

A case is its folder, or the answers themselves as data (see ``given``). Nothing here prints; AssemblerError carries the
problems a run ended with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.actions.given import Answers, folder_of, without_folder
from assembler.base.problems import Problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings, find_settings
from assembler.model.folders import CaseFolder

if TYPE_CHECKING:
    import jdatetime

    from assembler.actions.diff import Comparison
    from assembler.actions.issue import Issued
    from assembler.actions.status import CaseState
    from assembler.actions.verify import Proof
    from assembler.assembly.unchanged import Built

CaseOf = Path | str | Answers


def check(
    case: CaseOf, settings: Settings | None = None, *, today: jdatetime.date | None = None
) -> tuple[Problem, ...]:
    """All problems of a case, gravest or not, in the order of its files; those of its deadlines when a day is given."""
    from assembler.actions import check as action

    with _folder(case) as folder:
        found = action.check(folder, settings or find_settings(), today).problems
        return without_folder(found, folder) if isinstance(case, Mapping) else found


def status(case: CaseOf, settings: Settings | None = None, *, today: jdatetime.date | None = None) -> CaseState:
    """How far a case is on a day, the machine's when none is given. Raises AssemblerError when nobody can judge it."""
    import jdatetime

    from assembler.actions import status as action

    with _folder(case) as folder:
        return action.status(folder, settings or find_settings(), today or jdatetime.date.today())


def build(
    case: CaseOf,
    out: Path | str | None = None,
    settings: Settings | None = None,
    *,
    draft: bool = False,
    progress: Progress = silent,
) -> Built:
    """Makes the PDF of a case (``.pdf`` of what is returned), its Word files and its receipt in ``out``.

    ``out`` is ``output`` in the folder of the case when left out; answers given as data need one. Raises
    AssemblerError: the case has errors and no draft was asked for, or the result could not be made or written.
    """
    from assembler.actions import build as action

    if out is None and isinstance(case, Mapping):
        raise TypeError("out: the folder for the result is needed, as the case has none")
    settings = replace(settings or find_settings(), draft=draft) if draft else settings or find_settings()
    with _folder(case) as folder:
        return action.build(folder, Path(out) if out else CaseFolder(folder).output.path, settings, progress)


def issue(
    folder: Path | str,
    settings: Settings | None = None,
    *,
    registry: Path | str | None = None,
    letter: str = "",
    number: str | Mapping[str, str] = "",
    date: jdatetime.date | None = None,
    progress: Progress = silent,
) -> Issued:
    """Numbers, builds and freezes what goes out as the next revision of a case. Raises AssemblerError.

    Each letter has the number in the answers, the one told, or the next of the ``registry``; ``number`` is that of the
    letter that carries the report (``letter``, else the first), or the numbers by letter.
    """
    import jdatetime

    from assembler.actions import issue as action

    return action.issue(
        Path(folder),
        settings or find_settings(),
        jdatetime.date.today(),
        registry=Path(registry) if registry else None,
        letter=letter,
        date=date,
        numbers=number if isinstance(number, Mapping) else {"": number} if number else {},
        progress=progress,
    )


def verify(issued: Path | str, registry: Path | str | None = None) -> Proof:
    """Proves that nothing of an issued PDF, or of all revisions of a case's folder, was altered.

    Raises AssemblerError when nothing can be said of it: it was never issued, or carries no answers.
    """
    from assembler.actions import verify as action

    return action.verify(Path(issued), Path(registry) if registry else None)


def diff(
    folder: Path | str, *revisions: int, settings: Settings | None = None, other: Path | str | None = None
) -> Comparison:
    """What changed since the last revision of a case, since one of them, between two, or against another folder.

    Raises AssemblerError: it was never issued, or a state cannot be read.
    """
    from assembler.actions import diff as action

    return action.diff(Path(folder), settings or find_settings(), revisions, Path(other) if other else None)


@contextmanager
def _folder(case: CaseOf) -> Iterator[Path]:
    if isinstance(case, Mapping):
        with folder_of(case) as folder:
            yield folder
    else:
        yield Path(case)
