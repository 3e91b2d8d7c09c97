"""The fonts a build uses, as the templates choose them, and what is wrong with the choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.base.problems import Place, Problem, problem
from assembler.base.settings import Settings, template_names
from assembler.documents.families import families_of, text_family

if TYPE_CHECKING:
    from assembler.documents.embedding import Carried
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


def check_fonts(templates: Iterable[Path], fonts: FontSet, *, embeds: bool = False) -> Iterator[Problem]:
    """The families of templates that cannot be printed in, each with the template that names it; and those that may not
    be carried by Word files that are to.
    """
    kept = {face.family for face in fonts.persian if not face.may_be_carried} if embeds else set()
    if not (fonts.absent or fonts.without_persian or kept):
        return
    for template in templates:
        place = Place(file=str(template))
        families = families_of(template)
        yield from (fault for family in families if (fault := fonts.fault(family, place)))
        yield from (problem("font-not-embedded", place, family=family) for family in families if family in kept)


def chart_font(fonts: FontSet, template: Path) -> Path | None:
    """The file charts and diagrams are lettered with: that of the template's text."""
    from assembler.pdf.fonts import TEXT_FAMILY

    face = fonts.face(text_family(template)) or fonts.face(TEXT_FAMILY) or fonts.fallback
    return face.regular if face else None


def carried(fonts: FontSet) -> tuple[Carried, ...]:
    """The fonts Word files may carry: those Persian text is set in, whose makers allow it."""
    from assembler.documents.embedding import Carried  # it loads python-docx

    faces = (face for face in fonts.persian if face.may_be_carried)
    return tuple(Carried(face.family, face.used, bold, file) for face in faces for bold, file in face.weights)
