"""What this machine has for making packets, and what to install for the rest."""

from __future__ import annotations

from assembler.assembly.fonts import fonts_of
from assembler.base.settings import Settings
from assembler.pdf.doctor import Finding, examine, missing_packages, ready

__all__ = ["Finding", "doctor", "missing_packages", "ready"]


def doctor(settings: Settings) -> tuple[Finding, ...]:
    """What was looked for, each with its version or its remedy; the fonts as the templates choose them."""
    return tuple(examine(fonts=fonts_of(settings)))
