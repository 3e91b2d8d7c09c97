"""What this machine has for making packets, which versions, and what to install for the rest."""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assembler.base.messages import translate
from assembler.pdf import draft, libreoffice
from assembler.pdf.fonts import FALLBACK, OPTIONAL, STAND_INS, FontSet, find_fonts

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
_OFFICE_REMEDY = "apt-get install libreoffice-writer-nogui"
_FONTS_REMEDY = "apt-get install fonts-farsiweb fonts-liberation"
_FALLBACK_REMEDY = "apt-get install fonts-dejavu-core"


@dataclass(frozen=True)
class Finding:
    """One thing looked for. ``remedy`` is a command or a sentence, empty when nothing is to be done.

    ``needed`` things must be there before a packet can be signed; the others make it better.
    """

    name: str
    present: bool
    version: str = ""
    detail: str = ""
    remedy: str = ""
    needed: bool = True


def examine(environment: Mapping[str, str] = os.environ, fonts: FontSet | None = None) -> tuple[Finding, ...]:
    """Look at LibreOffice, the fonts, the draft engine and the Python libraries; nothing is started."""
    found = find_fonts() if fonts is None else fonts
    return (_office(environment), *_fonts(found), _draft_engine(), *_libraries())


def ready(findings: tuple[Finding, ...]) -> bool:
    """Whether packets made here can be signed."""
    return all(finding.present for finding in findings if finding.needed)


def _office(environment: Mapping[str, str]) -> Finding:
    engine = libreoffice.probe(environment)
    if engine is None:
        return Finding("LibreOffice", False, remedy=_OFFICE_REMEDY)
    if not engine.writer:
        detail = translate("Writer is not installed: {path}").format(path=engine.path)
        return Finding("LibreOffice", False, engine.version, detail, _OFFICE_REMEDY)
    return Finding("LibreOffice", True, engine.version, str(engine.path))


def _fonts(fonts: FontSet) -> Iterator[Finding]:
    for family, _ in STAND_INS:
        face = fonts.face(family)
        if face is None:
            remedy = translate("{command} (or install {family} itself)").format(command=_FONTS_REMEDY, family=family)
            yield Finding(family, False, remedy=remedy, needed=family not in OPTIONAL)
        else:
            stand_in = translate("{name} stands in for it").format(name=face.used) if face.stands_in else ""
            yield Finding(family, True, detail=" — ".join(filter(None, (stand_in, str(face.regular)))))
    present = fonts.fallback is not None
    detail = str(fonts.fallback.regular) if fonts.fallback else ""
    yield Finding(FALLBACK, present, detail=detail, remedy="" if present else _FALLBACK_REMEDY)


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
