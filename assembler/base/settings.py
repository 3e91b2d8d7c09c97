"""What a run is told from outside: where specifications and Word templates are (as told, near the working folder, or as
shipped with the program), and how to build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assembler.base.files import typed_path

EngineChoice = Literal["auto", "libreoffice", "draft"]


@dataclass(frozen=True)
class Settings:
    """Where specifications and templates are, and how to build. ``timeout`` in seconds, for one call of LibreOffice.

    ``fonts`` is a folder of fonts that come before those of the machine; with ``embed_fonts`` the Word files carry
    theirs.
    """

    specs: Path
    templates: Path
    engine: EngineChoice = "auto"
    draft: bool = False
    timeout: float = 300.0
    fonts: Path | None = None
    embed_fonts: bool = False

    @property
    def font_folders(self) -> tuple[Path, ...]:
        """The office's own fonts: the folder told, then ``fonts`` among the templates or beside their folder."""
        beside = (self.templates / "fonts", self.templates.resolve().parent / "fonts")
        return tuple(folder for folder in (self.fonts, *beside) if folder and folder.is_dir())


_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = (_PACKAGE.parent, _PACKAGE / "shipped")


def find_settings(
    specs: Path | None = None,
    templates: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    fonts: Path | None = None,
) -> Settings:
    """Settings with the folders that are told, else $ASSEMBLER_SPECS and $ASSEMBLER_TEMPLATES, else the nearest
    ``form_specs`` and ``letter_templates``.
    """
    return Settings(
        _find("form_specs", specs, environment.get("ASSEMBLER_SPECS")),
        _find("letter_templates", templates, environment.get("ASSEMBLER_TEMPLATES")),
        fonts=fonts,
    )


def template_names(folder: Path) -> tuple[str, ...]:
    """The templates in a folder by name; Word's lock files (~$…) are none."""
    return tuple(sorted(path.stem for path in folder.glob("*.docx") if not path.name.startswith("~")))


def families(templates: Path) -> tuple[str, ...]:
    """The families of templates a case can choose, by name."""
    homes = (templates, *(home / "letter_templates" for home in _SHIPPED))
    folders = {path.parent.name for home in homes for path in home.glob("*/*.docx")}
    return tuple(sorted(folders))


def family(templates: Path, name: str) -> Path | None:
    """The folder of a family: within the folder of the templates, or else as it was delivered."""
    if name not in families(templates):
        return None
    homes = (templates, *(home / "letter_templates" for home in _SHIPPED))
    return next((home / name for home in homes if (home / name).is_dir()), None)


def shipped_template(file_name: str) -> Path | None:
    """The template delivered with the program under this file name."""
    places = (home / "letter_templates" / file_name for home in _SHIPPED)
    return next((place for place in places if place.is_file()), None)


def _find(name: str, told: Path | None, environment: str | None) -> Path:
    if told or environment:
        return told or typed_path(environment or "")
    return next((folder / name for folder in _around() if (folder / name).is_dir()), Path(name))


def _around() -> Iterator[Path]:
    here = Path.cwd()
    yield from (here, *here.parents)
    yield from _SHIPPED
