"""Many cases named at once: the folders that are meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from assembler.model.folders import CASE_FILE, PREVIOUS, REVISIONS, CaseFolder

# Whoever gathers cases of many units may have those of one period only: what a case says of its own stands.
OF_PREVIOUS = ("previous-missing", "previous-misread", "previous-other-report")

NO_NAMES: Mapping[Path, str] = MappingProxyType({})


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
    """The folders of all cases in a folder and below it, in order; hidden ones are passed over, what was issued of
    them, and the cases before that others carry.
    """
    found = (path.parent for path in sorted(root.rglob(CASE_FILE)))
    return tuple(
        folder for folder in found if not (_hidden(folder.relative_to(root)) or _issued(folder) or _carried(folder))
    )


def _issued(folder: Path) -> bool:
    """Whether a folder is the state in which a case was issued: ``CASE/revisions/001/case``."""
    above = folder.parents
    return len(above) > 2 and above[1].name == REVISIONS and CaseFolder(above[2]).case_file.is_file()


def _carried(folder: Path) -> bool:
    """Whether a folder is the case before another one, as that carries it: ``CASE/previous``."""
    return folder.name == PREVIOUS and CaseFolder(folder.parent).case_file.is_file()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
