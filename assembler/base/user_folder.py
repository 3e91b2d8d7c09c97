"""The folder of the user's own in which the program keeps what may be deleted at any time."""

from __future__ import annotations

import os
from pathlib import Path


def user_folder() -> Path | None:
    """$ASSEMBLER_CACHE, which switches this off where it is empty, else the user's cache folder, where there is one."""
    told = os.environ.get("ASSEMBLER_CACHE")
    folder = _of_the_system() if told is None else Path(told)
    return folder if folder.is_absolute() else None


def _of_the_system() -> Path:
    from platformdirs import user_cache_path  # it looks at the system when it is loaded

    return user_cache_path("assembler", appauthor=False)
