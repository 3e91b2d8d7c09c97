"""A report in small, to begin one's own with: a form, the report made of it, a letter, and a case that answers it.

The files beside this module are what ``assembler new-report`` writes. ``NAME`` stands for the report's name; lines that
begin with ``#en`` or ``#fa`` are comments in that language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

NAME = "NAME"
_FOLDER = Path(__file__).parent
_SPOKEN = re.compile(r"( *)#(en|fa) (.*)")


def example_files(name: str) -> Iterator[tuple[Path, str]]:
    """The files of the example: where each stands in the new folder, and its text with comments in all languages."""
    for path in sorted(_FOLDER.rglob("*.yaml")):
        place = path.relative_to(_FOLDER).as_posix().replace(NAME, name)
        yield Path(place), path.read_text(encoding="utf-8").replace(NAME, name)


def spoken_line(line: str) -> tuple[str, str, str]:
    """A line taken apart: indent, language («» when it is no comment to choose), text."""
    found = _SPOKEN.fullmatch(line)
    return (found[1], found[2], found[3]) if found else ("", "", line)
