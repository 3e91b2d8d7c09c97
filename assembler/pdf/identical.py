"""What looks the same in many pages is kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Shared:
    """Fonts and pictures by their content: what looks the same is the same object."""

    known: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    digests: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def once(self, holder: pikepdf.Object) -> None:
        """Exchange the fonts and forms of a page, and those the forms use, for the first of their kind."""
        resources = holder.get("/Resources")
        for kind in ("/Font", "/XObject"):
            named = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
            if not isinstance(named, pikepdf.Dictionary):
                continue
            for name in list(named.keys()):
                if named[name].is_indirect:
                    digest = self._digest(named[name])
                    named[name] = self.known.setdefault(digest, named[name])

    def _digest(self, value: pikepdf.Object, above: frozenset[tuple[int, int]] = frozenset()) -> bytes:
        """A hash of an object with all it refers to; an object within itself counts by its place above."""
        if not value.is_indirect:
            return self._content(value, above)
        if value.objgen in above:
            return b"itself"
        if value.objgen not in self.digests:
            self.digests[value.objgen] = self._content(value, above | {value.objgen})
        return self.digests[value.objgen]

    def _content(self, value: pikepdf.Object, above: frozenset[tuple[int, int]]) -> bytes:
        digest = hashlib.sha256()
        if isinstance(value, pikepdf.Stream):
            digest.update(b"stream" + value.read_raw_bytes())
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            for name, held in sorted(value.items()):
                digest.update(name.encode() + b" " + self._part(held, above))
        elif isinstance(value, pikepdf.Array):
            for held in value:
                digest.update(b"[" + self._part(held, above))
        else:
            digest.update(repr(value).encode())
        return digest.digest()

    def _part(self, held: object, above: frozenset[tuple[int, int]]) -> bytes:
        if isinstance(held, pikepdf.Object):
            return self._digest(held, above)
        return f"{type(held).__name__} {held}".encode()
