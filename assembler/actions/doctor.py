"""What this machine has for making packets, and what to install for the rest."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator

from assembler.assembly.fonts import fonts_of
from assembler.base.messages import translate
from assembler.base.settings import Settings
from assembler.pdf.doctor import Finding, examine, missing_packages, ready

__all__ = ["Finding", "doctor", "missing_packages", "ready"]

_WEB_PARTS = ("django", "uvicorn", "argon2-cffi")
_WEB_DATABASE = ("psycopg", "psycopg-pool")
_WEB_REMEDY = "pip install 'assembler[web]'"


def doctor(settings: Settings) -> tuple[Finding, ...]:
    """What was looked for, each with its version or its remedy; the fonts as the templates choose them."""
    return (*examine(fonts=fonts_of(settings)), *_web_parts())


def _web_parts() -> Iterator[Finding]:
    """What packets do without: answering in a browser needs it."""
    for names, detail in (
        (_WEB_PARTS, translate("for assembler serve")),
        (_WEB_DATABASE, translate("for assembler serve with PostgreSQL")),
    ):
        for name in names:
            try:
                yield Finding(name, True, importlib.metadata.version(name), detail, needed=False)
            except importlib.metadata.PackageNotFoundError:
                yield Finding(name, False, detail=detail, remedy=_WEB_REMEDY, needed=False)
