"""What the engine itself prints, in English: by the Persian words, which are the source."""

from __future__ import annotations

ENGLISH: dict[str, str] = {}
