"""What builds left of a case, as people take it: under the names of the report and its parts, not those of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assembler.actions.names_of_files import names_of_files
from assembler.base.problems import AssemblerError
from assembler.model.folders import CaseFolder, OutputFolder
from assembler.web.desks import desk_of
from assembler.web.site import this_site

_AGENCY = "agency"  # the field of a case that names it


@dataclass(frozen=True)
class Made:
    """A file that can be taken: ``name`` is how it is asked for, ``shown`` the name people save it by."""

    name: str
    shown: str
    size: int
    changed: float
    draft: bool = False

    @property
    def kilobytes(self) -> int:
        return max(1, self.size // 1024)


def output(folder: Path, *, draft: bool) -> Path:
    """Where pages are made: those of drafts aside, so that none is taken for what may be signed."""
    final = CaseFolder(folder).output.path
    return this_site().home / "drafts" / folder.name if draft else final


def drafts() -> tuple[Path, ...]:
    """Where drafts were made so far, one place for each case."""
    place = this_site().home / "drafts"
    return tuple(sorted(each for each in place.iterdir() if each.is_dir())) if place.is_dir() else ()


def made(folder: Path) -> tuple[Made, ...]:
    """The PDF and the Word files of the last build, then those of the last draft."""
    return tuple(_made(folder))


def _made(folder: Path) -> Iterator[Made]:
    for draft in (False, True):
        found = files(folder, draft=draft)
        names = shown_names(folder, found, draft=draft)
        for name, path in found.items():
            yield Made(name, names[name], path.stat().st_size, path.stat().st_mtime, draft)


def files(folder: Path, *, draft: bool) -> dict[str, Path]:
    """By name, what a build left that people take."""
    out = OutputFolder(output(folder, draft=draft))
    found = [*sorted(out.path.glob("*.pdf")), *sorted(out.parts.glob("*.docx"))]
    return {path.name: path for path in found if not path.is_symlink()}


def shown_names(folder: Path, found: Mapping[str, Path], *, draft: bool) -> dict[str, str]:
    """The names people save the files of a build by."""
    return names_of_files(found, output(folder, draft=draft), _agency(folder) if found else "", draft=draft)


def _agency(folder: Path) -> str:
    """The name of the agency, «» where the case has none or cannot be read."""
    try:
        return desk_of(folder).field(_AGENCY)
    except AssemblerError:
        return ""
