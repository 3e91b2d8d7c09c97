"""The handbook: Markdown in the package, a folder a language, told chapter by chapter or as one page.

``index.md`` is its table of contents: chapters stand in the order of its links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import assembler
from assembler.base.files import write_whole, writing
from assembler.base.messages import language, translate
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.suggest import guess, listed
from assembler.model.handbook import Block, Chapter

FOLDER = Path(assembler.__file__).parent / "handbook"
PICTURES = FOLDER / "pictures"
CONTENTS = "index"
_LINK = re.compile(r"\]\((?P<name>[a-z-]+)\.md\)")


def contents() -> Chapter:
    """The table of contents of the handbook in the reader's language."""
    return _read(CONTENTS)


def chapters() -> tuple[Chapter, ...]:
    """All chapters in the reader's language, in the order of its contents."""
    return tuple(map(_read, _names()))


def chapter(topic: str) -> Chapter:
    """A chapter by its name. Raises AssemblerError ``bad-value`` when there is none of that name."""
    names = _names()
    if topic not in names:
        near = guess(topic, names)
        known = [near, *(each for each in names if each != near)] if near in names else names
        found = problem("bad-value", value=topic, name=translate("chapter"), known=listed(known))
        raise AssemblerError([found], ExitCode.USAGE)
    return _read(topic)


def blocks(of: Chapter) -> tuple[Block, ...]:
    """What a chapter says, for a face that sets it by itself."""
    from assembler.views.handbook import blocks_of

    return tuple(blocks_of(of.text))


def write_handbook(page: Path, of: Sequence[Chapter]) -> None:
    """Writes chapters as one page with its pictures inside. Raises AssemblerError (``output-unwritable``)."""
    from assembler.views.handbook import handbook_page

    text = handbook_page(contents(), of, PICTURES)
    with writing(page):
        write_whole(page, text.encode())


def _names() -> list[str]:
    return list(dict.fromkeys(found["name"] for found in _LINK.finditer(contents().text)))


def _read(name: str) -> Chapter:
    text = (FOLDER / language() / f"{name}.md").read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ")
    return Chapter(name, title, text, language())
