"""Where LibreOffice is installed, in which version, and whether Writer is part of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_VERSION = re.compile(r'"ooSetupVersionAboutBox">\s*<value>([^<]+)<')


@dataclass(frozen=True)
class LibreOffice:
    """An installation: its ``soffice``, its version (empty when unknown), and whether Writer is part of it."""

    path: Path
    version: str
    writer: bool = True


def probe(environment: Mapping[str, str] = os.environ) -> LibreOffice | None:
    """Find LibreOffice: where ASSEMBLER_SOFFICE says (it alone, when set), on PATH, or in the usual places.

    Nothing is started; the version is read from the installation.
    """
    named = environment.get("ASSEMBLER_SOFFICE")
    if named is not None:
        places: list[str | None] = [named]
    else:
        search = environment.get("PATH", os.defpath)
        places = [shutil.which(name, path=search) for name in ("soffice", "libreoffice")]
        places += [*_USUAL_PLACES, *map(str, sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True))]
    found = next((Path(place) for place in places if place and can_run(place)), None)
    return LibreOffice(found.absolute(), _version(found), _has_writer(found)) if found else None


def can_run(place: str) -> bool:
    return Path(place).is_file() and os.access(place, os.X_OK)


def _version(soffice: Path) -> str:
    program = soffice.resolve().parent
    for registry in (program.parent / "share", program.parent / "Resources"):
        with suppress(OSError):
            text = (registry / "registry" / "main.xcd").read_text(encoding="utf-8", errors="replace")
            found = _VERSION.search(text)
            return found.group(1) if found else ""
    return ""


def _has_writer(soffice: Path) -> bool:
    """Whether Writer's library lies beside ``soffice``; a wrapper script elsewhere is believed to have it."""
    program = soffice.resolve().parent
    if not any((program / name).exists() for name in ("soffice.bin", "soffice.exe")):
        return True
    return any(any(folder.glob("*swlo.*")) for folder in (program, program.parent / "Frameworks"))
