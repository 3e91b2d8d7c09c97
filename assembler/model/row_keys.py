"""Keys of rows: they live outside the answer files, which number rows only by their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class KeyedRow(NamedTuple):
    """A row by its key and what it said when it was last seen, as a digest."""

    key: str
    says: str


@dataclass(frozen=True)
class RowKeys:
    """The keys of all rows of the tables of a form, in their order; tables of printed rows have none: their names do.

    ``serial`` grows whenever the keys change, so that no key is ever given twice.
    """

    tables: Mapping[str, tuple[KeyedRow, ...]] = field(default_factory=dict)
    serial: int = 0

    def as_json(self) -> dict[str, object]:
        """Plain data to keep; ``from_json`` reads them."""
        tables = {name: [list(row) for row in rows] for name, rows in self.tables.items()}
        return {"serial": self.serial, "tables": tables}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RowKeys:
        """The keys that were kept."""
        tables = {name: tuple(KeyedRow(*row) for row in rows) for name, rows in data["tables"].items()}
        return cls(tables, data["serial"])


class KeyStore(Protocol):
    """Where the keys of cases are kept between acts, whichever process acts. Losing them loses no answer: rows get
    new keys. ``save`` is called while the case is held, ``load`` also while it is not.
    """

    def load(self, case: Path, form: str) -> RowKeys | None:
        """The keys of a form of the case in a folder; None when there are none yet."""

    def save(self, case: Path, form: str, keys: RowKeys) -> None:
        """Keeps them in place of those that were there."""


class KeysInMemory:
    """Keys that one process keeps for itself: of one officer on one machine, and of tests."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], RowKeys] = {}

    def load(self, case: Path, form: str) -> RowKeys | None:
        return self._known.get((case, form))

    def save(self, case: Path, form: str, keys: RowKeys) -> None:
        self._known[case, form] = keys
