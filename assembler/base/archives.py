"""Zip archives that others made: what reading a damaged one raises, and parts that are no larger than told."""

from __future__ import annotations

import zlib
from zipfile import BadZipFile, ZipFile

# Truncated, encrypted, packed by an unknown method, damaged inside, or without the part: OSError is also the disk's.
DAMAGED = (BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError, NotImplementedError, RuntimeError)


def part_of(archive: ZipFile, name: str, most: int) -> bytes:
    """A part of an archive. Raises one of DAMAGED; ValueError when it says that it has more than ``most`` bytes."""
    info = archive.getinfo(name)
    if info.file_size > most:
        raise ValueError(f"{name}: {info.file_size} bytes")
    return archive.read(info)
