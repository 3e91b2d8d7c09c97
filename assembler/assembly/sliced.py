"""The pages of a body, made slice by slice: of what changed only, and put together again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from assembler.base.messages import wording
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import Tongue, printed_in
from assembler.documents.markup import PAGE_UNKNOWN, bookmark_name
from assembler.documents.package import Opened
from assembler.documents.slices import Slice, write_slice
from assembler.model.merged import MergedLabel
from assembler.pdf.positions import destination_name
from assembler.pdf.slices import Printed, places, put_together
from assembler.records import Cache, file_hash, fingerprint

_USUAL = 2  # digits of a page number
_ROUNDS = 6


@dataclass(frozen=True)
class Stand:
    """Where a body stands: the number of its first page, and the files behind it with their pages, by anchor."""

    first_page: int
    behind: Sequence[tuple[str, int]]

    def after(self) -> Mapping[str, int]:
        """How many pages behind the body each file begins; one without pages shares the page before it."""
        starts = accumulate((count for _, count in self.behind), initial=0)
        return {
            bookmark_name(anchor): at - (count == 0) for (anchor, count), at in zip(self.behind, starts, strict=False)
        }


@dataclass
class Sliced:
    """A body whose pages are being made. ``paper`` is what they rest on beside the slices' own documents; with
    ``types`` all numbers are typed into these, as for an engine whose pages cannot take them.

    ``labels`` tells what may have to be said again on the pages of a slice, by its key.
    """

    name: str
    document: Opened
    slices: tuple[Slice, ...]
    merged: tuple[MergedLabel, ...]
    paper: tuple[object, ...]
    tongue: Tongue
    cache: Cache
    work: Path
    types: bool = False
    labels: dict[str, tuple[MergedLabel, ...]] = field(default_factory=dict)
    _typed: set[int] = field(default_factory=set)
    _texts: list[tuple[str, ...]] = field(default_factory=list)
    _keys: dict[tuple[int, tuple[str, ...], bool], str] = field(default_factory=dict)
    _places: dict[str, tuple[int, Mapping[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rooms = remembered(self.name, self.cache)
        if self.types:
            self._typed = set(range(len(self.slices)))
        self._texts = [tuple("0" * rooms.get(ask.bookmark, _USUAL) for ask in one.asks) for one in self.slices]

    def made(self, stand: Stand, out: Path) -> Iterator[Sequence[Path]]:
        """Yields the documents whose pages are wanted, whose pages are in the cache before it goes on; then writes the
        body's pages to ``out``. Its numbers are put into them, or a slice is made once more with other room for them.
        """
        for _ in range(_ROUNDS):
            keys = [self._key(at) for at in range(len(self.slices))]
            if missing := [key for key in keys if not self.cache.holds(f"{key}.pdf")]:
                yield [self.work / f"{key}.docx" for key in dict.fromkeys(missing)]
            numbers = self._numbers(keys, stand)
            texts = [self._text(at, numbers) for at in range(len(self.slices))]
            if texts == self._texts:
                printed = [self._printed(at, keys[at], numbers[at]) for at in range(len(self.slices))]
                refused = put_together(printed, out, stand.after())
                if not refused:
                    self._remember(keys, numbers)
                    return
                self._typed |= set(refused)
                texts = [self._text(at, numbers) for at in range(len(self.slices))]
            self._texts = texts
        reason = wording("the page counts do not settle")
        raise AssemblerError([problem("engine-failed", name=self.name, reason=reason)], ExitCode.ENGINE)

    def _key(self, at: int) -> str:
        """What the pages of a slice rest on; its document is written where that is not known yet."""
        state = (at, self._texts[at], at in self._typed)
        if state not in self._keys:
            document = self.work / f"{self.name}-{at}.docx"
            with printed_in(self.tongue):
                write_slice(self.document, self.slices[at], self._texts[at], document, marked=at not in self._typed)
            own = self.slices[at].bookmarks()
            labels = tuple(label for label in self.merged if not own.isdisjoint(label.rows))
            key = f"slice-{fingerprint(*self.paper, file_hash(document), labels)}"
            document.replace(self.work / f"{key}.docx")
            self.labels[key] = labels
            self._keys[state] = key
        return self._keys[state]

    def _looked(self, at: int, key: str) -> tuple[int, Mapping[str, int]]:
        if key not in self._places:
            self._places[key] = places(self._printed(at, key, ()))
        return self._places[key]

    def _printed(self, at: int, key: str, numbers: Sequence[str]) -> Printed:
        sampled = bool(self.slices[at].asks) and at not in self._typed
        return Printed(self.cache.path(f"{key}.pdf"), sampled, tuple(numbers))

    def _numbers(self, keys: Sequence[str], stand: Stand) -> list[tuple[str, ...]]:
        """The page numbers each slice prints, «» of what stands nowhere."""
        found: dict[str, int] = {}
        following = stand.first_page
        for at, key in enumerate(keys):
            pages, named = self._looked(at, key)
            found |= {name: following + page for name, page in named.items()}
            following += pages
        behind = {name: following + at for name, at in stand.after().items()}
        known = found | {destination_name(name): page for name, page in behind.items()}
        return [tuple(str(known.get(destination_name(ask.bookmark), "")) for ask in one.asks) for one in self.slices]

    def _text(self, at: int, numbers: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """What stands in the document of a slice for its numbers: themselves, or as many zeros; in a column all have
        the room of the longest.
        """
        own = list(zip(self.slices[at].asks, numbers[at], strict=True))
        if at in self._typed:
            return tuple(number or PAGE_UNKNOWN for _, number in own)
        columns = (
            len(number)
            for one, shown in zip(self.slices, numbers, strict=True)
            for ask, number in zip(one.asks, shown, strict=True)
            if ask.in_column
        )
        longest = max(columns, default=0)
        return tuple(
            "0" * (longest if ask.in_column else len(number)) if number else PAGE_UNKNOWN for ask, number in own
        )

    def _remember(self, keys: Sequence[str], numbers: Sequence[tuple[str, ...]]) -> None:
        """Notes the slices of the body, and the room of its numbers, for the next time."""
        rooms = {
            ask.bookmark: len(text)
            for one, shown in zip(self.slices, self._texts, strict=True)
            for ask, text in zip(one.asks, shown, strict=True)
        }
        told = self.work / "told.json"
        told.write_text(json.dumps([[f"{key}.pdf" for key in keys], rooms], sort_keys=True), encoding="utf-8")
        self.cache.put(told, _list_of(self.name))


def remembered(name: str, cache: Cache) -> Mapping[str, int]:
    """The room, in digits, of the numbers a body of this name printed the last time."""
    rooms: Mapping[str, int] = _told(name, cache)[1]
    return rooms


def slices_of(names: Sequence[str], cache: Cache) -> Iterator[str]:
    """The names in the cache of the slices of the bodies called so."""
    for name in names:
        if cache.holds(_list_of(name)):
            yield _list_of(name)
            yield from _told(name, cache)[0]


def _told(name: str, cache: Cache) -> tuple[list[str], dict[str, int]]:
    if not cache.holds(_list_of(name)):
        return [], {}
    slices, rooms = json.loads(cache.path(_list_of(name)).read_bytes())
    return slices, rooms


def _list_of(name: str) -> str:
    return f"slices-{name}.json"
