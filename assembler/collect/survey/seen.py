"""The identifiers of responses that were met, so that none is counted twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path


class Seen:
    """The identifiers of responses, on disk: a million of them would not be little in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-16000"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def repeated(self, identifiers: Sequence[str], rows: Sequence[int], places: Sequence[str]) -> dict[int, str]:
        """Of identifiers with their rows and places, the rows of those that were there before, with the first place."""
        before = self._database.total_changes
        self._database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", zip(identifiers, places, strict=True))
        if self._database.total_changes - before == len(identifiers):
            return {}
        found = {}
        for identifier, row, place in zip(identifiers, rows, places, strict=True):
            query = self._database.execute("SELECT place FROM seen WHERE id = ?", (identifier,))
            first = str(query.fetchone()[0])
            if first != place:
                found[row] = first
        return found

    def close(self) -> None:
        self._database.close()
        self.path.unlink(missing_ok=True)
