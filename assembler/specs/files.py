"""Which files hold the specifications that some names may need."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from assembler.base.files import is_of_system

ENDINGS = (".yaml", ".yml")
_REPORT = re.compile(rb"^report: *([a-z0-9-]+)", re.MULTILINE)
_BEFORE = re.compile(rb"\b(?:of|was): *([a-z0-9-]+)")  # the report of the edition before


def spec_texts(folder: Path, only: Collection[str] = ()) -> dict[Path, bytes]:
    """The files of specifications below a folder with what they hold, nothing of one that cannot be read: all, or the
    folders of some reports and forms and those named in them, as far as that leads.

    A folder counts as named wherever ``folder/`` is written, so that nothing needed can be missed; so does that of the
    report a next edition is made of.
    """
    texts = {path: _text(path) for path in sorted(folder.rglob("*")) if _is_spec(path)}
    folders = {path.parent: f"{path.parent.relative_to(folder).as_posix()}/".encode() for path in texts}
    reports = {f"report: {name}".encode() for name in only}
    named = {path.parent for path, text in texts.items() if reports.intersection(text.splitlines())}
    if not named:
        return texts
    written, reached = "\n".join(only).encode(), set[Path]()
    while more := (named | {place for place, name in folders.items() if name in written}) - reached:
        reached |= more
        written = b"\n".join(text for path, text in texts.items() if path.parent in more)
        before = set(_BEFORE.findall(written))
        named = {path.parent for path, text in texts.items() if before.intersection(_REPORT.findall(text))}
    return {path: text for path, text in texts.items() if path.parent in reached}


def misnamed(folder: Path) -> tuple[Path, ...]:
    """The files below a folder behind whose ending Notepad put .txt: nobody would miss what they hold."""
    return tuple(path for path in sorted(folder.rglob("*.txt")) if path.stem.lower().endswith(ENDINGS))


def _is_spec(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not is_of_system(path)


def list_texts(folder: Path) -> dict[Path, bytes]:
    """The files of choices below a folder of specifications with what they hold."""
    return {path: _text(path) for path in sorted(folder.rglob("*.csv"))}


def _text(path: Path) -> bytes:
    """Who reads the file says what is wrong with it."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
