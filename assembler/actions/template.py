"""Whether the Word templates and the reports agree on the names they share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from assembler.assembly.fonts import fonts_of
from assembler.base.files import is_of_system
from assembler.base.problems import AssemblerError, Place, Problem, problem
from assembler.base.settings import Settings, template_names
from assembler.documents.templates import check_template, families_at
from assembler.model.reports import Library
from assembler.model.templates import OFFERED
from assembler.packet import offered_names
from assembler.pdf.fonts import FontSet
from assembler.pipeline import library

_BESIDE = (".ttf", ".otf", ".ttc", ".md")  # fonts, and what explains the folder


def check_templates(settings: Settings, files: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """Whether templates agree with what the reports offer them; all of the folder when no files are named.

    A template several parts use may use only the names that all of them offer.
    """
    offered, with_body = _offered(library(settings))
    unused = frozenset(name for kind in OFFERED.values() for name in kind) | {"body", "signature"}
    paths = files or [settings.templates / f"{name}.docx" for name in template_names(settings.templates)]
    found: list[Problem] = []
    fonts = fonts_of(settings, paths)
    for path in paths:
        names = offered.get(path.stem, unused)
        faults = check_template(path, names, needs_body=path.stem in with_body, used=path.stem in offered)
        try:
            found += [*faults, *_font_faults(path, fonts)]
        except AssemblerError as error:  # it cannot be read to its end
            found += faults or error.problems
    found.extend(() if files else _passed_over(settings.templates))
    return tuple(found)


def _passed_over(folder: Path) -> Iterator[Problem]:
    """What stands among the templates and in their families and is not read; what a system or a program keeps there,
    fonts and notes apart.
    """
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not is_of_system(path) and path.suffix not in (*_BESIDE, ".docx"):
            yield problem("template-other-format", Place(file=str(path)), name=path.name)


def _font_faults(template: Path, fonts: FontSet) -> Iterator[Problem]:
    """The families that cannot be printed in, each where it is named first."""
    for family, item in families_at(template).items():
        fault = fonts.fault(family, Place(file=str(template), item=item or None))
        yield from (fault,) if fault else ()


def _offered(specs: Library) -> tuple[Mapping[str, frozenset[str]], Collection[str]]:
    """The names every part that uses a template offers it, and the templates that must have a place for a body."""
    offered: dict[str, frozenset[str]] = {"problems": frozenset((*OFFERED["problems"], "body"))}
    with_body = {"problems"}
    for report in specs.reports.values():
        for part in report.parts:
            if part.kind == "evidence":
                continue
            names = offered_names(part, specs.forms)
            offered[part.template] = offered.get(part.template, names) & names
            if part.content or part.form:
                with_body.add(part.template)
    return offered, with_body
