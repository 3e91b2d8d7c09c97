"""Gives rows their keys: those they had, whoever changed the file meanwhile, and new ones to those that are new."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assembler.answers.editing import alike_rows
from assembler.base.problems import NOWHERE
from assembler.model.answers import Answer, AnsweredRow
from assembler.model.carried import row_fingerprint
from assembler.model.row_keys import KeyedRow, RowKeys

_LENGTH = 16  # hexadecimal digits of a key
_MOST_KNOWN = 20_000  # rows whose digests are kept


class Sayings:
    """What rows say, as digests; of the rows of the last time it is known without reckoning."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[AnsweredRow, str]] = {}

    def of(self, rows: Sequence[AnsweredRow]) -> tuple[str, ...]:
        """The digest of each row; the rows are kept, so that none is taken for another."""
        return tuple(map(self._one, rows))

    def _one(self, row: AnsweredRow) -> str:
        known = self._known.get(id(row))
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[id(row)] = (row, row_fingerprint(row))
        return known[1]


def aligned(keys: RowKeys, says: Mapping[str, Sequence[str]]) -> RowKeys:
    """The keys of tables as they stand now, by what their rows say. A row keeps its key when it says what it said,
    wherever it stands, or when its neighbours tell that it was edited; the others get new ones. The same object when
    nothing is new.

    New keys follow from what is known and what stands now: whoever aligns the same two states gives the same.
    """
    now = {name: tuple(each) for name, each in says.items() if each}
    known = {name: rows for name, rows in keys.tables.items() if rows}
    if now == {name: tuple(row.says for row in rows) for name, rows in known.items()}:
        return keys
    found = {name: _aligned(name, known.get(name, ()), each, keys.serial) for name, each in now.items()}
    return RowKeys(found, keys.serial + 1)


def rekeyed(keys: RowKeys, tables: Mapping[str, Sequence[KeyedRow]]) -> RowKeys:
    """With the rows of some tables by keys that are known."""
    return RowKeys({**keys.tables, **{name: tuple(rows) for name, rows in tables.items()}}, keys.serial + 1)


def _aligned(name: str, known: Sequence[KeyedRow], says: Sequence[str], serial: int) -> tuple[KeyedRow, ...]:
    told = [row.says for row in known]
    if len(told) == len(says) and sum(map(str.__ne__, told, says)) <= 1:  # as most changes are: one row was edited
        matched: Sequence[int | None] = range(len(says))
    else:
        matched = alike_rows([*map(_telling, told)], [*map(_telling, says)])
    fresh = _fresh(name, says, serial)
    return tuple(
        KeyedRow(new if at is None else known[at].key, now) for at, now, new in zip(matched, says, fresh, strict=True)
    )


def _telling(says: str) -> AnsweredRow:
    return AnsweredRow({"": Answer(says)}, NOWHERE)


def _fresh(name: str, says: Sequence[str], serial: int) -> Iterator[str]:
    """A key for each row, should it need one: the serial number is never used twice, so none comes back."""
    seen: Counter[str] = Counter()
    for each in says:
        seen[each] += 1
        text = f"{serial}/{name}/{each}/{seen[each]}"
        yield hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
