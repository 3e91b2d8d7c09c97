"""Which engine makes the pages, with which fonts."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from assembler.assembly.fonts import fonts_of
from assembler.base.files import clear_left_over, clear_temporary
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.settings import Settings
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice import processes
from assembler.pdf.libreoffice.installation import LibreOffice, probe

WORK = ".work-"  # begins the names of the folders in which builds work, beside their output


@dataclass(frozen=True)
class Engine:
    """LibreOffice, or the draft engine when ``office`` is None; with ``embeds`` the Word files carry their fonts."""

    office: LibreOffice | None
    fonts: FontSet
    timeout: float
    embeds: bool = False

    @property
    def name(self) -> str:
        return "libreoffice" if self.office else "draft"

    @property
    def version(self) -> str:
        if self.office:
            return self.office.version
        from importlib.metadata import PackageNotFoundError, version  # loaded for the draft engine only

        try:
            return version("rdocx")
        except PackageNotFoundError:
            return ""


def clear_killed(*outs: Path) -> None:
    """Takes away what killed builds left: work folders beside their outputs, and those of LibreOffice, which stand
    elsewhere and may be all that a first build left.
    """
    for out in outs:
        clear_left_over(out, WORK)
    processes.clear_killed(Path(tempfile.gettempdir()))
    clear_temporary()


def choose(settings: Settings) -> Engine:
    """The engine asked for; without LibreOffice ``auto`` falls back to drafts and ``libreoffice`` is an error.

    Raises AssemblerError: ``engine-missing``, ``font-missing``.
    """
    office = probe() if settings.engine != "draft" else None
    if office is None and settings.engine == "libreoffice":
        raise AssemblerError([problem("engine-missing")], ExitCode.ENGINE)
    fonts = fonts_of(settings)
    if office and fonts.problems:
        raise AssemblerError(fonts.problems, ExitCode.ENGINE)
    return Engine(office, fonts, settings.timeout, settings.embed_fonts)
