"""Many cases named at once: the folders that are meant, and those that give nothing or have errors, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import number
from assembler.base.problems import Problem
from assembler.model.folders import CASE_FILE, REVISIONS, CaseFolder

# Whoever gathers cases of many units may have those of one period only: what a case says of its own stands.
OF_PREVIOUS = ("previous-missing", "previous-misread", "previous-other-report")

NO_NAMES: Mapping[Path, str] = MappingProxyType({})


@dataclass(frozen=True)
class UnreadCase:
    """A case that was left out, or ``taken`` despite its errors, and all its problems."""

    case: str
    problems: tuple[Problem, ...]
    taken: bool = False

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(found for found in self.problems if found.severity is Severity.ERROR)

    @property
    def reason(self) -> str:
        """The first error, with its place, and how many more there are."""
        if not self.errors:
            return ""
        first = self.errors[0]
        where = f"{first.place.form}.{first.place.item}: " if first.place.form and first.place.item else ""
        more = f" (+{number(len(self.errors) - 1)})" if len(self.errors) > 1 else ""
        return f"{where}{first.message}{more}"


def cases_in(folders: Sequence[Path], names: Mapping[Path, str] = NO_NAMES) -> Mapping[Path, str]:
    """The folders of cases with how they are shown: a case by its name, those below a folder by their way from it;
    one that stands for something else by what ``names`` has for it.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for root in folders:
        if names.get(root):
            found.setdefault(root.resolve(), (root, names[root]))
            continue
        if CaseFolder(root).case_file.exists():
            found.setdefault(root.resolve(), (root, root.resolve().name))
            continue
        for folder in case_folders(root):
            found.setdefault(folder.resolve(), (folder, folder.relative_to(root).as_posix()))
    return dict(found.values())


def case_folders(root: Path) -> tuple[Path, ...]:
    """The folders of all cases in a folder and below it, in order; hidden ones are passed over, and what was issued
    of them.
    """
    found = (path.parent for path in sorted(root.rglob(CASE_FILE)))
    return tuple(folder for folder in found if not _hidden(folder.relative_to(root)) and not _issued(folder))


def _issued(folder: Path) -> bool:
    """Whether a folder is the state in which a case was issued: ``CASE/revisions/001/case``."""
    above = folder.parents
    return len(above) > 2 and above[1].name == REVISIONS and CaseFolder(above[2]).case_file.is_file()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
