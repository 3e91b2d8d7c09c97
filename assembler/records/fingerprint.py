"""Content hashes: two things with the same fingerprint give the same pages, wherever and whenever they are made."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path


def fingerprint(*things: object, begun: hashlib._Hash | None = None) -> str:
    """The hash of frozen values; a path stands for the bytes of its file, so that folders may move.

    ``begun`` holds the things before them, for whoever asks often: ``fingerprint(b, begun=begin(a))`` is that of a, b.
    """
    return _fed(begun.copy() if begun else hashlib.sha256(), things).hexdigest()


def begin(*things: object) -> hashlib._Hash:
    """A hash that is to go on."""
    return _fed(hashlib.sha256(), things)


def _fed(digest: hashlib._Hash, things: Iterable[object]) -> hashlib._Hash:
    for thing in things:
        _feed(digest, thing)
    return digest


def _feed(digest: hashlib._Hash, thing: object) -> None:
    """Every value is written with its type and its length in front, so that no two values write the same bytes."""
    if isinstance(thing, Path):
        _write(digest, "path", thing.read_bytes() if thing.is_file() else b"")
    elif is_dataclass(thing) and not isinstance(thing, type):
        _write(digest, "value", type(thing).__name__.encode())
        for field in fields(thing):
            _feed(digest, getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        _write(digest, "mapping", str(len(thing)).encode())
        for key in sorted(thing, key=str):
            _feed(digest, key)
            _feed(digest, thing[key])
    elif isinstance(thing, tuple | list):
        _write(digest, "list", str(len(thing)).encode())
        for item in thing:
            _feed(digest, item)
    else:
        _write(digest, type(thing).__name__, str(thing).encode("utf-8", "surrogatepass"))


def _write(digest: hashlib._Hash, kind: str, data: bytes) -> None:
    digest.update(f"{kind}:{len(data)}:".encode())
    digest.update(data)


@cache
def own_fingerprint() -> str:
    """The hash of the engine's code and word lists: a mended engine makes all again, whatever its version says."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted(_sources(package)):
        _feed(digest, path.removeprefix(str(package)))
        _write(digest, "path", Path(path).read_bytes())
    return digest.hexdigest()


def _sources(package: Path) -> Iterator[str]:
    """The files of code and words, found in one walk: this is done at every start of a build."""
    for folder, _, names in os.walk(package):
        yield from (f"{folder}{os.sep}{name}" for name in names if name.endswith((".py", ".txt")))


def folder_fingerprint(folder: Path, patterns: Iterable[str]) -> str:
    """The hash of the files below a folder that match, with their names."""
    digest = hashlib.sha256()
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    for path in sorted(found):
        _feed(digest, str(path.relative_to(folder)))
        _feed(digest, path)
    return digest.hexdigest()
