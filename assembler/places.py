"""Where things are: the specifications and Word templates as told, near the working folder, or as shipped with the
program; cases in a folder and below it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def specs_folder(told: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of form specifications: ``told``, else $ASSEMBLER_SPECS, else the nearest ``form_specs``."""
    return _find("form_specs", told, environment.get("ASSEMBLER_SPECS"))


def templates_folder(told: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of Word templates: ``told``, else $ASSEMBLER_TEMPLATES, else the nearest ``letter_templates``."""
    return _find("letter_templates", told, environment.get("ASSEMBLER_TEMPLATES"))


def template_names(folder: Path) -> tuple[str, ...]:
    """The templates in a folder by name; Word's lock files (~$…) are none."""
    return tuple(sorted(path.stem for path in folder.glob("*.docx") if not path.name.startswith("~")))


def case_folders(root: Path) -> tuple[Path, ...]:
    """The folders of all cases in a folder and below it, in order; hidden ones are passed over, and what was issued
    of them.
    """
    found = (path.parent for path in sorted(root.rglob("case.yaml")))
    return tuple(folder for folder in found if not _hidden(folder.relative_to(root)) and not _issued(folder))


def _issued(folder: Path) -> bool:
    """Whether a folder is the state in which a case was issued: ``CASE/revisions/001/case``."""
    above = folder.parents
    return len(above) > 2 and above[1].name == "revisions" and (above[2] / "case.yaml").is_file()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _find(name: str, told: Path | None, environment: str | None) -> Path:
    if told or environment:
        return Path(told or environment or "")
    return next((folder / name for folder in _around() if (folder / name).is_dir()), Path(name))


def _around() -> Iterator[Path]:
    here = Path.cwd()
    yield from (here, *here.parents)
    yield from (_PACKAGE.parent, _PACKAGE / "shipped")
