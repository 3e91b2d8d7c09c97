"""A folder of made files by key. A file counts only while it is what was put there: damage means making it again."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from assembler.records.receipt import file_hash

_SEAL = ".sha256"


@dataclass(frozen=True)
class Cache:
    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / name

    def holds(self, name: str) -> bool:
        """Whether the file is there and unharmed."""
        seal = self._seal(name)
        return seal.is_file() and file_hash(self.path(name)) == seal.read_text(encoding="ascii", errors="replace")

    def put(self, made: Path, name: str) -> Path:
        """Moves a made file into the cache."""
        target = self.path(name)
        sealed = file_hash(made)
        shutil.move(made, target)
        self._seal(name).write_text(sealed, encoding="ascii")
        return target

    def take(self, source: Path, name: str, sha256: str) -> bool:
        """Copies a made file into the cache, unless it is there; whether it is the file of that hash."""
        if file_hash(self.path(name)) != sha256:
            if file_hash(source) != sha256:
                return False
            copy = self.path(f".{name}")
            shutil.copyfile(source, copy)
            copy.replace(self.path(name))
        self._seal(name).write_text(sha256, encoding="ascii")
        return True

    def hashes(self) -> frozenset[str]:
        """The hashes of all that was put into it, by this run or by runs before that were killed."""
        return frozenset(path.read_text(encoding="ascii", errors="replace") for path in self.folder.glob(f"*{_SEAL}"))

    def keep_only(self, names: Collection[str]) -> None:
        """Takes everything else out."""
        kept = {name + end for name in names for end in ("", _SEAL)}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _seal(self, name: str) -> Path:
        return self.folder / (name + _SEAL)
