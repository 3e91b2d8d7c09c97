"""Builds a case again whenever something its pages rest on changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from threading import Event

import watchfiles

from assembler.actions.build import Built, StandingOffice, build
from assembler.base.files import is_of_system
from assembler.base.problems import AssemblerError
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.model.folders import OUTPUT, REVISIONS

_LOOK = 300  # milliseconds between two looks whether it is to end
_QUIET = 200  # milliseconds for which nothing changes before a build begins: programs save in several steps

Told = Callable[[Built | AssemblerError], None]
Shown = Callable[[], AbstractContextManager[Progress]]


def silence() -> AbstractContextManager[Progress]:
    return nullcontext(silent)


def watch(
    folder: Path, out: Path, settings: Settings, told: Told, shown: Shown = silence, until: Event | None = None
) -> None:
    """Builds at once, and whenever a file of the case, the specifications or the templates changes, ``until`` it is
    told to end. The progress of each build is ``shown``, what came of it ``told``, but not that nothing had changed.
    LibreOffice stays from build to build. What changes while one is made is built next.
    """
    places = [place for place in (folder, settings.specs, settings.templates) if place.is_dir()]
    matters = _Matters(folder, out)
    begun = False
    with closing(StandingOffice()) as office:
        changes = watchfiles.watch(
            *places, watch_filter=matters, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True, stop_event=until
        )
        for changed in changes:
            if begun and not changed:
                continue
            with shown() as progress:
                result = _built(folder, out, settings, progress, office)
            if not begun or isinstance(result, AssemblerError) or result.joined:
                told(result)
            begun = True


def _built(
    folder: Path, out: Path, settings: Settings, progress: Progress, office: StandingOffice
) -> Built | AssemblerError:
    try:
        return build(folder, out, settings, progress, office)
    except AssemblerError as error:
        return error


class _Matters:
    """Whether a changed file is one that pages rest on: none of what builds and issues write, of systems or editors."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._case = folder.resolve()
        self._made = [out.resolve(), self._case / OUTPUT, self._case / REVISIONS]

    def __call__(self, _: watchfiles.Change, path: str) -> bool:
        changed = Path(path)
        if any(changed.is_relative_to(made) for made in self._made):
            return False
        return not is_of_system(changed)
