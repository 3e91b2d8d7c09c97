"""What a run is told from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

EngineChoice = Literal["auto", "libreoffice", "draft"]


@dataclass(frozen=True)
class Settings:
    """Where specifications and templates are, and how to build. ``timeout`` in seconds, for one call of LibreOffice."""

    specs: Path
    templates: Path
    engine: EngineChoice = "auto"
    draft: bool = False
    timeout: float = 300.0
