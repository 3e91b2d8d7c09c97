"""The fonts a build uses, as the templates choose them, and what is wrong with the choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.base.problems import Place, Problem
from assembler.base.settings import Settings, template_names
from assembler.documents.families import families_of

if TYPE_CHECKING:
    from assembler.pdf.fonts import FontSet


def fonts_of(settings: Settings, files: Iterable[Path] = ()) -> FontSet:
    """The fonts all templates of the folder name, and other files of templates besides."""
    from assembler.pdf.fonts import find_fonts  # reading fonts is loaded where they are looked for

    named: dict[str, bool] = {}
    for file in (*(template_file(settings, name) for name in template_names(settings.templates)), *files):
        for family, persian in families_of(file).items():
            named[family] = persian or named.get(family, False)
    return find_fonts(named=named, own=settings.font_folders)


def template_file(settings: Settings, name: str) -> Path:
    return settings.templates / f"{name}.docx"


def check_fonts(templates: Iterable[Path], fonts: FontSet) -> Iterator[Problem]:
    """The families of templates that cannot be printed in, each with the template that names it."""
    if not (fonts.absent or fonts.without_persian):
        return
    for template in templates:
        faults = (fonts.fault(family, Place(file=str(template))) for family in families_of(template))
        yield from (fault for fault in faults if fault)
