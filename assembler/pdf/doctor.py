"""What this machine has for making packets, which versions, and what to install for the rest."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assembler.base.messages import translate
from assembler.base.problems import Place
from assembler.pdf import draft
from assembler.pdf.fonts import FALLBACK, OPTIONAL, STAND_INS, Face, FontSet, find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.pdf.packages import LATIN, PERSIAN, SIGNS, WRITER, package, remedy

_LIBRARIES = (
    "pypdf",
    "pikepdf",
    "pypdfium2",
    "fpdf2",
    "uharfbuzz",
    "fonttools",
    "python-docx",
    "docxtpl",
    "matplotlib",
)


@dataclass(frozen=True)
class Finding:
    """One thing looked for. ``remedy`` is a command or a sentence, empty when nothing is to be done.

    ``package`` is what a package manager of this system has of it, when that is what is to be done.
    ``needed`` things must be there before a packet can be signed; the others make it better.
    """

    name: str
    present: bool
    version: str = ""
    detail: str = ""
    remedy: str = ""
    package: str = ""
    needed: bool = True


def examine(environment: Mapping[str, str] = os.environ, fonts: FontSet | None = None) -> tuple[Finding, ...]:
    """Look at LibreOffice, the fonts, the draft engine and the Python libraries; nothing is started."""
    found = find_fonts() if fonts is None else fonts
    return (_office(environment), *_fonts(found, environment), _draft_engine(), *_libraries())


def ready(findings: tuple[Finding, ...]) -> bool:
    """Whether packets made here can be signed."""
    return all(finding.present for finding in findings if finding.needed)


def missing_packages(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """What a package manager of this system can be asked for, each once."""
    return tuple(dict.fromkeys(finding.package for finding in findings if finding.package))


def _office(environment: Mapping[str, str]) -> Finding:
    engine = probe(environment)
    if engine is not None and engine.writer:
        return Finding("LibreOffice", True, engine.version, str(engine.path))
    missing = _missing("LibreOffice", WRITER, environment)
    if engine is None:
        return missing
    detail = translate("Writer is not installed: {path}").format(path=engine.path)
    return replace(missing, version=engine.version, detail=detail)


def _missing(name: str, thing: str, environment: Mapping[str, str]) -> Finding:
    return Finding(name, False, remedy=remedy(thing, environment), package=package(thing, environment))


def _fonts(fonts: FontSet, environment: Mapping[str, str]) -> Iterator[Finding]:
    for family, _ in STAND_INS:
        face = fonts.face(family)
        if face is None:
            yield _missing_family(family, environment)
        else:
            yield _found(face)
    for face in fonts.faces:
        if face.family not in dict(STAND_INS):
            yield _found(face)
    for family in (*fonts.absent, *fonts.without_persian):
        fault = fonts.fault(family, Place())
        yield Finding(family, False, remedy=fault.hint if fault else "")
    if fonts.fallback is None:
        yield _missing(FALLBACK, SIGNS, environment)
    else:
        yield Finding(FALLBACK, True, detail=str(fonts.fallback.regular))


def _found(face: Face) -> Finding:
    stand_in = translate("{name} stands in for it").format(name=face.used) if face.stands_in else ""
    return Finding(face.family, True, detail=" — ".join(filter(None, (stand_in, str(face.regular)))))


def _missing_family(family: str, environment: Mapping[str, str]) -> Finding:
    missing = _missing(family, LATIN if family in OPTIONAL else PERSIAN, environment)
    words = translate("{command} (or install {family} itself)").format(command=missing.remedy, family=family)
    return replace(missing, remedy=words, needed=family not in OPTIONAL)


def _draft_engine() -> Finding:
    version = draft.version()
    detail = translate("draft engine, used when LibreOffice is missing")
    remedy = "" if version else "pip install rdocx"
    return Finding("rdocx", version is not None, version or "", detail, remedy, needed=False)


def _libraries() -> Iterator[Finding]:
    for name in _LIBRARIES:
        try:
            yield Finding(name, True, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, False, remedy=f"pip install {name}")
