"""Charts, diagrams, evidence and page numbers, drawn once and kept by what they show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assembler.documents.drawings import Draw, Drawn
from assembler.records import Cache
from assembler.records.fingerprint import fingerprint, own_fingerprint

_LIST = ".drawings"  # of a part: the names of what it shows, which stay as long as the part does


@dataclass
class KeptDrawings:
    """The charts and diagrams of a part. ``used`` names those it shows, each in the order of its drawing."""

    cache: Cache
    work: Path
    used: list[str] = field(default_factory=list)

    def __call__(self, what: Sequence[object], draw: Draw) -> Drawn:
        key = f"drawn-{fingerprint(own_fingerprint(), *what)}"
        drawn = self._kept(key) or self._made(key, draw)
        self.used += [f"{key}.json", *(file.name for file in drawn.files)]
        return drawn

    def _kept(self, key: str) -> Drawn | None:
        if not self.cache.holds(f"{key}.json"):
            return None
        count, told = json.loads(self.cache.path(f"{key}.json").read_bytes())
        names = [_picture(key, number) for number in range(count)]
        if not all(map(self.cache.holds, names)):
            return None
        return Drawn(tuple(map(self.cache.path, names)), told)

    def _made(self, key: str, draw: Draw) -> Drawn:
        folder = self.work / key
        folder.mkdir(parents=True, exist_ok=True)
        made = draw(folder)
        files = [self.cache.put(file, _picture(key, number)) for number, file in enumerate(made.files)]
        told = folder / "told.json"
        told.write_text(json.dumps([len(files), made.told], ensure_ascii=False), encoding="utf-8")
        self.cache.put(told, f"{key}.json")
        return Drawn(tuple(files), made.told)

    def keep_for(self, part: str) -> None:
        """Remembers what the part of this key shows."""
        self.work.mkdir(parents=True, exist_ok=True)
        listed = self.work / f"{part}{_LIST}"
        listed.write_text("\n".join(self.used), encoding="utf-8")
        self.cache.put(listed, listed.name)


def shown_in(parts: Sequence[str], cache: Cache) -> Iterator[str]:
    """The names in the cache of all that the parts of these keys show."""
    for part in parts:
        if cache.holds(name := f"{part}{_LIST}"):
            yield name
            yield from cache.path(name).read_text(encoding="utf-8").split("\n")


def _picture(key: str, number: int) -> str:
    return f"{key}-{number}.png"


@dataclass
class KeptPages:
    """The pages made of evidence, by what they are made of; ``used`` names those of this run."""

    cache: Cache
    paper: tuple[object, ...]
    used: set[str] = field(default_factory=set)

    def find(self, *what: object) -> Path | None:
        name = self._name(what)
        return self.cache.path(name) if self.cache.holds(name) else None

    def keep(self, made: Path, *what: object) -> Path:
        return self.cache.put(made, self._name(what))

    def _name(self, what: tuple[object, ...]) -> str:
        name = f"evidence-{fingerprint(own_fingerprint(), self.paper, *what)}.pdf"
        self.used.add(name)
        return name


@dataclass
class KeptStrips:
    """What is drawn over pages (numbers, bands, the stamp), by what it shows; ``used`` names those of this run."""

    cache: Cache
    work: Path
    used: set[str] = field(default_factory=set)

    def __call__(self, what: Sequence[object], draw: Callable[[], bytes]) -> bytes:
        name = f"strips-{fingerprint(own_fingerprint(), *what)}.pdf"
        self.used.add(name)
        if not self.cache.holds(name):
            made = self.work / name
            made.write_bytes(draw())
            self.cache.put(made, name)
        return self.cache.path(name).read_bytes()


class RememberedStrips:
    """The same for hundreds of letters with the same few numbers, as long as they are made."""

    _MOST = 32

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def __call__(self, what: Sequence[object], draw: Callable[[], bytes]) -> bytes:
        key = fingerprint(*what)
        if key not in self._known:
            if len(self._known) == self._MOST:
                del self._known[next(iter(self._known))]
            self._known[key] = draw()
        return self._known[key]
