"""Many cases named at once: the folders that are meant, and those that give nothing or have errors, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assembler.messages import number
from assembler.places import case_folders
from assembler.problems import Problem, Severity

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
        if (root / "case.yaml").exists():
            found.setdefault(root.resolve(), (root, root.resolve().name))
            continue
        for folder in case_folders(root):
            found.setdefault(folder.resolve(), (folder, folder.relative_to(root).as_posix()))
    return dict(found.values())
