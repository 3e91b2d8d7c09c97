"""Files of departments that are held while somebody looks at them in a browser and says what their tables are; what
they bring is written once it was seen as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from secrets import token_hex

from assembler.actions.import_ import CASE, Conflict, Imported, take, write_imported
from assembler.actions.intake_page import shown_files
from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.base.files import write_whole
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.settings import Settings
from assembler.collect.intake.candidates import candidates
from assembler.model.acceptances import place_text
from assembler.views.intake import SIGNS, ShownFile, fates, states

__all__ = [
    "CASE",
    "SIGNS",
    "Held",
    "Look",
    "fates",
    "held",
    "hold",
    "look",
    "said_of",
    "settle",
    "states",
    "take_held",
]

_SAID, _FILES = "said.json", "files"
_DAYS = 7.0  # what nobody came back to is taken away
_SECONDS_OF_A_DAY = 86_400
_KEY = re.compile(r"[0-9a-f]{24}")
_UNNAMEABLE = re.compile(r'[\x00-\x1f<>:"/\\|?*=]')
_LONGEST = 120
_MOST_FILES = 20


@dataclass(frozen=True)
class Held:
    """Files that are held: what was said of their tables and columns, by «FILE:TABLE» and «FILE:TABLE.COLUMN», and
    whose side is taken where they conflict, by place.
    """

    folder: Path
    owner: str
    said: Mapping[str, str] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.folder.name

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(sorted((self.folder / _FILES).iterdir()))

    @property
    def _said(self) -> tuple[str, ...]:
        return tuple(f"{place}={target}" for place, target in self.said.items())

    @property
    def _prefer(self) -> tuple[str, ...]:
        return tuple(f"{place}={side}" for place, side in self.sides.items())

    def take(self, case: OpenCase) -> Imported:
        """What they bring to a case; nothing is written."""
        return take(
            case, self.files, self._prefer, dry_run=True, with_errors=False, anyway=False, said=self._said, write=False
        )


@dataclass(frozen=True)
class Contested:
    """A cell two sides say differently: its ``place`` and its label, and each side with what it says."""

    place: str
    label: str
    sides: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Look:
    """What held files bring: ``tables`` are those of the case with their titles, ``base`` is what was seen, as it is
    given back by whoever wants it written.
    """

    files: tuple[ShownFile, ...]
    tables: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    contested: tuple[Contested, ...]
    touched: tuple[tuple[str, str], ...]  # forms and questions
    count: int
    base: str
    is_writable: bool  # what could be read of them


# ---------------------------------------------------------------- holding


def hold(home: Path, owner: str, files: Sequence[tuple[str, bytes]]) -> Held:
    """Keeps files for somebody, in a folder for which nobody guesses the name. Raises AssemblerError: there is none, or
    more than are taken.
    """
    _forget_old(home)
    if not 0 < len(files) <= _MOST_FILES:
        raise AssemblerError([problem("intake-files", count=_MOST_FILES)], ExitCode.USAGE)
    folder = home / token_hex(12)
    (folder / _FILES).mkdir(parents=True, mode=0o700)
    for name, data in files:
        (folder / _FILES / _free(folder / _FILES, _plain(name))).write_bytes(data)
    made = Held(folder, owner)
    _keep(made)
    return made


def held(home: Path, owner: str, key: str) -> Held | None:
    """What is held for somebody under a key; None where nothing is."""
    path = home / key / _SAID
    if not _KEY.fullmatch(key) or not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Held(home / key, owner, told["said"], told["sides"]) if told["owner"] == owner else None


def said_of(found: Held, table: str, said: Mapping[str, str]) -> Held:
    """With what was said of one table, «FILE:TABLE», in place of what was said of it before."""
    others = {place: to for place, to in found.said.items() if place != table and not place.startswith(f"{table}.")}
    made = Held(found.folder, found.owner, {**others, **{place: to for place, to in said.items() if to}}, found.sides)
    _keep(made)
    return made


def settle(found: Held, place: str, side: str) -> Held:
    """With the side that is taken at a place; «» takes that back."""
    sides = {at: told for at, told in found.sides.items() if at != place}
    made = Held(found.folder, found.owner, found.said, {**sides, **({place: side} if side else {})})
    _keep(made)
    return made


def _keep(found: Held) -> None:
    told = {"owner": found.owner, "said": dict(found.said), "sides": dict(found.sides)}
    write_whole(found.folder / _SAID, json.dumps(told, ensure_ascii=False).encode())


def _plain(name: str) -> str:
    found = _UNNAMEABLE.sub("-", PurePath(name.replace("\\", "/")).name).strip(". ")
    path = PurePath(found or "file")
    return f"{path.stem[:_LONGEST]}{path.suffix[:10]}"


def _free(folder: Path, name: str) -> str:
    path, number = PurePath(name), 1
    while (folder / name).exists():
        number += 1
        name = f"{path.stem} {number}{path.suffix}"
    return name


def _forget_old(home: Path) -> None:
    for each in home.iterdir() if home.is_dir() else ():
        if _KEY.fullmatch(each.name) and each.stat().st_mtime < time.time() - _DAYS * _SECONDS_OF_A_DAY:
            shutil.rmtree(each, ignore_errors=True)


# ---------------------------------------------------------------- looking and writing


def look(folder: Path, found: Held, settings: Settings) -> Look:
    """What held files bring to a case as it is now. Raises AssemblerError."""
    case = OpenCase.read(folder, settings)
    return _look(case, found.take(case))


def _look(case: OpenCase, imported: Imported) -> Look:
    tables = tuple((each.name, f"{each.form.shown} › {each.item.shown}") for each in candidates(case.specs))
    touched = [(each.form, each.item) for each in imported.changes]
    touched += [(each.form, each.item) for each in imported.conflicts]
    return Look(
        tuple(shown_files(imported)), tables, imported.problems, tuple(map(_contested, imported.conflicts)),
        tuple(dict.fromkeys(touched)), len(imported.changes), _base(imported), imported.writable,
    )  # fmt: skip


def _contested(found: Conflict) -> Contested:
    place = place_text(Place(None, None, found.form, found.item, found.row, found.column or None))
    label = " › ".join(filter(None, (found.label, str(found.row or ""), found.head)))
    sides = ((source if source == CASE else Path(source).name, text) for source, text in found.sides)
    return Contested(place, label, tuple(sides))


def _base(imported: Imported) -> str:
    told = [
        *((each.form, each.item, each.row, each.column, each.kind, each.old, each.new) for each in imported.changes),
        *((each.form, each.item, each.row, each.column, each.sides) for each in imported.conflicts),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@locked("import")
def take_held(folder: Path, found: Held, settings: Settings, base: str) -> Look | tuple[tuple[str, int], ...]:
    """Writes what held files bring, by form how many changes, and lets go of them. Where it is not what was seen, as
    ``base`` says, or it cannot be written, what is to be seen now; nothing is written then. Raises
    AssemblerError.
    """
    case = OpenCase.read(folder, settings)
    imported = found.take(case)
    if _base(imported) != base or not imported.writable or not imported.changes:
        return _look(case, imported)
    write_imported(case, imported)
    shutil.rmtree(found.folder, ignore_errors=True)
    return tuple((form.after.form, len(form.changes)) for form in imported.forms if form.changes)
